//! How the lives of things go: which ends they can come to, and what they can come into more than once.

use std::collections::{BTreeSet, HashSet};

use crate::model::{Plan, StateId};

/// The ends that a thing can come to from some states without passing certain others, in the order of the file. Moves that nothing in
/// the plan makes are left out; so are the states from which it starts.
pub fn ends_from(plan: &Plan, starts: &[StateId], avoiding: &BTreeSet<StateId>) -> Vec<StateId> {
    let seen = follow(plan, starts, avoiding);
    let mut ends: Vec<StateId> = seen.into_iter().filter(|state| plan.state(*state).form.end && !starts.contains(state)).collect();
    ends.sort_unstable();
    ends
}

/// Whether one and the same thing can come into a state again.
pub fn recurs(plan: &Plan, state: StateId) -> bool {
    follow(plan, &[state], &BTreeSet::new()).contains(&state)
}

/// The states that can follow some states.
fn follow(plan: &Plan, starts: &[StateId], avoiding: &BTreeSet<StateId>) -> HashSet<StateId> {
    let mut seen = HashSet::new();
    let mut open = starts.to_vec();
    while let Some(state) = open.pop() {
        for next in &plan.state(state).then {
            if !plan.state(*next).entered_by.is_empty() && !avoiding.contains(next) && seen.insert(*next) {
                open.push(*next);
            }
        }
    }
    seen
}
