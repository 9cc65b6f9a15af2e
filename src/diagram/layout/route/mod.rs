//! Which way each line takes: through the lanes between steps, with few turns and few crossings, never through a step.
//!
//! Columns of steps and the lanes between them alternate, and so do rows: even positions are lanes with room for as many lines as needed,
//! odd ones are columns and rows, through whose empty cells a few lines may run. Exact places follow later.

mod traffic;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Room;
use super::place::Grid;
use crate::diagram::view::{EdgeKind, View};
use traffic::Direction::{self, Down, Left, Right, Up};
use traffic::{ALL, Traffic};

/// A cell: position among columns and lanes, position among rows and lanes.
pub(super) type Cell = (usize, usize);

/// The cells that a line passes, both steps included.
pub(super) type Path = Vec<Cell>;

/// What turns and crossings cost, beside lengths of about 50 a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Prices {
    pub(super) turn: u32,
    pub(super) crossing: u32,
}

/// How many lines may run through a column between two rows.
const ACROSS: u16 = 7;

/// Finds a way for every line.
pub(super) fn route(view: &View, grid: &Grid, room: &Room, prices: Prices) -> Vec<Option<Path>> {
    let mut router = Router::new(view, grid, room, prices);
    let mut order: Vec<usize> = (0..view.edges.len()).collect();
    let far = |edge: usize| {
        let (from, to) = (grid.at[view.edges[edge].from], grid.at[view.edges[edge].to]);
        from.0.abs_diff(to.0) + 3 * from.1.abs_diff(to.1)
    };
    order.sort_by_key(|edge| (view.edges[*edge].kind == EdgeKind::Back, view.edges[*edge].kind != EdgeKind::Main, far(*edge), *edge));
    for &edge in &order {
        router.draw(edge);
    }
    for _ in 0..2 {
        for &edge in &order {
            router.draw(edge);
        }
    }
    router.paths
}

struct Router<'v> {
    view: &'v View,
    grid: &'v Grid,
    room: &'v Room,
    prices: Prices,
    traffic: Traffic,
    paths: Vec<Option<Path>>,
    /// The cheapest way known to each cell in each direction, and where it comes from; valid where the round is the present one.
    known: Vec<(u32, u32, u32)>,
    round: u32,
    stage_of: Vec<usize>,
}

impl<'v> Router<'v> {
    fn new(view: &'v View, grid: &'v Grid, room: &'v Room, prices: Prices) -> Self {
        let (wide, high) = (2 * grid.columns + 1, 2 * grid.rows + 1);
        let traffic = Traffic {
            wide,
            high,
            upright: vec![0; wide * high],
            level: vec![0; wide * high],
            turns: vec![0; wide * high],
            sides: vec![[0; 4]; view.nodes.len()],
        };
        let mut stage_of = vec![usize::MAX; wide];
        for (stage, (first, last)) in grid.stages.iter().enumerate() {
            if first < last {
                stage_of[2 * first + 1..2 * last].fill(stage);
            }
        }
        let known = vec![(0, 0, 0); wide * high * 4];
        Self { view, grid, room, prices, traffic, paths: vec![None; view.edges.len()], known, round: 0, stage_of }
    }

    fn cell_of(&self, node: usize) -> Cell {
        let (row, column) = self.grid.at[node];
        (2 * column + 1, 2 * row + 1)
    }

    fn draw(&mut self, edge: usize) {
        let ends = (self.view.edges[edge].from, self.view.edges[edge].to);
        if let Some(path) = self.paths[edge].take() {
            self.traffic.add(&path, ends, -1);
        }
        let path = self.search(edge);
        if let Some(path) = &path {
            self.traffic.add(path, ends, 1);
        }
        self.paths[edge] = path;
    }

    /// The cheapest way, by A* over cells and directions.
    fn search(&mut self, edge: usize) -> Option<Path> {
        let (from, to) = (self.view.edges[edge].from, self.view.edges[edge].to);
        let (start, goal) = (self.cell_of(from), self.cell_of(to));
        self.round += 1;
        let mut open = BinaryHeap::new();
        for direction in ALL {
            if self.is_full(from, direction) {
                continue;
            }
            let cost = self.leaving(edge, direction);
            if let Some(cell) = direction.from(start) {
                self.reach(&mut open, cell, direction, cost, u32::MAX, goal);
            }
        }
        while let Some(Reverse((_, cost, state))) = open.pop() {
            let (cell, direction) = self.state(state);
            if self.known[state as usize].1 < cost {
                continue;
            }
            if cell == goal {
                return Some(self.backwards(state, start));
            }
            for next in ALL {
                if next == direction.opposite() {
                    continue;
                }
                let Some(cell_after) = next.from(cell) else { continue };
                if cell_after.0 >= self.traffic.wide || cell_after.1 >= self.traffic.high {
                    continue;
                }
                let step = self.passing(edge, cell, direction, next);
                if cell_after == goal {
                    if self.is_full(to, next.opposite()) {
                        continue;
                    }
                    let cost = cost + step + self.arriving(edge, next);
                    self.reach(&mut open, cell_after, next, cost, state, goal);
                } else if self.is_free(cell_after, next) {
                    self.reach(&mut open, cell_after, next, cost + step, state, goal);
                }
            }
        }
        None
    }

