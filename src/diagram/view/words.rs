//! The words of a picture: what stands beside a line, and at an entrance.

use crate::model::{Cause, Moment, Moments, Plan, Start, Step, Way};
use crate::spec::Clock;

/// A name of the plan as people write it.
pub(super) fn plain(name: &str) -> String {
    name.replace(['-', '_'], " ")
}

/// The same, at the beginning of a line.
pub(super) fn heading(name: &str) -> String {
    let text = name.replace('_', " ");
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

/// Why a way is taken; empty for the only way on.
pub(super) fn cause(plan: &Plan, way: &Way) -> String {
    let said = match &way.cause {
        Cause::Choice(label) | Cause::Value(label) if way.choice.as_ref() == Some(label) => label.clone(),
        Cause::Choice(label) => label.clone(),
        Cause::Next => plan.steps[way.from].form.action.as_ref().map(|action| action.text.clone()).unwrap_or_default(),
        Cause::Outcome(outcome) => {
            let outcome = plan.outcome(*outcome);
            outcome.form.title.as_ref().map_or_else(|| plain(&outcome.name.text), |title| title.text.clone())
        }
        Cause::State(state) => {
            let state = plan.state(*state);
            state.form.title.as_ref().map_or_else(|| plain(&state.name.text), |title| title.text.clone())
        }
        Cause::Timeout => plan.steps[way.from].form.within.as_ref().map_or_else(
            || "too late".to_owned(),
            |within| match within {
                crate::spec::Deadline::After(time) => format!("after {}", time.text),
                crate::spec::Deadline::Of(_) => "too late".to_owned(),
            },
        ),
        Cause::Exhausted => "tried too often".to_owned(),
        Cause::Value(name) | Cause::End(name) => plain(name),
        Cause::ScreenState(name) => way.choice.clone().unwrap_or_else(|| plain(name)),
    };
    let said = match (&way.cause, &way.choice) {
        (Cause::Choice(_) | Cause::ScreenState(_), _) | (_, None) => said,
        (_, Some(choice)) => format!("{choice}: {said}"),
    };
    let same = plan.ways_from(way.from).filter(|(_, other)| other.cause == way.cause && other.choice == way.choice).count();
    let guard = if same > 1 && !way.is_back { when(plan, way) } else { String::new() };
    let times = way.times.map(|times| format!(" (up to {times} times)")).unwrap_or_default();
    format!("{said}{guard}{times}")
}

fn when(plan: &Plan, way: &Way) -> String {
    let terms = way.when.terms.iter().map(|term| {
        let entity = &plan.entities[term.entity];
        let states: Vec<String> = term.states.iter().map(|(state, _)| plain(&entity.states[*state].name.text)).collect();
        format!("{} {}", plain(&entity.name.text), states.join(" or "))
    });
    let terms: Vec<String> = terms.collect();
    if terms.is_empty() { String::new() } else { format!(" ({})", terms.join(", ")) }
}

/// How people get into a step other than by a way.
pub(super) fn start(plan: &Plan, step: &Step, start: &Start) -> Option<String> {
    match start {
        Start::Outside => {
            let from: Vec<String> = step.form.from.iter().map(|from| plain(&from.text)).collect();
            Some(format!("from {}", from.join(", ")))
        }
        Start::Itself => match &step.form.every {
            Some(every) => Some(format!("every {}", every.text)),
            None => Some(moments(plan, &step.when)),
        },
        Start::First => None,
        Start::Notification(notification) => {
            let notification = &plan.notifications[*notification];
            let title = notification.form.title.as_ref().map_or_else(|| plain(&notification.name.text), |title| title.text.clone());
            Some(format!("message: {title}"))
        }
        Start::Draining => Some("for those still here".to_owned()),
    }
}

pub(super) fn moments(plan: &Plan, moments: &Moments) -> String {
    let mut said: Vec<String> = Vec::new();
    let mut last_owner = String::new();
    for (moment, _) in &moments.any {
        let (owner, what) = moment_words(plan, *moment);
        if owner == last_owner && !what.is_empty() {
            said.push(what);
        } else {
            said.push(if what.is_empty() { owner.clone() } else { format!("{owner} {what}") });
        }
        last_owner = owner;
    }
    match &moments.clock {
        Some(clock) => clock_words(clock),
        None if said.is_empty() => "by itself".to_owned(),
        None => format!("when {}", said.join(" or ")),
    }
}

pub(super) fn moment_words(plan: &Plan, moment: Moment) -> (String, String) {
    match moment {
        Moment::State(state) => (plain(plan.entities[state.entity].title()), plain(&plan.state(state).name.text)),
        Moment::Outcome(outcome) => (plain(plan.actions[outcome.action].title()), plain(&plan.outcome(outcome).name.text)),
        Moment::Action(action) => (plain(plan.actions[action].title()), "answers".to_owned()),
        Moment::Sent(system, sent) => {
            let system = &plan.systems[system];
            let what = system.form.sends.get(sent).map(|(name, _)| plain(&name.text)).unwrap_or_default();
            (system.form.title.as_ref().map_or_else(|| plain(&system.name.text), |title| title.text.clone()), what)
        }
    }
}

fn clock_words(clock: &Clock) -> String {
    let by = clock.by.as_ref().map(|by| format!("{} ", by.text)).unwrap_or_default();
    match (&clock.before, &clock.after) {
        (Some(time), _) => format!("{by}before {}", plain(&time.to_string())),
        (_, Some(time)) => format!("{by}after {}", plain(&time.to_string())),
        _ => "by the clock".to_owned(),
    }
}
