//! See `message_without_consent.md`.

use crate::finding::{Finding, Level};
use crate::model::{Notification, NotificationId, Plan, StepId, Subject};
use crate::rules::consent::channel_with_consent;
use crate::rules::snippet::OPEN;
use crate::rules::words::quoted;
use crate::rules::{Context, Group, Phase, Rule};
use crate::spec::Name;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "message-without-consent",
    group: Group::Messages,
    level: Level::Warning,
    page: include_str!("message_without_consent.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    cx.plan.notifications.iter().filter_map(|(id, notification)| finding(cx.plan, id, notification)).collect()
}

fn finding(plan: &Plan, id: NotificationId, notification: &Notification) -> Option<Finding> {
    let channel = channel_with_consent(plan, notification)?;
    match notification.consent {
        None if notification.form.consent.is_none() => Some(never_asked(plan, id, notification, channel)),
        Some(step) if !is_seen(plan, step) => Some(asked_nowhere(plan, id, notification, step)),
        _ => None,
    }
}

/// Whether a step can ask anybody anything: it shows a screen, or members of staff ask. What another journey asks is looked at there.
fn is_seen(plan: &Plan, step: StepId) -> bool {
    let form = &plan.steps[step].form;
    form.screen.is_some() || form.task.is_some() || form.journey.is_some()
}

fn never_asked(plan: &Plan, id: NotificationId, notification: &Notification, channel: &Name) -> Finding {
    let name = &notification.name;
    let roles = quoted(notification.to.iter().map(|role| &plan.roles[*role].name.text));
    let message = format!("`{name}` goes by `{channel}`, and no step asks {roles} whether it may");
    let once = plan.catalogue.channel(&channel.text).and_then(|known| known.per_consent);
    let often = match once {
        Some(1) => "\nOne yes allows one message.".to_owned(),
        Some(count) => format!("\nOne yes allows {count} messages."),
        None => String::new(),
    };
    let yaml = format!("notifications:\n  {name}:\n    consent: {OPEN}\n    if-refused: {OPEN}");
    Finding::new(Subject::Notification(id), channel.span, message)
        .here("needs consent")
        .help(format!("Name the step whose button asks, and what happens when the answer is no:\n{yaml}{often}"))
}

fn asked_nowhere(plan: &Plan, id: NotificationId, notification: &Notification, step: StepId) -> Finding {
    let (name, step) = (&notification.name, &plan.steps[step]);
    let message = format!("consent for `{name}` is asked at `{}`, where nobody sees anything", step.name);
    let span = notification.form.consent.as_ref().map_or(notification.name.span, |target| target.span);
    Finding::new(Subject::Notification(id), span, message)
        .label(step.name.span, "no screen")
        .help("Name a step with a screen on which the person can say yes or no.")
}
