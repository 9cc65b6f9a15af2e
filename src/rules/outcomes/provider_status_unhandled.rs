//! See `provider_status_unhandled.md`.

use crate::finding::{Finding, Level};
use crate::model::{Action, ActionId, Plan, Subject};
use crate::rules::demands::{missing_of_kind, missing_of_provider, provider};
use crate::rules::snippet::{entry, reasons, under};
use crate::rules::words::quoted;
use crate::rules::{Context, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "provider-status-unhandled",
    group: Group::Outcomes,
    level: Level::Error,
    page: include_str!("provider_status_unhandled.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    cx.plan.actions.iter().filter_map(|(id, action)| finding(cx.plan, id, action)).collect()
}

fn finding(plan: &Plan, id: ActionId, action: &Action) -> Option<Finding> {
    let gaps = missing_of_provider(plan, action);
    // Where nothing is declared at all, required-outcome-missing names these as well.
    if gaps.is_empty() || (action.outcomes.is_empty() && !missing_of_kind(plan, action).is_empty()) {
        return None;
    }
    let (provider, form) = provider(plan, action)?;
    let title = form.title.as_ref().map_or_else(|| format!("`{provider}`"), |title| title.text.clone());
    let statuses: Vec<&str> = gaps.iter().flat_map(|gap| &gap.statuses).copied().collect();
    let it = if statuses.len() == 1 { "it" } else { "them" };
    let message = format!("{title} can report {}, and `{}` has no outcome for {it}", quoted(&statuses), action.name);
    let outcomes = gaps.iter().map(|gap| entry(gap.name, ""));
    let yaml = under(&["backend", &action.name.text, "outcomes"], outcomes);
    let help = format!("Declare the outcomes they stand for:\n{yaml}\nWhere your contract rules one out, say so with `decided`.");
    Some(
        Finding::new(Subject::Action(id), action.name.span, message)
            .why(reasons(gaps.iter().map(|gap| (gap.name, gap.why))))
            .help(help)
            .label(provider.span, "what it reports is known"),
    )
}
