//! See `hold_without_release.md`.

use crate::analysis::{Holding, Path, Transition, carried_to_ends};
use crate::finding::{Finding, Level, PathStep};
use crate::model::{How, MoveBy, OutcomeId, Plan, StateId, StepId, Subject};
use crate::rules::snippet::under;
use crate::rules::words::{name_of, quoted, quoted_or, state_name};
use crate::rules::{Context, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "hold-without-release",
    group: Group::Holds,
    level: Level::Error,
    page: include_str!("hold_without_release.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let holds = cx.holds();
    let untaken: Vec<&str> = holds.resources.iter().filter(|(_, held)| held.takings.is_empty()).map(|(name, _)| *name).collect();
    let mut found = Vec::new();
    for (resource, held) in holds.resources.iter().filter(|(_, held)| !held.takings.is_empty()) {
        if held.endings.is_empty() {
            found.push(never_ended(cx.plan, resource, held, &untaken));
        } else if held.is_tracked {
            let kept = held.states.iter().filter(|(state, _)| cx.plan.state(*state).is_final());
            let groups = cx.together(RULE.name, kept, |(state, _)| Subject::State(*state));
            found.extend(groups.iter().map(|group| kept_in(cx, resource, held, group)));
        } else {
            found.extend(carried(cx, resource, held));
        }
    }
    found
}

/// Nothing anywhere uses it up or gives it back.
fn never_ended(plan: &Plan, resource: &str, held: &Holding, untaken: &[&str]) -> Finding {
    let takers: Vec<String> = held.takings.iter().map(|taking| name_of(plan, taking.by)).collect();
    let verb = if takers.len() == 1 { "takes" } else { "take" };
    let message = format!("{} {verb} `{resource}`, and nothing in the plan ever uses it up or gives it back", quoted(&takers));
    let other = if untaken.is_empty() {
        String::new()
    } else {
        format!(" {} is given back or used up, and nothing takes it: perhaps the two are meant to be one.", quoted(untaken))
    };
    let yaml = under(
        &["entities", "..", "states"],
        ["paid: {.., uses-up: X}", "expired: {.., releases: X}"].map(|line| line.replace('X', resource)),
    );
    let advice = format!("Say in which state it is used for good, and in which ones it is free again.{other}\n{yaml}");
    let first = held.takings[0];
    let finding = Finding::new(first.by, first.span, message).here("taken here").help(advice);
    held.takings[1..].iter().fold(finding, |finding, taking| finding.about(taking.by).label(taking.span, "and here"))
}

/// Things may stay for ever in states that keep it.
fn kept_in(cx: &Context<'_>, resource: &str, held: &Holding, group: &[&(StateId, Option<Transition>)]) -> Finding {
    let plan = cx.plan;
    let (first, by) = *group[0];
    let states = quoted(group.iter().map(|(state, _)| state_name(plan, *state)));
    let message = format!("`{resource}` is still held in {states}, where it ends: nothing there uses it up or gives it back");
    let lines = group.iter().filter(|(state, _)| state.entity == first.entity);
    let lines = lines.map(|(state, _)| format!("{}: {{releases: {resource}}}", plan.state(*state).name));
    let yaml = under(&["entities", &plan.entities[first.entity].name.text, "states"], lines);
    let advice = format!("Give it back there, or say that it is used for good (`uses-up`):\n{yaml}");
    let mut finding = Finding::new(Subject::State(first), plan.state(first).name.span, message).help(advice);
    for (state, _) in &group[1..] {
        finding = finding.about(Subject::State(*state)).label(plan.state(*state).name.span, "held here too");
    }
    finding =
        held.takings.iter().fold(finding, |finding, taking| finding.about(taking.by).label(taking.span, format!("takes `{resource}`")));
    finding.path(by.map(|by| path_to_move(cx, by)).unwrap_or_default())
}

/// The shortest way to a step that makes a move.
fn path_to_move(cx: &Context<'_>, by: Transition) -> Vec<PathStep> {
    let MoveBy::Outcome(outcome) = by.by else { return Vec::new() };
    let runs = cx.plan.actions[outcome.action].runs.iter().filter(|(_, run)| matches!(run.how, How::Backend | How::Choice(_)));
    let nearest = runs.map(|(step, _)| *step).min_by_key(|step| cx.reach().distance(*step).unwrap_or(usize::MAX));
    nearest.map(|step| cx.shortest_path(step)).unwrap_or_default()
}

/// People end their way with it in their hands, and no thing tells of it.
fn carried(cx: &Context<'_>, resource: &str, held: &Holding) -> Option<Finding> {
    let taken = held
        .takings
        .iter()
        .filter_map(|taking| if let Subject::Outcome(outcome) = taking.by { Some((outcome, taking.span)) } else { None });
    let mut ends: Vec<(StepId, Path, OutcomeId)> = Vec::new();
    for (outcome, _) in taken.clone() {
        let reached = carried_to_ends(cx.plan, cx.reach(), outcome, resource);
        ends.extend(reached.into_iter().map(|(end, path)| (end, path, outcome)));
    }
    let (first, path, _) = ends.first()?;
    let mut names: Vec<&str> = ends.iter().map(|(end, ..)| cx.plan.steps[*end].name.text.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let message =
        format!("the way can end at {} with `{resource}` still held: nothing on it uses it up or gives it back", quoted_or(&names));
    let advice = format!(
        "Let an action give it back before the way ends:\n{}\nOr keep it in a thing with a state that has a `timeout`, so that it is free again though nobody comes back.",
        under(&["backend", ".."], [format!("releases: {resource}")])
    );
    let mut finding = Finding::new(Subject::Step(*first), cx.plan.steps[*first].name.span, message).help(advice).path(cx.path_steps(path));
    for (outcome, span) in taken {
        finding = finding.about(Subject::Outcome(outcome)).label(span, format!("takes `{resource}`"));
    }
    Some(finding)
}
