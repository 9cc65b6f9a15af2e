//! Regions that can be entered and never left: where people go round and round without reaching an end.

use std::collections::HashMap;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use super::Reach;
use super::regions::in_order;
use crate::model::{Plan, StepId};

/// The traps of a plan: each one the steps of one region that can be reached, that goes on, and from which no end and no other
/// region can be reached. In the order of their first steps in the file.
///
/// A step from which nothing leads on is no trap but a dead end, and not in the list. Kosaraju's algorithm, because petgraph's
/// version of Tarjan's recurses and overflows the stack on long chains.
pub fn traps(plan: &Plan, reach: &Reach) -> Vec<Vec<StepId>> {
    let stuck: Vec<StepId> = plan.steps.ids().filter(|step| reach.is_reachable(*step) && !reach.can_finish(*step)).collect();
    let mut graph = DiGraph::<StepId, ()>::with_capacity(stuck.len(), stuck.len());
    let nodes: HashMap<StepId, _> = stuck.iter().map(|step| (*step, graph.add_node(*step))).collect();
    for step in &stuck {
        for (_, to) in reach.successors(plan, *step) {
            if let Some(node) = nodes.get(&to) {
                graph.add_edge(nodes[step], *node, ());
            }
        }
    }
    let regions = kosaraju_scc(&graph);
    let mut region_of = vec![0; graph.node_count()];
    for (index, region) in regions.iter().enumerate() {
        for node in region {
            region_of[node.index()] = index;
        }
    }
    let closed = regions.into_iter().enumerate().filter(|(index, region)| {
        let goes_on = region.iter().any(|node| graph.neighbors(*node).next().is_some());
        goes_on && region.iter().all(|node| graph.neighbors(*node).all(|next| region_of[next.index()] == *index))
    });
    in_order(&graph, closed.map(|(_, region)| region))
}
