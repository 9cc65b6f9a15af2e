//! What comes of an action that somebody sends twice: by a second tap, or by going back and once again.
//!
//! The second one is looked at in the states that the first one has set, one entity at a time. Where any entity that has a say has no
//! place for it there, it is refused. Must not know: how the plan says that a second one is recognised.

use super::course::changes::{Change, answering, is_created, of_outcome};
use super::course::{Courses, States};
use super::places::{asked, concerned, into, places};
use crate::model::{ActionId, EntityId, How, Moment, Moments, OutcomeId, Plan, Run, StateId, StepId};
use crate::spec::Class;

/// An action whose second one takes effect too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twice {
    /// The result that the first one has.
    pub outcome: OutcomeId,
    /// Where somebody sends it.
    pub step: StepId,
    /// What the second one does.
    pub effect: Effect,
}

/// What a second one does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It starts another one of this entity.
    Creates(EntityId),
    /// It moves the thing on, which the first one has moved from the first of these states into the second, into the third.
    Moves(StateId, StateId, StateId),
    /// It takes more of a resource.
    Takes(String),
}

/// What a second one of an action does that a person sends; nothing where it is refused or changes nothing.
pub fn twice(plan: &Plan, courses: &Courses<'_>, action: ActionId) -> Option<Twice> {
    let runs = plan.actions[action].runs.iter().filter(|(_, run)| is_sent(run));
    let mut good = runs.flat_map(|(step, _)| plan.outcomes(action).map(move |(outcome, of)| (*step, outcome, of.class)));
    good.find_map(|(step, outcome, class)| {
        let second = Second { plan, courses, action, outcome, step };
        let effect = (class == Class::Success).then(|| second.effect()).flatten()?;
        Some(Twice { outcome, step, effect })
    })
}

fn is_sent(run: &Run) -> bool {
    matches!(run.how, How::Backend | How::Choice(_))
}

/// A second one, after the first had a result.
struct Second<'a> {
    plan: &'a Plan,
    courses: &'a Courses<'a>,
    action: ActionId,
    outcome: OutcomeId,
    step: StepId,
}

impl Second<'_> {
    fn effect(&self) -> Option<Effect> {
        let plan = self.plan;
        let concerned = concerned(plan, self.action);
        if !concerned.iter().all(|entity| self.has_place(*entity)) {
            return None;
        }
        let is_fresh = |entity: &EntityId| is_created(plan, *entity, self.action) && self.is_seen_to(*entity);
        let is_any = !plan.actions[self.action].form.creates.is_empty();
        let creates = is_any.then(|| plan.entities.ids().find(is_fresh)).flatten().map(Effect::Creates);
        let moves = || concerned.iter().find_map(|entity| self.moves(*entity));
        creates.or_else(moves).or_else(|| self.takes())
    }

    /// Whether anybody else takes note of a fresh thing: a draft or a basket that only its owner knows does no harm beside another one.
    fn is_seen_to(&self, entity: EntityId) -> bool {
        let plan = self.plan;
        let target = of_outcome(plan, entity, self.outcome).targets().first().map_or(0, |(to, _)| *to);
        let Some(state) = plan.entities[entity].states.get(target) else { return false };
        let id = StateId { entity, index: target };
        let moments = [Moment::State(id), Moment::Outcome(self.outcome), Moment::Action(self.action)];
        let names = |when: &Moments| when.any.iter().any(|(moment, _)| moments.contains(moment));
        let begins = plan.steps.iter().any(|(_, step)| names(&step.when)) || plan.notifications.iter().any(|(_, it)| names(&it.when));
        let keeps = !state.form.holds.is_empty() || !state.form.waits_for.is_empty() || state.form.end;
        begins || keeps || self.takes().is_some()
    }

    /// The moves of the first one: from, to.
    fn first(&self, entity: EntityId) -> Vec<(usize, usize)> {
        let before =
            self.courses.of(entity).map_or(States::ANY, |course| course.at(self.step).all()) & asked(self.plan, entity, self.outcome);
        let before = before.without(answering(self.plan, entity, self.outcome));
        let froms = |(to, named): (usize, Option<States>)| {
            let from = into(self.plan, StateId { entity, index: to }, named) & before;
            from.indices().flatten().map(move |from| (from, to)).collect::<Vec<_>>()
        };
        of_outcome(self.plan, entity, self.outcome).targets().into_iter().flat_map(froms).collect()
    }

    /// Whether an entity has a place for the second one, in any of the states in which the first one has left it.
    fn has_place(&self, entity: EntityId) -> bool {
        let (plan, change) = (self.plan, of_outcome(self.plan, entity, self.outcome));
        let is_fresh = is_created(plan, entity, self.action);
        let places = places(plan, entity, self.action);
        match change {
            Change::Nothing => true,
            Change::To(to) if is_fresh => places.has(States::one(to)),
            _ => self.first(entity).iter().any(|(_, to)| places.has(States::one(*to))),
        }
    }

    /// A move of the second one into another state than that of the first.
    fn moves(&self, entity: EntityId) -> Option<Effect> {
        let plan = self.plan;
        let state = |index| StateId { entity, index };
        let seconds: Vec<OutcomeId> =
            plan.outcomes(self.action).filter(|(_, outcome)| outcome.class == Class::Success).map(|(id, _)| id).collect();
        self.first(entity).into_iter().filter(|(from, to)| from != to).find_map(|(from, to)| {
            let next = seconds.iter().flat_map(|second| {
                let targets = of_outcome(plan, entity, *second).targets().into_iter();
                let asked = asked(plan, entity, *second);
                targets
                    .filter(move |(next, named)| (into(plan, StateId { entity, index: *next }, *named) & asked).has(States::one(to)))
                    .map(|(next, _)| next)
            });
            let mut next = next.filter(|next| *next != to && !self.is_for_another(state(*next)));
            next.next().map(|next| Effect::Moves(state(from), state(to), state(next)))
        })
    }

    /// Whether who has done it may not move the thing into a state.
    fn is_for_another(&self, state: StateId) -> bool {
        let name = &self.plan.actions[self.action].name.text;
        self.plan.mover(state).is_some_and(|mover| mover.not.iter().any(|not| not.text == *name))
    }

    fn takes(&self) -> Option<Effect> {
        let (action, outcome) = (&self.plan.actions[self.action].form, &self.plan.outcome(self.outcome).form);
        let all = [&action.holds, &action.uses_up, &outcome.holds, &outcome.uses_up];
        all.into_iter().find_map(|names| names.iter().next()).map(|name| Effect::Takes(name.text.clone()))
    }
}
