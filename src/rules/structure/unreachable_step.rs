//! See `unreachable_step.md`.

use crate::analysis::islands;
use crate::finding::{Finding, Level};
use crate::model::{Nature, Step, StepId, Subject};
use crate::rules::words::{count, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule, snippet};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unreachable-step",
    group: Group::Structure,
    level: Level::Warning,
    page: include_str!("unreachable_step.md"),
    // A way that could not be read, or that was never drawn where another step leads nowhere, is the way that is missing here.
    follows_from: &[
        // The way there may be the answer that is missing.
        FollowsFrom::in_journey("unhandled-outcome"),
        FollowsFrom::in_journey("branch-missing"),
        FollowsFrom::in_journey("unknown-name"),
        FollowsFrom::in_journey("unknown-key"),
        FollowsFrom::in_journey("missing-key"),
        FollowsFrom::in_journey("wrong-type"),
        FollowsFrom::in_journey("bad-name"),
        FollowsFrom::in_journey("duplicate-name"),
        FollowsFrom::in_journey("conflicting-keys"),
        FollowsFrom::in_journey("no-entrance"),
        FollowsFrom::in_journey("dead-end"),
        FollowsFrom::on_subject("cannot-succeed"),
    ],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    islands(cx.plan, cx.reach()).iter().map(|island| finding(cx, island)).collect()
}

fn finding(cx: &Context<'_>, island: &[StepId]) -> Finding {
    let first = island[0];
    let name = &cx.plan.steps[first].name;
    let message = match island {
        [_] => format!("no way leads to `{name}`"),
        [_, other] => format!("no way leads to `{name}` or `{}`", cx.plan.steps[*other].name),
        _ => format!("no way leads to `{name}` or to the {} that hang together with it", count(island.len() - 1, "step")),
    };
    let mut finding = Finding::new(Subject::Step(first), name.span, message).help(help(cx, island));
    for step in &island[1..] {
        finding = finding.about(Subject::Step(*step));
    }
    finding
}

fn help(cx: &Context<'_>, island: &[StepId]) -> String {
    let root = root(cx, island);
    let step = &cx.plan.steps[root];
    let leave_out = "Or take it out; or, if people are still in it, say so with `draining`.";
    if is_work(cx, step) {
        let start = waiting_state(cx, step).unwrap_or_else(|| snippet::OPEN.to_owned());
        let yaml = snippet::under(&[&step.name.text], [format!("when: {start}")]);
        return format!("Say what starts it, or lead to it from a step of the same role:\n{yaml}\n{leave_out}");
    }
    let label = if step.nature == Nature::Plain { snippet::OPEN.to_owned() } else { snippet::text(step.title()) };
    let choice = format!("choices: {{{label}: {}}}", step.name);
    match source(cx, root) {
        Some(source) => {
            let yaml = snippet::under(&[&cx.plan.steps[source].name.text], [choice]);
            format!("Lead to it from a step that people reach, for example:\n{yaml}\n{leave_out}")
        }
        None => format!("Lead to it from a step that people reach:\n{choice}\n{leave_out}"),
    }
}

/// Where the way into the group is missing: its first step to which no other step of the group leads.
fn root(cx: &Context<'_>, island: &[StepId]) -> StepId {
    let has_way_to = |step: StepId| cx.plan.ways_to(step).any(|(_, way)| way.from != step);
    island.iter().copied().find(|step| !has_way_to(*step)).unwrap_or(island[0])
}

/// Whether it is work that starts by itself rather than a page that people come to.
fn is_work(cx: &Context<'_>, step: &Step) -> bool {
    matches!(step.nature, Nature::Task | Nature::Job(_)) && step.role != cx.plan.journeys[step.journey].role
}

/// A state that waits for the role of a step.
fn waiting_state(cx: &Context<'_>, step: &Step) -> Option<String> {
    let role = step.role?;
    let mut states = cx.plan.entities.ids().flat_map(|entity| cx.plan.states(entity));
    states.find(|(_, state)| state.waits_for.contains(&role)).map(|(id, _)| state_name(cx.plan, id))
}

/// The nearest step before it in the file from which a person of the same role could choose it.
fn source(cx: &Context<'_>, root: StepId) -> Option<StepId> {
    let step = &cx.plan.steps[root];
    let before = cx.plan.journeys[step.journey].steps.iter().copied().take_while(|other| *other != root);
    let fits = |other: &StepId| {
        let other_step = &cx.plan.steps[*other];
        other_step.has_screen() && other_step.role == step.role && cx.reach().is_reachable(*other)
    };
    before.filter(fits).last()
}
