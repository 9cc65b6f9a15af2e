//! Where steps stand: in rows and columns, each stage a column of its own or several.
//!
//! Within a stage, the steps of one way stand together. Its longest walk, the main way first of all, stands in one column, straight down;
//! what leads aside stands beside the step that leads there. A stage that is too tall goes on in a further column.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagram::view::{EdgeKind, NodeKind, View};

/// The rows and columns, and who stands where.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// Row and column of each step.
    pub(super) at: Vec<(usize, usize)>,
    /// The step in each cell, row by row.
    pub(super) cells: Vec<Option<usize>>,
    /// First column of each stage, and the one after its last.
    pub(super) stages: Vec<(usize, usize)>,
    /// Rows that begin below everything that is above them.
    pub(super) breaks: Vec<usize>,
}

impl Grid {
    pub(super) fn node(&self, row: usize, column: usize) -> Option<usize> {
        self.cells.get(row * self.columns + column).copied().flatten()
    }
}

/// Steps that stand together, at places of their own.
pub(super) struct Block {
    stage: usize,
    rows: usize,
    columns: usize,
    at: Vec<(usize, usize, usize)>,
}

impl Block {
    /// Whether something stands beside its straight column, so that it makes a difference on which side.
    pub(super) fn has_sides(&self) -> bool {
        self.columns > 1
    }
}

/// A screen that shows pictures well is so wide for its height.
pub(super) const SCREEN: (f64, f64) = (1920.0, 1080.0);

/// How many rows a picture may have, the most promising first: those with which it fills a wide screen with the largest text.
pub(super) fn folds(view: &View, blocks: &[Block], row_height: f64) -> Vec<usize> {
    let tallest = blocks.iter().map(|block| block.rows).max().unwrap_or(1);
    let sum: usize = blocks.iter().map(|block| block.rows).sum();
    let mut found: Vec<(f64, usize, (usize, usize))> = Vec::new();
    for most in 2.min(tallest)..=sum.min(60).max(tallest) {
        let grid = packed(view, blocks, most, &[]);
        let wide = real(grid.columns) * 215.0 + real(grid.stages.len()) * 44.0;
        let high = real(grid.rows) * row_height + 120.0;
        // A stage in one piece is worth a little.
        let whole = if most >= tallest { 1.06 } else { 1.0 };
        let scale = (SCREEN.0 / wide).min(SCREEN.1 / high) * whole;
        if found.iter().all(|(.., size)| *size != (grid.rows, grid.columns)) {
            found.push((scale, most, (grid.rows, grid.columns)));
        }
    }
    found.sort_by(|one, other| other.0.total_cmp(&one.0));
    found.into_iter().map(|(_, most, _)| most).collect()
}

