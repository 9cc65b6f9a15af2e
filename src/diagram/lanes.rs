//! A journey as a score: lanes for those who act, time from left to right, wrapped at stages.
//!
//! Must not know: plans, formats.

use std::collections::BTreeMap;

use super::findings::findings;
use super::flow::step::node_item;
use super::flow::ways::{edge_item, label_item};
use super::layout::Layout;
use super::layout::boxes::SMALL;
use super::layout::score::{lay_out_score, ranks, widths};
use super::legend::Legend;
use super::palette::Ink;
use super::scene::{Anchor, Group, Item, Point, Rect, Scene};
use super::sheet::{HEADING, MARGIN, SMALL_LINE, area, page, place, scale, text, times};
use super::text::{Weight, width, wrap};
use super::view::{COMES, ELSEWHERE, EdgeKind, GOES, Lanes, Node, NodeKind, View, part};

/// Room for the names of the lanes.
const GUTTER: f64 = 124.0;
/// Room for the names of the stages.
const STAGE: f64 = 36.0;
/// Between rows of the score.
const BETWEEN: f64 = 26.0;
/// About as high are a page's margins, its title and what its lines mean.
const HEADER: f64 = 110.0;
/// A row of the score has at most so many columns of steps, so that it can be read.
const COLUMNS: [usize; 5] = [8, 7, 6, 5, 4];

/// What lines mean in a score.
const LINES: [(EdgeKind, &str); 5] = [
    (EdgeKind::Main, "main way"),
    (EdgeKind::Plain, "other way"),
    (EdgeKind::Failure, "something went wrong"),
    (EdgeKind::Back, "way back"),
    (EdgeKind::Cross, "sets another way going"),
];

/// Rows are not cut further than this.
const FEWEST: usize = 3;

/// A row of the score with its places.
struct Row {
    lanes: Lanes,
    layout: Layout,
    size: (f64, f64),
}

/// Draws a journey in lanes, on as few pages as can be read with text of at least this size.
pub(super) fn draw(lanes: &Lanes, least: f64) -> Vec<Scene> {
    let mut best: Option<(usize, f64, Vec<Vec<Row>>)> = None;
    for most in std::iter::once(usize::MAX).chain(COLUMNS) {
        let rows = rows(lanes, most, least);
        let is_whole = rows.len() == 1;
        let pages = paged(rows, least);
        let smallest =
            pages.iter().map(|rows| readable(&rows.iter().map(|row| row.size).collect::<Vec<_>>())).fold(f64::INFINITY, f64::min);
        if best
            .as_ref()
            .is_none_or(|(count, text, _)| if *text >= least { smallest >= least && pages.len() < *count } else { smallest > *text })
        {
            best = Some((pages.len(), smallest, pages));
        }
        // What can be read as a whole is not cut.
        if is_whole && smallest >= least {
            break;
        }
    }
    let mut pages = best.map(|(_, _, pages)| pages).unwrap_or_default();
    say_where(&mut pages);
    let count = pages.len();
    pages.iter().enumerate().map(|(index, rows)| one(&lanes.view, rows, (count > 1).then_some((index + 1, count)))).collect()
}

/// Cuts a journey into rows: at stages, and within a stage where it is too long by itself.
fn rows(lanes: &Lanes, most: usize, least: f64) -> Vec<Row> {
    let (widths, ranks) = (widths(&lanes.view), ranks(&lanes.view));
    let mut groups: Vec<Vec<usize>> = vec![Vec::new()];
    let mut used = 0;
    for (stage, wide) in widths.iter().enumerate() {
        let pieces = wide.div_ceil(most).max(1);
        let each = wide.div_ceil(pieces).max(1);
        if used > 0 && used + wide > most {
            groups.push(Vec::new());
            used = 0;
        }
        for piece in 0..pieces {
            if piece > 0 {
                groups.push(Vec::new());
            }
            let here = (0..lanes.view.nodes.len()).filter(|node| lanes.view.nodes[*node].stage == stage && ranks[*node] / each == piece);
            if let Some(group) = groups.last_mut() {
                group.extend(here);
            }
        }
        used = if pieces > 1 { most } else { used + wide };
    }
    groups.retain(|group| !group.is_empty());
    if let [_] = groups.as_slice() {
        return vec![row(lanes.clone())];
    }
    let mut fitting = Vec::new();
    let mut waiting: Vec<Vec<usize>> = groups.into_iter().rev().collect();
    while let Some(group) = waiting.pop() {
        let row = row(part(lanes, &group));
        let cut = if group.len() > FEWEST && readable(&[row.size]) < least { cut(lanes, &ranks, &group) } else { None };
        match cut {
            Some((first, second)) => waiting.extend([second, first]),
            None => fitting.push(row),
        }
    }
    fitting
}

