//! Moves that two make who do not know of each other: an answer from outside, and a step of people or of a system that reads the same
//! fact by itself.

use std::collections::HashMap;

use super::transitions::transitions;
use crate::model::{EntityId, How, Moment, MoveBy, OutcomeId, Plan, StateId};

/// A move that is made by two.
#[derive(Clone, Copy, Debug)]
pub struct TwoWriters {
    /// Out of this state.
    pub from: StateId,
    /// Into this one.
    pub to: StateId,
    /// The answer from outside.
    pub outside: OutcomeId,
    /// What does the same by itself.
    pub other: MoveBy,
}

/// Every pair that makes one move, of whom neither says what it does when the other was faster; each pair once.
pub fn two_writers(plan: &Plan) -> Vec<TwoWriters> {
    plan.entities.ids().flat_map(|entity| of_entity(plan, entity)).collect()
}

fn of_entity(plan: &Plan, entity: EntityId) -> Vec<TwoWriters> {
    let mut moves: HashMap<(StateId, StateId), Vec<MoveBy>> = HashMap::new();
    let mut order = Vec::new();
    for it in transitions(plan, entity) {
        let by = moves.entry((it.from, it.to)).or_default();
        if by.is_empty() {
            order.push((it.from, it.to));
        }
        by.push(it.by);
    }
    let mut found: Vec<TwoWriters> = Vec::new();
    for (from, to) in order {
        let by = &moves[&(from, to)];
        let outside = by.iter().filter_map(|by| answer(plan, *by)).filter(|outcome| !is_answered(plan, *outcome, to));
        for outside in outside {
            let others = by.iter().filter(|by| acts_alone(plan, **by, outside) && !is_safe(plan, **by, to));
            for other in others {
                let is_known = found.iter().any(|known| known.to == to && known.outside == outside && known.other == *other);
                if !is_known {
                    found.push(TwoWriters { from, to, outside, other: *other });
                }
            }
        }
    }
    found
}

/// An answer that comes later, by a message of the system.
fn answer(plan: &Plan, by: MoveBy) -> Option<OutcomeId> {
    let MoveBy::Outcome(outcome) = by else { return None };
    let action = &plan.actions[outcome.action];
    (action.answers_later() && action.is_run() && action.kind() != "read").then_some(outcome)
}

/// Whether a state, or the action itself, says what the answer does when it comes in the state that it would set.
fn is_answered(plan: &Plan, outcome: OutcomeId, to: StateId) -> bool {
    let state = plan.state(to);
    let reacts = state.reacts_to.iter().any(|moment| *moment == Moment::Outcome(outcome) || *moment == Moment::Action(outcome.action));
    reacts || state.then.contains(&to) || is_guarded(plan, outcome, to)
}

/// Whether an outcome is possible only in other states of the thing than the one that it sets.
fn is_guarded(plan: &Plan, outcome: OutcomeId, to: StateId) -> bool {
    let guards = [&plan.outcome(outcome).when, &plan.actions[outcome.action].needs];
    guards.into_iter().any(|guard| {
        let mut terms = guard.terms.iter().filter(|term| term.entity == to.entity);
        terms.any(|term| !term.states.is_empty() && term.states.iter().all(|(index, _)| *index != to.index))
    }) || plan
        .outcome(outcome)
        .form
        .sets
        .moves
        .iter()
        .any(|(name, becomes)| name.text == plan.entities[to.entity].name.text && matches!(becomes, crate::spec::Becomes::PerState(_)))
}

/// Whether a mover does it on the way of a person or of a system, without having asked the one outside in the same breath. Staff look
/// before they act.
fn acts_alone(plan: &Plan, by: MoveBy, outside: OutcomeId) -> bool {
    match by {
        MoveBy::Outcome(outcome) => {
            let action = &plan.actions[outcome.action];
            let mut runs = action.runs.iter().filter(|(_, run)| matches!(run.how, How::Backend | How::Choice(_)));
            outcome.action != outside.action && !action.answers_later() && runs.any(|(step, _)| !is_staff(plan, *step))
        }
        MoveBy::Decision(step) => !is_staff(plan, step),
        MoveBy::Timeout(_) | MoveBy::Reaction(_) | MoveBy::Sent(_) => false,
    }
}

fn is_staff(plan: &Plan, step: crate::model::StepId) -> bool {
    plan.steps[step].role.is_some_and(|role| plan.roles[role].form.staff)
}

/// Whether doing it a second time does nothing.
fn is_safe(plan: &Plan, by: MoveBy, to: StateId) -> bool {
    match by {
        MoveBy::Outcome(outcome) => plan.actions[outcome.action].has_duty("idempotent") || is_guarded(plan, outcome, to),
        _ => false,
    }
}
