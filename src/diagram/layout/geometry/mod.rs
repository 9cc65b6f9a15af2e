//! From order to places: everything takes the nearest place at which it touches nothing that comes before it.
//!
//! First from top to bottom, where whatever shares a column or lane counts as near; then from left to right, with the heights that are
//! now known. Each pass only ever moves things away from each other, so nothing can come to lie on anything else.

mod across;
mod down;
mod sky;

use super::boxes::{Box, Label, WIDTH};
use super::labels::Spot;
use super::lines::Lines;
use super::place::Grid;
use crate::diagram::scene::{Point, Rect};
use crate::diagram::view::View;
use across::Across;
use down::Down;

/// Where everything lies.
#[derive(Clone, Debug, Default)]
pub(in crate::diagram) struct Places {
    pub(in crate::diagram) nodes: Vec<Rect>,
    /// The corners of each line; empty where it could not be drawn.
    pub(in crate::diagram) lines: Vec<Vec<Point>>,
    pub(in crate::diagram) labels: Vec<Option<Rect>>,
    /// Left and right edge of each stage.
    pub(in crate::diagram) stages: Vec<(f64, f64)>,
    pub(in crate::diagram) width: f64,
    pub(in crate::diagram) height: f64,
}

/// Between lines beside each other.
const TRACK: f64 = 12.0;
/// Between a line and a step that it does not belong to.
const NEAR: f64 = 14.0;
/// Between a line and its label.
const BESIDE: f64 = 5.0;
/// Between a label and anything else.
const AROUND: f64 = 6.0;
/// The least length of a line between steps.
const STUB: f64 = 30.0;
/// Around the steps of a stage.
const MARGIN: f64 = 16.0;
/// Between a stage and a line outside it.
const OUTSIDE: f64 = 9.0;

pub(super) struct Geometry<'a> {
    pub(super) view: &'a View,
    pub(super) grid: &'a Grid,
    pub(super) boxes: &'a [Box],
    pub(super) lines: &'a Lines,
    pub(super) labels: &'a [Option<Label>],
    pub(super) spots: &'a [Option<Spot>],
}

impl Geometry<'_> {
    /// `top` is where the first lane begins.
    pub(super) fn places(&self, top: f64) -> Places {
        let down = self.down(top);
        let across = self.across(&down);
        let mut places = Places { stages: across.stages.clone(), width: across.width, height: down.bottom, ..Places::default() };
        for (node, (row, column)) in self.grid.at.iter().enumerate() {
            let height = self.boxes[node].height;
            places.nodes.push(Rect::new(across.columns[*column] - WIDTH / 2.0, down.rows[*row] - height / 2.0, WIDTH, height));
        }
        for edge in 0..self.view.edges.len() {
            places.lines.push(self.corners(edge, &down, &across, &places.nodes));
            places.labels.push(self.label_rect(edge, &down, &across));
        }
        places
    }

    fn label(&self, edge: usize) -> (f64, f64) {
        self.labels[edge].as_ref().map_or((0.0, 0.0), |label| (label.width, label.height))
    }

    /// Spots with their labels' sizes.
    fn placed(&self) -> impl Iterator<Item = (Spot, f64, f64)> {
        self.spots.iter().enumerate().filter_map(|(edge, spot)| {
            let (width, height) = self.label(edge);
            spot.map(|spot| (spot, width, height))
        })
    }

    fn side_of(&self, node: usize, is_lower: bool, down: &Down) -> f64 {
        let half = self.boxes[node].height / 2.0;
        down.rows[self.grid.at[node].0] + if is_lower { half } else { -half }
    }

    /// Whether a label at a piece stands where the line arrives.
    fn arrives(&self, edge: usize, piece: usize) -> bool {
        self.lines.of[edge].last() == Some(&piece)
    }

    /// Top of a label at the end of an upright piece, and the lane.
    fn end_label(&self, edge: usize, down: &Down) -> Option<(f64, usize)> {
        let (_, height) = self.label(edge);
        let Some(Spot::AtEnd { piece, lane, is_below, .. }) = self.spots[edge] else { return None };
        let own = &self.lines.pieces[piece];
        let ends = &self.view.edges[edge];
        // The step that the label stands at: above it, or below.
        let at_source = own.is_forward == is_below;
        let node = if at_source { ends.from } else { ends.to };
        let side = self.side_of(node, is_below, down);
        let y = if is_below { side + AROUND } else { side - AROUND - 2.0 - height };
        Some((y, lane))
    }

    fn label_rect(&self, edge: usize, down: &Down, across: &Across) -> Option<Rect> {
        let (width, height) = self.label(edge);
        Some(match self.spots[edge]? {
            Spot::AtEnd { piece, is_right, .. } => {
                let (y, _) = self.end_label(edge, down)?;
                let x = across.pieces[piece];
                Rect::new(if is_right { x + BESIDE } else { x - BESIDE - width }, y, width, height)
            }
            Spot::AtSide { piece, row, lane, is_right, is_above } => {
                let middle = down.rows[row / 2] + self.lines.pieces[piece].place;
                let y = if is_above { middle - BESIDE - height + 2.0 } else { middle + BESIDE - 2.0 };
                let arrow = if self.arrives(edge, piece) { 12.0 } else { 0.0 };
                let x = if is_right {
                    across.columns[lane / 2 - 1] + WIDTH / 2.0 + AROUND + arrow
                } else {
                    across.columns[lane / 2] - WIDTH / 2.0 - AROUND - arrow - width
                };
                Rect::new(x, y, width, height)
            }
            Spot::AlongUpright { piece, row } => Rect::new(across.pieces[piece] + BESIDE, down.rows[row / 2] - height / 2.0, width, height),
            Spot::AlongLevel { piece, column } => {
                let middle = across.columns[column / 2];
                Rect::new(middle - width / 2.0, down.pieces[piece] - BESIDE - height + 2.0, width, height)
            }
        })
    }

    fn corners(&self, edge: usize, down: &Down, across: &Across, nodes: &[Rect]) -> Vec<Point> {
        let own = &self.lines.of[edge];
        let (Some(first), Some(last)) = (own.first(), own.last()) else { return Vec::new() };
        let meet = |piece: usize, node: Rect, leaves: bool| {
            let it = &self.lines.pieces[piece];
            let at_end = it.is_forward == leaves;
            if it.is_upright {
                Point::new(across.pieces[piece], if at_end { node.bottom() } else { node.y })
            } else {
                Point::new(if at_end { node.right() } else { node.x }, down.pieces[piece])
            }
        };
        let mut points = vec![meet(*first, nodes[self.view.edges[edge].from], true)];
        for two in own.windows(2) {
            let (upright, level) = if self.lines.pieces[two[0]].is_upright { (two[0], two[1]) } else { (two[1], two[0]) };
            points.push(Point::new(across.pieces[upright], down.pieces[level]));
        }
        points.push(meet(*last, nodes[self.view.edges[edge].to], false));
        points
    }
}
