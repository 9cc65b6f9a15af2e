//! See `grace_undecided.md`.

use std::collections::HashSet;

use crate::finding::{Finding, Level};
use crate::model::{ActionId, EntityId, MoveBy, OutcomeId, Plan, State, StateId, Subject};
use crate::rules::snippet::{OPEN, entry, under};
use crate::rules::words::{outcome_name, state_name};
use crate::rules::{Context, Group, Phase, Rule};
use crate::spec::{Class, Meaning};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "grace-undecided",
    group: Group::Money,
    level: Level::Warning,
    page: include_str!("grace_undecided.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

const DUTY: &str = "access-decided";

/// Results that mean that a month was not paid.
const UNPAID: [&str; 5] = ["past-due", "declined", "expired", "user-cancelled", "unpaid"];

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let plan = cx.plan;
    let subscriptions: Vec<ActionId> = plan.actions.iter().filter(|(_, action)| action.kind() == "subscribe").map(|(id, _)| id).collect();
    let says = |action: &ActionId| plan.actions[*action].form.duties.iter().any(|(name, _)| name.text == DUTY);
    if subscriptions.iter().any(says) {
        return Vec::new();
    }
    let begun = subscriptions.iter().flat_map(|action| plan.outcomes(*action)).filter(|(_, outcome)| outcome.class == Class::Success);
    let kept: HashSet<EntityId> = begun.flat_map(|(_, outcome)| &outcome.sets).map(|state| state.entity).collect();
    let states = plan.entities.ids().filter(|entity| kept.contains(entity)).flat_map(|entity| plan.states(entity));
    let late: Vec<StateId> = states.filter(|(_, state)| is_late(plan, state)).map(|(id, _)| id).collect();
    if late.is_empty() {
        subscriptions.iter().filter_map(|action| untracked(plan, *action)).collect()
    } else {
        late.into_iter().map(|state| in_state(plan, state, subscriptions[0])).collect()
    }
}

/// Whether a membership that goes on is in this state because it was not paid.
fn is_late(plan: &Plan, state: &State) -> bool {
    let was_not_paid = |by: &MoveBy| matches!(by, MoveBy::Outcome(outcome) if is_unpaid(plan, *outcome));
    let is_failure = || state.form.means == Some(Meaning::Failure) && state.entered_by.iter().any(|by| matches!(by, MoveBy::Timeout(_)));
    !state.is_final() && state.form.means != Some(Meaning::Closed) && (state.entered_by.iter().any(was_not_paid) || is_failure())
}

fn is_unpaid(plan: &Plan, id: OutcomeId) -> bool {
    let takes_money = ["pay", "subscribe"].contains(&plan.actions[id.action].kind());
    takes_money && UNPAID.iter().any(|name| plan.outcome(id).stands_for(name))
}

fn in_state(plan: &Plan, id: StateId, subscription: ActionId) -> Finding {
    let (name, state) = (state_name(plan, id), plan.state(id));
    let message = format!("nothing says what people may still do while `{name}` holds and the payment is late");
    let keys = ["entities", &plan.entities[id.entity].name.text, "states", &state.name.text, "decided"];
    let decided = under(&keys, [format!("grace-undecided: {OPEN}")]);
    let help = format!("{}\nOr say it where the state is:\n{decided}", with_duty(plan, subscription));
    Finding::new(Subject::State(id), state.name.span, message).help(help).about(Subject::Action(subscription))
}

/// A late payment that the plan knows, and keeps nowhere.
fn untracked(plan: &Plan, action: ActionId) -> Option<Finding> {
    let (id, outcome) = plan.outcomes(action).find(|(_, outcome)| outcome.stands_for("past-due"))?;
    let message = format!("nothing says what people may still do after `{}`", outcome_name(plan, id));
    Some(Finding::new(Subject::Outcome(id), outcome.name.span, message).help(with_duty(plan, action)))
}

fn with_duty(plan: &Plan, action: ActionId) -> String {
    let name = &plan.actions[action].name.text;
    let duty = under(&["backend", name, "duties"], [entry(DUTY, &format!("\"{OPEN} days with full access, then {OPEN}\""))]);
    format!("Decide who gets in while the money is late, and until when:\n{duty}")
}
