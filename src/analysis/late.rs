//! Answers that may come late: a thing is finished by somebody else while an action that answers later can still succeed.

use std::collections::HashSet;

use super::moves::left_by;
use crate::model::{ActionId, Moment, MoveBy, OutcomeId, Plan, StateId};
use crate::spec::Name;

/// A success that may come in a state that has no answer for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LateAnswer {
    /// The success.
    pub outcome: OutcomeId,
    /// The finished state in which it may come.
    pub state: StateId,
    /// The state in which the action was still open.
    pub before: StateId,
}

/// The successes that may come late, each with the finished states that have no answer for it.
///
/// An action is open from the states that its success may leave, and stays open while others move the thing: another action, a timeout, a
/// reaction. Its own outcomes close it, so what only they bring about is not followed.
pub fn late_answers(plan: &Plan) -> Vec<LateAnswer> {
    let later = plan.actions.iter().filter(|(_, action)| action.answers_later() && action.is_run());
    let outcomes = later.flat_map(|(id, _)| plan.outcomes(id));
    let successes = outcomes.filter(|(_, outcome)| outcome.class == crate::spec::Class::Success && outcome.when.is_empty());
    successes.flat_map(|(id, outcome)| outcome.sets.iter().flat_map(move |after| late_for(plan, id, *after))).collect()
}

fn late_for(plan: &Plan, outcome: OutcomeId, after: StateId) -> Vec<LateAnswer> {
    let mut open: Vec<(StateId, StateId)> = left_by(plan, outcome)
        .into_iter()
        .filter(|state| state.entity == after.entity && *state != after)
        .map(|state| (state, state))
        .collect();
    let mut seen: HashSet<StateId> = open.iter().map(|(state, _)| *state).collect();
    let mut late = Vec::new();
    while let Some((state, _)) = open.pop() {
        for next in plan.state(state).then.iter().filter(|next| moved_by_others(plan, state, **next, outcome.action)) {
            if !seen.insert(*next) {
                continue;
            }
            if plan.state(*next).form.end && *next != after && !answers(plan, *next, outcome, after) {
                late.push(LateAnswer { outcome, state: *next, before: state });
            }
            open.push((*next, state));
        }
    }
    late.sort_by_key(|late| late.state);
    late
}

/// Whether something other than an answer of the action itself moves a thing from one state to the next.
fn moved_by_others(plan: &Plan, from: StateId, to: StateId, action: ActionId) -> bool {
    let (state, target) = (plan.state(from), &plan.state(to).name.text);
    let asked = &plan.actions[action].name.text;
    let leads_there = |name: Option<&Name>| name.is_some_and(|name| name.text == *target);
    let by_timeout = state.form.timeout.as_ref().is_some_and(|timeout| {
        let checks_it = timeout.checks.as_ref().is_some_and(|checks| checks.text == *asked);
        let by_check = || timeout.on.iter().any(|(_, reaction)| leads_there(reaction.becomes.as_ref()));
        leads_there(timeout.becomes.as_ref()) || (!checks_it && by_check())
    });
    let others = state.form.on.iter().filter(|(mention, _)| mention.owner != *asked);
    let by_reaction = others.into_iter().any(|(_, reaction)| leads_there(reaction.becomes.as_ref()));
    let by_anything_else = || {
        plan.state(to).entered_by.iter().any(|by| match by {
            MoveBy::Outcome(outcome) => outcome.action != action && left_by(plan, *outcome).contains(&from),
            MoveBy::Decision(_) | MoveBy::Sent(_) => true,
            MoveBy::Timeout(_) | MoveBy::Reaction(_) => false,
        })
    };
    by_timeout || by_reaction || by_anything_else()
}

/// Whether a state says what such an answer does: in its `on`, or by allowing the move.
fn answers(plan: &Plan, state: StateId, outcome: OutcomeId, after: StateId) -> bool {
    let state = plan.state(state);
    let names = |moment: &Moment| *moment == Moment::Outcome(outcome) || *moment == Moment::Action(outcome.action);
    state.then.contains(&after) || state.reacts_to.iter().any(names)
}
