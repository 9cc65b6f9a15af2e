//! On which piece of its line each label stands, so that room can be made for it there.
//!
//! A label stands where its line leaves the step, where that can be; else further on; at last where the line arrives. It takes a place in
//! which no other line runs; the places of everything else then follow from it.

use std::collections::BTreeSet;

use super::boxes::{Label, WIDTH};
use super::lines::Lines;
use super::place::Grid;

/// Where a label stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Spot {
    /// Beside an upright piece where it meets a step, in the lane between rows: to the right of it or to the left.
    AtEnd {
        /// The piece.
        piece: usize,
        /// The lane between rows.
        lane: usize,
        /// Whether the step lies above it.
        is_below: bool,
        /// On which side.
        is_right: bool,
    },
    /// Above or below a level piece where it meets the side of a step.
    AtSide {
        /// The piece.
        piece: usize,
        /// The row.
        row: usize,
        /// The lane beside the step.
        lane: usize,
        /// Whether the step lies to the left of it.
        is_right: bool,
        /// Whether it stands above the line.
        is_above: bool,
    },
    /// To the right of an upright piece in a lane, beside a row.
    AlongUpright {
        /// The piece.
        piece: usize,
        /// The position of the row among rows and lanes.
        row: usize,
    },
    /// Above a level piece in a lane, under a column.
    AlongLevel {
        /// The piece.
        piece: usize,
        /// The position of the column among columns and lanes.
        column: usize,
    },
}

/// What each cell holds: lines that pass upright and level, by their pieces.
pub(super) struct Occupied {
    wide: usize,
    upright: Vec<Vec<usize>>,
    level: Vec<Vec<usize>>,
}

impl Occupied {
    pub(super) fn new(lines: &Lines, grid: &Grid) -> Self {
        let (wide, high) = (2 * grid.columns + 1, 2 * grid.rows + 1);
        let mut occupied = Self { wide, upright: vec![Vec::new(); wide * high], level: vec![Vec::new(); wide * high] };
        for (index, piece) in lines.pieces.iter().enumerate() {
            for along in piece.low..=piece.high {
                if piece.is_upright {
                    occupied.upright[along * wide + piece.lane].push(index);
                } else {
                    occupied.level[piece.lane * wide + along].push(index);
                }
            }
        }
        occupied
    }

    fn upright(&self, x: usize, y: usize) -> &[usize] {
        &self.upright[y * self.wide + x]
    }

    fn level(&self, x: usize, y: usize) -> &[usize] {
        &self.level[y * self.wide + x]
    }
}

/// Finds a spot for the label of every line that has one; nothing where there is none.
pub(super) fn spots(lines: &Lines, grid: &Grid, labels: &[Option<Label>], steps: &[f64]) -> Vec<Option<Spot>> {
    let occupied = Occupied::new(lines, grid);
    let sizes = labels.iter().map(|label| label.as_ref().map_or((0.0, 0.0), |label| (label.width, label.height))).collect();
    let mut taken = Taken { sizes, steps, grid, corners: Vec::new(), cells: BTreeSet::new(), sides: Vec::new() };
    let mut spots = vec![None; labels.len()];
    let mut order: Vec<usize> = (0..labels.len()).filter(|edge| labels[*edge].is_some() && !lines.of[*edge].is_empty()).collect();
    // Those with the fewest pieces have the least choice.
    order.sort_by_key(|edge| (lines.of[*edge].len() > 1, *edge));
    for edge in order {
        let spot = candidates(lines, edge).into_iter().find(|spot| taken.is_free(*spot, lines, &occupied));
        if let Some(spot) = spot {
            taken.take(spot, lines);
            spots[edge] = Some(spot);
        }
    }
    spots
}

