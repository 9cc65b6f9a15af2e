//! A small graph in a frame of its own, and several such frames on a page.
//!
//! Must not know: plans, formats.

use super::findings::{findings, marks};
use super::flow::step::badge;
use super::flow::ways::{edge_item, label_item};
use super::layout::boxes::{BADGE, Box, SMALL, SMALL_LINE, TITLE, TITLE_LINE};
use super::layout::{Layout, lay_out};
use super::legend::{Legend, Lines};
use super::list::{List, pages};
use super::palette::Ink;
use super::scene::{Anchor, Group, Item, Point, Rect, Scene};
use super::sheet::{HEADING, LEAST, MARGIN, area, page, place, scale, text, times};
use super::text::{Weight, width, wrap};
use super::view::{Node, NodeKind, View};
use crate::spec::EndKind;

/// Room for the title of a frame.
const TOP: f64 = 40.0;
/// Between a frame and what is in it.
const INSIDE: f64 = 14.0;
/// About as high are a page's margins, its title and what its lines mean.
const HEADER: f64 = 110.0;
/// Between frames.
const BETWEEN: f64 = 20.0;
/// Between the line that ends are drawn with and a second one inside.
const DOUBLE: f64 = 4.0;

/// What is drawn with frames.
pub(super) struct Frames<'f> {
    /// What the page shows.
    pub(super) title: String,
    /// More about it, beside the title.
    pub(super) behind: String,
    /// What each kind of line means; kinds without a meaning are not in the picture.
    pub(super) lines: &'f Lines,
    /// A box as it is told to those who hear the picture.
    pub(super) spoken: &'f dyn Fn(&View, &Node) -> String,
}

/// A graph with its places.
struct Panel<'v> {
    view: &'v View,
    layout: Layout,
    size: (f64, f64),
}

/// Said where a graph is told as a list.
const TOO_DENSE: &str = "Too many lines for one drawing, so here is where each leads: → to, by whom and why.";

/// What a page holds.
enum Sheet<'v> {
    /// These frames, at these places, of this size together.
    Frames(Vec<usize>, Vec<Point>, (f64, f64)),
    /// A part of a graph that is told as a list, because its lines could not be read.
    List(List<'v>),
}

/// Draws graphs, as many on a page as can be read there with text of at least this size.
pub(super) fn draw(frames: &Frames<'_>, views: &[View], least: f64) -> Vec<Scene> {
    let panels: Vec<Panel<'_>> = views.iter().map(panel).collect();
    let mut sheets: Vec<Sheet<'_>> = Vec::new();
    let mut first = 0;
    while first < panels.len() {
        let mut best = None;
        for last in first..panels.len() {
            let sizes: Vec<(f64, f64)> = panels[first..=last].iter().map(|panel| panel.size).collect();
            let (places, size) = packed(&sizes);
            // Alone on its page, a frame is drawn as long as it can be read at all.
            let needed = if last == first { LEAST } else { least };
            if SMALL * scale(size.0 + 2.0 * MARGIN, size.1 + HEADER) < needed {
                break;
            }
            best = Some((last, places, size));
        }
        if let Some((last, places, size)) = best {
            sheets.push(Sheet::Frames((first..=last).collect(), places, size));
            first = last + 1;
        } else {
            sheets.extend(pages(panels[first].view).into_iter().map(Sheet::List));
            first += 1;
        }
    }
    let count = sheets.len();
    let number = |index: usize| (count > 1).then_some((index + 1, count));
    let sheets = sheets.iter().enumerate();
    sheets
        .map(|(index, sheet)| match sheet {
            Sheet::Frames(shown, places, size) => one(frames, &panels, shown, places, *size, number(index)),
            Sheet::List(list) => listed(frames, list, number(index)),
        })
        .collect()
}

fn listed(frames: &Frames<'_>, list: &List<'_>, number: Option<(usize, usize)>) -> Scene {
    let (mut scene, y) = page(&frames.title, TOO_DENSE, number, list.size.0.max(640.0), frames.title.clone());
    list.paint(y, frames.spoken, &mut scene.items);
    scene.height = y + list.size.1 + MARGIN;
    scene
}

