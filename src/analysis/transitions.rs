//! The moves of an entity that something in the plan really makes, one by one.

use super::moves::before;
use crate::model::{EntityId, MoveBy, Plan, StateId};

/// A move out of one state into another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// Out of this state.
    pub from: StateId,
    /// Into this state.
    pub to: StateId,
    /// What makes it.
    pub by: MoveBy,
}

/// Every move of an entity, in the order of the states that are entered.
pub fn transitions(plan: &Plan, entity: EntityId) -> Vec<Transition> {
    let mut found = Vec::new();
    for (to, state) in plan.states(entity) {
        for by in &state.entered_by {
            let from = left(plan, to, *by);
            found.extend(from.into_iter().filter(|from| *from != to).map(|from| Transition { from, to, by: *by }));
        }
    }
    found
}

/// The states that a mover may leave when it brings an entity into a state.
fn left(plan: &Plan, to: StateId, by: MoveBy) -> Vec<StateId> {
    match by {
        MoveBy::Outcome(outcome) => before(plan, outcome, to),
        MoveBy::Timeout(state) | MoveBy::Reaction(state) if state.entity == to.entity => vec![state],
        // What another thing's timer, a decision or a system sets, it sets where the thing itself allows that.
        _ => plan.states(to.entity).filter(|(_, state)| state.then.contains(&to)).map(|(id, _)| id).collect(),
    }
}
