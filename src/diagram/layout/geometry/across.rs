//! From left to right, with the heights that are known now.

use super::down::Down;
use super::sky::Sky;
use super::{AROUND, BESIDE, Geometry, MARGIN, NEAR, OUTSIDE, TRACK};
use crate::diagram::layout::boxes::WIDTH;
use crate::diagram::layout::labels::Spot;

/// What the pass from left to right finds.
pub(super) struct Across {
    pub(super) pieces: Vec<f64>,
    pub(super) columns: Vec<f64>,
    pub(super) stages: Vec<(f64, f64)>,
    pub(super) width: f64,
}

impl Geometry<'_> {
    /// From left to right, with exact heights.
    pub(super) fn across(&self, down: &Down) -> Across {
        let mut sky = Sky::new(down.bottom + 100.0);
        let mut pieces = vec![0.0; self.lines.pieces.len()];
        let mut columns = vec![0.0; self.grid.columns];
        let mut stages = vec![(0.0, 0.0); self.grid.stages.len()];
        let mut right = 0.0_f64;
        for x in 0..=2 * self.grid.columns {
            if x % 2 == 1 {
                let column = x / 2;
                let stage = self.grid.stages.iter().position(|(first, last)| (*first..*last).contains(&column)).unwrap_or(0);
                let is_first = self.grid.stages[stage].0 == column;
                let least = if is_first { right + if column == 0 { 0.0 } else { OUTSIDE } + MARGIN } else { 0.0 };
                columns[column] = self.column_across(x, least, down, &mut sky, &mut pieces);
                let edge = columns[column] + WIDTH / 2.0;
                if is_first {
                    stages[stage].0 = columns[column] - WIDTH / 2.0 - MARGIN;
                }
                stages[stage].1 = edge + MARGIN;
                right = right.max(edge + MARGIN);
                if self.grid.stages[stage].1 == column + 1 {
                    // Labels may stand over the edge of a stage, lines beyond it.
                    right = right.max(sky.highest() - AROUND);
                    stages[stage].1 = stages[stage].1.max(edge + MARGIN);
                }
            } else {
                let is_outside = x == 0 || self.grid.stages.iter().any(|(first, last)| 2 * first == x || 2 * last == x);
                let least = if is_outside && x > 0 { stages.iter().map(|stage| stage.1).fold(0.0, f64::max) + OUTSIDE } else { 0.0 };
                for &piece in &self.lines.upright[x] {
                    let (from, to) = self.extent(piece, down);
                    let at = (sky.over(from - TRACK / 2.0, to + TRACK / 2.0) + TRACK / 2.0).max(least).max(if x == 0 { 4.0 } else { 0.0 });
                    pieces[piece] = at;
                    sky.raise(from - TRACK / 2.0, to + TRACK / 2.0, at + TRACK / 2.0);
                    right = right.max(at);
                    let own = &self.lines.pieces[piece];
                    let (width, height) = self.label(own.edge);
                    if let Some(Spot::AlongUpright { piece: labelled, row }) = self.spots[own.edge]
                        && labelled == piece
                    {
                        let middle = down.rows[row / 2];
                        sky.raise(middle - height / 2.0 - 2.0, middle + height / 2.0 + 2.0, at + BESIDE + width + AROUND);
                    }
                }
            }
        }
        Across { pieces, columns, stages, width: sky.highest().max(right) }
    }

    /// From where to where an upright piece runs.
    pub(super) fn extent(&self, piece: usize, down: &Down) -> (f64, f64) {
        let own = &self.lines.of[self.lines.pieces[piece].edge];
        let at = own.iter().position(|other| *other == piece).unwrap_or(0);
        let edge = &self.view.edges[self.lines.pieces[piece].edge];
        let before =
            at.checked_sub(1).map_or_else(|| self.side_of(edge.from, self.lines.pieces[piece].is_forward, down), |at| down.pieces[own[at]]);
        let after =
            own.get(at + 1).map_or_else(|| self.side_of(edge.to, !self.lines.pieces[piece].is_forward, down), |after| down.pieces[*after]);
        (before.min(after), before.max(after))
    }

    fn column_across(&self, x: usize, least: f64, down: &Down, sky: &mut Sky, pieces: &mut [f64]) -> f64 {
        let column = x / 2;
        // Everything in the column, as how far it reaches to the left and to the right of the middle, and from where to where.
        let mut members: Vec<(f64, f64, f64, f64)> = Vec::new();
        for row in 0..self.grid.rows {
            if let Some(node) = self.grid.node(row, column) {
                let half = self.boxes[node].height / 2.0 + 4.0;
                members.push((
                    WIDTH / 2.0 + NEAR - TRACK / 2.0,
                    WIDTH / 2.0 + NEAR - TRACK / 2.0,
                    down.rows[row] - half,
                    down.rows[row] + half,
                ));
            }
        }
        for &piece in &self.lines.upright[x] {
            let (from, to) = self.extent(piece, down);
            let place = self.lines.pieces[piece].place;
            members.push((TRACK / 2.0 - place, TRACK / 2.0 + place, from, to));
        }
        for (edge, spot) in self.spots.iter().enumerate() {
            let (width, height) = self.label(edge);
            match spot {
                Some(Spot::AtEnd { piece, is_right, .. }) if self.lines.pieces[*piece].lane == x => {
                    let Some((y, _)) = self.end_label(edge, down) else { continue };
                    let place = self.lines.pieces[*piece].place;
                    let reach = BESIDE + width + AROUND;
                    let sides = if *is_right { (-place, place + reach) } else { (reach - place, place) };
                    members.push((sides.0, sides.1, y - 2.0, y + height + 2.0));
                }
                Some(Spot::AtSide { piece, row, lane, is_right, is_above }) if (if *is_right { lane - 1 } else { lane + 1 }) == x => {
                    let middle = down.rows[row / 2] + self.lines.pieces[*piece].place;
                    let (from, to) =
                        if *is_above { (middle - BESIDE - height, middle + 2.0) } else { (middle - 2.0, middle + BESIDE + height) };
                    let arrow = if self.arrives(edge, *piece) { 12.0 } else { 0.0 };
                    let reach = WIDTH / 2.0 + AROUND + arrow + width + AROUND;
                    members.push(if *is_right { (0.0, reach, from, to) } else { (reach, 0.0, from, to) });
                }
                _ => {}
            }
        }
        let middle = members.iter().map(|(left, _, from, to)| sky.over(*from, *to) + left).fold(least + WIDTH / 2.0, f64::max);
        for (_, right, from, to) in members {
            sky.raise(from, to, middle + right);
        }
        for &piece in &self.lines.upright[x] {
            pieces[piece] = middle + self.lines.pieces[piece].place;
        }
        middle
    }
}
