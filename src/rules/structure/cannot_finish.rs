//! See `cannot_finish.md`.

use crate::finding::{Finding, Level};
use crate::model::{StepId, Subject};
use crate::rules::words::quoted;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "cannot-finish",
    group: Group::Structure,
    level: Level::Error,
    page: include_str!("cannot_finish.md"),
    follows_from: &[FollowsFrom { rule: "no-end", scope: Scope::Journey }],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    // Where a way is misspelt, it may well be the way out.
    let whole = cx.traps().iter().filter(|trap| trap.iter().all(|step| !cx.plan.steps[*step].is_broken));
    whole.map(|trap| finding(cx, trap)).collect()
}

fn finding(cx: &Context<'_>, trap: &[StepId]) -> Finding {
    let length = |step: &StepId| cx.path_to(*step).map_or(usize::MAX, |path| path.hops.len());
    let first = trap.iter().copied().min_by_key(length).unwrap_or(trap[0]);
    let name = &cx.plan.steps[first].name;
    let others: Vec<&str> = trap.iter().filter(|step| **step != first).map(|step| cx.plan.steps[*step].name.text.as_str()).collect();
    let message = match &others[..] {
        [] => format!("`{name}` leads only to itself: nobody who comes here reaches an end"),
        [_] => format!("`{name}` and {} lead only to each other: nobody who comes here reaches an end", quoted(&others)),
        _ => format!("`{name}` and {} lead only round and round: nobody who comes here reaches an end", quoted(others.iter().take(4))),
    };
    let mut finding = Finding::new(Subject::Step(first), name.span, message)
        .help("Give one of these steps a way out: a choice to leave, what happens after too many tries, or who else takes over.")
        .path(cx.shortest_path(first));
    for step in trap.iter().filter(|step| **step != first) {
        finding = finding.about(Subject::Step(*step));
    }
    finding
}
