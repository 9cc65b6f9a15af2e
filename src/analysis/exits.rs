//! What takes things out of their states.

use std::collections::HashMap;

use super::moves::{left_by, states_of};
use crate::model::{MoveBy, OutcomeId, Plan, StateId, StepId};

/// For each state, the outcomes that may move a thing out of it, and the steps that have to do with it.
#[derive(Debug, Default)]
pub struct Exits {
    outcomes: HashMap<StateId, Vec<OutcomeId>>,
    clocked: HashMap<StateId, Vec<StepId>>,
}

impl Exits {
    /// Reads it off the actions and the steps.
    pub fn new(plan: &Plan) -> Self {
        let mut exits = Self::default();
        for (outcome, _) in plan.actions.ids().flat_map(|action| plan.outcomes(action)) {
            for state in left_by(plan, outcome) {
                exits.outcomes.entry(state).or_default().push(outcome);
            }
        }
        for (id, step) in plan.steps.iter() {
            for state in states_of(&step.when.clock_in) {
                exits.clocked.entry(state).or_default().push(id);
            }
        }
        exits
    }

    /// The outcomes that may move a thing out of a state.
    pub fn of(&self, state: StateId) -> &[OutcomeId] {
        self.outcomes.get(&state).map_or(&[], Vec::as_slice)
    }

    /// The steps that start in a state, at once or by the clock, or that run what may move a thing out of it; some may come twice.
    pub fn steps<'p>(&'p self, plan: &'p Plan, state: StateId) -> impl Iterator<Item = StepId> + 'p {
        let clocked = self.clocked.get(&state).into_iter().flatten().copied();
        let running = self.of(state).iter().flat_map(|outcome| plan.actions[outcome.action].run_at());
        plan.state(state).starts.iter().copied().chain(clocked).chain(running)
    }

    /// Whether the deadline of another thing takes this one along.
    pub fn has_foreign_deadline(plan: &Plan, state: StateId) -> bool {
        let is_foreign = |by: &MoveBy| matches!(by, MoveBy::Timeout(other) if other.entity != state.entity);
        plan.state(state).then.iter().any(|next| plan.state(*next).entered_by.iter().any(is_foreign))
    }
}
