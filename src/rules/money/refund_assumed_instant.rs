//! See `refund_assumed_instant.md`.

use crate::finding::{Finding, Level};
use crate::model::{Action, ActionId, Plan, Subject};
use crate::rules::demands::{Gap, OF_REFUNDS, missing_of_kind, missing_of_provider};
use crate::rules::snippet::{entry, reasons, under};
use crate::rules::words::quoted;
use crate::rules::{Context, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "refund-assumed-instant",
    group: Group::Money,
    level: Level::Error,
    page: include_str!("refund_assumed_instant.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let refunds = cx.plan.actions.iter().filter(|(_, action)| action.kind() == "refund" && !action.outcomes.is_empty());
    refunds.filter_map(|(id, action)| instant(cx.plan, id, action)).collect()
}

fn instant(plan: &Plan, id: ActionId, action: &Action) -> Option<Finding> {
    let of_provider = missing_of_provider(plan, action);
    let is_told = |gap: &Gap<'_>| of_provider.iter().any(|told| told.name == gap.name);
    let gaps: Vec<Gap<'_>> =
        missing_of_kind(plan, action).into_iter().filter(|gap| OF_REFUNDS.contains(&gap.name) && !is_told(gap)).collect();
    if gaps.is_empty() {
        return None;
    }
    let name = &action.name;
    let message =
        format!("`{name}` leaves out {}, as if the money were back in the moment it is sent", quoted(gaps.iter().map(|gap| gap.name)));
    let yaml = under(&["backend", &name.text, "outcomes"], gaps.iter().map(|gap| entry(gap.name, "")));
    let help = format!("Declare that it takes days and can fail, and say who follows it up:\n{yaml}");
    Some(Finding::new(Subject::Action(id), name.span, message).why(reasons(gaps.iter().map(|gap| (gap.name, gap.why)))).help(help))
}
