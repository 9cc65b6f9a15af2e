//! A policy over moments, at each of which several things may happen at once.
//!
//! What happens at one moment has no order of its own: an outcome, the state it sets and the step it leads to are one moment. So it
//! counts in the order that suits the policy. What comes at the same moment answers a response, satisfies a precedence, and is not yet
//! "after" for what is forbidden afterwards. Only what follows from something at that moment cannot suit it as if it came before: the step
//! that one comes to follows the outcome that led there ([`Order`]). To be exact, the automaton keeps all states in which the policy may be
//! in some order; it is broken when it is broken in every one.

use std::collections::HashMap;

use super::template::{BROKEN, Rules, Thing};

/// The bits of what a policy watches for.
pub(super) const A: u8 = 1;
pub(super) const B: u8 = 2;
pub(super) const OTHER: u8 = 4;
pub(super) const AFTER: u8 = 8;
pub(super) const BEFORE: u8 = 16;
/// Somebody comes in because they like to, not because anything makes them.
pub(super) const ENTERS: u8 = 32;
const ALL: [u8; 5] = [A, B, OTHER, AFTER, BEFORE];

/// Where other things of a kind stand among what happens at the same moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Before the thing with this bit.
    OtherBefore(u8),
    /// After it.
    OtherAfter(u8),
}

/// In which part of a way a template counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scope {
    pub(super) after: bool,
    pub(super) before: bool,
}

/// Not in that part: before it begins, or after it was over. The other states are those of the template.
const CLOSED: u8 = 4;
/// `before` alone: over for good.
const OVER: u8 = 5;
/// Broken in a part that came to its end.
const LOST: u8 = 6;

/// The states in which a policy may be, as bits.
type May = u8;

/// A policy as an automaton over moments.
#[derive(Debug)]
pub(super) struct Automaton {
    rules: Rules,
    scope: Scope,
    order: Order,
    /// What each state of it may be.
    states: Vec<May>,
    /// For each state and each set of things at a moment, the state that follows.
    next: Vec<[u8; 32]>,
    /// What each state means: asked at every edge of a graph, and the same each time.
    meanings: Vec<Meaning>,
}

/// What a state of the automaton means.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "four answers that do not follow from each other")]
struct Meaning {
    is_good: bool,
    is_broken: bool,
    is_reached: bool,
    is_open: bool,
}

impl Automaton {
    /// For the moments that can occur.
    pub(super) fn new(rules: Rules, scope: Scope, order: Order, moments: impl IntoIterator<Item = u8>) -> Self {
        let mut own: Vec<u8> = moments.into_iter().map(|moment| moment & 31).collect();
        own.sort_unstable();
        own.dedup();
        let first = if scope.after { 1 << CLOSED } else { 1 };
        let mut automaton = Self { rules, scope, order, states: vec![first], next: Vec::new(), meanings: Vec::new() };
        let orders: Vec<(u8, Vec<Vec<u8>>)> = own.into_iter().map(|moment| (moment, automaton.orders(moment))).collect();
        let mut known = HashMap::from([(first, 0_u8)]);
        while let Some(may) = automaton.states.get(automaton.next.len()).copied() {
            let mut row = [0; 32];
            for (moment, orders) in &orders {
                let after = orders.iter().fold(0, |all, order| all | automaton.through(may, order));
                let next = u8::try_from(automaton.states.len()).unwrap_or(u8::MAX);
                row[usize::from(*moment)] = *known.entry(after).or_insert_with(|| {
                    automaton.states.push(after);
                    next
                });
            }
            automaton.next.push(row);
        }
        automaton.meanings = automaton.states.iter().map(|may| automaton.meaning(*may)).collect();
        automaton
    }

    /// How many states it has.
    pub(super) fn len(&self) -> usize {
        self.states.len()
    }

    /// The state after a moment.
    pub(super) fn next(&self, state: u8, moment: u8) -> u8 {
        self.next[usize::from(state)][usize::from(moment & 31)]
    }

