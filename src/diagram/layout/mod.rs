//! Where things lie: steps in rows and columns, lines in lanes, labels beside their own lines.
//!
//! Nothing is left to chance and nothing is tried until it fits: the order of things is chosen first, with as few crossings as can be
//! found, and places follow from the order, so that nothing can come to lie on anything else. The same view makes the same layout.
//! Must not know: plans, colours, formats.

pub(super) mod boxes;
mod geometry;
mod labels;
mod lines;
mod place;
mod route;

pub(super) use geometry::Places;

use super::view::View;
use boxes::{Box, Label};
use geometry::Geometry;

/// A view with the places of all that is in it.
pub(super) struct Layout {
    pub(super) boxes: Vec<Box>,
    pub(super) labels: Vec<Option<Label>>,
    pub(super) places: Places,
}

/// Lays a view out; its first row begins below `top`.
pub(super) fn lay_out(view: &View, top: f64) -> Layout {
    let ports = ports(view);
    let boxes = boxes::boxes(view, &ports);
    let labels: Vec<Option<Label>> = view.edges.iter().map(boxes::label).collect();
    let mean = boxes.iter().map(|one| one.height).sum::<f64>() / f64::from(u32::try_from(boxes.len().max(1)).unwrap_or(u32::MAX));
    let grid = place::place(view, mean + 44.0);
    let paths = route::route(view, &grid, &ports);
    let heights: Vec<f64> = boxes.iter().map(|one| one.height).collect();
    let lines = lines::lines(view, &grid, &paths, &heights);
    let labelled: Vec<bool> = labels.iter().map(Option::is_some).collect();
    let spots = labels::spots(&lines, &grid, &labelled);
    let places = Geometry { view, grid: &grid, boxes: &boxes, lines: &lines, labels: &labels, spots: &spots }.places(top);
    Layout { boxes, labels, places }
}

/// How many lines must fit at each side of a step: more where many lines meet it.
fn ports(view: &View) -> Vec<usize> {
    let mut degree = vec![0usize; view.nodes.len()];
    for edge in &view.edges {
        degree[edge.from] += 1;
        degree[edge.to] += 1;
    }
    degree.into_iter().map(|degree| degree.saturating_sub(2).div_ceil(2).max(3)).collect()
}
