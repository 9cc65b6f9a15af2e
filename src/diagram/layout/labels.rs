//! On which piece of its line each label stands, so that room can be made for it there.
//!
//! A label stands where its line leaves the step, where that can be; else further on; at last where the line arrives. It takes a place in
//! which no other line runs; the places of everything else then follow from it.

use std::collections::BTreeSet;

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
pub(super) fn spots(lines: &Lines, grid: &Grid, labelled: &[bool]) -> Vec<Option<Spot>> {
    let occupied = Occupied::new(lines, grid);
    let mut taken = Taken::default();
    let mut spots = vec![None; labelled.len()];
    let mut order: Vec<usize> = (0..labelled.len()).filter(|edge| labelled[*edge] && !lines.of[*edge].is_empty()).collect();
    // Those with the fewest pieces have the least choice.
    order.sort_by_key(|edge| (lines.of[*edge].len() > 1, *edge));
    for edge in order {
        let spot = candidates(lines, grid, edge).into_iter().find(|spot| taken.is_free(*spot, lines, &occupied));
        if let Some(spot) = spot {
            taken.take(spot, lines);
            spots[edge] = Some(spot);
        }
    }
    spots
}

/// The spots of a line, the best first.
fn candidates(lines: &Lines, grid: &Grid, edge: usize) -> Vec<Spot> {
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
        if it.lane % 2 == 0 {
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
    let _ = grid;
    found
}

/// The spots where a line leaves a step, or arrives at one.
fn at_step(lines: &Lines, piece: usize, leaves: bool) -> Vec<Spot> {
    let it = &lines.pieces[piece];
    if it.lane % 2 == 0 {
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

#[derive(Default)]
struct Taken {
    /// Cells and sides that hold a label.
    cells: BTreeSet<(usize, usize, u8)>,
}

impl Taken {
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
        let foreign = |piece: usize, others: &[usize]| others.iter().any(|other| lines.pieces[*other].edge != lines.pieces[piece].edge);
        match spot {
            Spot::AtEnd { piece, lane, is_right, .. } => {
                let own = &lines.pieces[piece];
                let side = if is_right { [1, 3] } else { [0, 2] };
                // No other line may run on that side in the same cell, and no other label stand there.
                !has(&side)
                    && !has(&[9])
                    && occupied.upright(own.lane, lane).iter().all(|other| {
                        let other = &lines.pieces[*other];
                        other.edge == own.edge || if is_right { other.place < own.place } else { other.place > own.place }
                    })
                    // A line that turns in the same cell would pass under the label; the one of the label itself does so beyond it.
                    && self.is_alone_between(piece, lane, lines, occupied)
            }
            Spot::AtSide { piece, row, lane, is_above, .. } => {
                let own = &lines.pieces[piece];
                !self.cells.contains(&Self::key(spot, lines))
                    && !has(&[8])
                    && occupied.level(lane, row).iter().all(|other| {
                        let other = &lines.pieces[*other];
                        other.edge == own.edge
                            || !same_side(own, other)
                            || if is_above { other.place > own.place } else { other.place < own.place }
                    })
            }
            Spot::AlongUpright { piece, .. } => !has(&[4, 5, 6, 7, 8]) && !foreign(piece, occupied.level(x, y)),
            Spot::AlongLevel { piece, .. } => !has(&[0, 1, 2, 3]) && !foreign(piece, occupied.upright(x, y)),
        }
    }

    /// Whether no other line that comes from the opposite step shares the cell, so that the label cannot meet it.
    fn is_alone_between(&self, piece: usize, lane: usize, lines: &Lines, occupied: &Occupied) -> bool {
        let own = &lines.pieces[piece];
        let key = |kind: u8| self.cells.contains(&(own.lane, lane, kind));
        let _ = occupied;
        // One label on each side of a cell between two rows, whichever step it belongs to.
        !(key(0) && key(2)) && !(key(1) && key(3))
    }

    fn take(&mut self, spot: Spot, lines: &Lines) {
        self.cells.insert(Self::key(spot, lines));
    }
}

/// Whether two level pieces meet the same side of the same step, or share more than that.
fn same_side(one: &super::lines::Piece, other: &super::lines::Piece) -> bool {
    one.low == other.low || one.high == other.high || (one.low < other.high && other.low < one.high)
}
