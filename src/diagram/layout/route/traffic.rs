//! Directions, and what runs through each cell already.

use super::{Cell, Path};

/// Where a line goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Right,
    Down,
    Left,
}

use Direction::{Down, Left, Right, Up};

pub(super) const ALL: [Direction; 4] = [Up, Right, Down, Left];

impl Direction {
    pub(super) fn is_vertical(self) -> bool {
        matches!(self, Up | Down)
    }

    pub(super) fn opposite(self) -> Self {
        match self {
            Up => Down,
            Right => Left,
            Down => Up,
            Left => Right,
        }
    }

    pub(super) fn from(self, (x, y): Cell) -> Option<Cell> {
        Some(match self {
            Up => (x, y.checked_sub(1)?),
            Right => (x + 1, y),
            Down => (x, y + 1),
            Left => (x.checked_sub(1)?, y),
        })
    }
}

/// What runs through the cells already.
pub(super) struct Traffic {
    pub(super) wide: usize,
    pub(super) high: usize,
    /// Lines that pass straight, upright and level, and lines that turn.
    pub(super) upright: Vec<u16>,
    pub(super) level: Vec<u16>,
    pub(super) turns: Vec<u16>,
    /// Lines at each side of each step.
    pub(super) sides: Vec<[u16; 4]>,
}

impl Traffic {
    pub(super) fn index(&self, (x, y): Cell) -> usize {
        y * self.wide + x
    }

    pub(super) fn add(&mut self, path: &Path, ends: (usize, usize), by: i16) {
        let change = |count: &mut u16| *count = count.saturating_add_signed(by);
        for three in path.windows(3) {
            let index = self.index(three[1]);
            if three[0].0 == three[2].0 {
                change(&mut self.upright[index]);
            } else if three[0].1 == three[2].1 {
                change(&mut self.level[index]);
            } else {
                change(&mut self.turns[index]);
            }
        }
        if let ([first, second, ..], [.., before, last]) = (path.as_slice(), path.as_slice()) {
            change(&mut self.sides[ends.0][towards(*first, *second) as usize]);
            change(&mut self.sides[ends.1][towards(*last, *before) as usize]);
        }
    }
}

fn towards(from: Cell, to: Cell) -> Direction {
    match (to.0.cmp(&from.0), to.1.cmp(&from.1)) {
        (std::cmp::Ordering::Greater, _) => Right,
        (std::cmp::Ordering::Less, _) => Left,
        (_, std::cmp::Ordering::Greater) => Down,
        _ => Up,
    }
}