    /// Whether a way may end in a state.
    pub(super) fn is_good(&self, state: u8) -> bool {
        self.meanings[usize::from(state)].is_good
    }

    /// Whether it is broken for good.
    pub(super) fn is_broken(&self, state: u8) -> bool {
        self.meanings[usize::from(state)].is_broken
    }

    /// Whether what `possible` asks for has happened.
    pub(super) fn is_reached(&self, state: u8) -> bool {
        self.meanings[usize::from(state)].is_reached
    }

    /// Whether the template surely counts in a state.
    fn is_open(&self, state: u8) -> bool {
        self.meanings[usize::from(state)].is_open
    }

    fn meaning(&self, may: May) -> Meaning {
        let any = |is_it: &dyn Fn(u8) -> bool| (0..8).any(|one| may >> one & 1 == 1 && is_it(one));
        // What counts only up to something that never came is not judged.
        let counts = |one: u8, is_it: bool| one == CLOSED || one == OVER || (one != LOST && (self.scope.before || is_it));
        Meaning {
            is_good: any(&|one| counts(one, self.rules.is_good(one))),
            is_broken: !any(&|one| counts(one, !self.rules.is_broken(one))),
            is_reached: any(&|one| one == 1),
            is_open: !any(&|one| one >= CLOSED),
        }
    }

    /// Whether a moment makes the policy ask for something.
    pub(super) fn is_triggered(&self, state: u8, moment: u8) -> bool {
        let is_it = |bit, thing| moment & bit != 0 && self.rules.is_trigger(thing);
        if !self.rules.has_trigger() {
            return self.is_open(state) || self.is_open(self.next(state, moment));
        }
        self.is_open(state) && (is_it(A, Thing::A) || is_it(B, Thing::B))
    }

    /// Whether a moment ends a part in which the template counted.
    pub(super) fn is_closed_by(&self, state: u8, moment: u8) -> bool {
        self.is_open(state) && moment & BEFORE != 0
    }

    fn through(&self, may: May, order: &[u8]) -> May {
        (0..8).filter(|one| may >> one & 1 == 1).fold(0, |all, one| all | 1 << order.iter().fold(one, |state, bit| self.one(state, *bit)))
    }

    /// The state after one thing.
    fn one(&self, state: u8, bit: u8) -> u8 {
        match (state, bit) {
            (CLOSED, AFTER) => 0,
            (OVER | LOST | CLOSED, _) | (_, AFTER) => state,
            (_, BEFORE) if !self.rules.is_good(state) => LOST,
            (_, BEFORE) if self.scope.after => CLOSED,
            (_, BEFORE) => OVER,
            (_, A) => self.rules.next(state, Thing::A),
            (_, B) => self.rules.next(state, Thing::B),
            _ => self.rules.next(state, Thing::Other),
        }
    }

    /// Every order in which the things of a moment may count.
    fn orders(&self, moment: u8) -> Vec<Vec<u8>> {
        let bits: Vec<u8> = ALL.into_iter().filter(|bit| moment & bit != 0).collect();
        let mut orders: Vec<Vec<u8>> = vec![Vec::new()];
        for bit in bits {
            orders = orders.iter().flat_map(|order| (0..=order.len()).map(|at| [&order[..at], &[bit], &order[at..]].concat())).collect();
        }
        orders.retain(|order| {
            let at = |bit| order.iter().position(|other| *other == bit);
            let (other, bit, is_before) = match self.order {
                Order::OtherBefore(bit) => (at(OTHER), at(bit), true),
                Order::OtherAfter(bit) => (at(OTHER), at(bit), false),
            };
            other.zip(bit).is_none_or(|(other, bit)| (other < bit) == is_before)
        });
        orders
    }
}

// The states of templates lie below those of scopes.
const _: () = assert!(BROKEN < CLOSED);