/// Cuts what is too high: between lanes, or else between ways that begin by themselves, or else in the middle of time.
fn cut(lanes: &Lanes, ranks: &[usize], group: &[usize]) -> Option<(Vec<usize>, Vec<usize>)> {
    let half = group.len() / 2;
    let by = |key: &dyn Fn(usize) -> usize| {
        let mut order = group.to_vec();
        order.sort_by_key(|step| (key(*step), *step));
        // The nearest place to the middle at which the key changes.
        let changes = (1..order.len()).filter(|at| key(order[*at]) != key(order[at - 1]));
        let at = changes.min_by_key(|at| at.abs_diff(half))?;
        let mut second = order.split_off(at);
        order.sort_unstable();
        second.sort_unstable();
        Some((order, second))
    };
    by(&|step| lanes.lane_of[step])
        .or_else(|| by(&|step| lanes.view.nodes[step].way))
        .or_else(|| by(&|step| 1000 * lanes.view.nodes[step].stage + ranks[step]))
}

/// Says of the places elsewhere on which page they are.
fn say_where(pages: &mut [Vec<Row>]) {
    let own = |node: &Node| (node.kind != NodeKind::Elsewhere || node.about.is_empty()).then(|| node.name.clone());
    let of_page = |(page, rows): (usize, &Vec<Row>)| {
        let names = rows.iter().flat_map(|row| &row.lanes.view.nodes).filter_map(own);
        names.map(|name| (name, page)).collect::<Vec<_>>()
    };
    let page_of: BTreeMap<String, usize> = pages.iter().enumerate().flat_map(of_page).collect();
    for (page, rows) in pages.iter_mut().enumerate() {
        for row in rows {
            for (node, sized) in row.lanes.view.nodes.iter_mut().zip(&mut row.layout.boxes) {
                let there = node.name.strip_prefix(COMES).or(node.name.strip_prefix(GOES)).and_then(|name| page_of.get(name));
                let said = match there {
                    Some(there) if *there == page => "on this page".to_owned(),
                    Some(there) => format!("page {}", there + 1),
                    None => continue,
                };
                for text in node.about.iter_mut().chain(&mut sized.caption).filter(|text| *text == ELSEWHERE) {
                    text.clone_from(&said);
                }
            }
        }
    }
}

fn row(lanes: Lanes) -> Row {
    // The lane says who acts, so the boxes need not.
    let mut silent = lanes.view.clone();
    silent.nodes.iter_mut().for_each(|node| node.actor = None);
    let layout = lay_out_score(&silent, &lanes.lane_of, STAGE);
    let size = (layout.places.width + GUTTER, layout.places.height + 10.0);
    Row { lanes, layout, size }
}

/// The smallest text of rows one below the other.
fn readable(sizes: &[(f64, f64)]) -> f64 {
    let wide = sizes.iter().map(|size| size.0).fold(0.0, f64::max);
    let high: f64 = sizes.iter().map(|size| size.1 + BETWEEN).sum();
    SMALL * scale(wide + 2.0 * MARGIN, high + HEADER)
}

/// As many rows on a page as can be read there.
fn paged(rows: Vec<Row>, least: f64) -> Vec<Vec<Row>> {
    let mut pages: Vec<Vec<Row>> = Vec::new();
    for row in rows {
        let fits = pages.last().is_some_and(|page: &Vec<Row>| {
            readable(&page.iter().map(|row| row.size).chain(std::iter::once(row.size)).collect::<Vec<_>>()) >= least
        });
        match pages.last_mut().filter(|_| fits) {
            Some(page) => page.push(row),
            None => pages.push(vec![row]),
        }
    }
    pages
}

fn one(view: &View, rows: &[Row], number: Option<(usize, usize)>) -> Scene {
    let views: Vec<&View> = rows.iter().map(|row| &row.lanes.view).collect();
    let legend = Legend::lines(&LINES, &views).with_steps(&views).with_signs(&views);
    let wide = rows.iter().map(|row| row.size.0).fold(620.0, f64::max);
    let (mut scene, y) = page(&view.title, &view.goal, number, wide, format!("Who acts when, in {} stages", view.stages.len()));
    let (legend, (_, below)) = legend.draw(MARGIN, MARGIN, MARGIN + wide, y);
    scene.items.push(legend);
    let mut top = below + 6.0;
    for row in rows {
        scene.items.push(row.item(top));
        top += row.size.1 + BETWEEN;
    }
    scene.height = top - BETWEEN + MARGIN;
    // What belongs to no step is told on the first page.
    let general = view.marks.iter().filter(|_| number.is_none_or(|(page, _)| page == 1)).map(|mark| (mark, ""));
    let own =
        rows.iter().flat_map(|row| row.lanes.view.nodes.iter()).flat_map(|node| node.marks.iter().map(|mark| (mark, node.title.as_str())));
    if view.is_listed {
        findings(general.chain(own).collect(), &mut scene);
    }
    scene
}

