//! Regions of a graph of steps, in an order that people can follow.

use petgraph::graph::{DiGraph, NodeIndex};

use crate::model::StepId;

/// The steps of each region, in the order of the file; the regions by their first steps.
pub(super) fn in_order(graph: &DiGraph<StepId, ()>, regions: impl Iterator<Item = Vec<NodeIndex>>) -> Vec<Vec<StepId>> {
    let mut found: Vec<Vec<StepId>> = regions
        .map(|region| {
            let mut steps: Vec<StepId> = region.into_iter().map(|node| graph[node]).collect();
            steps.sort_unstable();
            steps
        })
        .collect();
    found.sort();
    found
}
