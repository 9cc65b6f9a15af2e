//! What happens, in the plan's words, on one line.

use crate::analysis::world::{Event, Who};
use crate::model::{Cause, Nature, OutcomeId, Plan, StateId, StepId, Way};

/// Whose way it is.
pub(super) fn walker(plan: &Plan, who: Who) -> String {
    let (role, place) = match who {
        Who::Journey(journey) => (plan.journeys[journey].role, plan.journeys[journey].name.text.clone()),
        Who::Step(step) => match plan.steps[step].nature {
            Nature::Job(system) => {
                let system = system.map_or("the product", |system| plan.systems[system].name.text.as_str());
                return format!("{system}, seeing to {}", step_name(plan, step));
            }
            _ => (plan.steps[step].role, step_name(plan, step)),
        },
    };
    let role = role.map_or("people", |role| plan.roles[role].name.text.as_str());
    match who {
        Who::Journey(_) => format!("{role} in {place}"),
        Who::Step(_) => format!("{role}, seeing to {place}"),
    }
}

/// What happens.
pub(super) fn event(plan: &Plan, event: Event) -> String {
    match event {
        Event::Way(way) => {
            let way = plan.way(way);
            let (from, to) = (step_name(plan, way.from), step_name(plan, way.to));
            if way.from == way.to {
                format!("{from}: {}, stays", cause(plan, way))
            } else {
                format!("{from}: {}, to {to}", cause(plan, way))
            }
        }
        Event::Into(step) => {
            let used = match plan.steps[step].nature {
                Nature::Journey(Some(journey)) => plan.journeys[journey].name.text.as_str(),
                _ => "the journey that it uses",
            };
            format!("{}: into {used}", step_name(plan, step))
        }
        Event::Asks(step, action) => format!("{}: asks {} and waits", step_name(plan, step), plan.actions[action].name),
        Event::Begins(step) => format!("begins at {}", step_name(plan, step)),
        Event::Opens(step) => format!("opens a message, to {}", step_name(plan, step)),
        Event::Leaves => "leaves".to_owned(),
        Event::Answer(outcome) => format!("the answer {} comes", outcome_name(plan, outcome)),
        Event::Timeout(state) => format!("the time in {} is over", state_name(plan, state)),
        Event::Sent(system, index) => {
            let sent = plan.systems[system].form.sends.get(index).map_or("something", |(name, _)| name.text.as_str());
            format!("{} sends {sent}", plan.systems[system].name)
        }
    }
}

fn cause(plan: &Plan, way: &Way) -> String {
    let why = match &way.cause {
        Cause::Choice(label) => return format!("'{label}'"),
        Cause::Next => "goes on".to_owned(),
        Cause::Outcome(outcome) => outcome_name(plan, *outcome),
        Cause::State(state) => state_name(plan, *state),
        Cause::Timeout => "too late".to_owned(),
        Cause::Exhausted => "tried often enough".to_owned(),
        Cause::Value(name) | Cause::End(name) => name.clone(),
        Cause::ScreenState(name) => format!("screen state {name}"),
    };
    way.choice.as_ref().map_or(why.clone(), |label| format!("'{label}', {why}"))
}

/// `pay-order.declined`
pub(super) fn outcome_name(plan: &Plan, outcome: OutcomeId) -> String {
    format!("{}.{}", plan.actions[outcome.action].name, plan.outcome(outcome).name)
}

/// `order.paid`
pub(super) fn state_name(plan: &Plan, state: StateId) -> String {
    format!("{}.{}", plan.entities[state.entity].name, plan.state(state).name)
}

/// A step, with its journey where the plan has several.
pub(super) fn step_name(plan: &Plan, step: StepId) -> String {
    let of = &plan.steps[step];
    if plan.journeys.len() > 1 { format!("{}/{}", plan.journeys[of.journey].name, of.name) } else { of.name.text.clone() }
}

/// Some of the items, and how many more there are.
pub(super) fn some(items: &[String], most: usize) -> String {
    let shown = items.iter().take(most).cloned().collect::<Vec<_>>().join("; ");
    match items.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown}; and {more} more"),
    }
}
