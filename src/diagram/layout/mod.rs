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
#[derive(Default)]
pub(super) struct Layout {
    pub(super) boxes: Vec<Box>,
    pub(super) labels: Vec<Option<Label>>,
    pub(super) places: Places,
}

/// How many lines may meet the sides of steps, and how far from each other. It grows where something found no place.
pub(super) struct Room {
    /// At the left and at the right side of each step.
    pub(super) beside: Vec<usize>,
    /// As many must fit there one above the other.
    pub(super) tall: Vec<usize>,
    /// At its upper and at its lower side.
    pub(super) across: Vec<usize>,
    /// Above each line, so that its label has room.
    pub(super) apart: Vec<f64>,
}

/// So often room is made for what found no place.
const ROUNDS: usize = 12;

/// Lays a view out; its first row begins below `top`.
pub(super) fn lay_out(view: &View, top: f64) -> Layout {
    let labels: Vec<Option<Label>> = view.edges.iter().map(boxes::label).collect();
    let mut room = Room { beside: ports(view), tall: ports(view), across: vec![7; view.nodes.len()], apart: vec![0.0; view.edges.len()] };
    let mut best: Option<(usize, Layout)> = None;
    for _ in 0..ROUNDS {
        let boxes = boxes::boxes(view, &room.tall);
        let heights: Vec<f64> = boxes.iter().map(|one| one.height).collect();
        let mean = heights.iter().sum::<f64>() / f64::from(u32::try_from(boxes.len().max(1)).unwrap_or(u32::MAX));
        let grid = place::place(view, mean + 44.0);
        let paths = route::route(view, &grid, &room);
        let lines = lines::lines(view, &grid, &paths, &heights, &room.apart);
        let spots = labels::spots(&lines, &grid, &labels, &heights);
        let geometry = Geometry { view, grid: &grid, boxes: &boxes, lines: &lines, labels: &labels, spots: &spots };
        let missing = make_room(view, &lines, &labels, &spots, &paths, &mut room);
        if best.as_ref().is_none_or(|(known, _)| missing < *known) {
            let places = geometry.places(top);
            best = Some((missing, Layout { boxes, labels: labels.clone(), places }));
        }
        if std::env::var("FLOW_DEBUG").is_ok() {
            eprintln!("ROUND missing {missing} {:?}", lines.on_each_other().iter().map(|e| format!("{}->{}", view.nodes[view.edges[*e].from].name, view.nodes[view.edges[*e].to].name)).collect::<Vec<_>>());
            eprintln!("  crowded {:?}", lines.crowded.iter().map(|p| &lines.pieces[*p]).collect::<Vec<_>>());
            for (edge, spot) in spots.iter().enumerate() {
                if spot.is_none() && labels[edge].is_some() {
                    eprintln!("LOST {edge} {} -> {} {:?} {:?}", view.nodes[view.edges[edge].from].name, view.nodes[view.edges[edge].to].name, paths[edge], labels[edge].as_ref().unwrap().lines);
                    for p in &lines.of[edge] { eprintln!("    {:?}", lines.pieces[*p]); }
                }
            }
        }
        if missing == 0 {
            break;
        }
    }
    best.map(|(_, layout)| layout).unwrap_or_default()
}

/// Makes room where something found no place, and says how often that was.
fn make_room(
    view: &View,
    lines: &lines::Lines,
    labels: &[Option<Label>],
    spots: &[Option<labels::Spot>],
    paths: &[Option<route::Path>],
    room: &mut Room,
) -> usize {
    let mut missing = 0;
    let mut taller = vec![0usize; view.nodes.len()];
    for edge in lines.on_each_other() {
        missing += 1;
        for node in [view.edges[edge].from, view.edges[edge].to] {
            taller[node] = taller[node].max(2);
        }
    }
    for (edge, path) in paths.iter().enumerate() {
        if path.is_none() {
            missing += 1;
            for node in [view.edges[edge].from, view.edges[edge].to] {
                room.beside[node] += 2;
                taller[node] = taller[node].max(2);
            }
        }
    }
    for (edge, (label, spot)) in labels.iter().zip(spots).enumerate() {
        let (Some(label), None) = (label, spot) else { continue };
        missing += 1;
        let from = view.edges[edge].from;
        if lines.leaves_upright(edge) {
            room.across[from] = room.across[from].saturating_sub(1).clamp(2, 4);
            room.beside[from] += 1;
        } else {
            room.apart[edge] = label.height + 8.0;
        }
        taller[from] = taller[from].max(2);
    }
    for (node, taller) in taller.into_iter().enumerate() {
        room.tall[node] = (room.tall[node] + taller).min(60);
    }
    missing
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
