//! In which states of a thing an action has a place: it can succeed there.

use super::course::changes::{allowed, is_created, of_outcome};
use super::course::{States, allowing, born};
use crate::model::{ActionId, EntityId, OutcomeId, Plan, StateId};
use crate::spec::Class;

/// The states of an entity in which some success of an action can come.
pub(super) fn places(plan: &Plan, entity: EntityId, action: ActionId) -> States {
    let good = plan.outcomes(action).filter(|(_, outcome)| outcome.class == Class::Success);
    good.fold(States::default(), |all, (outcome, _)| all | of_success(plan, entity, outcome))
}

/// The entities that have a say in whether an action succeeds: those that it moves, and those of whose states it asks.
pub(super) fn concerned(plan: &Plan, action: ActionId) -> Vec<EntityId> {
    let of = &plan.actions[action];
    let terms = of.needs.terms.iter().chain(of.outcomes.iter().flat_map(|outcome| &outcome.when.terms));
    let sets = of.outcomes.iter().flat_map(|outcome| &outcome.sets).map(|state| state.entity);
    let mut found: Vec<EntityId> = terms.map(|term| term.entity).chain(sets).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn of_success(plan: &Plan, entity: EntityId, outcome: OutcomeId) -> States {
    let asked = asked(plan, entity, outcome);
    let targets = of_outcome(plan, entity, outcome).targets();
    // What is started afresh has no state before.
    if targets.is_empty() || is_created(plan, entity, outcome.action) {
        return asked;
    }
    asked & targets.iter().fold(States::default(), |all, (to, named)| all | into(plan, StateId { entity, index: *to }, *named))
}

/// The states of an entity in which an outcome may come, as far as somebody asks for them.
pub(super) fn asked(plan: &Plan, entity: EntityId, outcome: OutcomeId) -> States {
    allowed(&plan.actions[outcome.action].needs, entity) & allowed(&plan.outcome(outcome).when, entity)
}

/// The states from which a thing may come into one.
pub(super) fn into(plan: &Plan, state: StateId, named: Option<States>) -> States {
    let follows = allowing(plan, state) | born(plan, state);
    named.map_or(follows, |named| named & follows)
}
