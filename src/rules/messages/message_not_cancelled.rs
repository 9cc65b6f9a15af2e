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

/// The ends that a message does not notice, all of one thing.
fn missed(plan: &Plan, notification: &Notification) -> Vec<StateId> {
    let cancels: BTreeSet<StateId> = notification.cancel_when.any.iter().flat_map(|(moment, _)| entered_at(plan, *moment)).collect();
    // What is cancelled by the clock, or by news that moves nothing, was thought of.
    let is_opaque = notification.cancel_when.clock.is_some()
        || notification.cancel_when.any.iter().any(|(moment, _)| entered_at(plan, *moment).is_empty());
    let is_thought_of = |entity: EntityId| is_opaque || (!cancels.is_empty() && cancels.iter().all(|state| state.entity != entity));
    let by_thing = if let Some(clock) = &notification.when.clock {
        // The states in which the clock counts are looked at when the time has come.
        let thing = timed(plan, clock).filter(|_| notification.when.clock_in.is_empty() && notification.form.cancel_when.is_none());
        thing.map(|entity| vec![StateId { entity, index: 0 }])
    } else {
        notification.form.after.as_ref().map(|_| notification.when.any.iter().flat_map(|(moment, _)| at(plan, *moment)).collect())
    };
    let starts: Vec<StateId> = by_thing.unwrap_or_default();
    let starts: Vec<StateId> = starts.into_iter().filter(|state| !is_thought_of(state.entity)).collect();
    let missed = ends_from(plan, &starts, &cancels);
    let first = missed.first().map(|state| state.entity);
    missed.into_iter().filter(|state| Some(state.entity) == first).collect()
}

/// The states that things are in at a moment: those they come into, or those they stay in where nothing moves.
fn at(plan: &Plan, moment: Moment) -> Vec<StateId> {
    let entered = entered_at(plan, moment);
    match moment {
        Moment::Outcome(outcome) if entered.is_empty() => plan.outcomes(outcome.action).flat_map(|(other, _)| left_by(plan, other)).collect(),
        _ => entered,
    }
}

fn finding(plan: &Plan, id: NotificationId, notification: &Notification) -> Option<Finding> {
    let missed = missed(plan, notification);
    let entity = missed.first()?.entity;
    let (name, thing) = (&notification.name, &plan.entities[entity].name);
    let states: Vec<&str> = missed.iter().map(|state| plan.state(*state).name.text.as_str()).collect();
    let how = if notification.form.cancel_when.is_some() { "still sent" } else { "sent all the same" };
    let message = format!("`{name}` is {how} when `{thing}` has become {} in the meantime", quoted_or(&states));
    let mut finding = Finding::new(Subject::Notification(id), name.span, message).help(help(notification, &thing.text, &states));
    if let Some(after) = &notification.form.after {
        finding = finding.label(after.span, "much can happen until then");
    } else if let Some(clock) = &notification.when.clock {
        finding = finding.label(clock.span, "set long before");
    }
    Some(finding)
}

fn help(notification: &Notification, thing: &str, states: &[&str]) -> String {
    let states = if let [only] = states { (*only).to_owned() } else { format!("[{}]", states.join(", ")) };
    let name = &notification.name;
    let is_partial = notification.form.cancel_when.is_some();
    let begin = if is_partial { "Add to what makes it untrue" } else { "Say what makes it untrue" };
    let yaml = format!("notifications:\n  {name}:\n    cancel-when: {{{thing}: {states}}}");
    format!("{begin}:\n{yaml}\nWhere it is true whatever happens, let it hang on the state in which that is over.")
}
