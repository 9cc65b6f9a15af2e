//! How the ways of a journey count: which lead back, which are the main way, whose way each step belongs to, what only failures lead to.

use std::collections::BTreeSet;

use super::flow::Builder;
use super::{Edge, EdgeKind, Node, NodeKind, story};
use crate::model::{Cause, Plan, Way};
use crate::spec::{Class, EndKind};

impl Builder<'_> {
    /// Finds ways back, the main way, whose way each step belongs to, and steps that only failures lead to.
    pub(super) fn classify(&mut self) {
        let count = self.view.nodes.len();
        let pairs: Vec<story::Pair> = self.view.edges.iter().map(|edge| (edge.from, edge.to)).collect();
        let back = story::ways_back(count, &pairs);
        for (edge, back) in self.view.edges.iter_mut().zip(back) {
            if back || self.view.nodes[edge.to].stage < self.view.nodes[edge.from].stage {
                edge.kind = EdgeKind::Back;
            }
        }
        self.whose_way();
        self.main_way();
        for index in 0..count {
            let mut ways = self.view.edges.iter().filter(|edge| edge.to == index && edge.kind != EdgeKind::Back).peekable();
            let is_end = matches!(self.view.nodes[index].kind, NodeKind::End(_));
            self.view.nodes[index].is_failure = !is_end
                && self.view.nodes[index].starts.is_empty()
                && ways.peek().is_some()
                && ways.all(|edge| edge.kind == EdgeKind::Failure);
        }
    }

    fn whose_way(&mut self) {
        let begins = |node: &Node| node.step.is_some_and(|step| self.plan.steps[step].starts_by_itself());
        let others: Vec<usize> = (0..self.view.nodes.len()).filter(|index| begins(&self.view.nodes[*index])).collect();
        let role = self.plan.journeys[self.view.journey].role;
        let is_entrance = |node: &Node| {
            let step = node.step.map(|step| &self.plan.steps[step]);
            step.is_some_and(|step| !step.starts_by_itself() && !step.starts.is_empty() && (role.is_none() || step.role == role))
        };
        let first = self.plan.journeys[self.view.journey].first.and_then(|first| self.place.get(&first).copied());
        let own = first.into_iter().chain((0..self.view.nodes.len()).filter(|index| is_entrance(&self.view.nodes[*index])));
        let mut claimed: Vec<Option<usize>> = vec![None; self.view.nodes.len()];
        let roots: Vec<(usize, usize)> =
            own.map(|root| (root, 0)).chain(others.iter().enumerate().map(|(way, root)| (*root, way + 1))).collect();
        for (root, way) in roots {
            let mut stack = vec![root];
            while let Some(node) = stack.pop() {
                // Each way keeps its own beginning, even where another one leads into it.
                if claimed[node].is_some() || (node != root && others.contains(&node)) {
                    continue;
                }
                claimed[node] = Some(way);
                stack.extend(self.view.edges.iter().filter(|edge| edge.from == node).map(|edge| edge.to));
            }
        }
        for (node, way) in self.view.nodes.iter_mut().zip(claimed) {
            node.way = way.unwrap_or_default();
        }
    }

    fn main_way(&mut self) {
        let may_be_main = |edge: &&mut Edge| edge.kind == EdgeKind::Plain;
        let is_regular = |edge: &Edge, plan: &Plan| edge.ways.iter().any(|way| is_regular(plan, plan.way(*way)));
        let (plan, nodes) = (self.plan, &self.view.nodes);
        let Some(&start) = plan.journeys[self.view.journey].first.and_then(|first| self.place.get(&first)) else { return };
        let good: Vec<bool> = nodes
            .iter()
            .map(|node| node.step.and_then(|step| plan.steps[step].end.as_ref()).is_some_and(|end| end.kind == EndKind::Success))
            .collect();
        let mut edges: Vec<&mut Edge> = self.view.edges.iter_mut().filter(may_be_main).filter(|edge| is_regular(edge, plan)).collect();
        let pairs: Vec<story::Pair> = edges.iter().map(|edge| (edge.from, edge.to)).collect();
        for way in story::main_way(nodes.len(), &pairs, start, &good) {
            edges[way].kind = EdgeKind::Main;
        }
        let on_it: BTreeSet<usize> =
            edges.iter().filter(|edge| edge.kind == EdgeKind::Main).flat_map(|edge| [edge.from, edge.to]).collect();
        for index in on_it {
            self.view.nodes[index].is_main = true;
        }
    }
}

/// Whether a way is one that people regularly take: nothing failed, nothing is still open, nobody waited in vain.
fn is_regular(plan: &Plan, way: &Way) -> bool {
    match &way.cause {
        Cause::Outcome(outcome) => plan.outcome(*outcome).class == Class::Success,
        Cause::State(state) => plan.state(*state).form.means.is_none(),
        Cause::Choice(_) | Cause::Next | Cause::Value(_) | Cause::End(_) => true,
        Cause::Timeout | Cause::Exhausted | Cause::ScreenState(_) => false,
    }
}
