//! See `too_many_templates_at_once.md`.

use std::collections::BTreeMap;

use crate::finding::{Finding, Level};
use crate::model::{NotificationId, Plan, StepId, Subject};
use crate::rules::profiles::{demanded_at, is_subscription, why};
use crate::rules::words::quoted;
use crate::rules::{Context, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "too-many-templates-at-once",
    group: Group::Platform,
    level: Level::Error,
    page: include_str!("too_many_templates_at_once.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

/// What the platform calls it.
const DEMAND: &str = "at-most-three-templates";

/// So many messages can be asked for with one tap.
const MOST: usize = 3;

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let plan = cx.plan;
    let mut asked_at: BTreeMap<StepId, Vec<NotificationId>> = BTreeMap::new();
    for (id, notification) in plan.notifications.iter() {
        let is_it = notification.form.channel.as_ref().is_some_and(|channel| is_subscription(&channel.text));
        if let Some(step) = notification.consent.filter(|_| is_it) {
            asked_at.entry(step).or_default().push(id);
        }
    }
    asked_at.into_iter().filter_map(|(step, messages)| finding(plan, step, &messages)).collect()
}

fn finding(plan: &Plan, id: StepId, messages: &[NotificationId]) -> Option<Finding> {
    let demand = demanded_at(plan, id, DEMAND).filter(|_| messages.len() > MOST && taps(plan, id) * MOST < messages.len())?;
    let step = &plan.steps[id];
    let names = quoted(messages.iter().map(|message| &plan.notifications[*message].name.text));
    let message = format!("`{}` asks for {} messages, and one tap can ask for {MOST}: {names}", step.name, messages.len());
    let finding = Finding::new(Subject::Step(id), step.name.span, message)
        .why(why(demand))
        .help("Ask for the others where they are needed, at a step with a button of its own, or tell people on a page instead.");
    let more = messages.iter().skip(MOST).filter_map(|message| {
        let notification = &plan.notifications[*message];
        Some((*message, notification.form.consent.as_ref()?.span))
    });
    Some(more.fold(finding, |finding, (message, span)| finding.label(span, "one too many").about(Subject::Notification(message))))
}

/// How many buttons of a step do something, each of which may ask; one at least.
fn taps(plan: &Plan, id: StepId) -> usize {
    let form = &plan.steps[id].form;
    let running = form.choices.iter().filter(|(_, choice)| choice.backend.is_some()).count();
    (running + usize::from(form.backend.is_some())).max(1)
}
