//! Where steps stand in a score: a lane for each who acts, one above the other, and time from left to right.

use std::collections::BTreeSet;

use super::place::Grid;
use super::route::Prices;
use super::{Layout, Style, in_grid};
use crate::diagram::layout::boxes::{self, Label};
use crate::diagram::view::{EdgeKind, View};

/// What a turn and a crossing cost, the most promising first.
const PRICES: [(u32, u32); 8] = [(260, 500), (600, 400), (260, 1400), (400, 900), (900, 300), (100, 500), (260, 200), (700, 1400)];

/// Lays a view out as a score; `lane_of` says in which lane each step stands. The first row begins below `top`.
pub(in crate::diagram) fn lay_out_score(view: &View, lane_of: &[usize], top: f64) -> Layout {
    let labels: Vec<Option<Label>> = view.edges.iter().map(boxes::label).collect();
    let grid = grid(view, lane_of);
    let mut best: Option<super::Attempt> = None;
    let tried = if view.edges.len() < 60 { 4 } else { 1 };
    for (index, &(turn, crossing)) in PRICES.iter().enumerate() {
        // Where something found no place, all are tried.
        if index >= tried && best.as_ref().is_some_and(|best| best.missing == 0) {
            break;
        }
        let style = Style { most: 0, prices: Prices { turn, crossing }, mirrored: Vec::new() };
        let found = in_grid(view, top, &labels, &grid, &style);
        if best.as_ref().is_none_or(|best| found.is_better_than(best)) {
            best = Some(found);
        }
    }
    best.map(|best| best.layout).unwrap_or_default()
}

/// How many columns each stage needs.
pub(in crate::diagram) fn widths(view: &View) -> Vec<usize> {
    let ranks = ranks(view);
    let of = |stage: usize| view.nodes.iter().zip(&ranks).filter(move |(node, _)| node.stage == stage).map(|(_, rank)| rank + 1);
    (0..view.stages.len()).map(|stage| of(stage).max().unwrap_or(0)).collect()
}

/// How many steps of the same stage come before each, at most.
pub(in crate::diagram) fn ranks(view: &View) -> Vec<usize> {
    let mut ranks = vec![0; view.nodes.len()];
    let ahead: Vec<_> = view.edges.iter().filter(|edge| edge.kind != EdgeKind::Back && edge.from != edge.to).collect();
    // What sets another way going may lead in a circle with it; no step comes later than there are steps.
    for _ in 0..view.nodes.len().min(64) {
        let mut is_changed = false;
        for edge in &ahead {
            let next = ranks[edge.from] + 1;
            let leads_round = edge.kind == EdgeKind::Cross && edge.to < edge.from;
            if view.nodes[edge.from].stage == view.nodes[edge.to].stage && !leads_round && ranks[edge.to] < next && next < view.nodes.len()
            {
                ranks[edge.to] = next;
                is_changed = true;
            }
        }
        if !is_changed {
            break;
        }
    }
    ranks
}

fn grid(view: &View, lane_of: &[usize]) -> Grid {
    let ranks = ranks(view);
    let mut stages = Vec::new();
    let mut column = 0;
    for width in widths(view) {
        stages.push((column, column + width));
        column += width;
    }
    let columns = column.max(1);
    let mut order: Vec<usize> = (0..view.nodes.len()).collect();
    order.sort_by_key(|node| (view.nodes[*node].stage, ranks[*node], !view.nodes[*node].is_main, *node));
    // Row within the lane, and column.
    let mut spot: Vec<Option<(usize, usize)>> = vec![None; view.nodes.len()];
    let mut taken: BTreeSet<(usize, usize, usize)> = BTreeSet::new();
    for node in order {
        let lane = lane_of[node];
        let column = stages[view.nodes[node].stage].0 + ranks[node];
        let from = view.edges.iter().filter(|edge| edge.to == node && edge.kind != EdgeKind::Back && lane_of[edge.from] == lane);
        let beside = from.filter_map(|edge| spot[edge.from]).map(|(row, _)| row).min();
        let wanted = if view.nodes[node].is_main { 0 } else { beside.unwrap_or(0) };
        let has_main = view.nodes.iter().enumerate().any(|(other, node)| lane_of[other] == lane && node.is_main);
        let is_free = |row: usize| !taken.contains(&(lane, row, column));
        let first = usize::from(has_main && !view.nodes[node].is_main);
        let row = if is_free(wanted) && wanted >= first {
            wanted
        } else {
            (first..=first + view.nodes.len()).find(|row| is_free(*row)).unwrap_or(0)
        };
        taken.insert((lane, row, column));
        spot[node] = Some((row, column));
    }
    let lanes = lane_of.iter().max().map_or(0, |lane| lane + 1);
    let mut begins = vec![0; lanes + 1];
    for lane in 0..lanes {
        let rows = taken.iter().filter(|(of, ..)| *of == lane).map(|(_, row, _)| row + 1).max().unwrap_or(0);
        begins[lane + 1] = begins[lane] + rows;
    }
    let rows = begins[lanes].max(1);
    let at: Vec<(usize, usize)> =
        spot.iter().zip(lane_of).map(|(spot, lane)| spot.map_or((0, 0), |(row, column)| (begins[*lane] + row, column))).collect();
    let mut cells = vec![None; rows * columns];
    for (node, (row, column)) in at.iter().enumerate() {
        cells[row * columns + column] = Some(node);
    }
    Grid { rows, columns, at, cells, stages, breaks: begins }
}
