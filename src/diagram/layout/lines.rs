//! Lines as pieces in lanes, and where in its lane each piece runs relative to the others.

use super::boxes::{PORT, WIDTH};
use super::place::Grid;
use super::route::Path;
use crate::diagram::view::{EdgeKind, View};

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

    /// How often two pieces of a lane cross each other's lines if the first lies before the second.
    fn crossings(&self, first: usize, second: usize) -> u32 {
        if self.pieces[first].edge == self.pieces[second].edge {
            return 0;
        }
        let strictly = |key: (usize, f64), (low, high): ((usize, f64), (usize, f64))| low < key && key < high;
        let (one, other) = (self.extent(first), self.extent(second));
        let forward = self.turns(first).filter(|(turn, larger)| *larger && strictly(self.key(*turn), other)).count();
        let backward = self.turns(second).filter(|(turn, larger)| !*larger && strictly(self.key(*turn), one)).count();
        // One that comes from the side of larger positions and one that leads there may have the same place, in this order only.
        let meet = |turn: usize| self.turns(second).any(|(other, larger)| !larger && self.key(other) == self.key(turn));
        let on_each_other = self.turns(first).filter(|(turn, larger)| *larger && meet(*turn)).count();
        u32::try_from(forward + backward + on_each_other * 1000).unwrap_or(u32::MAX)
    }

    /// Orders the pieces of every lane so that few lines cross.
    fn order_lanes(&mut self, is_upright: bool) {
        let count = if is_upright { self.upright.len() } else { self.level.len() };
        for lane in (0..count).step_by(2) {
            let mut pieces = std::mem::take(if is_upright { &mut self.upright[lane] } else { &mut self.level[lane] });
            self.order(&mut pieces);
            for (index, piece) in pieces.iter().enumerate() {
                self.pieces[*piece].place = f64::from(u32::try_from(index).unwrap_or(u32::MAX));
            }
            *(if is_upright { &mut self.upright[lane] } else { &mut self.level[lane] }) = pieces;
        }
    }

    fn order(&self, pieces: &mut Vec<usize>) {
        let count = pieces.len();
        if count < 2 {
            return;
        }
        let all = pieces.clone();
        let mut cost = vec![0u32; count * count];
        for (i, first) in all.iter().enumerate() {
            for (j, second) in all.iter().enumerate() {
                if i != j {
                    cost[i * count + j] = self.crossings(*first, *second);
                }
            }
        }
        let mut order: Vec<usize> = (0..count).collect();
        for _ in 0..8 {
            let mut is_better = false;
            for index in 0..count {
                let Some(at) = order.iter().position(|other| *other == index) else { continue };
                let one = order.remove(at);
                // The place at which it crosses least; the one it has where that is as good.
                let mut now: i64 = order.iter().map(|other| i64::from(cost[one * count + other])).sum();
                let (mut best, mut best_at, mut at_own) = (now, 0, now);
                for (place, other) in order.iter().enumerate() {
                    now += i64::from(cost[other * count + one]) - i64::from(cost[one * count + other]);
                    if now < best {
                        (best, best_at) = (now, place + 1);
                    }
                    if place + 1 == at {
                        at_own = now;
                    }
                }
                let place = if best < at_own { best_at } else { at };
                is_better |= best < at_own;
                order.insert(place, one);
            }
            if !is_better {
                break;
            }
        }
        *pieces = order.into_iter().map(|index| all[index]).collect();
    }

    /// Gives the pieces in columns and rows their places: the main way in the middle, the others beside it on the side to which they turn.
    fn order_ports(&mut self, view: &View, grid: &Grid, heights: &[f64]) {
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
    fn is_free(&self, piece: usize, place: f64, others: &[usize], lenient: bool) -> bool {
        others.iter().all(|other| {
            let (one, two) = (&self.pieces[piece], &self.pieces[*other]);
            let only_touch = lenient && !one.is_upright && (self.passes_on(piece, *other) || self.passes_on(*other, piece));
            *other == piece || !self.meets(piece, *other) || only_touch || (two.place - place).abs() >= self.least(piece, *other, place < two.place)
        })
    }

    /// Whether the first ends, and turns, in the very lane in which the second begins, so that the lane can keep them apart.
    fn passes_on(&self, first: usize, second: usize) -> bool {
        let lane = self.pieces[first].high;
        self.turns_at(first, lane, true) && self.turns_at(second, lane, false)
    }

    /// Whether a piece ends in a lane and turns there: at its end of larger positions, or at the other one.
    pub(super) fn turns_at(&self, piece: usize, lane: usize, at_high: bool) -> bool {
        let own = &self.pieces[piece];
        let (before, after) = self.neighbours(piece);
        let turns = if own.is_forward == at_high { after.is_some() } else { before.is_some() };
        turns && lane == if at_high { own.high } else { own.low }
    }

    /// How far two pieces must be from each other; the lower of two may need room for its label.
    fn least(&self, one: usize, other: usize, one_is_above: bool) -> f64 {
        if self.pieces[one].is_upright {
            return 11.0;
        }
        let lower = if one_is_above { other } else { one };
        self.apart[self.pieces[lower].edge].max(PORT - 1.0)
    }

    /// Moves pieces in columns and rows to other places where fewer lines cross then; two may change places.
    fn move_ports(&mut self, view: &View, grid: &Grid, heights: &[f64]) -> bool {
        let mut is_better = false;
        for is_upright in [true, false] {
            let lanes = if is_upright { self.upright.len() } else { self.level.len() };
            for lane in (1..lanes).step_by(2) {
                let pieces = if is_upright { self.upright[lane].clone() } else { self.level[lane].clone() };
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
        for place in places(self.lean(piece), false, is_upright, room) {
            self.pieces[piece].place = was;
            if self.is_free(piece, place, pieces, false) {
                self.pieces[piece].place = place;
                let gain = i64::from(now) - i64::from(self.crossed(self.pieces[piece].edge));
                if gain > best.0 {
                    best = (gain, place, None);
                }
                continue;
            }
            let near = |other: &&usize| {
                **other != piece && self.meets(piece, **other) && (self.pieces[**other].place - place).abs() < 1.0
            };
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

    /// Lines that found no place of their own: those that had none at a step, and those that run on another one.
    pub(super) fn on_each_other(&self) -> std::collections::BTreeSet<usize> {
        let mut found: std::collections::BTreeSet<usize> = self.crowded.iter().map(|piece| self.pieces[*piece].edge).collect();
        for lane in self.level.iter().skip(1).step_by(2) {
            for (index, one) in lane.iter().enumerate() {
                for other in &lane[index + 1..] {
                    let same = (self.pieces[*one].place - self.pieces[*other].place).abs() < 3.0;
                    if same && self.meets(*one, *other) && self.extents_overlap(*one, *other) {
                        found.extend([self.pieces[*one].edge, self.pieces[*other].edge]);
                    }
                }
            }
        }
        found
    }

    fn extents_overlap(&self, one: usize, other: usize) -> bool {
        let (one, other) = (self.extent(one), self.extent(other));
        one.0 < other.1 && other.0 < one.1
    }

    /// Whether a line leaves its step upwards or downwards.
    pub(super) fn leaves_upright(&self, edge: usize) -> bool {
        self.of[edge].first().is_some_and(|piece| self.pieces[*piece].is_upright)
    }

    fn is_straight_main(&self, piece: usize) -> bool {
        self.of[self.pieces[piece].edge].len() == 1 && self.pieces[piece].place == 0.0
    }

    /// How many other lines a line crosses.
    pub(super) fn crossed(&self, edge: usize) -> u32 {
        let mut count = 0;
        for &piece in &self.of[edge] {
            let own = &self.pieces[piece];
            let (low, high) = self.extent(piece);
            let key = self.key(piece);
            for lane in own.low..=own.high {
                for &other in if own.is_upright { &self.level[lane] } else { &self.upright[lane] } {
                    let at = &self.pieces[other];
                    if at.edge == edge || own.lane < at.low || own.lane > at.high {
                        continue;
                    }
                    let at_key = self.key(other);
                    let (from, to) = self.extent(other);
                    count += u32::from(low < at_key && at_key < high && from < key && key < to);
                }
            }
        }
        count
    }

    /// Whether two pieces of a column or row have a cell in common.
    fn meets(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.pieces[one], &self.pieces[other]);
        one.low <= other.high && other.low <= one.high
    }

    /// To which side the line leaves the piece: below zero to smaller positions.
    fn lean(&self, piece: usize) -> i32 {
        self.turns(piece).map(|(_, larger)| if larger { 1 } else { -1 }).sum()
    }

    fn reach(&self, piece: usize) -> i64 {
        self.turns(piece).map(|(turn, _)| i64::try_from(self.pieces[turn].high - self.pieces[turn].low).unwrap_or(0)).max().unwrap_or(0)
    }

    /// How far from the middle a piece may lie, so that it still meets the sides of its steps.
    fn room(&self, piece: usize, grid: &Grid, heights: &[f64], is_upright: bool) -> f64 {
        if is_upright {
            return WIDTH / 2.0 - 12.0;
        }
        let own = &self.pieces[piece];
        // Only an end that does not turn meets a step.
        let low = if self.turns_at(piece, own.low, false) { None } else { own.low.checked_sub(1) };
        let high = if self.turns_at(piece, own.high, true) { None } else { Some(own.high + 1) };
        let steps = low.into_iter().chain(high).filter_map(|column| grid.node(own.lane / 2, column / 2));
        steps.map(|node| heights[node] / 2.0 - 8.0).reduce(f64::min).map_or(20.0, |least| least.min(400.0))
    }
}

/// The places to try, the best first.
fn places(lean: i32, is_middle: bool, is_upright: bool, room: f64) -> Vec<f64> {
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
