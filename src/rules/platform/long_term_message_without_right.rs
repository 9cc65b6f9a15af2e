//! See `long_term_message_without_right.md`.

use crate::finding::{Finding, Level};
use crate::model::{NotificationId, Plan, Subject};
use crate::rules::profiles::{LONG_TERM, demanded_of, why};
use crate::rules::{Context, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "long-term-message-without-right",
    group: Group::Platform,
    level: Level::Error,
    page: include_str!("long_term_message_without_right.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

/// What the platform calls it.
const DEMAND: &str = "long-term-sector";

fn check(cx: &Context<'_>) -> Vec<Finding> {
    cx.plan.notifications.ids().filter_map(|id| finding(cx.plan, id)).collect()
}

fn finding(plan: &Plan, id: NotificationId) -> Option<Finding> {
    let notification = &plan.notifications[id];
    let channel = notification.form.channel.as_ref().filter(|channel| channel.text == LONG_TERM)?;
    let demand = demanded_of(plan, id, DEMAND)?;
    let name = &notification.name;
    let message = format!("`{name}` goes by `{}`, and the plan does not say what gives the right to it", channel.text);
    let ask = demand.ask.as_ref().map_or("", |ask| &ask.text);
    let help = format!(
        "Send it by `wechat-subscribe`, one message for each yes. Or answer: {ask}\nnotifications:\n  {name}:\n    decided: {{{}: ..}}",
        RULE.name
    );
    Some(Finding::new(Subject::Notification(id), channel.span, message).why(why(demand)).help(help))
}