/// The spots of a line, the best first.
fn candidates(lines: &Lines, edge: usize) -> Vec<Spot> {
    let own = &lines.of[edge];
    let mut found = Vec::new();
    if let Some(&first) = own.first() {
        found.extend(at_step(lines, first, true));
    }
    for &piece in own {
        let it = &lines.pieces[piece];
        let cells = |backwards: bool| -> Vec<usize> {
            let all = it.low..=it.high;
            if backwards { all.rev().collect() } else { all.collect() }
        };
        if it.lane.is_multiple_of(2) {
            for at in cells(!it.is_forward) {
                if it.is_upright && at % 2 == 1 && it.low < at && at < it.high {
                    found.push(Spot::AlongUpright { piece, row: at });
                } else if !it.is_upright && at % 2 == 1 && it.low < at && at < it.high {
                    found.push(Spot::AlongLevel { piece, column: at });
                }
            }
        }
    }
    if let Some(&last) = own.last() {
        found.extend(at_step(lines, last, false));
    }
    found
}

/// The spots where a line leaves a step, or arrives at one.
fn at_step(lines: &Lines, piece: usize, leaves: bool) -> Vec<Spot> {
    let it = &lines.pieces[piece];
    if it.lane.is_multiple_of(2) {
        return Vec::new();
    }
    // Towards larger positions the line leaves at its low end and arrives at its high one.
    let is_low = it.is_forward == leaves;
    let at = if is_low { it.low } else { it.high };
    if it.is_upright {
        let spot = |is_right| Spot::AtEnd { piece, lane: at, is_below: is_low, is_right };
        vec![spot(true), spot(false)]
    } else {
        let spot = |is_above| Spot::AtSide { piece, row: it.lane, lane: at, is_right: is_low, is_above };
        vec![spot(true), spot(false)]
    }
}

/// The corner of a row and a lane, into which labels may reach from beside the row, and from above or below it.
struct Corner {
    /// The lane, the row, and whether it is its upper corner.
    at: (usize, usize, bool),
    from_beside: bool,
    /// How far from the middle of the row the label ends or begins.
    far: f64,
}

struct Taken<'g> {
    /// The width and height of each line's label.
    sizes: Vec<(f64, f64)>,
    /// The height of each step.
    steps: &'g [f64],
    grid: &'g Grid,
    corners: Vec<Corner>,
    /// Cells and sides that hold a label.
    cells: BTreeSet<(usize, usize, u8)>,
    /// Labels at the sides of steps, from where to where.
    sides: Vec<((usize, usize, bool), f64, f64)>,
}

