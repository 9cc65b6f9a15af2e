//! Who acts on which states of things.

use std::collections::{HashMap, HashSet};

use super::moves::{entered_at, left_by, states_of};
use crate::model::{ActionId, EntityId, How, Plan, RoleId, StateId, Step, StepId};

/// What each role does about which states, and which actions could move things on if anybody ran them.
#[derive(Debug, Default)]
pub struct Work {
    acts: HashSet<(RoleId, StateId)>,
    knows: HashSet<(RoleId, EntityId)>,
    idle: HashMap<StateId, Vec<ActionId>>,
}

impl Work {
    /// Reads it off the steps, and off the actions that no step runs.
    pub fn new(plan: &Plan) -> Self {
        let mut work = Self::default();
        for (id, step) in plan.steps.iter() {
            if let Some(role) = step.role {
                work.acts.extend(acts_on(plan, id, step).into_iter().map(|state| (role, state)));
            }
        }
        work.knows = work.acts.iter().map(|(role, state)| (*role, state.entity)).collect();
        for (action, _) in plan.actions.iter().filter(|(_, action)| !action.is_run()) {
            let mut states: Vec<StateId> = plan.outcomes(action).flat_map(|(outcome, _)| left_by(plan, outcome)).collect();
            states.sort_unstable();
            states.dedup();
            for state in states {
                work.idle.entry(state).or_default().push(action);
            }
        }
        work
    }

    /// Whether a step of the role starts in the state, or can bring about that it is left.
    pub fn acts(&self, role: RoleId, state: StateId) -> bool {
        self.acts.contains(&(role, state))
    }

    /// Whether the role acts on any state of the entity.
    pub fn knows(&self, role: RoleId, entity: EntityId) -> bool {
        self.knows.contains(&(role, entity))
    }

    /// The actions that nothing runs and that would move the entity on from the state.
    pub fn idle(&self, state: StateId) -> &[ActionId] {
        self.idle.get(&state).map_or(&[], Vec::as_slice)
    }
}

fn acts_on(plan: &Plan, id: StepId, step: &Step) -> Vec<StateId> {
    let mut states: Vec<StateId> = step.when.any.iter().flat_map(|(moment, _)| entered_at(plan, *moment)).collect();
    states.extend(states_of(&step.when.clock_in));
    for run in step.runs.iter().filter(|run| matches!(run.how, How::Backend | How::Choice(_))) {
        states.extend(states_of(&plan.actions[run.action].needs));
        states.extend(plan.outcomes(run.action).flat_map(|(outcome, _)| left_by(plan, outcome)));
    }
    // A choice that runs something is offered in the states of its `when`.
    let choices = plan.ways_from(id).filter(|(_, way)| way.choice.is_some() && !plan.is_click(way));
    states.extend(choices.flat_map(|(_, way)| states_of(&way.when)));
    states
}
