//! See `duplicate_submit_unhandled.md`.

use crate::finding::{Finding, Level};
use crate::model::{Nature, OutcomeId, Plan, Run, StepId, Subject, Way};
use crate::rules::answers::{keys_of, place_of, ways_of};
use crate::rules::profiles::is_door;
use crate::rules::sign_in::is_bare_end;
use crate::rules::snippet::{OPEN, entry, under};
use crate::rules::{Context, Group, Phase, Rule};
use crate::spec::{Class, EndKind};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "duplicate-submit-unhandled",
    group: Group::Entry,
    level: Level::Warning,
    page: include_str!("duplicate_submit_unhandled.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

/// The result of the catalogue that says that it was handed in before.
const DUPLICATE: &str = "duplicate";

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let plan = cx.plan;
    let mut found = Vec::new();
    for (id, step) in plan.steps.iter().filter(|(id, step)| plan.is_for_people(*id) && !matches!(step.nature, Nature::Wait(_))) {
        for run in &step.runs {
            for (outcome, _) in plan.outcomes(run.action).filter(|(_, outcome)| outcome.stands_for(DUPLICATE)) {
                let blind = ways_of(plan, id, run, outcome).filter_map(|way| Some((way, blind(plan, run, way)?)));
                found.extend(blind.map(|(way, where_to)| finding(plan, run, outcome, way, where_to)));
            }
        }
    }
    found
}

/// Where a way leads people who never see there what they have handed in; nothing where they do.
fn blind(plan: &Plan, run: &Run, way: &Way) -> Option<&'static str> {
    let (from, to) = (&plan.steps[way.from], &plan.steps[way.to]);
    let as_the_first = first_targets(plan, way.from, run).contains(&way.to);
    if as_the_first || way.is_back || !to.follows.is_empty() || !to.form.shows.is_empty() {
        return None;
    }
    if way.to == way.from {
        return Some("leaves people on the form");
    }
    if is_bare_end(plan, way.to) {
        return to.end.as_ref().filter(|end| end.kind != EndKind::Success).map(|_| "is the end of it");
    }
    let is_before = to.journey == from.journey && to.stage < from.stage;
    let leads_again = plan.ways_from(way.to).any(|(_, next)| next.to == way.from) && to.stage == from.stage;
    if is_door(plan, way.to) && is_before {
        return Some("sends people back to the beginning");
    }
    (is_before || (leads_again && !to.form.collects.is_empty())).then_some("sends people back to fill it in again")
}

/// Where the good results lead.
fn first_targets(plan: &Plan, step: StepId, run: &Run) -> Vec<StepId> {
    let good = plan.outcomes(run.action).filter(|(_, outcome)| outcome.class == Class::Success);
    good.flat_map(|(outcome, _)| ways_of(plan, step, run, outcome)).map(|way| way.to).collect()
}

fn finding(plan: &Plan, run: &Run, outcome: OutcomeId, way: &Way, where_to: &str) -> Finding {
    let (step, action) = (&plan.steps[way.from], &plan.actions[run.action]);
    let duplicate = &plan.outcome(outcome).name.text;
    let message = format!("`{duplicate}` of `{}` {where_to}, and nobody shows them what they handed in before", action.name);
    let targets = first_targets(plan, way.from, run);
    let target = targets.first().map_or(OPEN, |to| plan.steps[*to].name.text.as_str());
    let yaml = under(&keys_of(step, run), [entry(duplicate, target)]);
    Finding::new(Subject::Step(way.from), place_of(plan, run, way), message)
        .about(Subject::Outcome(outcome))
        .help(format!("Lead to the page of what was handed in first, which is what they wanted to see:\n{yaml}"))
}
