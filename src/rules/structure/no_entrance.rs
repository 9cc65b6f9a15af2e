//! See `no_entrance.md`.

use crate::analysis::entrances;
use crate::finding::{Finding, Level};
use crate::model::{Journey, JourneyId, Nature, StepId, Subject};
use crate::rules::words::journey_role;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule, snippet};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "no-entrance",
    group: Group::Structure,
    level: Level::Error,
    page: include_str!("no_entrance.md"),
    follows_from: &[
        FollowsFrom::in_journey("unknown-name"),
        FollowsFrom::in_journey("unknown-key"),
        FollowsFrom::in_journey("wrong-type"),
        FollowsFrom::in_journey("bad-name"),
    ],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let closed = cx.plan.journeys.iter().filter(|(id, journey)| journey.used_by.is_empty() && !has_way_in(cx, *id));
    closed.map(|(id, journey)| finding(cx, id, journey)).collect()
}

/// Whether the people whom the journey is for get into it. In staff work any beginning will do.
fn has_way_in(cx: &Context<'_>, id: JourneyId) -> bool {
    let journey = &cx.plan.journeys[id];
    let entrances = entrances(cx.plan, id);
    if journey.is_operations() {
        return !entrances.is_empty();
    }
    // Somebody else may lead them in: the clerk who takes the order on the telephone.
    let is_led_to = |step: &StepId| cx.reach().is_reachable(*step) && cx.plan.steps[*step].nature != Nature::Plain;
    entrances.iter().any(|step| is_own(cx, journey, *step))
        || journey.steps.iter().any(|step| is_own(cx, journey, *step) && is_led_to(step))
}

fn is_own(cx: &Context<'_>, journey: &Journey, step: StepId) -> bool {
    cx.plan.steps[step].role == journey.role
}

fn finding(cx: &Context<'_>, id: JourneyId, journey: &Journey) -> Finding {
    let at = journey.name.span;
    if journey.steps.is_empty() {
        return Finding::new(Subject::Journey(id), at, format!("`{}` has no steps, so nobody gets into it", journey.name))
            .why("A journey without steps is a title: nobody can walk through it, draw it or build it.")
            .help("Begin with the place where people come in, and how they find it:\nstages:\n  entry:\n    open: {screen: Home, from: [search, share-link]}");
    }
    let who = journey_role(cx.plan, journey);
    let message = format!("{who} has no way into `{}`", journey.name);
    let mut finding = Finding::new(Subject::Journey(id), at, message);
    for step in entrances(cx.plan, id).into_iter().take(3) {
        finding = finding.label(cx.plan.steps[step].name.span, "a way in, but only for somebody else");
    }
    let first = journey.steps.iter().find(|step| is_own(cx, journey, **step) && cx.plan.steps[**step].nature != Nature::Plain);
    match first.map(|step| &cx.plan.steps[*step].name) {
        Some(first) => {
            let yaml = snippet::under(&[&first.text], ["from: [search, share-link]".to_owned()]);
            finding.label(first.span, "where they could come in").help(format!("Say how people get here from outside:\n{yaml}"))
        }
        None => finding.help(format!(
            "No step belongs to {who}. Give them one, with how they get there:\nstages:\n  entry:\n    open: {{screen: Home, from: [search, share-link]}}"
        )),
    }
}
