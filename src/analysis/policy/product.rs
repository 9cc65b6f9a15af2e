//! Goes through a graph and the automaton of a policy together, breadth first, and says what that shows.

use std::collections::{HashMap, VecDeque};

use super::graph::Graph;
use super::moment::Automaton;
use super::patience;

/// What going through shows.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// Nothing against it.
    Good,
    /// It holds only if nobody goes round and round here for ever.
    Patience(Lasso),
    /// Against it: the shortest way there.
    Bad(Lasso),
    /// It never asks for anything.
    Idle,
    /// Too much to go through; how much was.
    TooMuch(usize),
}

/// A way by the positions of its edges, and a round at its end where it goes on for ever.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Lasso {
    pub(super) way: Vec<u32>,
    pub(super) round: Vec<u32>,
}

/// One configuration with one state of the automaton.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) at: u32,
    pub(super) state: u8,
    origin: Option<(u32, u32)>,
}

pub(super) struct Product<'g> {
    pub(super) graph: &'g Graph,
    pub(super) automaton: &'g Automaton,
    pub(super) nodes: Vec<Node>,
    index: Vec<u32>,
    is_complete: bool,
    is_triggered: bool,
    is_closed: bool,
}

const UNMET: u32 = u32::MAX;

impl<'g> Product<'g> {
    /// Goes through everything, up to so many nodes, or to the first one that is broken.
    pub(super) fn new(graph: &'g Graph, automaton: &'g Automaton, limit: usize) -> Self {
        let mut product = Self {
            graph,
            automaton,
            nodes: Vec::new(),
            index: vec![UNMET; graph.len() * automaton.len()],
            is_complete: graph.is_complete,
            is_triggered: false,
            is_closed: false,
        };
        for start in &graph.starts {
            product.meet(*start, 0, None, limit);
        }
        let mut next = 0;
        while let Some(Node { at, state, .. }) = product.nodes.get(next).copied() {
            for position in graph.from(at) {
                let edge = graph.edges[position];
                product.is_triggered = product.is_triggered || automaton.is_triggered(state, edge.seen);
                product.is_closed = product.is_closed || automaton.is_closed_by(state, edge.seen);
                let origin = Some((number(next), number(position)));
                product.meet(edge.to, automaton.next(state, edge.seen), origin, limit);
            }
            next += 1;
        }
        product
    }

    fn meet(&mut self, at: u32, state: u8, origin: Option<(u32, u32)>, limit: usize) {
        let index = &mut self.index[at as usize * self.automaton.len() + usize::from(state)];
        if *index == UNMET {
            if self.nodes.len() >= limit {
                self.is_complete = false;
                return;
            }
            *index = number(self.nodes.len());
            self.nodes.push(Node { at, state, origin });
        }
    }

    /// Where an edge leads from a node; nothing where that was not gone to any more.
    pub(super) fn follow(&self, node: usize, edge: usize) -> Option<usize> {
        let edge = self.graph.edges[edge];
        let state = self.automaton.next(self.nodes[node].state, edge.seen);
        let index = self.index[edge.to as usize * self.automaton.len() + usize::from(state)];
        (index != UNMET).then_some(index as usize)
    }

    pub(super) fn is_good(&self, node: usize) -> bool {
        self.automaton.is_good(self.nodes[node].state)
    }

    /// What it shows of a policy that must hold on every way. `closes` where it counts only up to something.
    pub(super) fn judge(&self, closes: bool) -> Shown {
        let is_bad =
            |node: &Node| self.automaton.is_broken(node.state) || (!self.automaton.is_good(node.state) && self.graph.is_over(node.at));
        // Where a bound was met, that nothing follows may be only because it was not looked at.
        let is_surely_bad = |node: &Node| self.automaton.is_broken(node.state) || (self.is_complete && is_bad(node));
        if let Some(bad) = self.nodes.iter().position(is_surely_bad) {
            return Shown::Bad(Lasso { way: self.way_to(bad), round: Vec::new() });
        }
        if !self.is_complete {
            return Shown::TooMuch(self.nodes.len());
        }
        if let Some(lasso) = self.never() {
            return Shown::Bad(lasso);
        }
        if !self.asks(closes) {
            return Shown::Idle;
        }
        patience::round(self).map_or(Shown::Good, Shown::Patience)
    }

