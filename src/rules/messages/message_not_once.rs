//! See `message_not_once.md`.

use crate::analysis::{entered_at, recurs};
use crate::finding::{Finding, Level};
use crate::model::{Notification, NotificationId, Plan, RoleId, Subject};
use crate::rules::words::state_name;
use crate::rules::{Context, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "message-not-once",
    group: Group::Messages,
    level: Level::Warning,
    page: include_str!("message_not_once.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let open = cx.plan.notifications.iter().filter(|(_, notification)| notification.form.once.is_none());
    open.filter_map(|(id, notification)| finding(cx.plan, id, notification)).collect()
}

fn finding(plan: &Plan, id: NotificationId, notification: &Notification) -> Option<Finding> {
    // Each round is new work for the staff.
    let is_staff = |role: &RoleId| plan.roles[*role].form.staff;
    if notification.to.is_empty() || notification.to.iter().all(is_staff) {
        return None;
    }
    let mut states =
        notification.when.any.iter().flat_map(|(moment, span)| entered_at(plan, *moment).into_iter().map(|state| (state, *span)));
    let (state, span) = states.find(|(state, _)| recurs(plan, *state))?;
    let name = &notification.name;
    let entity = &plan.entities[state.entity].name;
    let message = format!("`{name}` is sent again each time `{entity}` becomes `{}`, and nothing says how often", plan.state(state).name);
    let finding = Finding::new(Subject::Notification(id), span, message).label(plan.state(state).name.span, "can come again");
    Some(finding.about(Subject::State(state)).help(format!(
        "Say for what it is sent once, such as for each {entity} or for each time `{}` comes:\nnotifications:\n  {name}:\n    once: per {entity}",
        state_name(plan, state)
    )))
}
