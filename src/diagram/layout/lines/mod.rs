//! Lines as pieces in lanes, and where in its lane each piece runs relative to the others.

mod crossings;
mod lanes;
mod moves;
mod ports;

use super::place::Grid;
use super::route::Path;
use crate::diagram::view::View;

/// A straight piece of a line.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) edge: usize,
    pub(super) is_upright: bool,
    /// Position of its column or row, or of the lane between; lanes are even.
    pub(super) lane: usize,
    /// The cells along it, both ends included, the step's own left out: smallest and largest position across the lane.
    pub(super) low: usize,
    pub(super) high: usize,
    /// Whether the line runs towards larger positions.
    pub(super) is_forward: bool,
    /// In a column or row: how far from its middle. In a lane: the place in the order of its pieces.
    pub(super) place: f64,
}

/// All pieces, and for each line its own in order.
pub(super) struct Lines {
    pub(super) pieces: Vec<Piece>,
    pub(super) of: Vec<Vec<usize>>,
    /// The pieces of each lane in order: upright ones by their column, level ones by their row.
    pub(super) upright: Vec<Vec<usize>>,
    pub(super) level: Vec<Vec<usize>>,
    /// Pieces for which there was no place left at their steps.
    pub(super) crowded: Vec<usize>,
    /// For each line, how far those above it must be at the side of a step, so that its label has room.
    apart: Vec<f64>,
}

/// Cuts paths into pieces and puts the pieces of each lane in order.
pub(super) fn lines(view: &View, grid: &Grid, paths: &[Option<Path>], heights: &[f64], apart: &[f64]) -> Lines {
    let mut lines = Lines {
        pieces: Vec::new(),
        of: vec![Vec::new(); paths.len()],
        upright: vec![Vec::new(); 2 * grid.columns + 1],
        level: vec![Vec::new(); 2 * grid.rows + 1],
        crowded: Vec::new(),
        apart: apart.to_vec(),
    };
    for (edge, path) in paths.iter().enumerate() {
        if let Some(path) = path {
            cut(&mut lines, edge, path);
        }
    }
    for (index, piece) in lines.pieces.iter().enumerate() {
        if piece.is_upright { lines.upright[piece.lane].push(index) } else { lines.level[piece.lane].push(index) }
    }
    lines.order_ports(view, grid, heights);
    for _ in 0..3 {
        lines.order_lanes(true);
        lines.order_lanes(false);
    }
    for _ in 0..3 {
        let is_better = lines.move_ports(view, grid, heights);
        lines.order_lanes(true);
        lines.order_lanes(false);
        if !is_better {
            break;
        }
    }
    lines
}

fn cut(lines: &mut Lines, edge: usize, path: &Path) {
    let mut start = 0;
    while start + 1 < path.len() {
        let is_upright = path[start].0 == path[start + 1].0;
        let mut end = start + 1;
        while end + 1 < path.len() && (path[end + 1].0 == path[start].0) == is_upright && (path[end + 1].1 == path[start].1) != is_upright {
            end += 1;
        }
        let along = |cell: (usize, usize)| if is_upright { cell.1 } else { cell.0 };
        // The steps' own cells do not count: their sides do.
        let first = if start == 0 { path[1] } else { path[start] };
        let last = if end + 1 == path.len() { path[end - 1] } else { path[end] };
        let (first, last) = (along(first), along(last));
        let is_forward = along(path[start]) < along(path[end]);
        lines.of[edge].push(lines.pieces.len());
        lines.pieces.push(Piece {
            edge,
            is_upright,
            lane: if is_upright { path[start].0 } else { path[start].1 },
            low: first.min(last),
            high: first.max(last),
            is_forward,
            place: 0.0,
        });
        start = end;
    }
}

impl Lines {
    /// Where a piece stands among all positions of its kind, so that two can be compared.
    fn key(&self, piece: usize) -> (usize, f64) {
        (self.pieces[piece].lane, self.pieces[piece].place)
    }

    /// The piece before and after one on its line.
    fn neighbours(&self, piece: usize) -> (Option<usize>, Option<usize>) {
        let own = &self.of[self.pieces[piece].edge];
        let at = own.iter().position(|other| *other == piece).unwrap_or(0);
        (at.checked_sub(1).map(|before| own[before]), own.get(at + 1).copied())
    }

    /// The ends of a piece that turn: the piece they turn into, and whether it leads to larger positions from here.
    fn turns(&self, piece: usize) -> impl Iterator<Item = (usize, bool)> {
        let (before, after) = self.neighbours(piece);
        let before = before.map(|other| (other, !self.pieces[other].is_forward));
        let after = after.map(|other| (other, self.pieces[other].is_forward));
        before.into_iter().chain(after)
    }

    /// From where to where a piece runs, in keys of the pieces that it turns into; open where it meets a step.
    fn extent(&self, piece: usize) -> ((usize, f64), (usize, f64)) {
        let own = &self.pieces[piece];
        let (before, after) = self.neighbours(piece);
        let (low, high) = if own.is_forward { (before, after) } else { (after, before) };
        let low = low.map_or((own.low, f64::NEG_INFINITY), |other| self.key(other));
        let high = high.map_or((own.high, f64::INFINITY), |other| self.key(other));
        (low, high)
    }

    /// Whether a piece ends in a lane and turns there: at its end of larger positions, or at the other one.
    pub(super) fn turns_at(&self, piece: usize, lane: usize, at_high: bool) -> bool {
        let own = &self.pieces[piece];
        let (before, after) = self.neighbours(piece);
        let turns = if own.is_forward == at_high { after.is_some() } else { before.is_some() };
        turns && lane == if at_high { own.high } else { own.low }
    }

    /// Whether a line leaves its step upwards or downwards.
    pub(super) fn leaves_upright(&self, edge: usize) -> bool {
        self.of[edge].first().is_some_and(|piece| self.pieces[*piece].is_upright)
    }

    /// Whether two pieces of a column or row have a cell in common.
    fn meets(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.pieces[one], &self.pieces[other]);
        one.low <= other.high && other.low <= one.high
    }
}
