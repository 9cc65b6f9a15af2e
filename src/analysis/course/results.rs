//! What the results of an action do to an entity.

use super::bits::{Held, States};
use super::changes::{Change, allowed, answering, is_created, is_fresh, is_touched, of_answer, of_outcome};
use super::fault::Fault;
use super::lens::Lens;
use super::moves::born;
use crate::model::{ActionId, OutcomeId, Run, StateId, StepId};
use crate::spec::Class;

/// Outcomes of the catalogue that tell of something which was there before.
const THERE_BEFORE: [&str; 2] = ["duplicate", "past-due"];

impl Lens<'_> {
    /// After an action came to a result.
    pub(super) fn outcome(&self, step: StepId, id: OutcomeId, held: Held, faults: &mut Vec<Fault>) -> Held {
        let when = allowed(&self.plan.outcome(id).when, self.entity);
        let answering = answering(self.plan, self.entity, id);
        let answered = self.answered(id, answering, held.only(answering).seen(when));
        answered | self.unforeseen(step, id, held.except(answering), faults)
    }

    /// In states that have an answer of their own to the outcome.
    fn answered(&self, id: OutcomeId, answering: States, held: Held) -> Held {
        answering.indices().flatten().fold(Held::default(), |all, index| {
            let held = held.only(States::one(index));
            all | becomes(&of_answer(self.plan, StateId { entity: self.entity, index }, id), held)
        })
    }

    /// In states that have none.
    fn unforeseen(&self, step: StepId, id: OutcomeId, held: Held, faults: &mut Vec<Fault>) -> Held {
        let outcome = self.plan.outcome(id);
        let when = allowed(&outcome.when, self.entity);
        let change = of_outcome(self.plan, self.entity, id);
        if change != Change::Nothing {
            // What the outcome itself says of the state before is no news of the way.
            self.forbid(step, Some(id), &change, held.sure & when, faults);
            return becomes(&change, held.seen(when));
        }
        let held = held.seen(when);
        if held.is_empty() || !is_touched(self.plan, self.entity, id.action) {
            return held;
        }
        if THERE_BEFORE.iter().any(|name| outcome.stands_for(name)) {
            return Held::maybe(self.brought);
        }
        match outcome.class {
            Class::Interim => held.doubt(States::NONE) | Held::maybe(self.other_results(id, held)),
            Class::Success if is_created(self.plan, self.entity, id.action) => Held::maybe(States::NONE | States::one(0)),
            Class::Success => held,
            Class::Failure | Class::Rejection => self.refused(id, when, held),
        }
    }

    /// After a decision came to a value.
    pub(super) fn value(&self, step: StepId, change: &Change, held: Held, faults: &mut Vec<Fault>) -> Held {
        self.forbid(step, None, change, held.sure, faults);
        becomes(change, held)
    }

    /// On a way that does not ask how the action ended.
    pub(super) fn unanswered(&self, step: StepId, run: &Run, held: Held, faults: &mut Vec<Fault>) -> Held {
        let action = &self.plan.actions[run.action];
        let open: Vec<usize> = (0..action.outcomes.len()).filter(|index| !run.answered.contains(index)).collect();
        if open.is_empty() || action.answers_later() {
            return held;
        }
        open.iter().fold(Held::default(), |all, index| {
            let after = self.outcome(step, OutcomeId { action: run.action, index: *index }, held, faults);
            let is_meant = open.len() == 1 || action.outcomes[*index].class == Class::Success;
            all | if is_meant { after } else { after.doubted() }
        })
    }

    /// A result that moves nothing, of an action that moves the entity otherwise. Where the plan says in which states it would have
    /// moved it, somebody else may have been faster; where it would have created it, there is none now.
    fn refused(&self, id: OutcomeId, when: States, held: Held) -> Held {
        let named = self.siblings(id.action).fold(States::default(), |all, other| all | self.named(other));
        let held = if when == States::ANY { held.doubt(named) } else { held };
        let is_unborn = held.maybe.has(States::NONE) && self.siblings(id.action).any(|other| self.is_birth(other));
        if is_unborn { held | Held::sure(States::NONE) } else { held }
    }

    /// The states out of which an outcome says that it moves the entity.
    fn named(&self, id: OutcomeId) -> States {
        let when = allowed(&self.plan.outcome(id).when, self.entity);
        match of_outcome(self.plan, self.entity, id) {
            Change::To(_) if when != States::ANY => when,
            Change::PerState(pairs) => States::of(pairs.into_iter().map(|(from, _)| from)),
            Change::Nothing | Change::To(_) => States::default(),
        }
    }

    /// Whether an outcome may bring the entity into being.
    fn is_birth(&self, id: OutcomeId) -> bool {
        let when = allowed(&self.plan.outcome(id).when, self.entity) & allowed(&self.plan.actions[id.action].needs, self.entity);
        match of_outcome(self.plan, self.entity, id) {
            Change::To(index) if when == States::ANY => {
                is_created(self.plan, self.entity, id.action) || !born(self.plan, StateId { entity: self.entity, index }).is_empty()
            }
            _ => false,
        }
    }

    /// What the other outcomes of the same action would have brought about.
    fn other_results(&self, id: OutcomeId, held: Held) -> States {
        self.siblings(id.action).fold(States::default(), |all, other| {
            let change = of_outcome(self.plan, self.entity, other);
            let held = held.seen(allowed(&self.plan.outcome(other).when, self.entity));
            if change == Change::Nothing { all } else { all | becomes(&change, held).all() }
        })
    }

    fn siblings(&self, action: ActionId) -> impl Iterator<Item = OutcomeId> + use<> {
        (0..self.plan.actions[action].outcomes.len()).map(move |index| OutcomeId { action, index })
    }

    /// Notes each state that does not allow a move. What starts afresh leaves nothing, and neither does what was over.
    fn forbid(&self, step: StepId, outcome: Option<OutcomeId>, change: &Change, sure: States, faults: &mut Vec<Fault>) {
        for (to, named) in change.targets() {
            if outcome.is_some_and(|outcome| is_fresh(self.plan, self.entity, outcome.action, to)) {
                continue;
            }
            let from = (sure & named.unwrap_or(States::ANY)).without(self.allowing[to] | States::one(to) | States::NONE);
            let over = |from: &usize| to == 0 && self.plan.entities[self.entity].states[*from].form.end;
            let from = from.indices().flatten().filter(|from| !over(from));
            faults.extend(from.map(|from| Fault::Forbidden { step, outcome, from, to }));
        }
    }
}

/// The states after a change.
fn becomes(change: &Change, held: Held) -> Held {
    match change {
        Change::Nothing => held,
        Change::To(_) if held.is_empty() => held,
        Change::To(to) => Held::sure(States::one(*to)),
        Change::PerState(pairs) => held.each().fold(Held::default(), |all, one| {
            let pair = pairs.iter().find(|(from, _)| one.all() == States::one(*from));
            let after =
                pair.map_or(one, |(_, to)| if one.sure.is_empty() { Held::maybe(States::one(*to)) } else { Held::sure(States::one(*to)) });
            all | after
        }),
    }
}
