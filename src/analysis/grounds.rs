//! Where somebody who goes through a plan has grounds to think that a thing is in a state: something other than a click has brought it
//! there on the way, or has shown that it is there.

use std::collections::HashSet;

use super::Reach;
use super::moves::{entered_at, states_of};
use crate::model::{ActionId, Cause, EntityId, Guard, How, Moments, MoveBy, Nature, OutcomeId, Plan, Start, StateId, StepId, Way};
use crate::spec::Class;

/// The steps that some way with such grounds leads to.
#[derive(Debug)]
pub struct Grounds<'p> {
    plan: &'p Plan,
    reach: &'p Reach,
    entity: EntityId,
    states: HashSet<usize>,
    given: HashSet<StepId>,
}

impl<'p> Grounds<'p> {
    /// For any of some states of an entity.
    pub fn new(plan: &'p Plan, reach: &'p Reach, entity: EntityId, states: impl IntoIterator<Item = usize>) -> Self {
        let mut grounds = Self { plan, reach, entity, states: states.into_iter().collect(), given: HashSet::new() };
        for (id, step) in plan.steps.iter() {
            if step.starts.iter().any(|start| grounds.start_tells(start, &step.when)) {
                grounds.spread(id);
            }
        }
        for (_, way) in plan.ways() {
            if grounds.are_given_by(way) {
                grounds.spread(way.to);
            }
        }
        grounds
    }

    /// Whether some way to the step gives them.
    pub fn at(&self, step: StepId) -> bool {
        self.given.contains(&step)
    }

    /// Takes them as given at a step, and so at all that follow.
    pub fn spread(&mut self, step: StepId) {
        let mut open = vec![step];
        while let Some(step) = open.pop() {
            if !self.given.insert(step) {
                continue;
            }
            open.extend(self.reach.successors(self.plan, step).map(|(_, to)| to));
            open.extend(self.returns(step));
        }
    }

    /// Whether taking a way gives them.
    pub fn are_given_by(&self, way: &Way) -> bool {
        self.guard_tells(&way.when)
            || match &way.cause {
                Cause::State(state) => self.is_one(*state),
                Cause::Outcome(outcome) => self.outcome_tells(*outcome),
                Cause::Timeout => self.any(|by| matches!(by, MoveBy::Timeout(_))) || self.runs_it(way.from),
                Cause::Value(_) => self.any(|by| *by == MoveBy::Decision(way.from)),
                Cause::Next | Cause::Exhausted => !self.plan.is_click(way) && self.runs_it(way.from),
                Cause::Choice(_) | Cause::ScreenState(_) => !self.plan.is_click(way) && self.choice_runs_it(way),
                Cause::End(_) => false,
            }
    }

    /// Where a journey that is used as a step goes on after it ends here.
    fn returns(&self, step: StepId) -> Vec<StepId> {
        let step = &self.plan.steps[step];
        let Some(end) = &step.end else { return Vec::new() };
        let users = self.plan.journeys[step.journey].used_by.iter();
        let ways = users.flat_map(|user| self.plan.ways_from(*user));
        let back = ways.filter(|(_, way)| match &way.cause {
            Cause::End(name) => *name == end.name.text,
            Cause::Next => true,
            _ => false,
        });
        back.map(|(_, way)| way.to).collect()
    }

    fn start_tells(&self, start: &Start, when: &Moments) -> bool {
        match start {
            Start::Itself => self.moments_tell(when),
            Start::Notification(id) => self.moments_tell(&self.plan.notifications[*id].when),
            Start::Outside | Start::First | Start::Draining => false,
        }
    }

    fn moments_tell(&self, when: &Moments) -> bool {
        self.guard_tells(&when.clock_in)
            || when.any.iter().any(|(moment, _)| entered_at(self.plan, *moment).into_iter().any(|state| self.is_one(state)))
    }

    fn guard_tells(&self, guard: &Guard) -> bool {
        states_of(guard).any(|state| self.is_one(state))
    }

    /// An outcome that sets it; or one that is not the last word of an action which may still set it.
    fn outcome_tells(&self, id: OutcomeId) -> bool {
        let outcome = self.plan.outcome(id);
        outcome.sets.iter().any(|state| self.is_one(*state))
            || (outcome.class == Class::Success && self.creates_it(id))
            || (outcome.class == Class::Interim && self.may_set_it(id))
            || self.shows_it(id)
    }

    /// Whether the outcome is possible only in one of the states, and leaves it as it is.
    fn shows_it(&self, id: OutcomeId) -> bool {
        let (outcome, needs) = (self.plan.outcome(id), &self.plan.actions[id.action].needs);
        let moves = outcome.sets.iter().any(|state| state.entity == self.entity);
        !moves && (self.guard_tells(&outcome.when) || (outcome.class == Class::Success && self.guard_tells(needs)))
    }

    /// Whether any outcome of the action sets it.
    fn may_set_it(&self, id: OutcomeId) -> bool {
        self.plan.actions[id.action].outcomes.iter().any(|outcome| outcome.sets.iter().any(|state| self.is_one(*state)))
    }

    /// Whether the action makes a fresh entity, which begins in its first state.
    fn creates_it(&self, id: OutcomeId) -> bool {
        self.states.contains(&0) && self.plan.actions[id.action].writes.contains(&self.entity)
    }

    fn runs_it(&self, step: StepId) -> bool {
        let step = &self.plan.steps[step];
        let waits = matches!(step.nature, Nature::Wait(_));
        step.runs.iter().filter(|run| run.how == How::Backend || (waits && run.how == How::Wait)).any(|run| self.action_tells(run.action))
    }

    fn choice_runs_it(&self, way: &Way) -> bool {
        let mut runs = self.plan.steps[way.from].runs.iter();
        runs.any(|run| matches!((&run.how, &way.choice), (How::Choice(of), Some(label)) if of == label) && self.action_tells(run.action))
    }

    fn action_tells(&self, action: ActionId) -> bool {
        self.plan.outcomes(action).any(|(outcome, _)| self.outcome_tells(outcome))
    }

    fn is_one(&self, state: StateId) -> bool {
        state.entity == self.entity && self.states.contains(&state.index)
    }

    fn any(&self, by: impl Fn(&MoveBy) -> bool) -> bool {
        self.plan.states(self.entity).any(|(id, state)| self.states.contains(&id.index) && state.entered_by.iter().any(&by))
    }
}