    fn is_full(&self, node: usize, side: Direction) -> bool {
        let most = if side.is_vertical() { self.room.across[node] } else { self.room.beside[node] };
        usize::from(self.traffic.sides[node][side as usize]) >= most
    }

    fn is_free(&self, cell: Cell, direction: Direction) -> bool {
        let (x, y) = cell;
        let index = self.traffic.index(cell);
        match (x % 2, y % 2) {
            (1, 1) => {
                self.grid.node(y / 2, x / 2).is_none()
                    && self.traffic.upright[index] + self.traffic.level[index] + self.traffic.turns[index] < 3
            }
            (1, 0) if direction.is_vertical() => self.traffic.upright[index] + self.traffic.turns[index] < ACROSS,
            _ => true,
        }
    }

    /// The cost of leaving a step on a side.
    fn leaving(&self, edge: usize, direction: Direction) -> u32 {
        let kind = self.view.edges[edge].kind;
        let busy = u32::from(self.traffic.sides[self.view.edges[edge].from][direction as usize]) * 30;
        busy + match (kind, direction) {
            (EdgeKind::Main, Down) | (EdgeKind::Plain | EdgeKind::Failure, Down | Right) | (EdgeKind::Back, Left | Right) => 0,
            (EdgeKind::Main, Right) => 30,
            (EdgeKind::Plain | EdgeKind::Failure, Left) => 40,
            (EdgeKind::Back, Up | Down) => 60,
            (_, Up) => 320,
            _ => 60,
        }
    }

    /// The cost of coming to a step in a direction.
    fn arriving(&self, edge: usize, direction: Direction) -> u32 {
        let kind = self.view.edges[edge].kind;
        let busy = u32::from(self.traffic.sides[self.view.edges[edge].to][direction.opposite() as usize]) * 30;
        busy + match (kind, direction) {
            (EdgeKind::Back, Left | Right) | (_, Down | Right) => 0,
            (_, Left) | (EdgeKind::Back, Up) => 40,
            (_, Up) => 260,
        }
    }

    /// The cost of passing a cell from one direction to another.
    fn passing(&self, edge: usize, cell: Cell, from: Direction, to: Direction) -> u32 {
        let (x, y) = cell;
        let index = self.traffic.index(cell);
        let (upright, level, turns) =
            (u32::from(self.traffic.upright[index]), u32::from(self.traffic.level[index]), u32::from(self.traffic.turns[index]));
        let length = match (from == to, from.is_vertical()) {
            (true, true) => {
                if y % 2 == 1 {
                    50
                } else {
                    34
                }
            }
            (true, false) => {
                if x % 2 == 1 {
                    150
                } else {
                    50
                }
            }
            _ => 44,
        };
        let crossing = if from != to {
            self.prices.turn + (upright + level) * self.prices.crossing / 3 + turns * self.prices.crossing / 5
        } else if from.is_vertical() {
            level * self.prices.crossing + turns * self.prices.crossing / 3 + upright * 6
        } else {
            upright * self.prices.crossing + turns * self.prices.crossing / 3 + level * 6
        };
        // Other stages are not to be walked through; empty cells are kept for those who live there.
        let ends = (self.view.nodes[self.view.edges[edge].from].stage, self.view.nodes[self.view.edges[edge].to].stage);
        let stage = self.stage_of[x];
        let foreign = stage != usize::MAX && stage != ends.0 && stage != ends.1;
        let is_inside = y > 0 && y + 1 < self.traffic.high;
        let kind = self.view.edges[edge].kind;
        let aside = u32::from(foreign && is_inside) * 40 + u32::from(x % 2 == 1 && y % 2 == 1) * 20;
        let outer = u32::from((y == 0 || y + 1 == self.traffic.high) && kind == EdgeKind::Main) * 20;
        length + crossing + aside + outer
    }

    fn state(&self, state: u32) -> (Cell, Direction) {
        let state = state as usize;
        let index = state / 4;
        ((index % self.traffic.wide, index / self.traffic.wide), ALL[state % 4])
    }

    fn reach(
        &mut self,
        open: &mut BinaryHeap<Reverse<(u32, u32, u32)>>,
        cell: Cell,
        direction: Direction,
        cost: u32,
        from: u32,
        goal: Cell,
    ) {
        if cell != goal && !self.is_free(cell, direction) {
            return;
        }
        let state = self.traffic.index(cell) * 4 + direction as usize;
        let known = &mut self.known[state];
        if known.0 == self.round && known.1 <= cost {
            return;
        }
        *known = (self.round, cost, from);
        let ahead = u32::try_from(cell.0.abs_diff(goal.0)).unwrap_or(0) * 50 + u32::try_from(cell.1.abs_diff(goal.1)).unwrap_or(0) * 34;
        let turn = u32::from(cell.0 != goal.0 && cell.1 != goal.1) * self.prices.turn;
        open.push(Reverse((cost + ahead + turn, cost, u32::try_from(state).unwrap_or(u32::MAX))));
    }

    fn backwards(&self, goal: u32, start: Cell) -> Path {
        let mut path = Vec::new();
        let mut state = goal;
        while state != u32::MAX {
            path.push(self.state(state).0);
            state = self.known[state as usize].2;
        }
        path.push(start);
        path.reverse();
        path
    }
}
