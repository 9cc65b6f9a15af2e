//! See `consent_without_tap.md`.

use crate::finding::{Finding, Level};
use crate::model::{Nature, NotificationId, Plan, StepId, Subject};
use crate::rules::profiles::{demanded_at, is_subscription, why};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "consent-without-tap",
    group: Group::Platform,
    level: Level::Error,
    page: include_str!("consent_without_tap.md"),
    // A step at which nobody sees anything is told there.
    follows_from: &[FollowsFrom::on_subject("message-without-consent"), FollowsFrom::on_subject("dead-end")],
    phase: Phase::Plan,
    check,
};

/// What the platform calls it.
const DEMAND: &str = "consent-on-tap";

fn check(cx: &Context<'_>) -> Vec<Finding> {
    cx.plan.notifications.ids().filter_map(|id| finding(cx.plan, id)).collect()
}

fn finding(plan: &Plan, id: NotificationId) -> Option<Finding> {
    let notification = &plan.notifications[id];
    let asks = notification.consent?;
    let channel = notification.form.channel.as_ref().filter(|channel| is_subscription(&channel.text))?;
    let demand = demanded_at(plan, asks, DEMAND).filter(|_| !has_tap(plan, asks))?;
    let (name, step) = (&notification.name, &plan.steps[asks]);
    let message = format!("consent for `{name}` is asked at `{}`, where nobody taps anything and no payment comes back", step.name);
    let span = notification.form.consent.as_ref().map_or(channel.span, |target| target.span);
    let ask = demand.ask.as_ref().map_or("", |ask| &ask.text);
    let help = format!("{ask} Name the step whose button asks:\nnotifications:\n  {name}:\n    consent: ..");
    Some(
        Finding::new(Subject::Notification(id), span, message)
            .about(Subject::Step(asks))
            .label(step.name.span, "no button")
            .why(why(demand))
            .help(help),
    )
}

/// Whether people tap something at a step, or come back to it from paying. What another journey shows is looked at there.
fn has_tap(plan: &Plan, id: StepId) -> bool {
    let step = &plan.steps[id];
    let pays = step.runs.iter().any(|run| plan.actions[run.action].kind() == "pay");
    let taps = || plan.ways_from(id).any(|(_, way)| way.choice.is_some() || plan.is_click(way));
    let is_elsewhere = matches!(step.nature, Nature::Journey(_) | Nature::Task);
    is_elsewhere || pays || step.form.backend.is_some() || taps()
}
