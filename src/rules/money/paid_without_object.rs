//! See `paid_without_object.md`.

use crate::analysis::{refusals_after_payment, refusals_of_jobs};
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
    let refusals = refusals_after_payment(cx.plan, cx.reach()).into_iter().chain(refusals_of_jobs(cx.plan, cx.reach()));
    let refusals = refusals.filter(|refusal| is_making(&cx.plan.actions[refusal.run.action]));
    findings(cx, refusals, say, "Make it first, hold it, and take the money afterwards.")
}
