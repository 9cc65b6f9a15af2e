//! See `outside_wait_without_reconcile.md`.

use crate::analysis::left_by;
use crate::catalogue;
use crate::finding::{Finding, Level};
use crate::model::{Action, ActionId, How, Plan, StateId, Subject};
use crate::rules::demands::kind;
use crate::rules::snippet::{entry, under};
use crate::rules::words::state_name;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::Demand;

const QUERIED: &str = "queried";
const RECONCILED: &str = "reconciled";

pub(in crate::rules) static RULE: Rule = Rule {
    name: "outside-wait-without-reconcile",
    group: Group::Waiting,
    level: Level::Error,
    page: include_str!("outside_wait_without_reconcile.md"),
    // A deadline that asks before it closes is a second way to find out.
    follows_from: &[FollowsFrom::on_subject("timeout-without-recheck")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let outside = cx.plan.actions.iter().filter(|(id, action)| cx.plan.answers_from_outside(*id) && action.is_run());
    outside.filter(|(id, action)| is_missed(cx.plan, *id, action)).map(|(id, action)| finding(cx.plan, id, action)).collect()
}

/// Whether something depends on the answer, and nothing but the answer itself tells of it.
fn is_missed(plan: &Plan, id: ActionId, action: &Action) -> bool {
    let is_awaited = action.runs.iter().any(|(_, run)| run.how == How::Wait);
    let matters = is_awaited || action.outcomes.iter().any(|outcome| !outcome.sets.is_empty());
    let is_asked = action.has_duty(QUERIED) && !needs_books(plan, action);
    let is_checked = || !action.checked_by.is_empty() || waiting(plan, id).any(|state| checks(plan, state));
    matters && !action.has_duty(RECONCILED) && !is_asked && !is_checked()
}

/// Whether the catalogue demands that the books are compared, as for money: asking alone may stop too early.
fn needs_books(plan: &Plan, action: &Action) -> bool {
    let duty = kind(plan, action).and_then(|kind| catalogue::duty(kind, RECONCILED));
    duty.is_some_and(|duty| duty.demand == Some(Demand::Required))
}

/// The states that an answer would move things out of.
fn waiting(plan: &Plan, id: ActionId) -> impl Iterator<Item = StateId> + '_ {
    plan.outcomes(id).flat_map(|(outcome, _)| left_by(plan, outcome))
}

fn checks(plan: &Plan, state: StateId) -> bool {
    plan.state(state).form.timeout.as_ref().is_some_and(|timeout| timeout.checks.is_some())
}

fn finding(plan: &Plan, id: ActionId, action: &Action) -> Finding {
    let name = &action.name;
    let system = action.system.map_or("..", |system| &plan.systems[system].name.text);
    let message = if action.has_duty(QUERIED) {
        format!("`{name}` is asked about, but no list is compared: an answer of `{system}` that gets lost after that is never missed")
    } else {
        format!("if the answer of `{system}` to `{name}` gets lost, nobody ever finds out")
    };
    let mut finding = Finding::new(Subject::Action(id), name.span, message).help(help(plan, id, action));
    if let Some(answers) = &action.form.system {
        finding = finding.label(answers.span, "answers later, from outside");
    }
    finding
}

fn help(plan: &Plan, id: ActionId, action: &Action) -> String {
    let mut duties = Vec::new();
    if !action.has_duty(QUERIED) {
        duties.push(entry(QUERIED, "on return, then every minute for an hour"));
    }
    duties.push(entry(RECONCILED, "their list against ours, every morning"));
    let yaml = under(&["backend", &action.name.text, "duties"], duties);
    let state = waiting(plan, id).find(|state| plan.state(*state).form.timeout.is_some());
    let check = state.map(|state| {
        format!("\nOr let the deadline of `{}` ask before it closes, with `checks: {}`.", state_name(plan, state), action.name)
    });
    format!("Say how you find out by yourselves, when, and against which list:\n{yaml}{}", check.unwrap_or_default())
}
