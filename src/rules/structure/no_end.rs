//! See `no_end.md`.

use crate::finding::{Finding, Level};
use crate::model::{Journey, JourneyId, Nature, StepId, Subject};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule, snippet};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "no-end",
    group: Group::Structure,
    level: Level::Error,
    page: include_str!("no_end.md"),
    follows_from: &[FollowsFrom::in_journey("unknown-key"), FollowsFrom::in_journey("wrong-type"), FollowsFrom::in_journey("bad-name")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let endless = cx.plan.journeys.iter().filter(|(id, journey)| {
        let steps = &journey.steps;
        !steps.is_empty() && steps.iter().all(|step| cx.plan.steps[*step].end.is_none() && !leaves(cx, *id, *step))
    });
    endless.map(|(id, journey)| finding(cx, id, journey)).collect()
}

/// Whether a way leads on into another journey, which has ends of its own.
fn leaves(cx: &Context<'_>, journey: JourneyId, step: StepId) -> bool {
    cx.plan.ways_from(step).any(|(_, way)| cx.plan.steps[way.to].journey != journey)
}

fn finding(cx: &Context<'_>, id: JourneyId, journey: &Journey) -> Finding {
    let message = format!("`{}` has no end: no step says that something is over", journey.name);
    let finding = Finding::new(Subject::Journey(id), journey.name.span, message);
    let Some(last) = last(cx, journey) else { return finding };
    let name = &cx.plan.steps[last].name;
    let end = if journey.is_operations() { "done" } else { "success" };
    let yaml = snippet::under(&[&name.text], [format!("ends: {end}")]);
    let others = if journey.is_operations() { "" } else { "\nAnd where people give up:\nleft: {ends: abandoned}" };
    finding.label(name.span, "the last step so far").help(format!("Say at which step it is over, and how:\n{yaml}{others}"))
}

/// Where it probably ends: where nothing leads on, or else at the last step.
fn last(cx: &Context<'_>, journey: &Journey) -> Option<StepId> {
    let own = || journey.steps.iter().copied().filter(|step| cx.plan.steps[*step].role == journey.role);
    let leads_nowhere = |step: &StepId| !cx.plan.steps[*step].has_way() && cx.plan.steps[*step].nature != Nature::Plain;
    own().rfind(leads_nowhere).or_else(|| own().next_back()).or_else(|| journey.steps.last().copied())
}
