//! Work that follows by itself: what leads on to a step that does something, without anybody having to choose it.

use std::collections::HashSet;

use super::Reach;
use crate::model::{Cause, How, Id as _, OutcomeId, Plan, Run, StateId, Step, StepId};

/// What leads on to steps that do a certain thing.
#[derive(Debug)]
pub struct FollowUp<'p> {
    plan: &'p Plan,
    does_it: Vec<bool>,
    leads: Vec<bool>,
    outcomes: HashSet<OutcomeId>,
    states: HashSet<StateId>,
}

impl<'p> FollowUp<'p> {
    /// For the steps that run something of this sort.
    pub fn new(plan: &'p Plan, reach: &Reach, is_it: impl Fn(&Run) -> bool) -> Self {
        let runs = |step: &Step, by_choice: bool| {
            let mut runs = step.runs.iter();
            runs.any(|run| (run.how == How::Backend || (by_choice && matches!(run.how, How::Choice(_)))) && is_it(run))
        };
        let does_it: Vec<bool> = plan.steps.iter().map(|(_, step)| runs(step, true)).collect();
        let mut leads = vec![false; plan.steps.len()];
        let mut open: Vec<StepId> = plan.steps.iter().filter(|(_, step)| runs(step, false)).map(|(id, _)| id).collect();
        while let Some(step) = open.pop() {
            if std::mem::replace(&mut leads[step.index()], true) {
                continue;
            }
            let ways = plan.ways_to(step).map(|(_, way)| way);
            open.extend(ways.filter(|way| reach.is_live(plan, way) && !matches!(way.cause, Cause::Choice(_))).map(|way| way.from));
            let journey = plan.journey_of(step);
            if journey.first == Some(step) {
                open.extend(&journey.used_by);
            }
        }
        let led: Vec<&Cause> = plan.ways().filter(|(_, way)| leads[way.to.index()]).map(|(_, way)| &way.cause).collect();
        let outcomes = led.iter().filter_map(|cause| if let Cause::Outcome(outcome) = cause { Some(*outcome) } else { None }).collect();
        let states = led.iter().filter_map(|cause| if let Cause::State(state) = cause { Some(*state) } else { None }).collect();
        Self { plan, does_it, leads, outcomes, states }
    }

    /// Whether the step does it, or leads on to one that does.
    pub fn at(&self, step: StepId) -> bool {
        self.does_it[step.index()] || self.leads[step.index()]
    }

    /// Whether something starts in a state, or is led to by it, that does it.
    pub fn of_state(&self, state: StateId) -> bool {
        self.states.contains(&state) || self.plan.state(state).starts.iter().any(|step| self.at(*step))
    }

    /// The outcomes that lead on to it.
    pub fn outcomes(&self) -> impl Iterator<Item = OutcomeId> + '_ {
        self.outcomes.iter().copied()
    }

    /// Whether an outcome leads on to it.
    pub fn of_outcome(&self, outcome: OutcomeId) -> bool {
        self.outcomes.contains(&outcome)
    }
}
