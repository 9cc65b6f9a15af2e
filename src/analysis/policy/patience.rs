//! Whether a policy holds only if people keep trying: whether a round is possible on which what is waited for never comes, although
//! everybody who could do something all the while does something now and then.
//!
//! Somebody who can act at every place of the round, and does nothing on it, would not stand by for ever: then it is no round to speak of.
//! Whoever surely comes (`backstop`, whoever is called, the product's own jobs) does in the end whatever they can do again and again, so a round that they can leave is none either.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::product::{Lasso, Product};

/// The first such round, and the shortest way to it.
pub(super) fn round(product: &Product<'_>) -> Option<Lasso> {
    let waiting: Vec<usize> = (0..product.nodes.len()).filter(|node| !product.is_good(*node)).collect();
    if waiting.is_empty() {
        return None;
    }
    let mut place = vec![usize::MAX; product.nodes.len()];
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(waiting.len(), waiting.len());
    for (index, node) in waiting.iter().enumerate() {
        place[*node] = index;
        graph.add_node(());
    }
    for (index, node) in waiting.iter().enumerate() {
        for (_, to) in lasting(product, *node).filter(|(_, to)| place[*to] != usize::MAX) {
            graph.add_edge(NodeIndex::new(index), NodeIndex::new(place[to]), ());
        }
    }
    let mut region = vec![0; waiting.len()];
    let regions = kosaraju_scc(&graph);
    for (number, nodes) in regions.iter().enumerate() {
        for node in nodes {
            region[node.index()] = number;
        }
    }
    let is_in = |node: usize, number: usize| place[node] != usize::MAX && region[place[node]] == number;
    let rounds = regions.iter().enumerate().filter(|(number, nodes)| {
        let nodes: Vec<usize> = nodes.iter().map(|node| waiting[node.index()]).collect();
        is_lasting(product, &nodes, &|node| is_in(node, *number))
    });
    let first = rounds.filter_map(|(number, nodes)| Some((nodes.iter().map(|node| waiting[node.index()]).min()?, number))).min()?;
    Some(Lasso { way: product.way_to(first.0), round: tour(product, first.0, &|node| is_in(node, first.1)) })
}

/// The edges that may be gone again and again.
fn lasting<'p>(product: &'p Product<'_>, node: usize) -> impl Iterator<Item = (usize, usize)> + 'p {
    product.edges(node).filter(|(edge, _)| product.graph.edges[*edge].is_lasting)
}

/// Those who can do something somewhere.
fn able(product: &Product<'_>, node: usize) -> u128 {
    product.edges(node).fold(0, |all, (edge, _)| {
        let edge = product.graph.edges[edge];
        if edge.is_free { all } else { all | bit(edge.actor) }
    })
}

fn bit(actor: super::graph::Actor) -> u128 {
    1 << actor.min(127)
}

/// A round from a place back to it on which everybody who could do something all the while does something.
fn tour(product: &Product<'_>, start: usize, is_in: &dyn Fn(usize) -> bool) -> Vec<u32> {
    let (mut round, mut at, mut owing) = (Vec::new(), start, able(product, start));
    while owing != 0 {
        let pays = |edge: usize, to: usize| owing & bit(product.graph.edges[edge].actor) != 0 || owing & !able(product, to) != 0;
        let Some(part) = product.nearest(at, &|edge, to| is_in(to) && product.graph.edges[edge].is_lasting, &pays) else { break };
        for edge in part {
            at = product.follow(at, edge as usize).unwrap_or(at);
            owing &= !bit(product.graph.edges[edge as usize].actor) & able(product, at);
            round.push(edge);
        }
    }
    if at != start || round.is_empty() {
        let back = product.nearest(at, &|edge, to| is_in(to) && product.graph.edges[edge].is_lasting, &|_, to| to == start);
        round.extend(back.unwrap_or_default());
    }
    round
}

/// Whether one can go round there for ever while everybody does what they can.
fn is_lasting(product: &Product<'_>, nodes: &[usize], is_in: &dyn Fn(usize) -> bool) -> bool {
    let (mut acting, mut always) = (0_u128, u128::MAX);
    for node in nodes {
        let mut able = 0_u128;
        for (edge, to) in product.edges(*node) {
            let edge = product.graph.edges[edge];
            if edge.is_free {
                continue;
            }
            let bit = bit(edge.actor);
            able |= bit;
            if is_in(to) && edge.is_lasting {
                acting |= bit;
            } else if !is_in(to) && product.graph.surely.get(usize::from(edge.actor)).is_some_and(|surely| *surely) {
                return false;
            }
        }
        always &= able;
    }
    acting != 0 && always & !acting == 0
}
