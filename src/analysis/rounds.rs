//! Where people or systems can go round and round.

use std::collections::HashMap;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use super::regions::in_order;
use crate::model::{Plan, StepId, Way};

/// The rounds that can be made through some steps over some ways: each one the steps that lead to each other, in the order of the file.
///
/// Kosaraju's algorithm, because petgraph's version of Tarjan's recurses and overflows the stack on long chains.
pub fn rounds(plan: &Plan, may_pass: impl Fn(StepId) -> bool, may_take: impl Fn(&Way) -> bool) -> Vec<Vec<StepId>> {
    let mut graph = DiGraph::<StepId, ()>::new();
    let nodes: HashMap<StepId, _> = plan.steps.ids().filter(|step| may_pass(*step)).map(|step| (step, graph.add_node(step))).collect();
    for (_, way) in plan.ways().filter(|(_, way)| may_take(way)) {
        if let (Some(from), Some(to)) = (nodes.get(&way.from), nodes.get(&way.to)) {
            graph.add_edge(*from, *to, ());
        }
    }
    let goes_round = |region: &Vec<_>| region.len() > 1 || region.first().is_some_and(|node| graph.contains_edge(*node, *node));
    in_order(&graph, kosaraju_scc(&graph).into_iter().filter(goes_round))
}