impl Row {
    fn item(&self, y: f64) -> Item {
        let (view, layout) = (&self.lanes.view, &self.layout);
        let (dx, dy) = (MARGIN + GUTTER, y);
        let mut items = self.bands(y);
        for (stage, (left, right)) in view.stages.iter().zip(&layout.places.stages) {
            items.push(stage_item(&stage.title, Rect::new(left + dx, y, right - left, self.size.1)));
        }
        let mut order: Vec<usize> = (0..view.edges.len()).collect();
        order.sort_by_key(|edge| (std::cmp::Reverse(view.edges[*edge].kind), *edge));
        items.extend(order.into_iter().filter_map(|edge| edge_item(view, edge, layout, dx, dy)));
        for (index, node) in view.nodes.iter().enumerate() {
            let at = layout.places.nodes[index];
            let at = Rect::new(at.x + dx, at.y + dy, at.w, at.h);
            items.push(node_item(view, index, node, &layout.boxes[index], at));
        }
        items.extend(view.edges.iter().enumerate().filter_map(|(index, edge)| label_item(index, edge, layout, dx, dy)));
        Item::Group(Group { class: "row", items, ..Group::default() })
    }

    /// The lanes: their grounds, one lighter and one darker, and their names.
    fn bands(&self, y: f64) -> Vec<Item> {
        let mut items = Vec::new();
        let rect_of = |lane: usize| {
            let nodes = self.layout.places.nodes.iter().zip(&self.lanes.lane_of).filter(move |(_, of)| **of == lane).map(|(rect, _)| *rect);
            nodes.fold((f64::INFINITY, 0.0), |(top, bottom): (f64, f64), rect| (top.min(rect.y), bottom.max(rect.bottom())))
        };
        let extents: Vec<(f64, f64)> = (0..self.lanes.lanes.len()).map(rect_of).collect();
        for (lane, title) in self.lanes.lanes.iter().enumerate() {
            let top = if lane == 0 { STAGE - 4.0 } else { f64::midpoint(extents[lane - 1].1, extents[lane].0) };
            let bottom = extents.get(lane + 1).map_or(self.size.1, |next| f64::midpoint(extents[lane].1, next.0));
            let rect = Rect::new(MARGIN, y + top, self.size.0, bottom - top);
            let ground = if lane % 2 == 0 { Ink::Panel } else { Ink::PanelAlternate };
            let mut inside = vec![area(rect, 6.0, Some(ground), None, &[])];
            if let Some(actor) = self.actor(lane) {
                inside.push(area(Rect::new(rect.x, rect.y + 2.0, 5.0, rect.h - 4.0), 2.0, Some(Ink::Actor(actor)), None, &[]));
            }
            let lines = wrap(title, SMALL, Weight::SemiBold, GUTTER - 22.0, 3);
            let first = rect.center().y - times(lines.len(), SMALL_LINE) / 2.0;
            for (index, said) in lines.iter().enumerate() {
                let at = Point::new(rect.x + 13.0, first + 12.5 + times(index, SMALL_LINE));
                inside.push(text(at, Anchor::Start, said, SMALL, Weight::SemiBold, Ink::Text));
            }
            items.push(Item::Group(Group { class: "lane", data: vec![place(rect)], name: format!("Lane: {title}"), items: inside }));
        }
        items
    }

    fn actor(&self, lane: usize) -> Option<usize> {
        let is_here = |(node, of): (&Node, &usize)| (*of == lane).then_some(node.actor).flatten();
        self.lanes.view.nodes.iter().zip(&self.lanes.lane_of).find_map(is_here)
    }
}

fn stage_item(title: &str, rect: Rect) -> Item {
    let lines = wrap(title, HEADING, Weight::SemiBold, rect.w - 12.0, 1);
    let shown = lines.first().map(String::as_str).unwrap_or_default();
    Item::Group(Group {
        class: "stage",
        data: vec![
            place(rect),
            ("title-rect", format!("{:.2} {:.2} {:.2} 17", rect.x + 10.0, rect.y + 8.0, width(shown, HEADING, Weight::SemiBold))),
        ],
        name: format!("Stage: {title}"),
        items: vec![
            area(rect, 8.0, None, Some((Ink::PanelEdge, 1.2)), &[]),
            text(Point::new(rect.x + 10.0, rect.y + 21.0), Anchor::Start, shown, HEADING, Weight::SemiBold, Ink::Text),
        ],
    })
}
