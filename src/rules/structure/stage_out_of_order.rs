//! See `stage_out_of_order.md`.

use std::collections::BTreeMap;

use crate::finding::{Finding, Level};
use crate::model::{ActionId, Cause, How, JourneyId, Nature, StageId, StepId, Subject, Way};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule, snippet};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "stage-out-of-order",
    group: Group::Structure,
    level: Level::Info,
    page: include_str!("stage_out_of_order.md"),
    follows_from: &[FollowsFrom::in_journey("unknown-name")],
    phase: Phase::Plan,
    check,
};

/// Stages in which people look around.
const BEFORE: [&str; 2] = ["entry", "browse"];
/// Stages in which they hand in what they want.
const BETWEEN: [&str; 2] = ["submit", "book"];
/// Stages that need what was handed in.
const AFTER: [&str; 3] = ["review", "pay", "fulfil"];

fn check(cx: &Context<'_>) -> Vec<Finding> {
    // Ways to one step jump for one reason.
    let mut jumps: BTreeMap<StepId, Vec<(&Way, StageId)>> = BTreeMap::new();
    for (_, way) in cx.plan.ways() {
        if let Some(passed) = passed(cx, way) {
            jumps.entry(way.to).or_default().push((way, passed));
        }
    }
    jumps.iter().map(|(to, ways)| finding(cx, *to, ways)).collect()
}

/// The stages of a journey in which something is handed in.
fn between<'p>(cx: &'p Context<'_>, journey: JourneyId) -> impl Iterator<Item = StageId> + 'p {
    let stages = cx.plan.journeys[journey].stages.iter().copied();
    stages.filter(|stage| is_of(cx, *stage, &BETWEEN) && !cx.plan.stages[*stage].steps.is_empty())
}

fn is_of(cx: &Context<'_>, stage: StageId, kinds: &[&str]) -> bool {
    cx.plan.stages[stage].kind.as_deref().is_some_and(|kind| kinds.contains(&kind))
}

/// The stage that a way jumps over, in the order of the file.
fn passed(cx: &Context<'_>, way: &Way) -> Option<StageId> {
    let (from, to) = (&cx.plan.steps[way.from], &cx.plan.steps[way.to]);
    let is_jump = from.journey == to.journey && is_of(cx, from.stage, &BEFORE) && is_of(cx, to.stage, &AFTER);
    // Work beside the person's way has an order of its own.
    let is_own = from.role == cx.plan.journeys[from.journey].role && to.role == from.role;
    // Leaving is always in order, wherever its end is declared.
    let only_leaves = to.end.is_some() && !to.has_screen();
    if !is_jump || !is_own || only_leaves || way.is_back || brings_something(cx, way) || only_looks(cx, way.to) {
        return None;
    }
    between(cx, from.journey).find(|stage| from.stage < *stage && *stage < to.stage)
}

/// Whether what was to be handed in comes along: the way is open only in a state, or something was handed in on it.
fn brings_something(cx: &Context<'_>, way: &Way) -> bool {
    let from = &cx.plan.steps[way.from];
    let hands_in = |action: ActionId| BETWEEN.contains(&cx.plan.actions[action].kind());
    let runs = |how: &How| from.runs.iter().any(|run| run.how == *how && hands_in(run.action));
    let is_open_by_state = !way.when.is_empty() || matches!(way.cause, Cause::State(_) | Cause::Value(_));
    let is_handed_in = match &way.cause {
        Cause::Outcome(outcome) => hands_in(outcome.action),
        Cause::Choice(label) => runs(&How::Choice(label.clone())),
        Cause::Next => runs(&How::Backend),
        _ => false,
    };
    let by_a_journey = matches!(from.nature, Nature::Journey(Some(used)) if between(cx, used).next().is_some());
    is_open_by_state || is_handed_in || by_a_journey
}

/// Whether a step in review or fulfilment only shows how things stand.
fn only_looks(cx: &Context<'_>, step: StepId) -> bool {
    let runs = &cx.plan.steps[step].runs;
    cx.plan.stage_kind(step) != Some("pay") && cx.plan.steps[step].has_screen() && runs.iter().all(|run| run.how == How::Shows)
}

fn finding(cx: &Context<'_>, to: StepId, ways: &[(&Way, StageId)]) -> Finding {
    let (way, passed) = ways[0];
    let (from, to_step, stage) = (&cx.plan.steps[way.from], &cx.plan.steps[to], &cx.plan.stages[passed]);
    let message = format!("a way leads from `{}` straight to `{}`, past the stage `{}`", from.name, to_step.name, stage.name);
    let mut finding = Finding::new(Subject::Step(way.from), way.span, message).about(Subject::Step(to));
    for (other, _) in &ways[1..] {
        finding = finding.label(other.span, "so does this").about(Subject::Step(other.from));
    }
    let first = &cx.plan.steps[stage.steps[0]].name;
    let through = snippet::under(&[&from.name.text], [written(cx, way, &first.text)]);
    let guarded = "Or, where something that was handed in before is taken up again, say with `when` in which state.";
    finding.help(format!("Lead through `{first}` first:\n{through}\n{guarded}"))
}

/// A way as it is written in a step, with another target.
fn written(cx: &Context<'_>, way: &Way, target: &str) -> String {
    match &way.cause {
        Cause::Choice(label) => format!("choices: {{{}: {target}}}", snippet::text(label)),
        Cause::Outcome(outcome) => {
            let (action, outcome) = (&cx.plan.actions[outcome.action].name, &cx.plan.outcome(*outcome).name);
            match &way.choice {
                Some(label) => format!("choices: {{{}: {{backend: {action}, on: {{{outcome}: {target}}}}}}}", snippet::text(label)),
                None => format!("on: {{{outcome}: {target}}}"),
            }
        }
        _ => format!("next: {target}"),
    }
}
