//! What moves things: out of which states an outcome may move them, into which a moment does.

use crate::model::{EntityId, Guard, Moment, OutcomeId, Plan, StateId};
use crate::spec::{Becomes, Name};

/// The states that an outcome may move an entity out of: as it says itself, as its guard or the needs of its action say, and else
/// every state from which the state it sets may follow.
pub fn left_by(plan: &Plan, outcome: OutcomeId) -> Vec<StateId> {
    let mut left: Vec<StateId> = Vec::new();
    for after in &plan.outcome(outcome).sets {
        let before = before(plan, outcome, *after);
        left.extend(before.into_iter().filter(|state| state != after));
    }
    left.sort_unstable();
    left.dedup();
    left
}

/// The states that things may come into at a moment.
pub fn entered_at(plan: &Plan, moment: Moment) -> Vec<StateId> {
    match moment {
        Moment::State(state) => vec![state],
        Moment::Outcome(outcome) => plan.outcome(outcome).sets.clone(),
        Moment::Action(action) => plan.outcomes(action).flat_map(|(_, outcome)| outcome.sets.iter().copied()).collect(),
        Moment::Sent(system, index) => {
            let sent = plan.systems[system].form.sends.get(index);
            sent.into_iter().flat_map(|(_, outcome)| &outcome.sets.moves).flat_map(|(name, becomes)| named(plan, name, becomes)).collect()
        }
    }
}

fn named(plan: &Plan, entity: &Name, becomes: &Becomes) -> Vec<StateId> {
    let Some((id, entity)) = plan.entities.iter().find(|(_, known)| known.name.text == entity.text) else { return Vec::new() };
    let names: Vec<&Name> = match becomes {
        Becomes::State(state) => vec![state],
        Becomes::PerState(states) => states.iter().map(|(_, after)| after).collect(),
    };
    names.into_iter().filter_map(|name| entity.state(&name.text)).map(|index| StateId { entity: id, index }).collect()
}

/// The states named by a guard.
pub fn states_of(guard: &Guard) -> impl Iterator<Item = StateId> + '_ {
    guard.terms.iter().flat_map(|term| term.states.iter().map(|(index, _)| StateId { entity: term.entity, index: *index }))
}

/// The states out of which an outcome may move an entity into a state that it sets.
pub(super) fn before(plan: &Plan, outcome: OutcomeId, after: StateId) -> Vec<StateId> {
    let entity = after.entity;
    let (action, form) = (&plan.actions[outcome.action], plan.outcome(outcome));
    let said = form.form.sets.moves.iter().find(|(name, _)| name.text == plan.entities[entity].name.text);
    if let Some((_, Becomes::PerState(moves))) = said {
        let becomes = |name: &Name| plan.entities[entity].state(&name.text) == Some(after.index);
        let indices = moves.iter().filter(|(_, name)| becomes(name)).filter_map(|(before, _)| plan.entities[entity].state(&before.text));
        return indices.map(|index| StateId { entity, index }).collect();
    }
    let guarded = guarded(&form.when, entity).or_else(|| guarded(&action.needs, entity));
    guarded.unwrap_or_else(|| plan.states(entity).filter(|(_, state)| state.then.contains(&after)).map(|(id, _)| id).collect())
}

fn guarded(guard: &Guard, entity: EntityId) -> Option<Vec<StateId>> {
    let term = guard.terms.iter().find(|term| term.entity == entity)?;
    Some(term.states.iter().map(|(index, _)| StateId { entity, index: *index }).collect())
}
