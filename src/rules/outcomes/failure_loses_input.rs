//! See `failure_loses_input.md`.

use crate::finding::{Finding, Level};
use crate::model::{How, Nature, Outcome, Plan, Run, Start, StepId, Subject, Way};
use crate::rules::answers::{is_over, keys_of, place_of, ways_of};
use crate::rules::snippet::{entry, under};
use crate::rules::words::outcome_name;
use crate::rules::{Context, Group, Phase, Rule};
use crate::spec::{Class, EndKind};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "failure-loses-input",
    group: Group::Outcomes,
    level: Level::Warning,
    page: include_str!("failure_loses_input.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

/// Kinds of actions before which people put something in.
const WITH_INPUT: [&str; 3] = ["submit", "pay", "book"];

/// Bad results that take no input away: it is there already, or they come after it was taken.
const AFTERWARDS: [&str; 7] =
    ["duplicate", "refunded", "dispute-lost", "cancelled-by-customer", "cancelled-by-provider", "no-show", "withdrawn"];

/// What the person wanted: then leaving is no loss.
const ON_PURPOSE: &str = "user-cancelled";

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (id, step) in cx.plan.steps.iter().filter(|(_, step)| !matches!(step.nature, Nature::Job(_))) {
        for run in step.runs.iter().filter(|run| run.how != How::Shows && WITH_INPUT.contains(&cx.plan.actions[run.action].kind())) {
            for (outcome_id, outcome) in cx.plan.outcomes(run.action).filter(|(_, outcome)| takes_input(outcome)) {
                let ways = ways_of(cx.plan, id, run, outcome_id);
                let lost = ways.filter_map(|way| Some((way, loss(cx.plan, id, outcome, way)?)));
                found.extend(lost.map(|(way, loss)| {
                    let message = format!("`{}` leads from `{}` {loss}", outcome_name(cx.plan, outcome_id), step.name);
                    Finding::new(Subject::Step(id), place_of(cx.plan, run, way), message)
                        .help(help(cx.plan, id, run, outcome))
                        .about(Subject::Outcome(outcome_id))
                }));
            }
        }
    }
    found
}

fn takes_input(outcome: &Outcome) -> bool {
    outcome.class == Class::Failure && !AFTERWARDS.iter().any(|name| outcome.stands_for(name))
}

/// What is lost on a way, in words; nothing where the person can go on.
fn loss(plan: &Plan, from: StepId, outcome: &Outcome, way: &Way) -> Option<String> {
    let to = &plan.steps[way.to];
    if is_over(plan, way.to) {
        let kind = to.end.as_ref().map(|end| end.kind);
        let is_lost = kind == Some(EndKind::Failure) || (kind == Some(EndKind::Abandoned) && !outcome.stands_for(ON_PURPOSE));
        return is_lost.then(|| format!("straight to the end `{}`: nobody can try again with what they put in", to.name));
    }
    let is_lost = way.to != from && begins_again(plan, way.to) && !has_input(plan, way.to, from);
    is_lost.then(|| format!("back to the entrance `{}`: the person begins again with nothing", to.name))
}

/// Whether people get in here from outside and the journey begins.
fn begins_again(plan: &Plan, step: StepId) -> bool {
    let starts = &plan.steps[step].starts;
    let is_entrance = starts.contains(&Start::Outside) || starts.contains(&Start::First);
    is_entrance && (plan.stage_kind(step) == Some("entry") || plan.journey_of(step).first == Some(step))
}

/// Whether this is where the input was made: the step gathers some, or nothing lies between.
fn has_input(plan: &Plan, step: StepId, before: StepId) -> bool {
    !plan.steps[step].form.collects.is_empty() || plan.ways_from(step).any(|(_, way)| way.to == before)
}

fn help(plan: &Plan, step: StepId, run: &Run, outcome: &Outcome) -> String {
    let yaml = under(&keys_of(&plan.steps[step], run), [entry(&outcome.name.text, "stay")]);
    format!("Keep what they put in, say what was wrong, and let them try again:\n{yaml}")
}
