//! See `unknown_result_unhandled.md`.

use crate::catalogue;
use crate::finding::{Finding, Level};
use crate::model::{Action, ActionId, Plan, Subject};
use crate::rules::demands::{UNKNOWN, kind, missing_of_kind};
use crate::rules::snippet::{entry, under};
use crate::rules::{Context, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unknown-result-unhandled",
    group: Group::Outcomes,
    level: Level::Error,
    page: include_str!("unknown_result_unhandled.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let silent = cx.plan.actions.iter().filter(|(_, action)| !action.has(UNKNOWN));
    silent.filter_map(|(id, action)| finding(cx.plan, id, action)).collect()
}

fn finding(plan: &Plan, id: ActionId, action: &Action) -> Option<Finding> {
    let reason = reason(plan, action)?;
    // Where nothing is declared at all, required-outcome-missing names this one as well.
    if action.outcomes.is_empty() && !missing_of_kind(plan, action).is_empty() {
        return None;
    }
    let name = &action.name;
    let yaml = under(&["backend", &name.text, "outcomes"], [entry(UNKNOWN, "")]);
    let mut finding = Finding::new(Subject::Action(id), name.span, format!("`{name}` {reason}, and has no outcome for that")).help(format!(
        "Declare it, and lead it to where the result is looked up again, not to a second try:\n{yaml}\nAn outcome of your own that is it says `means: unknown`."
    ));
    let outside = action.system.is_some_and(|system| plan.systems[system].form.external);
    if let Some(system) = action.form.system.as_ref().filter(|_| outside) {
        finding = finding.label(system.span, "not your own");
    }
    Some(finding)
}

/// Why the answer can stay out; nothing for what is done at once by a system of one's own, and for what only reads.
fn reason(plan: &Plan, action: &Action) -> Option<String> {
    if action.kind() == "read" {
        return None;
    }
    let outside = action.system.map(|system| &plan.systems[system]).filter(|system| system.form.external);
    if let Some(system) = outside {
        return Some(format!("can stay without a clear answer from `{}`", system.name));
    }
    if action.answers_later() {
        return Some("answers later, and the answer can get lost".to_owned());
    }
    let is_known_for_it = kind(plan, action).is_some_and(|kind| catalogue::outcome(kind, UNKNOWN).is_some());
    is_known_for_it.then(|| "can stay without a clear answer".to_owned())
}
