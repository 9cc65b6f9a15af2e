//! See `paid_without_object.md`.

use crate::finding::{Finding, Level};
use crate::rules::too_late::{findings, is_making};
use crate::rules::{Context, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "paid-without-object",
    group: Group::Money,
    level: Level::Error,
    page: include_str!("paid_without_object.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut payments = cx.plan.actions.iter().filter(|(_, action)| action.kind() == "pay");
    if payments.all(|(_, action)| action.form.duties.iter().any(|(name, _)| name.text == "paid-without-order")) {
        return Vec::new();
    }
    let say = |refusals: &str| {
        format!("people have paid when {refusals} leaves them without what they paid for, and nothing gives the money back")
    };
    findings(cx, is_making, say, "Make it first, hold it, and take the money afterwards.")
}
