//! Which steps stand in which row of a score, and which rows on which page.

use std::collections::BTreeMap;

use super::{BETWEEN, GUTTER, STAGE};
use crate::diagram::layout::Layout;
use crate::diagram::layout::boxes::SMALL;
use crate::diagram::layout::score::{lay_out_score, ranks, widths};
use crate::diagram::sheet::{MARGIN, scale};
use crate::diagram::view::{COMES, ELSEWHERE, GOES, Lanes, Node, NodeKind, part};

/// About as high are a page's margins, its title and what its lines mean.
const HEADER: f64 = 110.0;
/// Rows are not cut further than this.
const FEWEST: usize = 3;
/// More steps than this have no room in one row.
const MOST: usize = 60;

/// A row of the score with its places.
pub(super) struct Row {
    pub(super) lanes: Lanes,
    pub(super) layout: Layout,
    pub(super) size: (f64, f64),
}

/// Cuts a journey into rows: at stages, and within a stage where it is too long by itself.
pub(super) fn rows(lanes: &Lanes, most: usize, least: f64) -> Vec<Row> {
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
    let mut fitting = Vec::new();
    let mut waiting: Vec<Vec<usize>> = groups.into_iter().rev().collect();
    while let Some(group) = waiting.pop() {
        // What surely cannot be read is not laid out.
        let laid = (group.len() <= MOST).then(|| row(part(lanes, &group)));
        let fits = laid.as_ref().is_some_and(|row| group.len() <= FEWEST || readable(&[row.size]) >= least);
        let cut = if fits { None } else { cut(lanes, &ranks, &group) };
        match cut {
            Some((first, second)) => waiting.extend([second, first]),
            None => fitting.push(laid.unwrap_or_else(|| row(part(lanes, &group)))),
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
pub(super) fn say_where(pages: &mut [Vec<Row>]) {
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
pub(super) fn readable(sizes: &[(f64, f64)]) -> f64 {
    let wide = sizes.iter().map(|size| size.0).fold(0.0, f64::max);
    let high: f64 = sizes.iter().map(|size| size.1 + BETWEEN).sum();
    SMALL * scale(wide + 2.0 * MARGIN, high + HEADER)
}

/// As many rows on a page as can be read there.
pub(super) fn paged(rows: Vec<Row>, least: f64) -> Vec<Vec<Row>> {
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
