//! See `unhandled_outcome.md`.

use std::collections::{HashMap, HashSet};

use crate::finding::{Finding, Level};
use crate::model::{Cause, How, Nature, OutcomeId, Plan, Run, Step, StepId, Subject};
use crate::rules::answers::{Answers, keys_of};
use crate::rules::snippet::{OPEN, entry, under};
use crate::rules::words::{cause, quoted};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule, Scope};
use crate::spec::Class;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unhandled-outcome",
    group: Group::Outcomes,
    level: Level::Error,
    page: include_str!("unhandled_outcome.md"),
    // Where nothing at all leads on, that says it.
    follows_from: &[FollowsFrom { rule: "dead-end", scope: Scope::Subject }],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let answers = Answers::new(cx.plan);
    let elsewhere = elsewhere(cx.plan);
    let mut found = Vec::new();
    for (id, step) in cx.plan.steps.iter() {
        for run in &step.runs {
            let open = answers.open(id, run);
            if !open.is_empty() {
                found.push(open_outcomes(cx.plan, id, run, &open, &elsewhere));
            }
        }
        found.extend(open_ends(cx, id, step));
        found.extend(open_exhausted(cx.plan, id, step));
    }
    found
}

/// Where each outcome leads on the first step that answers it: what a step that forgot it most likely wants as well.
fn elsewhere(plan: &Plan) -> HashMap<OutcomeId, (StepId, StepId)> {
    let mut first = HashMap::new();
    for (_, way) in plan.ways() {
        if let Cause::Outcome(outcome) = way.cause {
            first.entry(outcome).or_insert((way.from, way.to));
        }
    }
    first
}

fn open_outcomes(plan: &Plan, step: StepId, run: &Run, open: &[OutcomeId], elsewhere: &HashMap<OutcomeId, (StepId, StepId)>) -> Finding {
    let (name, action) = (&plan.steps[step].name, &plan.actions[run.action]);
    let names = quoted(open.iter().map(|outcome| &plan.outcome(*outcome).name.text));
    let message = match &run.how {
        How::Choice(label) => format!("`{name}` runs `{}` on \"{label}\" and has no answer for {names}", action.name),
        How::Wait => format!("`{name}` waits for `{}` and has no answer for {names}", action.name),
        How::Backend | How::Shows => format!("`{name}` runs `{}` and has no answer for {names}", action.name),
    };
    let answers = open.iter().map(|outcome| entry(&plan.outcome(*outcome).name.text, &proposal(plan, step, *outcome, elsewhere)));
    let yaml = under(&keys_of(&plan.steps[step], run), answers);
    let answered = action.outcomes.len() - open.len();
    let finding = Finding::new(Subject::Step(step), run.span, message)
        .here(format!("{answered} of {} outcomes answered", action.outcomes.len()))
        .help(format!("Say what follows:\n{yaml}"))
        .about(Subject::Action(run.action));
    open.iter().take(3).fold(finding, |finding, outcome| finding.label(plan.outcome(*outcome).name.span, "leads nowhere"))
}

/// Where an outcome might lead: what is good goes on with `next`; else as on another step of the journey, or to another try where it just did not work.
fn proposal(plan: &Plan, step: StepId, outcome: OutcomeId, elsewhere: &HashMap<OutcomeId, (StepId, StepId)>) -> String {
    let is_near = |other: StepId| plan.steps[other].journey == plan.steps[step].journey;
    let class = plan.outcome(outcome).class;
    if let (Class::Success, Some(next)) = (class, &plan.steps[step].form.next) {
        return next.to_string();
    }
    // Whoever hands in twice wants to see what the first one made.
    if plan.outcome(outcome).stands_for("duplicate")
        && let Some(first) = good_target(plan, step, outcome)
    {
        return plan.steps[first].name.text.clone();
    }
    match elsewhere.get(&outcome) {
        Some((from, to)) if from == to || *to == step => "stay".to_owned(),
        Some((_, to)) if is_near(*to) => plan.steps[*to].name.text.clone(),
        _ if class == Class::Failure && plan.steps[step].has_screen() => "stay".to_owned(),
        _ => OPEN.to_owned(),
    }
}

/// Where the good result of the same action leads from a step.
fn good_target(plan: &Plan, step: StepId, outcome: OutcomeId) -> Option<StepId> {
    let is_good = |cause: &Cause| match cause {
        Cause::Outcome(other) => other.action == outcome.action && plan.outcome(*other).class == Class::Success,
        _ => false,
    };
    let target = plan.ways_from(step).find(|(_, way)| is_good(&way.cause)).map(|(_, way)| way.to);
    target.filter(|to| plan.steps[*to].journey == plan.steps[step].journey)
}

/// The ends with which a journey that is used as a step comes back, and that nothing answers.
fn open_ends(cx: &Context<'_>, id: StepId, step: &Step) -> Option<Finding> {
    let Nature::Journey(Some(used)) = step.nature else { return None };
    if step.form.next.is_some() || step.end.is_some() {
        return None;
    }
    let journey = &cx.plan.journeys[used];
    let mut seen = HashSet::new();
    let ends = journey.steps.iter().filter_map(|step| cx.plan.steps[*step].end.as_ref()).map(|end| end.name.text.as_str());
    let is_open = |end: &&str| cx.reach().returns(used).contains(*end) && !step.answered.iter().any(|answered| answered == end);
    let open: Vec<&str> = ends.filter(is_open).filter(|end| seen.insert(*end)).collect();
    if open.is_empty() {
        return None;
    }
    let message = format!("`{}` uses the journey `{}` and has no answer for its end {}", step.name, journey.name, quoted(&open));
    let yaml = under(&[&step.name.text, "on"], open.iter().map(|end| entry(end, OPEN)));
    let span = step.form.journey.as_ref().map_or(step.name.span, |name| name.span);
    Some(Finding::new(Subject::Step(id), span, message).help(format!("Say what follows when it ends so:\n{yaml}")))
}

/// A way that may be taken only so often, without a word on what follows then.
fn open_exhausted(plan: &Plan, id: StepId, step: &Step) -> Option<Finding> {
    if step.answered.iter().any(|answered| answered == "exhausted") {
        return None;
    }
    let (way, times) = plan.ways_from(id).find_map(|(_, way)| Some((way, way.times?)))?;
    let what = match &way.cause {
        Cause::Choice(label) => format!("offers \"{label}\""),
        _ => format!("goes on after `{}` in this way", cause(plan, way)),
    };
    let message = format!("`{}` {what} {times} times at most, and has no answer for `exhausted`", step.name);
    let yaml = under(&[&step.name.text, "on"], [entry("exhausted", OPEN)]);
    Some(Finding::new(Subject::Step(id), way.span, message).help(format!("Say what follows after that:\n{yaml}")))
}
