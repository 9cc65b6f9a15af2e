//! See `refused_consent_unhandled.md`.

use std::collections::{HashMap, HashSet};

use crate::finding::{Finding, Level};
use crate::model::{Moment, Notification, NotificationId, Plan, RoleId, Subject};
use crate::rules::consent::channel_with_consent;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "refused-consent-unhandled",
    group: Group::Messages,
    level: Level::Warning,
    page: include_str!("refused_consent_unhandled.md"),
    // Nobody can refuse what nobody asks.
    follows_from: &[FollowsFrom::on_subject("message-without-consent")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let plan = cx.plan;
    let anyway = sent_anyway(plan);
    let asked = plan.notifications.iter().filter(|(_, notification)| notification.form.consent.is_some());
    asked
        .filter(|(_, notification)| channel_with_consent(plan, notification).is_some())
        .filter(|(_, notification)| notification.form.if_refused.is_none() && !notification.form.marketing)
        .filter(|(_, notification)| !is_covered(notification, &anyway))
        .map(|(id, notification)| finding(plan, id, notification))
        .collect()
}

/// What reaches each role without being asked for.
fn sent_anyway(plan: &Plan) -> HashMap<RoleId, HashSet<Moment>> {
    let mut anyway: HashMap<RoleId, HashSet<Moment>> = HashMap::new();
    for (_, notification) in plan.notifications.iter().filter(|(_, notification)| channel_with_consent(plan, notification).is_none()) {
        for role in &notification.to {
            anyway.entry(*role).or_default().extend(notification.when.any.iter().map(|(moment, _)| *moment));
        }
    }
    anyway
}

/// Whether another message says the same to the same people, whether they agreed or not.
fn is_covered(notification: &Notification, anyway: &HashMap<RoleId, HashSet<Moment>>) -> bool {
    let moments = &notification.when.any;
    let reaches = |role: &RoleId| anyway.get(role).is_some_and(|told| moments.iter().all(|(moment, _)| told.contains(moment)));
    !moments.is_empty() && notification.to.iter().all(reaches)
}

fn finding(plan: &Plan, id: NotificationId, notification: &Notification) -> Finding {
    let name = &notification.name;
    let message = format!("whoever says no to `{name}` never hears of it: nothing says what happens then");
    let mut finding = Finding::new(Subject::Notification(id), name.span, message).help(format!(
        "Say how they find out otherwise:\nnotifications:\n  {name}:\n    if-refused: {}",
        notification.opens.map_or("..".to_owned(), |step| format!("The page {} shows it", plan.steps[step].name))
    ));
    if let Some(consent) = &notification.form.consent {
        finding = finding.label(consent.span, "may be answered with no");
    }
    finding
}