impl Taken<'_> {
    fn key(spot: Spot, lines: &Lines) -> (usize, usize, u8) {
        match spot {
            Spot::AtEnd { piece, lane, is_below, is_right } => {
                (lines.pieces[piece].lane, lane, u8::from(is_below) * 2 + u8::from(is_right))
            }
            Spot::AtSide { row, lane, is_right, is_above, .. } => (lane, row, 4 + u8::from(is_right) * 2 + u8::from(is_above)),
            Spot::AlongUpright { piece, row } => (lines.pieces[piece].lane, row, 8),
            Spot::AlongLevel { piece, column } => (column, lines.pieces[piece].lane, 9),
        }
    }

    fn is_free(&self, spot: Spot, lines: &Lines, occupied: &Occupied) -> bool {
        let (x, y, _) = Self::key(spot, lines);
        let has = |kinds: &[u8]| kinds.iter().any(|kind| self.cells.contains(&(x, y, *kind)));
        let meets = |one: &Corner, other: &Corner| {
            one.at == other.at && one.from_beside != other.from_beside && (one.far > other.far) == one.from_beside
        };
        if self.corners(spot, lines).iter().any(|one| self.corners.iter().any(|other| meets(one, other))) {
            return false;
        }
        let foreign = |piece: usize, others: &[usize]| others.iter().any(|other| lines.pieces[*other].edge != lines.pieces[piece].edge);
        match spot {
            Spot::AtEnd { piece, lane, is_below, is_right } => {
                let own = &lines.pieces[piece];
                // No other line may run on that side at the height of the label. One that turns in the same lane does so beyond it.
                let is_beyond =
                    |other: usize| if is_below { lines.turns_at(other, lane, false) } else { lines.turns_at(other, lane, true) };
                !has(&[Self::key(spot, lines).2, 9])
                    && occupied.upright(own.lane, lane).iter().all(|index| {
                        let other = &lines.pieces[*index];
                        let is_aside = if is_right { other.place < own.place } else { other.place > own.place };
                        other.edge == own.edge || is_beyond(*index) || is_aside
                    })
            }
            Spot::AtSide { piece, row, lane, is_right, is_above } => {
                let own = &lines.pieces[piece];
                let (from, to) = self.beside(spot, lines);
                !has(&[8])
                    && self.sides.iter().all(|(at, low, high)| *at != (lane, row, is_right) || to <= *low || *high <= from)
                    && occupied.level(lane, row).iter().all(|index| {
                        let other = &lines.pieces[*index];
                        // One that turns in this lane does so beyond the label, and leads away from it.
                        let leads_away = lines.turns_at(*index, lane, !is_right);
                        let beyond = if is_above { other.place - own.place } else { own.place - other.place };
                        other.edge == own.edge || leads_away || beyond > 0.0 || -beyond >= self.sizes[own.edge].1 + 7.0
                    })
            }
            Spot::AlongUpright { piece, .. } => !has(&[4, 5, 6, 7, 8]) && !foreign(piece, occupied.level(x, y)),
            Spot::AlongLevel { piece, .. } => !has(&[0, 1, 2, 3]) && !foreign(piece, occupied.upright(x, y)),
        }
    }

    /// From where to where a label at the side of a step stands, from the middle of the row.
    fn beside(&self, spot: Spot, lines: &Lines) -> (f64, f64) {
        let Spot::AtSide { piece, is_above, .. } = spot else { return (0.0, 0.0) };
        let own = &lines.pieces[piece];
        let high = self.sizes[own.edge].1 + 6.0;
        if is_above { (own.place - high, own.place) } else { (own.place, own.place + high) }
    }

    /// The corners of rows into which a label reaches.
    fn corners(&self, spot: Spot, lines: &Lines) -> Vec<Corner> {
        let corner =
            |lane: usize, row: usize, is_upper: bool, from_beside: bool, far: f64| Corner { at: (lane, row, is_upper), from_beside, far };
        match spot {
            Spot::AtEnd { piece, lane, is_below, is_right } => {
                let own = &lines.pieces[piece];
                let reach = if is_right { own.place } else { -own.place } + self.sizes[own.edge].0 + 11.0;
                let beside = if is_right { own.lane + 1 } else { own.lane - 1 };
                let row = if is_below { lane - 1 } else { lane + 1 };
                let half = self.grid.node(row / 2, own.lane / 2).map_or(0.0, |node| self.steps[node] / 2.0);
                if reach > WIDTH / 2.0 { vec![corner(beside, row, !is_below, false, half + 4.0)] } else { Vec::new() }
            }
            Spot::AtSide { row, lane, .. } => {
                let (from, to) = self.beside(spot, lines);
                vec![corner(lane, row, true, true, -from), corner(lane, row, false, true, to)]
            }
            Spot::AlongUpright { piece, row } => {
                let own = &lines.pieces[piece];
                let half = self.sizes[own.edge].1 / 2.0 + 2.0;
                vec![corner(own.lane, row, true, true, half), corner(own.lane, row, false, true, half)]
            }
            Spot::AlongLevel { .. } => Vec::new(),
        }
    }

    fn take(&mut self, spot: Spot, lines: &Lines) {
        let corners = self.corners(spot, lines);
        self.corners.extend(corners);
        self.cells.insert(Self::key(spot, lines));
        if let Spot::AtSide { row, lane, is_right, .. } = spot {
            let (from, to) = self.beside(spot, lines);
            self.sides.push(((lane, row, is_right), from, to));
        }
    }
}
