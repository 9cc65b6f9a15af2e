//! Where lines meet the sides of steps: the main way in the middle, the others beside it on the side to which they turn.

use super::Lines;
use crate::diagram::layout::boxes::{PORT, WIDTH};
use crate::diagram::layout::place::Grid;
use crate::diagram::view::{EdgeKind, View};

impl Lines {
    /// Gives the pieces in columns and rows their places: the main way in the middle, the others beside it on the side to which they turn.
    pub(super) fn order_ports(&mut self, view: &View, grid: &Grid, heights: &[f64]) {
        for is_upright in [true, false] {
            let lanes = if is_upright { self.upright.len() } else { self.level.len() };
            for lane in (1..lanes).step_by(2) {
                let pieces = if is_upright { self.upright[lane].clone() } else { self.level[lane].clone() };
                self.order_column(view, grid, heights, is_upright, &pieces);
            }
        }
    }

    fn order_column(&mut self, view: &View, grid: &Grid, heights: &[f64], is_upright: bool, pieces: &[usize]) {
        let mut order: Vec<(u8, i64, usize)> = Vec::new();
        for &piece in pieces {
            let own = &self.pieces[piece];
            let is_straight = self.of[own.edge].len() == 1;
            let rank = match (view.edges[own.edge].kind, is_straight) {
                (EdgeKind::Main, true) => 0,
                (EdgeKind::Main, _) if is_upright => 1,
                (EdgeKind::Back, true) => 4,
                (_, true) => 2,
                (EdgeKind::Main, _) => 3,
                _ => 5,
            };
            // Those that go farthest lie farthest from the middle.
            order.push((rank, -self.reach(piece), piece));
        }
        order.sort_unstable();
        let mut placed: Vec<usize> = Vec::new();
        for (rank, _, piece) in order {
            let lean = self.lean(piece);
            let room = self.room(piece, grid, heights, is_upright);
            let alone = !pieces.iter().any(|other| *other != piece && self.meets(piece, *other));
            let all = places(lean, rank <= 1 || alone, is_upright, room);
            let free = |lenient: bool| all.iter().copied().find(|place| self.is_free(piece, *place, &placed, lenient));
            let place = free(false).or_else(|| free(true));
            if place.is_none() {
                self.crowded.push(piece);
            }
            self.pieces[piece].place = place.unwrap_or(0.0);
            placed.push(piece);
        }
    }

    /// Whether a piece can have a place beside these others. Two that only meet where both turn, one coming and one going, may share it
    /// if there is no other way: the lane keeps them apart.
    pub(super) fn is_free(&self, piece: usize, place: f64, others: &[usize], lenient: bool) -> bool {
        others.iter().all(|other| {
            let (one, two) = (&self.pieces[piece], &self.pieces[*other]);
            let only_touch = lenient && !one.is_upright && (self.passes_on(piece, *other) || self.passes_on(*other, piece));
            *other == piece
                || !self.meets(piece, *other)
                || only_touch
                || (two.place - place).abs() >= self.least(piece, *other, place < two.place)
        })
    }

    /// Whether the first ends, and turns, in the very lane in which the second begins, so that the lane can keep them apart.
    fn passes_on(&self, first: usize, second: usize) -> bool {
        let lane = self.pieces[first].high;
        self.turns_at(first, lane, true) && self.turns_at(second, lane, false)
    }

    /// How far two pieces must be from each other; the lower of two may need room for its label.
    fn least(&self, one: usize, other: usize, one_is_above: bool) -> f64 {
        if self.pieces[one].is_upright {
            return 11.0;
        }
        let lower = if one_is_above { other } else { one };
        self.apart[self.pieces[lower].edge].max(PORT - 1.0)
    }

    /// To which side the line leaves the piece: below zero to smaller positions.
    pub(super) fn lean(&self, piece: usize) -> i32 {
        self.turns(piece).map(|(_, larger)| if larger { 1 } else { -1 }).sum()
    }

    fn reach(&self, piece: usize) -> i64 {
        self.turns(piece).map(|(turn, _)| i64::try_from(self.pieces[turn].high - self.pieces[turn].low).unwrap_or(0)).max().unwrap_or(0)
    }

    /// How far from the middle a piece may lie, so that it still meets the sides of its steps.
    pub(super) fn room(&self, piece: usize, grid: &Grid, heights: &[f64], is_upright: bool) -> f64 {
        if is_upright {
            return WIDTH / 2.0 - 12.0;
        }
        let own = &self.pieces[piece];
        // Only an end that does not turn meets a step.
        let low = if self.turns_at(piece, own.low, false) { None } else { own.low.checked_sub(1) };
        let high = if self.turns_at(piece, own.high, true) { None } else { Some(own.high + 1) };
        let steps = low.into_iter().chain(high).filter_map(|column| grid.node(own.lane / 2, column / 2));
        steps.map(|node| heights[node] / 2.0 - 8.0).reduce(f64::min).map_or(20.0, |least| least.min(6000.0))
    }
}

/// The places to try, the best first.
pub(super) fn places(lean: i32, is_middle: bool, is_upright: bool, room: f64) -> Vec<f64> {
    let step = if is_upright { 12.0 } else { PORT };
    let mut all = Vec::new();
    let mut at = 0.0;
    while at <= room {
        all.push(at);
        at += step;
    }
    let signed = |sign: f64| all.iter().skip(1).map(move |at| at * sign).collect::<Vec<_>>();
    // In columns, every second place first: lines with room between them are told apart.
    let spread = |list: Vec<f64>| -> Vec<f64> {
        if !is_upright {
            return list;
        }
        let (odd, even): (Vec<_>, Vec<_>) = list.into_iter().enumerate().partition(|(index, _)| index % 2 == 1);
        odd.into_iter().chain(even).map(|(_, at)| at).collect()
    };
    let (less, more) = (spread(signed(-1.0)), spread(signed(1.0)));
    let mut out = Vec::new();
    if is_middle {
        out.push(0.0);
    }
    match lean {
        ..0 => {
            out.extend(less);
            out.push(0.0);
            out.extend(more);
        }
        0 => {
            out.push(0.0);
            out.extend(less.into_iter().zip(more).flat_map(|(less, more)| [less, more]));
        }
        _ => {
            out.extend(more);
            out.push(0.0);
            out.extend(less);
        }
    }
    out
}