fn panel(view: &View) -> Panel<'_> {
    let layout = lay_out(view, TOP, 60);
    let title = width(&view.title, HEADING, Weight::SemiBold) + width(&view.goal, SMALL, Weight::Medium) + 60.0;
    let wide = (layout.places.width + 2.0 * INSIDE).max(title.min(620.0));
    let size = (wide, layout.places.height + INSIDE);
    Panel { view, layout, size }
}

/// Places frames so that they fill a screen best: each, in their order, as high up as it fits, and then as far to the left.
fn packed(sizes: &[(f64, f64)]) -> (Vec<Point>, (f64, f64)) {
    let mut best: Option<(f64, Vec<Point>, (f64, f64))> = None;
    for row in 1..=sizes.len() {
        // As wide as the first so many frames, and as the widest.
        let together = sizes[..row].iter().map(|size| size.0 + BETWEEN).sum::<f64>() - BETWEEN;
        let most = sizes.iter().map(|size| size.0).fold(together, f64::max);
        let mut taken: Vec<Rect> = Vec::new();
        for (wide, tall) in sizes {
            let lefts = std::iter::once(0.0).chain(taken.iter().map(|rect| rect.right() + BETWEEN)).filter(|x| x + wide <= most + 0.5);
            let lowest = |x: f64| {
                let above = taken.iter().filter(|rect| rect.x < x + wide + BETWEEN && x < rect.right() + BETWEEN);
                above.map(|rect| rect.bottom() + BETWEEN).fold(0.0, f64::max)
            };
            let spot = lefts.map(|x| (lowest(x), x)).min_by(|one, two| one.0.total_cmp(&two.0).then(one.1.total_cmp(&two.1)));
            let (y, x) = spot.unwrap_or_default();
            taken.push(Rect::new(x, y, *wide, *tall));
        }
        let end = |of: fn(&Rect) -> f64| taken.iter().map(of).fold(0.0, f64::max);
        let size = (end(Rect::right), end(Rect::bottom));
        let by = scale(size.0 + 2.0 * MARGIN, size.1 + HEADER);
        if best.as_ref().is_none_or(|(least, _, _)| by > *least) {
            best = Some((by, taken.iter().map(|rect| Point::new(rect.x, rect.y)).collect(), size));
        }
    }
    best.map(|(_, places, size)| (places, size)).unwrap_or_default()
}

fn one(
    frames: &Frames<'_>,
    panels: &[Panel<'_>],
    shown: &[usize],
    places: &[Point],
    size: (f64, f64),
    number: Option<(usize, usize)>,
) -> Scene {
    let titles: Vec<&str> = shown.iter().map(|panel| panels[*panel].view.title.as_str()).collect();
    let legend = Legend::lines(frames.lines, &shown.iter().map(|panel| panels[*panel].view).collect::<Vec<_>>());
    let wide = size.0.max(480.0);
    let (mut scene, y) = page(&frames.title, &frames.behind, number, wide, titles.join(", "));
    let (legend, (_, below)) = legend.draw(MARGIN, MARGIN, MARGIN + wide, y);
    scene.items.push(legend);
    let top = below + 6.0;
    for (panel, at) in shown.iter().zip(places) {
        panels[*panel].paint(frames, at.x + MARGIN, at.y + top, &mut scene.items);
    }
    scene.height = top + size.1 + MARGIN;
    findings(shown.iter().flat_map(|panel| marks(panels[*panel].view)).collect(), &mut scene);
    scene
}

impl Panel<'_> {
    fn paint(&self, frames: &Frames<'_>, x: f64, y: f64, items: &mut Vec<Item>) {
        let (view, layout) = (self.view, &self.layout);
        let rect = Rect::new(x, y, self.size.0, self.size.1);
        let room = rect.w - 2.0 * INSIDE;
        let title = wrap(&view.title, HEADING, Weight::SemiBold, room, 1).into_iter().next().unwrap_or_default();
        let beside = width(&title, HEADING, Weight::SemiBold) + 14.0;
        let goal = if room - beside > 60.0 { wrap(&view.goal, SMALL, Weight::Medium, room - beside, 1) } else { Vec::new() };
        let mut frame = vec![
            area(rect, 10.0, Some(Ink::Panel), Some((Ink::PanelEdge, 1.0)), &[]),
            text(Point::new(x + INSIDE, y + 25.0), Anchor::Start, &title, HEADING, Weight::SemiBold, Ink::Text),
        ];
        if let Some(goal) = goal.first() {
            frame.push(text(Point::new(x + INSIDE + beside, y + 25.0), Anchor::Start, goal, SMALL, Weight::Medium, Ink::TextMuted));
        }
        let about = if view.goal.is_empty() { view.title.clone() } else { format!("{}, {}", view.title, view.goal) };
        items.push(Item::Group(Group { class: "stage", data: vec![place(rect)], name: about, items: frame }));
        let (dx, dy) = (x + (rect.w - layout.places.width) / 2.0, y);
        let mut order: Vec<usize> = (0..view.edges.len()).collect();
        order.sort_by_key(|edge| (std::cmp::Reverse(view.edges[*edge].kind), *edge));
        items.extend(order.into_iter().filter_map(|edge| edge_item(view, edge, layout, dx, dy)));
        for (index, node) in view.nodes.iter().enumerate() {
            let at = layout.places.nodes[index];
            let at = Rect::new(at.x + dx, at.y + dy, at.w, at.h);
            items.push(node_item(node, &layout.boxes[index], at, (frames.spoken)(view, node)));
        }
        items.extend(view.edges.iter().enumerate().filter_map(|(index, edge)| label_item(index, edge, layout, dx, dy)));
    }
}

