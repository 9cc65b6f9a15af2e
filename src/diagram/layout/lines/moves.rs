//! Moves lines along the sides of steps to places where they cross fewer others.

use super::Lines;
use super::ports::places;
use crate::diagram::layout::place::Grid;
use crate::diagram::view::{EdgeKind, View};

/// More lines than this in one column or row are left as they are.
const MANY: usize = 24;

impl Lines {
    /// Moves pieces in columns and rows to other places where fewer lines cross then; two may change places.
    pub(super) fn move_ports(&mut self, view: &View, grid: &Grid, heights: &[f64]) -> bool {
        let mut is_better = false;
        for is_upright in [true, false] {
            let lanes = if is_upright { self.upright.len() } else { self.level.len() };
            for lane in (1..lanes).step_by(2) {
                let pieces = if is_upright { self.upright[lane].clone() } else { self.level[lane].clone() };
                // Where very many lines meet one step, no order of theirs makes the picture clear, and looking for it takes long.
                if pieces.len() > MANY {
                    continue;
                }
                for &piece in &pieces {
                    let own = &self.pieces[piece];
                    let is_main = view.edges[own.edge].kind == EdgeKind::Main && self.of[own.edge].len() == 1;
                    if !is_main && pieces.len() > 1 {
                        is_better |= self.move_port(piece, &pieces, grid, heights);
                    }
                }
            }
        }
        is_better
    }

    fn move_port(&mut self, piece: usize, pieces: &[usize], grid: &Grid, heights: &[f64]) -> bool {
        let is_upright = self.pieces[piece].is_upright;
        let now = self.crossed(self.pieces[piece].edge);
        let was = self.pieces[piece].place;
        let room = self.room(piece, grid, heights, is_upright);
        let mut best = (0i64, was, None);
        for place in places(self.lean(piece), false, is_upright, room).into_iter().take(MANY) {
            self.pieces[piece].place = was;
            if self.is_free(piece, place, pieces, false) {
                self.pieces[piece].place = place;
                let gain = i64::from(now) - i64::from(self.crossed(self.pieces[piece].edge));
                if gain > best.0 {
                    best = (gain, place, None);
                }
                continue;
            }
            let near = |other: &&usize| **other != piece && self.meets(piece, **other) && (self.pieces[**other].place - place).abs() < 1.0;
            let mut blocking = pieces.iter().filter(near).copied();
            let (Some(other), None) = (blocking.next(), blocking.next()) else { continue };
            if self.room(other, grid, heights, is_upright) < was.abs() || self.is_straight_main(other) {
                continue;
            }
            let before = i64::from(now) + i64::from(self.crossed(self.pieces[other].edge));
            let theirs = self.pieces[other].place;
            self.pieces[other].place = was;
            self.pieces[piece].place = theirs;
            if self.is_free(piece, theirs, pieces, false) && self.is_free(other, was, pieces, false) {
                let after = i64::from(self.crossed(self.pieces[piece].edge)) + i64::from(self.crossed(self.pieces[other].edge));
                if before - after > best.0 {
                    best = (before - after, theirs, Some(other));
                }
            }
            self.pieces[other].place = theirs;
        }
        self.pieces[piece].place = best.1;
        if let Some(other) = best.2 {
            self.pieces[other].place = was;
        }
        best.0 > 0
    }

    fn is_straight_main(&self, piece: usize) -> bool {
        self.of[self.pieces[piece].edge].len() == 1 && self.pieces[piece].place == 0.0
    }
}
