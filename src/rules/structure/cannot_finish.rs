//! See `cannot_finish.md`.

use crate::finding::{Finding, Level};
use crate::model::{StepId, Subject};
use crate::rules::words::some_of;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule, snippet};
use crate::spec::EndKind;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "cannot-finish",
    group: Group::Structure,
    level: Level::Error,
    page: include_str!("cannot_finish.md"),
    // The way out may be the answer that is missing.
    follows_from: &[
        FollowsFrom::in_journey("no-end"),
        FollowsFrom::on_subject("unhandled-outcome"),
        FollowsFrom::on_subject("branch-missing"),
    ],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    // Where a way is misspelt, it may well be the way out.
    let whole = cx.traps().iter().filter(|trap| trap.iter().all(|step| !cx.plan.steps[*step].is_broken));
    whole.map(|trap| finding(cx, trap)).collect()
}

fn finding(cx: &Context<'_>, trap: &[StepId]) -> Finding {
    let first = trap.iter().copied().min_by_key(|step| cx.reach().distance(*step)).unwrap_or(trap[0]);
    let name = &cx.plan.steps[first].name;
    let others: Vec<&str> = trap.iter().filter(|step| **step != first).map(|step| cx.plan.steps[*step].name.text.as_str()).collect();
    let message = match &others[..] {
        [] => format!("`{name}` leads only to itself: nobody who comes here reaches an end"),
        [other] => format!("`{name}` and `{other}` lead only to each other: nobody who comes here reaches an end"),
        _ => format!("`{name}` leads only round and round through {}: nobody who comes here reaches an end", some_of(&others)),
    };
    let mut finding = Finding::new(Subject::Step(first), name.span, message).help(help(cx, trap)).path(cx.shortest_path(first));
    for step in trap.iter().filter(|step| **step != first) {
        finding = finding.about(Subject::Step(*step));
    }
    finding
}

fn help(cx: &Context<'_>, trap: &[StepId]) -> String {
    let advice = "Give one of these steps a way out: a choice to leave, what happens after too many tries, or who else takes over.";
    let steps = &cx.plan.steps;
    let Some(screen) = trap.iter().rfind(|step| steps[**step].has_screen()).map(|step| &steps[*step]) else { return advice.to_owned() };
    let gives_up =
        |step: &&StepId| steps[**step].role == screen.role && steps[**step].end.as_ref().is_some_and(|end| end.kind == EndKind::Abandoned);
    let left = cx.plan.journeys[screen.journey].steps.iter().find(gives_up);
    let target = left.map_or(snippet::OPEN, |step| &steps[*step].name.text);
    format!("{advice}\n{}", snippet::under(&[&screen.name.text], [format!("choices: {{Leave: {target}}}")]))
}
