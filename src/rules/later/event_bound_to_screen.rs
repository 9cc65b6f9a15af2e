//! See `event_bound_to_screen.md`.

use crate::finding::{Finding, Level};
use crate::model::{Cause, Event, EventId, How, Plan, StepId, Subject};
use crate::rules::snippet::{OPEN, under};
use crate::rules::words::{outcome_name, quoted, state_name};
use crate::rules::{Context, Group, Phase, Rule};
use crate::spec::Class;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "event-bound-to-screen",
    group: Group::Later,
    level: Level::Warning,
    page: include_str!("event_bound_to_screen.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let bound = cx.plan.events.iter().filter(|(_, event)| !event.shown.is_empty());
    bound.map(|(id, event)| finding(cx.plan, id, event)).collect()
}

fn finding(plan: &Plan, id: EventId, event: &Event) -> Finding {
    let (step, span) = event.shown[0];
    let name = &event.name;
    let names = quoted(event.shown.iter().map(|(step, _)| &plan.steps[*step].name.text));
    let message = format!("`{name}` counts how often {names} is seen, not how often it happened");
    let mut instead: Vec<String> = event.shown.iter().flat_map(|(step, _)| happenings(plan, *step)).collect();
    instead.dedup();
    let on = match &instead[..] {
        [] => OPEN.to_owned(),
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    let entry = under(&["events", &name.text], [format!("on: {on}")]);
    let help = format!("Bind it to what happened, the outcome of a backend action or the state of an entity:\n{entry}");
    let finding = Finding::new(Subject::Event(id), span, message).help(help).label(plan.steps[step].name.span, "only a page");
    event.shown[1..].iter().fold(finding, |finding, (_, span)| finding.label(*span, "and here"))
}

/// What leads to a step, or fills it: the outcomes and states that somebody who counts its visitors has in mind.
fn happenings(plan: &Plan, step: StepId) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (_, way) in plan.ways_to(step).filter(|(_, way)| way.from != step) {
        let happening = match way.cause {
            Cause::Outcome(outcome) if plan.outcome(outcome).class == Class::Success => Some(outcome_name(plan, outcome)),
            Cause::State(state) => Some(state_name(plan, state)),
            _ => None,
        };
        found.extend(happening.filter(|happening| !found.contains(happening)));
    }
    if found.is_empty() {
        let shown = plan.steps[step].runs.iter().filter(|run| run.how == How::Shows);
        let shown = shown.filter_map(|run| plan.outcomes(run.action).find(|(_, outcome)| outcome.class == Class::Success));
        found.extend(shown.map(|(outcome, _)| outcome_name(plan, outcome)).take(1));
    }
    found
}
