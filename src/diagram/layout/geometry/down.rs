//! From top to bottom: whatever shares a column or a lane counts as near, because nothing is known yet of left and right.

use super::{AROUND, BESIDE, Geometry, NEAR, STUB, TRACK};
use crate::diagram::layout::boxes::WIDTH;
use crate::diagram::layout::labels::Spot;

/// What the pass from top to bottom finds: the height of level pieces, the middle of rows.
pub(super) struct Down {
    pub(super) pieces: Vec<f64>,
    pub(super) rows: Vec<f64>,
    pub(super) bottom: f64,
}

impl Geometry<'_> {
    /// From top to bottom.
    pub(super) fn down(&self, top: f64) -> Down {
        let wide = 2 * self.grid.columns + 1;
        let mut floor = vec![top; wide];
        // The lower side of the last step in each column.
        let mut steps = vec![top - STUB; wide];
        let mut pieces = vec![0.0; self.lines.pieces.len()];
        let mut rows = vec![0.0; self.grid.rows];
        for y in 0..=2 * self.grid.rows {
            if y > 0 && y % 2 == 0 && self.grid.breaks.contains(&(y / 2)) {
                let lowest = floor.iter().fold(top, |lowest, at| lowest.max(*at));
                floor.fill(lowest);
                steps.fill(lowest);
            }
            if y % 2 == 0 {
                self.lane_down(y, &mut floor, &mut pieces);
            } else {
                rows[y / 2] = self.row_down(y, &mut floor, &mut steps);
                for &piece in &self.lines.level[y] {
                    pieces[piece] = rows[y / 2] + self.lines.pieces[piece].place;
                }
            }
        }
        let bottom = floor.iter().fold(top, |bottom, at| bottom.max(*at));
        Down { pieces, rows, bottom }
    }

    /// The lanes that a label at the end of an upright piece lies in.
    fn lanes_of_end(&self, piece: usize, is_right: bool, width: f64) -> std::ops::RangeInclusive<usize> {
        let own = &self.lines.pieces[piece];
        let reach = if is_right { own.place } else { -own.place } + BESIDE + width + AROUND;
        match (reach > WIDTH / 2.0, is_right) {
            (false, _) => own.lane..=own.lane,
            (true, true) => own.lane..=own.lane + 1,
            (true, false) => own.lane - 1..=own.lane,
        }
    }

    fn lane_down(&self, y: usize, floor: &mut [f64], pieces: &mut [f64]) {
        for (spot, width, height) in self.placed() {
            if let Spot::AtEnd { piece, lane, is_below: true, is_right } = spot
                && lane == y
            {
                let lanes = self.lanes_of_end(piece, is_right, width);
                let from = lanes.clone().map(|lane| floor[lane]).fold(0.0, f64::max);
                lanes.for_each(|lane| floor[lane] = from + AROUND + height);
            }
        }
        for &piece in &self.lines.level[y] {
            let own = &self.lines.pieces[piece];
            let mut at = (own.low..=own.high).map(|lane| floor[lane]).fold(0.0, f64::max) + TRACK;
            let label = self.spots[own.edge].zip(Some(self.label(own.edge)));
            if let Some((Spot::AlongLevel { piece: labelled, column }, (_, height))) = label
                && labelled == piece
            {
                at = at.max(floor[column] + AROUND + height + BESIDE);
            }
            pieces[piece] = at;
            floor[own.low..=own.high].fill(at);
        }
        for (spot, width, height) in self.placed() {
            if let Spot::AtEnd { piece, lane, is_below: false, is_right } = spot
                && lane == y
            {
                let lanes = self.lanes_of_end(piece, is_right, width);
                let from = lanes.clone().map(|lane| floor[lane]).fold(0.0, f64::max);
                lanes.for_each(|lane| floor[lane] = from + AROUND + height + 2.0);
            }
        }
    }

    /// The middle of a row, below all that is above it.
    fn row_down(&self, y: usize, floor: &mut [f64], steps: &mut [f64]) -> f64 {
        let row = y / 2;
        let mut above = vec![0.0_f64; floor.len()];
        let mut below = vec![0.0_f64; floor.len()];
        let mut is_step = vec![false; floor.len()];
        // A line in the very middle of the row takes its place, though it reaches neither up nor down.
        let mut is_used = vec![false; floor.len()];
        for column in 0..self.grid.columns {
            if let Some(node) = self.grid.node(row, column) {
                let half = self.boxes[node].height / 2.0;
                (above[2 * column + 1], below[2 * column + 1], is_step[2 * column + 1]) = (half, half, true);
            }
        }
        for &piece in &self.lines.level[y] {
            let own = &self.lines.pieces[piece];
            for lane in own.low..=own.high {
                is_used[lane] = true;
                above[lane] = above[lane].max(-own.place);
                below[lane] = below[lane].max(own.place);
            }
        }
        for (spot, _, height) in self.placed() {
            match spot {
                Spot::AtSide { piece, row, lane, is_above, .. } if row == y => {
                    let place = self.lines.pieces[piece].place;
                    if is_above {
                        above[lane] = above[lane].max(BESIDE + height - place);
                    } else {
                        below[lane] = below[lane].max(BESIDE + height + place);
                    }
                }
                Spot::AlongUpright { piece, row } if row == y => {
                    let lane = self.lines.pieces[piece].lane;
                    above[lane] = above[lane].max(height / 2.0 + 2.0);
                    below[lane] = below[lane].max(height / 2.0 + 2.0);
                }
                _ => {}
            }
        }
        // A line that comes down to a step needs room for its arrow.
        let gap = |lane: usize| if is_step[lane] { NEAR } else { AROUND };
        let all = 0..floor.len();
        let free = all
            .clone()
            .filter(|lane| is_used[*lane] || above[*lane] > 0.0 || below[*lane] > 0.0)
            .map(|lane| floor[lane] + gap(lane) + above[lane]);
        let straight = all.filter(|lane| is_step[*lane]).map(|lane| steps[lane] + STUB + above[lane]);
        let middle = free.chain(straight).fold(0.0, f64::max);
        for lane in 0..floor.len() {
            floor[lane] = floor[lane].max(middle + below[lane]);
            if is_step[lane] {
                steps[lane] = middle + below[lane];
            }
        }
        middle
    }
}
