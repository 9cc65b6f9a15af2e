//! See `endless_retry.md`.

use std::collections::HashSet;

use crate::analysis::rounds;
use crate::finding::{Finding, Level};
use crate::model::{Cause, Nature, OutcomeId, Plan, StepId, Subject, Way};
use crate::rules::answers::place_of;
use crate::rules::snippet::{OPEN, under};
use crate::rules::words::{cause, quoted};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::Class;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "endless-retry",
    group: Group::Waiting,
    level: Level::Warning,
    page: include_str!("endless_retry.md"),
    // An answer that is missing may be the way out.
    follows_from: &[FollowsFrom::on_subject("unhandled-outcome")],
    phase: Phase::Plan,
    check,
};

/// Kinds of actions that say the same again when a person tries again: a form can be mended, a refused card cannot.
const HOPELESS: [&str; 3] = ["pay", "subscribe", "sign-in"];

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let may_pass = |id: StepId| cx.reach().is_reachable(id) && is_hasty(cx.plan, id);
    rounds(cx.plan, may_pass, |way| way.times.is_none()).iter().filter_map(|round| at_round(cx.plan, round)).collect()
}

/// Whether nothing slows a step down: neither a wait, nor a clock, nor the pace of people at work.
fn is_hasty(plan: &Plan, id: StepId) -> bool {
    let step = &plan.steps[id];
    let is_job = matches!(step.nature, Nature::Job(_));
    let is_page = step.nature == Nature::Screen && plan.is_for_people(id);
    (is_job || is_page || step.nature == Nature::Decide) && step.form.every.is_none() && step.end.is_none() && !step.is_broken
}

fn at_round(plan: &Plan, round: &[StepId]) -> Option<Finding> {
    let within: HashSet<StepId> = round.iter().copied().collect();
    let ways = || round.iter().flat_map(|step| plan.ways_from(*step)).map(|(_, way)| way);
    let is_out = |way: &&Way| !within.contains(&way.to);
    let (mut out, is_counted) = (ways().filter(is_out).peekable(), ways().any(|way| way.times.is_some()));
    // A round without any way out is a trap, which another rule tells.
    out.peek()?;
    if is_counted || out.any(|way| !is_good(plan, way)) {
        return None;
    }
    let again: Vec<(&Way, OutcomeId)> = ways().filter(|way| !is_out(way)).filter_map(|way| Some((way, bad_outcome(plan, way)?))).collect();
    let is_hopeless = |(way, outcome): &(&Way, OutcomeId)| {
        matches!(plan.steps[way.from].nature, Nature::Job(_)) || HOPELESS.contains(&plan.actions[outcome.action].kind())
    };
    let first = again.first()?;
    again.iter().all(is_hopeless).then(|| finding(plan, &again, *first))
}

/// Whether a way is taken because something went well.
fn is_good(plan: &Plan, way: &Way) -> bool {
    matches!(way.cause, Cause::Outcome(outcome) if plan.outcome(outcome).class == Class::Success)
}

fn bad_outcome(plan: &Plan, way: &Way) -> Option<OutcomeId> {
    match way.cause {
        Cause::Outcome(outcome) if plan.outcome(outcome).class != Class::Success => Some(outcome),
        _ => None,
    }
}

fn finding(plan: &Plan, again: &[(&Way, OutcomeId)], (way, outcome): (&Way, OutcomeId)) -> Finding {
    let (step, action) = (&plan.steps[way.from], &plan.actions[outcome.action]);
    let is_job = matches!(step.nature, Nature::Job(_));
    let message = if is_job {
        format!("`{}` tries `{}` again and again until it works: nothing counts, and nothing else leads on", step.name, action.name)
    } else {
        format!("nobody gets on from `{}` before `{}` works: nothing counts, and nothing else leads on", step.name, action.name)
    };
    let at = step.runs.iter().find(|run| run.action == outcome.action).map_or(way.span, |run| place_of(plan, run, way));
    let mut names: Vec<String> = again.iter().map(|(way, _)| cause(plan, way)).collect();
    names.dedup();
    let mut finding = Finding::new(Subject::Step(way.from), at, message).here("again").about(Subject::Action(outcome.action));
    finding = finding.help(help(plan, way, outcome, is_job));
    if names.len() > 1 {
        finding = finding.label(step.name.span, format!("again after {}", quoted(&names)));
    }
    finding
}

fn help(plan: &Plan, way: &Way, outcome: OutcomeId, is_job: bool) -> String {
    let step = &plan.steps[way.from].name.text;
    let to = if way.to == way.from { "stay" } else { &plan.steps[way.to].name.text };
    let counted = [format!("{}: {{to: {to}, times: 3}}", plan.outcome(outcome).name), format!("exhausted: {OPEN}")];
    let count = format!("Say how often, and what follows then, such as a task for somebody:\n{}", under(&[step, "on"], counted));
    if is_job {
        return count;
    }
    format!("Give people another way on:\n{}\n{count}", under(&[step], [format!("choices: {{Leave: {OPEN}}}")]))
}
