//! See `branch_missing.md`.

use crate::finding::{Finding, Level};
use crate::model::{Nature, Step, StepId, Subject};
use crate::rules::snippet::{OPEN, entry, under};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "branch-missing",
    group: Group::Outcomes,
    level: Level::Error,
    page: include_str!("branch_missing.md"),
    // Where nothing at all leads on, that says it.
    follows_from: &[FollowsFrom { rule: "dead-end", scope: Scope::Subject }],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    // What `on` leaves open goes on with `next`, where there is one.
    let decisions = cx.plan.steps.iter().filter(|(_, step)| step.nature == Nature::Decide && step.form.next.is_none());
    decisions.flat_map(|(id, step)| of_step(id, step)).collect()
}

fn of_step(id: StepId, step: &Step) -> Vec<Finding> {
    let values = step.form.decide.iter().flat_map(|decide| decide.values.iter()).map(|(value, _)| value);
    let open = values.filter(|value| !step.answered.contains(&value.text));
    open.map(|value| {
        let message = format!("`{}` can decide `{value}`, and nothing follows from that", step.name);
        let yaml = under(&[&step.name.text, "on"], [entry(&value.text, OPEN)]);
        Finding::new(Subject::Step(id), value.span, message).help(format!("Say where it leads:\n{yaml}"))
    })
    .collect()
}