    /// Whether the policy has asked for something on a way that was gone.
    pub(super) fn asks(&self, closes: bool) -> bool {
        self.is_triggered && (!closes || self.is_closed)
    }

    /// What it shows of a policy for which one way is enough.
    pub(super) fn judge_possible(&self) -> Shown {
        match self.nodes.iter().position(|node| self.automaton.is_reached(node.state)) {
            Some(_) => Shown::Good,
            None if self.is_complete => Shown::Bad(Lasso::default()),
            None => Shown::TooMuch(self.nodes.len()),
        }
    }

    /// A way to where what is waited for can never come any more, and the round that is then gone for ever.
    fn never(&self) -> Option<Lasso> {
        if (0..self.nodes.len()).all(|node| self.is_good(node)) {
            return None;
        }
        let mut before: Vec<Vec<u32>> = vec![Vec::new(); self.nodes.len()];
        for node in 0..self.nodes.len() {
            for (edge, to) in self.edges(node) {
                if !self.graph.edges[edge].is_free && to != node {
                    before[to].push(number(node));
                }
            }
        }
        let mut can = vec![false; self.nodes.len()];
        let mut open: Vec<usize> = (0..self.nodes.len()).filter(|node| self.is_good(*node)).collect();
        while let Some(node) = open.pop() {
            if !std::mem::replace(&mut can[node], true) {
                open.extend(before[node].iter().map(|from| *from as usize));
            }
        }
        let hopeless = can.iter().position(|can| !can)?;
        let (on, round) = self.round_from(hopeless);
        Some(Lasso { way: [self.way_to(hopeless), on].concat(), round })
    }

    /// The shortest way from a node over some edges up to and over one that is looked for; nothing where there is none.
    pub(super) fn nearest(
        &self,
        start: usize,
        may: &dyn Fn(usize, usize) -> bool,
        is_it: &dyn Fn(usize, usize) -> bool,
    ) -> Option<Vec<u32>> {
        let mut over: HashMap<usize, (usize, u32)> = HashMap::new();
        let mut queue = VecDeque::from([start]);
        while let Some(node) = queue.pop_front() {
            for (edge, to) in self.edges(node).filter(|(edge, to)| may(*edge, *to)) {
                if is_it(edge, to) {
                    let (mut way, mut at) = (vec![number(edge)], node);
                    while at != start {
                        let (before, edge) = over[&at];
                        way.push(edge);
                        at = before;
                    }
                    way.reverse();
                    return Some(way);
                }
                if to != start && !over.contains_key(&to) {
                    over.insert(to, (node, number(edge)));
                    queue.push_back(to);
                }
            }
        }
        None
    }

    /// The shortest way from where nothing good can come any more to a round that is gone for ever, and the round.
    fn round_from(&self, start: usize) -> (Vec<u32>, Vec<u32>) {
        let mut at = start;
        let mut way = Vec::new();
        for _ in 0..self.nodes.len() {
            if let Some(round) = self.nearest(at, &|_, _| true, &|_, to| to == at) {
                return (way, round);
            }
            // Every way on leads further down: the first one will do.
            let Some((edge, to)) = self.edges(at).find(|(edge, to)| *to != at && !self.graph.edges[*edge].is_free) else { break };
            way.push(number(edge));
            at = to;
        }
        (way, Vec::new())
    }

    /// The edges from a node with where they lead.
    pub(super) fn edges(&self, node: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.graph.from(self.nodes[node].at).filter_map(move |edge| Some((edge, self.follow(node, edge)?)))
    }

    /// The edges of the shortest way to a node.
    pub(super) fn way_to(&self, node: usize) -> Vec<u32> {
        let (mut way, mut at) = (Vec::new(), node);
        while let Some((before, edge)) = self.nodes[at].origin {
            way.push(edge);
            at = before as usize;
        }
        way.reverse();
        way
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(UNMET)
}
