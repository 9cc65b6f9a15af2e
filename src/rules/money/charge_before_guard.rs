//! See `charge_before_guard.md`.

use crate::analysis::refusals_after_payment;
use crate::finding::{Finding, Level};
use crate::rules::too_late::{findings, is_making};
use crate::rules::{Context, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "charge-before-guard",
    group: Group::Money,
    level: Level::Error,
    page: include_str!("charge_before_guard.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let say = |refusals: &str| format!("people have paid before {refusals} can still say no, and then nothing gives the money back");
    let refusals = refusals_after_payment(cx.plan, cx.reach()).into_iter();
    let of_checks = refusals.filter(|refusal| !is_making(&cx.plan.actions[refusal.run.action]));
    findings(cx, of_checks, say, "Check first and take the money afterwards.")
}
