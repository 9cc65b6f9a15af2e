//! See `required_outcome_missing.md`.

use crate::finding::{Finding, Level};
use crate::model::{Action, ActionId, Plan, Subject};
use crate::rules::demands::{Gap, OF_REFUNDS, UNKNOWN, missing_of_kind, missing_of_provider};
use crate::rules::snippet::{entry, reasons, under};
use crate::rules::words::quoted;
use crate::rules::{Context, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "required-outcome-missing",
    group: Group::Outcomes,
    level: Level::Error,
    page: include_str!("required_outcome_missing.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    cx.plan.actions.iter().filter_map(|(id, action)| missing(cx.plan, id, action)).collect()
}

fn missing(plan: &Plan, id: ActionId, action: &Action) -> Option<Finding> {
    // A `read` fills a screen, and what can go wrong with it is told by the states of that screen.
    if action.outcomes.is_empty() && action.kind() == "read" {
        return None;
    }
    let gaps = gaps(plan, action);
    let names = quoted(gaps.iter().map(|gap| gap.name));
    let (name, kind) = (&action.name, action.kind());
    let message = match &gaps[..] {
        [] => return None,
        _ if action.outcomes.is_empty() => format!("`{name}` declares no outcomes; every action of kind `{kind}` can end in {names}"),
        _ => format!("`{name}` leaves out {names}, in which every action of kind `{kind}` can end"),
    };
    let yaml = under(&["backend", &name.text, "outcomes"], gaps.iter().map(|gap| entry(gap.name, "")));
    let finding = Finding::new(Subject::Action(id), name.span, message)
        .help(format!("Declare what can happen, and say what follows where it is run:\n{yaml}"));
    Some(finding.why(reasons(gaps.iter().map(|gap| (gap.name, gap.why)))))
}

/// What is missing and no other rule tells of: the unknown result, the provider's results and those that make a refund slow have rules
/// of their own, except where an action declares nothing at all. That is told once, with everything that belongs there.
fn gaps<'p>(plan: &'p Plan, action: &Action) -> Vec<Gap<'p>> {
    let mut gaps = missing_of_kind(plan, action);
    let of_provider = missing_of_provider(plan, action);
    if action.outcomes.is_empty() {
        if !gaps.is_empty() {
            let more: Vec<_> = of_provider.into_iter().filter(|gap| gaps.iter().all(|known| known.name != gap.name)).collect();
            gaps.extend(more);
        }
    } else {
        let has_own_rule = |name: &str| name == UNKNOWN || (action.kind() == "refund" && OF_REFUNDS.contains(&name));
        gaps.retain(|gap| !has_own_rule(gap.name) && of_provider.iter().all(|told| told.name != gap.name));
    }
    gaps
}