fn real(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Puts blocks into their stages, none taller than so many rows; of some, what stands aside stands to the left.
pub(super) fn packed(view: &View, blocks: &[Block], most: usize, mirrored: &[usize]) -> Grid {
    let mut at = vec![(0, 0); view.nodes.len()];
    let (mut rows, mut column) = (1, 0);
    let mut stages = Vec::new();
    for stage in 0..view.stages.len() {
        let first = column;
        let (mut used, mut wide) = (0, 0);
        for (index, block) in blocks.iter().enumerate().filter(|(_, block)| block.stage == stage) {
            let is_mirrored = mirrored.contains(&index);
            let parts = block.rows.div_ceil(most);
            let each = block.rows.div_ceil(parts.max(1)).max(1);
            for part in 0..parts {
                let own: Vec<_> = block.at.iter().filter(|(_, row, _)| row / each == part).collect();
                let own_wide = own.iter().map(|(.., column)| column + 1).max().unwrap_or(0);
                let own_rows = own.iter().map(|(_, row, _)| row % each + 1).max().unwrap_or(0);
                // A further part, and what no longer fits below, begins a new column.
                if part > 0 || used + own_rows > most {
                    column += wide;
                    (used, wide) = (0, 0);
                }
                for (node, row, aside) in own {
                    at[*node] = (used + row % each, column + if is_mirrored { own_wide - 1 - aside } else { *aside });
                }
                used += own_rows;
                wide = wide.max(own_wide);
                rows = rows.max(used);
            }
        }
        column += wide;
        stages.push((first, column));
    }
    let columns = column.max(1);
    let mut cells = vec![None; rows * columns];
    for (node, (row, column)) in at.iter().enumerate() {
        cells[row * columns + column] = Some(node);
    }
    Grid { rows, columns, at, cells, stages, breaks: Vec::new() }
}

/// The steps of each way in each stage, placed among themselves.
pub(super) fn blocks(view: &View) -> Vec<Block> {
    let mut groups: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (index, node) in view.nodes.iter().enumerate() {
        groups.entry((node.stage, node.way)).or_default().push(index);
    }
    groups.into_iter().map(|((stage, _), nodes)| block(view, stage, &nodes)).collect()
}

fn block(view: &View, stage: usize, nodes: &[usize]) -> Block {
    let within: Vec<(usize, usize, EdgeKind)> = view
        .edges
        .iter()
        .filter(|edge| {
            edge.kind != EdgeKind::Back && edge.kind != EdgeKind::Cross && nodes.contains(&edge.from) && nodes.contains(&edge.to)
        })
        .map(|edge| (edge.from, edge.to, edge.kind))
        .collect();
    let order = in_order(nodes, &within);
    let chain = chain(view, &order, &within);
    let mut at: BTreeMap<usize, (usize, usize)> = chain.iter().enumerate().map(|(row, node)| (*node, (row, 0))).collect();
    let mut taken: BTreeMap<(usize, usize), usize> = at.iter().map(|(node, place)| (*place, *node)).collect();
    for node in order {
        if at.contains_key(&node) {
            continue;
        }
        let place = beside(view, node, &within, &at, &taken, chain.len());
        at.insert(node, place);
        taken.insert(place, node);
    }
    let rows = at.values().map(|(row, _)| row + 1).max().unwrap_or(0);
    let columns = at.values().map(|(_, column)| column + 1).max().unwrap_or(0);
    Block { stage, rows, columns, at: at.into_iter().map(|(node, (row, column))| (node, row, column)).collect() }
}

/// Each step after those that lead to it; of several, the first in the file.
fn in_order(nodes: &[usize], within: &[(usize, usize, EdgeKind)]) -> Vec<usize> {
    let mut waiting: BTreeMap<usize, usize> = nodes.iter().map(|node| (*node, 0)).collect();
    let mut on: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (from, to, _) in within {
        *waiting.entry(*to).or_default() += 1;
        on.entry(*from).or_default().push(*to);
    }
    let mut left: BTreeSet<(usize, usize)> = waiting.iter().map(|(node, count)| (*count, *node)).collect();
    let mut order = Vec::with_capacity(nodes.len());
    // Those that nothing leads to come first; where there is a circle all the same, it is cut where least leads to.
    while let Some((_, node)) = left.pop_first() {
        order.push(node);
        waiting.remove(&node);
        for to in on.get(&node).into_iter().flatten() {
            if let Some(count) = waiting.get_mut(to) {
                left.remove(&(*count, *to));
                *count = count.saturating_sub(1);
                left.insert((*count, *to));
            }
        }
    }
    order
}

/// The walk that stands straight: through as much of the main way as there is, then through as many steps as possible.
fn chain(view: &View, order: &[usize], within: &[(usize, usize, EdgeKind)]) -> Vec<usize> {
    let weight = |node: usize| {
        let node = &view.nodes[node];
        match (node.is_main, node.is_failure, node.kind) {
            (true, ..) => 10_000,
            (_, true, _) => 1,
            (.., NodeKind::End(_) | NodeKind::Elsewhere) => 2,
            _ => 10,
        }
    };
    let mut best: BTreeMap<usize, (i64, Option<usize>)> = BTreeMap::new();
    for &node in order.iter().rev() {
        let mut ahead = (0, None);
        for (_, to, kind) in within.iter().filter(|(from, ..)| *from == node) {
            // A failure is not the straight way on, unless there is none else.
            let cost = if *kind == EdgeKind::Failure { 9 } else { 0 };
            let known = best.get(to).map_or(0, |(known, _)| *known) - cost;
            if known > ahead.0 {
                ahead = (known, Some(*to));
            }
        }
        best.insert(node, (weight(node) + ahead.0, ahead.1));
    }
    let mut chain = Vec::new();
    let mut next = order.iter().copied().max_by_key(|node| (best[node].0, std::cmp::Reverse(*node)));
    while let Some(node) = next {
        chain.push(node);
        next = best[&node].1;
    }
    chain
}

/// The free place that is nearest to where a step belongs: beside what leads there, or under it.
fn beside(
    view: &View,
    node: usize,
    within: &[(usize, usize, EdgeKind)],
    at: &BTreeMap<usize, (usize, usize)>,
    taken: &BTreeMap<(usize, usize), usize>,
    tall: usize,
) -> (usize, usize) {
    let sources: Vec<(usize, usize, EdgeKind)> = within
        .iter()
        .filter(|(_, to, _)| *to == node)
        .filter_map(|(from, _, kind)| at.get(from).map(|(row, column)| (*row, *column, *kind)))
        .collect();
    let targets: Vec<(usize, usize)> =
        within.iter().filter(|(from, ..)| *from == node).filter_map(|(_, to, _)| at.get(to).copied()).collect();
    let previous = (0..node).rev().find(|other| view.nodes[*other].stage == view.nodes[node].stage && at.contains_key(other));
    let (wanted_row, wanted_column) = match sources.iter().max_by_key(|(row, ..)| *row) {
        Some((row, 0, EdgeKind::Failure)) => (*row, 1),
        Some((row, 0, _)) if targets.iter().any(|(target, _)| target == &(row + 1)) => (*row, 1),
        Some((row, 0, _)) if row + 1 < tall => (*row + 1, 1),
        Some((row, 0, _)) => (*row, 1),
        Some((row, column, _)) => (row + 1, *column),
        None => match targets.iter().min() {
            Some((row, column)) => (row.saturating_sub(1), column + 1),
            // What nothing leads to stands under what comes before it in the file.
            None => previous.map_or((0, 0), |previous| (at[&previous].0 + 1, at[&previous].1)),
        },
    };
    let mut best = (i64::MAX, (0, 1));
    let bottom = tall.max(at.values().map(|(row, _)| row + 1).max().unwrap_or(0)) + 1;
    for column in 0..=wanted_column + 6 {
        for row in 0..=bottom {
            if taken.contains_key(&(row, column)) {
                continue;
            }
            let far = |one: usize, other: usize| i64::try_from(one.abs_diff(other)).unwrap_or(i64::MAX / 100);
            let lower = if row >= tall { 2 } else { 0 };
            let before = sources.iter().filter(|(source, ..)| *source > row).count();
            let cost = 3 * far(row, wanted_row) + 5 * far(column, wanted_column) + lower + 4 * i64::try_from(before).unwrap_or(0);
            if cost < best.0 {
                best = (cost, (row, column));
            }
        }
    }
    best.1
}
