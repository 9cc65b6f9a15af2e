//! What people can do about a thing while it is in a state.

use std::collections::HashSet;

use super::moves::{entered_at, left_by, states_of};
use crate::model::{EntityId, Guard, How, OutcomeId, Plan, RoleId, Run, StateId, Step, StepId, Way};

/// Which roles have a say about which states of things: something they can do there, or a page that leads to it.
#[derive(Debug, Default)]
pub struct Say {
    has: HashSet<(RoleId, StateId)>,
}

impl Say {
    /// Reads it off the steps.
    pub fn new(plan: &Plan) -> Self {
        let mut say = Self::default();
        for (id, step) in plan.steps.iter() {
            let Some(role) = step.role else { continue };
            let mut states: Vec<StateId> = step.when.any.iter().flat_map(|(moment, _)| entered_at(plan, *moment)).collect();
            states.extend(states_of(&step.when.clock_in));
            states.extend(led_on(plan, id));
            for run in step.runs.iter().filter(|run| matches!(run.how, How::Backend | How::Choice(_))) {
                states.extend(acted_on(plan, step, run).into_iter().filter(|state| is_offered(plan, id, run, *state)));
            }
            say.has.extend(states.into_iter().map(|state| (role, state)));
        }
        say
    }

    /// Whether the role can do something about a thing in the state.
    pub fn has(&self, role: RoleId, state: StateId) -> bool {
        self.has.contains(&(role, state))
    }
}

/// The states in which a choice leads on to another page. A choice that only closes the page does nothing.
fn led_on(plan: &Plan, step: StepId) -> impl Iterator<Item = StateId> + '_ {
    let goes_on = |way: &Way| plan.steps[way.to].end.is_none() || plan.steps[way.to].has_way();
    let ways = plan.ways_from(step).map(|(_, way)| way).filter(move |way| plan.is_click(way) && goes_on(way));
    ways.flat_map(|way| states_of(&way.when))
}

/// The states of things that are there already on which an action acts: it moves them on, asks for them, or adds to what the page shows.
fn acted_on(plan: &Plan, step: &Step, run: &Run) -> Vec<StateId> {
    let action = &plan.actions[run.action];
    let mut states: Vec<StateId> = states_of(&action.needs).collect();
    for (index, outcome) in action.outcomes.iter().enumerate() {
        states.extend(left_by(plan, OutcomeId { action: run.action, index }));
        states.extend(states_of(&outcome.when));
    }
    let shown = action.writes.iter().filter(|entity| step.follows.contains(entity));
    states.extend(shown.flat_map(|entity| plan.states(*entity)).map(|(state, _)| state));
    states.retain(|state| !creates(plan, run, state.entity));
    states
}

/// Whether the action begins a fresh one, so that it does nothing about the one that is there.
fn creates(plan: &Plan, run: &Run, entity: EntityId) -> bool {
    plan.actions[run.action].form.creates.iter().any(|name| name.text == plan.entities[entity].name.text)
}

/// Whether the step, and the choice where it is one, is there in a state.
fn is_offered(plan: &Plan, id: StepId, run: &Run, state: StateId) -> bool {
    let allows = |guard: &Guard, first: usize| {
        let mut terms = guard.terms.iter().skip(first).filter(|term| term.entity == state.entity);
        terms.all(|term| term.states.iter().any(|(index, _)| *index == state.index))
    };
    let of_choice = |way: &Way| matches!(&run.how, How::Choice(label) if way.choice.as_ref() == Some(label));
    let mut ways = plan.ways_from(id).map(|(_, way)| way).filter(|way| of_choice(way)).peekable();
    let by_choice = ways.peek().is_none() || ways.any(|way| allows(&way.when, way.asked_after));
    by_choice && allows(&plan.steps[id].needs, 0)
}