fn node_item(node: &Node, sized: &Box, rect: Rect, name: String) -> Item {
    let (fill, edge) = match node.kind {
        NodeKind::End(EndKind::Success | EndKind::Done) => (Ink::SuccessBox, Ink::Success),
        NodeKind::End(EndKind::Failure) => (Ink::FailureBox, Ink::Failure),
        NodeKind::End(EndKind::Abandoned) => (Ink::Panel, Ink::BoxEdge),
        _ if node.is_failure => (Ink::FailureBox, Ink::Failure),
        _ => (Ink::Box, Ink::BoxEdge),
    };
    let is_end = matches!(node.kind, NodeKind::End(_));
    let dash: &[f64] = if matches!(node.kind, NodeKind::Wait | NodeKind::Elsewhere) { &[6.0, 3.0] } else { &[] };
    let radius = if is_end { (rect.h / 2.0).min(24.0) } else { 8.0 };
    let mut items = vec![area(rect, radius, Some(fill), Some((edge, if node.is_main { 2.2 } else { 1.4 })), dash)];
    if is_end {
        // Two lines around an end, as in the diagrams that people know.
        items.push(area(rect.grown(-DOUBLE), radius - DOUBLE, None, Some((edge, 1.0)), &[]));
    }
    let gap = if sized.footer.is_empty() { 0.0 } else { 5.0 };
    let small = sized.caption.len() + sized.footer.len();
    let tall = times(sized.title.len(), TITLE_LINE) + times(small, SMALL_LINE) + gap;
    let badge = badge(&node.marks, rect.center().x, rect.center().y - f64::midpoint(tall, BADGE));
    let mut y = rect.center().y - tall / 2.0 + if badge.is_some() { BADGE / 2.0 } else { 0.0 };
    let middle = rect.center().x;
    for line in &sized.title {
        items.push(text(Point::new(middle, y + 14.0), Anchor::Middle, line, TITLE, Weight::SemiBold, Ink::Text));
        y += TITLE_LINE;
    }
    for (line, gap) in sized.caption.iter().map(|line| (line, 0.0)).chain(sized.footer.iter().map(|line| (line, gap))) {
        items.push(text(Point::new(middle, y + 12.0 + gap), Anchor::Middle, line, SMALL, Weight::Medium, Ink::TextMuted));
        y += SMALL_LINE;
    }
    items.extend(badge);
    Item::Group(Group { class: "node", data: vec![("step", node.name.clone()), place(rect)], name, items })
}
