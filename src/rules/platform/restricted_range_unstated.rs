//! See `restricted_range_unstated.md`.

use crate::finding::{Finding, Level};
use crate::model::{ActionId, How, Journey, Outcome, Plan, StepId, Subject};
use crate::rules::profiles::{demanded_at, is_door, why};
use crate::rules::texts::says_more_than_a_name;
use crate::rules::{Context, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "restricted-range-unstated",
    group: Group::Platform,
    level: Level::Warning,
    page: include_str!("restricted_range_unstated.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

/// What the platform calls it.
const DEMAND: &str = "range-stated";

/// The result of the catalogue that turns away those for whom it is not.
const NOT_ELIGIBLE: &str = "not-eligible";

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let plan = cx.plan;
    let turning = plan.journeys.iter().filter_map(|(_, journey)| Some((journey, turned_away(plan, journey)?)));
    let found = turning.flat_map(|(journey, turned)| {
        let doors = journey.steps.iter().copied().filter(|step| is_first_page(plan, *step));
        doors.filter_map(move |door| finding(plan, door, &turned)).collect::<Vec<_>>()
    });
    found.collect()
}

fn is_first_page(plan: &Plan, step: StepId) -> bool {
    is_door(plan, step) && plan.is_for_people(step) && plan.stage_kind(step) == Some("entry")
}

fn finding(plan: &Plan, door: StepId, (action, outcome, at): &(ActionId, &Outcome, StepId)) -> Option<Finding> {
    let demand = demanded_at(plan, door, DEMAND).filter(|_| !is_stated(plan, door))?;
    let (step, by) = (&plan.steps[door], &plan.actions[*action].name);
    let message = format!(
        "`{by}` turns people away at `{}` who do not belong, and `{}`, the first page, does not say whom it is for",
        plan.steps[*at].name, step.name
    );
    let help = format!("Say it before anybody signs in:\n{}:\n  note: Says that it is only for ..", step.name);
    Some(
        Finding::new(Subject::Step(door), step.name.span, message)
            .about(Subject::Action(*action))
            .label(outcome.name.span, "turns people away")
            .why(why(demand))
            .help(help),
    )
}

/// Whether the plan says what the page says beyond its name.
fn is_stated(plan: &Plan, door: StepId) -> bool {
    let form = &plan.steps[door].form;
    let on_screen = form.screen.as_ref().is_some_and(|screen| screen.meta.note.is_some());
    form.meta.note.is_some() || on_screen || says_more_than_a_name(plan.steps[door].title())
}

/// An action of a journey, with the result that turns people away, and where it is run.
fn turned_away<'p>(plan: &'p Plan, journey: &Journey) -> Option<(ActionId, &'p Outcome, StepId)> {
    let steps = journey.steps.iter().copied().filter(|step| plan.is_for_people(*step));
    let mut runs =
        steps.flat_map(|step| plan.steps[step].runs.iter().filter(|run| run.how != How::Shows).map(move |run| (step, run.action)));
    runs.find_map(|(step, action)| {
        let outcome = plan.actions[action].outcomes.iter().find(|outcome| outcome.stands_for(NOT_ELIGIBLE))?;
        Some((action, outcome, step))
    })
}
