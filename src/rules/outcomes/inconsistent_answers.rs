//! See `inconsistent_answers.md`.

use std::collections::HashSet;

use crate::finding::{Finding, Level};
use crate::model::{Action, How, OutcomeId, Plan, Run, StepId, Subject};
use crate::rules::answers::{Answers, ways_of};
use crate::rules::snippet::{OPEN, entry};
use crate::rules::words::quoted;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "inconsistent-answers",
    group: Group::Outcomes,
    level: Level::Warning,
    page: include_str!("inconsistent_answers.md"),
    // What nobody has decided to leave open is told there; here, that a decision and another step disagree.
    follows_from: &[FollowsFrom { rule: "unhandled-outcome", scope: Scope::Subject }],
    phase: Phase::Plan,
    check,
};

/// A place that runs an action, with the results that it leaves open.
struct Place<'p> {
    step: StepId,
    run: &'p Run,
    open: Vec<OutcomeId>,
}

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let answers = Answers::new(cx.plan);
    cx.plan.actions.iter().flat_map(|(_, action)| of_action(cx.plan, &answers, action)).collect()
}

fn of_action(plan: &Plan, answers: &Answers<'_>, action: &Action) -> Vec<Finding> {
    let places = action.runs.iter().filter(|(_, run)| run.how != How::Shows && !run.answered.is_empty());
    let places: Vec<Place<'_>> = places.map(|(step, run)| Place { step: *step, run, open: answers.open(*step, run) }).collect();
    let Some(best) = places.iter().min_by_key(|place| place.open.len()) else { return Vec::new() };
    let open: HashSet<OutcomeId> = best.open.iter().copied().collect();
    let less = places.iter().filter_map(|place| {
        let missing: Vec<OutcomeId> = place.open.iter().copied().filter(|outcome| !open.contains(outcome)).collect();
        (!missing.is_empty()).then(|| finding(plan, action, place, best, &missing))
    });
    less.collect()
}

/// Where the place that answers it takes people on an outcome.
fn target(plan: &Plan, place: &Place<'_>, outcome: OutcomeId) -> String {
    match ways_of(plan, place.step, place.run, outcome).next() {
        Some(way) if way.to == place.step => "stay".to_owned(),
        Some(way) => plan.steps[way.to].name.text.clone(),
        None => OPEN.to_owned(),
    }
}

fn finding(plan: &Plan, action: &Action, place: &Place<'_>, best: &Place<'_>, missing: &[OutcomeId]) -> Finding {
    let names = quoted(missing.iter().map(|outcome| &plan.outcome(*outcome).name.text));
    let (here, there) = (&plan.steps[place.step].name, &plan.steps[best.step].name);
    let message = format!("`{here}` and `{there}` both run `{}`, and only `{there}` has an answer for {names}", action.name);
    let help = format!(
        "Answer the same results on both: put the answers into `handlers`, and let both steps take them:\nhandlers:\n  {0}-answers: {{{1}}}\nand on each step:\nhandles: {0}-answers",
        action.name,
        missing
            .iter()
            .map(|outcome| entry(&plan.outcome(*outcome).name.text, &target(plan, best, *outcome)))
            .collect::<Vec<_>>()
            .join(", "),
    );
    Finding::new(Subject::Step(place.step), place.run.span, message)
        .help(help)
        .label(best.run.span, "answers them")
        .about(Subject::Step(best.step))
}
