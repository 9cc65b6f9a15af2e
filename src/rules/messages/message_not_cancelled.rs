//! See `message_not_cancelled.md`.

use std::collections::BTreeSet;

use crate::analysis::{ends_from, entered_at, left_by, timed};
use crate::finding::{Finding, Level};
use crate::model::{EntityId, Moment, Notification, NotificationId, Plan, StateId, Subject};
use crate::rules::words::quoted_or;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "message-not-cancelled",
    group: Group::Messages,
    level: Level::Error,
    page: include_str!("message_not_cancelled.md"),
    follows_from: &[FollowsFrom::in_plan("unknown-name")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    cx.plan.notifications.iter().filter_map(|(id, notification)| finding(cx.plan, id, notification)).collect()
}

/// What makes a message untrue.
fn cancels(plan: &Plan, notification: &Notification) -> BTreeSet<StateId> {
    notification.cancel_when.any.iter().flat_map(|(moment, _)| entered_at(plan, *moment)).collect()
}

/// The states in which a message is set for later, except of things of which the plan says what cancels it in another way.
fn set_in(plan: &Plan, notification: &Notification, cancels: &BTreeSet<StateId>) -> Vec<StateId> {
    // What is cancelled by the clock, or by news that moves nothing, was thought of.
    let is_opaque = notification.cancel_when.clock.is_some()
        || notification.cancel_when.any.iter().any(|(moment, _)| entered_at(plan, *moment).is_empty());
    let is_thought_of = |entity: EntityId| is_opaque || (!cancels.is_empty() && cancels.iter().all(|state| state.entity != entity));
    let states: Vec<StateId> = match &notification.when.clock {
        // The states in which the clock counts are looked at when the time has come.
        Some(_) if !notification.when.clock_in.is_empty() || notification.form.cancel_when.is_some() => Vec::new(),
        Some(clock) => timed(plan, clock).map(|entity| StateId { entity, index: 0 }).into_iter().collect(),
        None if notification.form.after.is_none() => Vec::new(),
        None => notification.when.any.iter().flat_map(|(moment, _)| at(plan, *moment)).collect(),
    };
    states.into_iter().filter(|state| !is_thought_of(state.entity)).collect()
}

/// The states that things are in at a moment: those they come into, or those they stay in where nothing moves.
fn at(plan: &Plan, moment: Moment) -> Vec<StateId> {
    let entered = entered_at(plan, moment);
    match moment {
        Moment::Outcome(outcome) if entered.is_empty() => {
            plan.outcomes(outcome.action).flat_map(|(other, _)| left_by(plan, other)).collect()
        }
        _ => entered,
    }
}

fn finding(plan: &Plan, id: NotificationId, notification: &Notification) -> Option<Finding> {
    let cancels = cancels(plan, notification);
    let starts = set_in(plan, notification, &cancels);
    let missed = ends_from(plan, &starts, &cancels);
    let entity = missed.first()?.entity;
    let (name, thing) = (&notification.name, &plan.entities[entity].name);
    let ends = names(plan, missed.iter().filter(|state| state.entity == entity));
    let how = if cancels.is_empty() { "sent all the same" } else { "still sent" };
    let message = format!("`{name}` is {how} when `{thing}` has become {} in the meantime", quoted_or(&ends));
    let wanted = wanted(plan, notification, &starts, &missed, &cancels);
    let mut finding =
        Finding::new(Subject::Notification(id), name.span, message).help(help(notification, &thing.text, &names(plan, &wanted)));
    if let Some(after) = &notification.form.after {
        finding = finding.label(after.span, "much can happen until then");
    } else if let Some(clock) = &notification.when.clock {
        finding = finding.label(clock.span, "set long before");
    }
    Some(finding)
}

fn names<'p, 's>(plan: &'p Plan, states: impl IntoIterator<Item = &'s StateId>) -> Vec<&'p str> {
    states.into_iter().map(|state| plan.state(*state).name.text.as_str()).collect()
}

/// What `cancel-when` should name: what it names already, and the next states on the way to the ends that it misses.
fn wanted(
    plan: &Plan,
    notification: &Notification,
    starts: &[StateId],
    missed: &[StateId],
    cancels: &BTreeSet<StateId>,
) -> BTreeSet<StateId> {
    let entity = missed[0].entity;
    let leads_there = |state: &StateId| missed.contains(state) || !ends_from(plan, &[*state], cancels).is_empty();
    let next = starts.iter().flat_map(|state| &plan.state(*state).then).copied();
    let next = next.filter(|state| !starts.contains(state) && !plan.state(*state).entered_by.is_empty() && leads_there(state));
    let next: Vec<StateId> = if notification.when.clock.is_some() { missed.to_vec() } else { next.collect() };
    next.into_iter().chain(cancels.iter().copied()).filter(|state| state.entity == entity).collect()
}

fn help(notification: &Notification, thing: &str, states: &[&str]) -> String {
    let states = if let [only] = states { (*only).to_owned() } else { format!("[{}]", states.join(", ")) };
    let yaml = format!("notifications:\n  {}:\n    cancel-when: {{{thing}: {states}}}", notification.name);
    format!("Say what makes it untrue:\n{yaml}\nWhere it is true whatever happens, let it hang on the state in which that is over.")
}
