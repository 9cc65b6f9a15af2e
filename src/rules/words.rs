//! The plan's things in words, so that every rule calls one thing by one name.

use super::Context;
use crate::analysis::{Event, Hop, Path, Run, Who};
use crate::finding::PathStep;
use crate::model::{Cause, Journey, Moment, Nature, OutcomeId, Plan, StateId, StepId, Subject, Way};

impl Context<'_> {
    /// A way as findings show it: each step with why one gets there.
    pub(super) fn path_steps(&self, path: &Path) -> Vec<PathStep> {
        let mut steps = vec![self.path_step(String::new(), path.start)];
        for hop in &path.hops {
            steps.push(match hop {
                Hop::Way(way) => {
                    let way = self.plan.way(*way);
                    self.path_step(cause(self.plan, way), way.to)
                }
                Hop::Into(step) => {
                    let first = self.reach().successors(self.plan, *step).find(|(next, _)| next == hop).map_or(*step, |(_, first)| first);
                    self.path_step("begins".to_owned(), first)
                }
            });
        }
        steps
    }

    /// The shortest way to a step as findings show it.
    pub(super) fn shortest_path(&self, step: StepId) -> Vec<PathStep> {
        self.path_to(step).map(|path| self.path_steps(&path)).unwrap_or_default()
    }

    /// What happened, as findings show it: each step with why one gets there, whosever way it is on, and what becomes of things meanwhile.
    pub(super) fn run_steps(&self, run: &Run) -> Vec<PathStep> {
        let plan = self.plan;
        let mut steps: Vec<PathStep> = Vec::new();
        let mut last: Option<Who> = None;
        for (who, event) in &run.events {
            let whose = who.filter(|who| Some(*who) != last).and_then(|who| self.walker(who));
            let step = match event {
                Event::Way(way) => {
                    let way = plan.way(*way);
                    Some(self.path_step(cause(plan, way), way.to))
                }
                Event::Into(step) => {
                    let first = match plan.steps[*step].nature {
                        Nature::Journey(Some(used)) => plan.journeys[used].first.unwrap_or(*step),
                        _ => *step,
                    };
                    Some(self.path_step("begins".to_owned(), first))
                }
                Event::Begins(step) if steps.is_empty() => Some(self.path_step(String::new(), *step)),
                Event::Begins(step) => Some(self.path_step("begins".to_owned(), *step)),
                Event::Opens(step) => Some(self.path_step("opened by a message".to_owned(), *step)),
                Event::Asks(..) | Event::Leaves => None,
                Event::Answer(outcome) => {
                    let span = plan.outcome(*outcome).name.span;
                    Some(PathStep { cause: "answer".to_owned(), step: outcome_name(plan, *outcome), span })
                }
                Event::Timeout(state) => {
                    let span = plan.state(*state).name.span;
                    Some(PathStep { cause: "too late".to_owned(), step: format!("timeout of {}", state_name(plan, *state)), span })
                }
                Event::Sent(system, index) => plan.systems[*system].form.sends.get(*index).map(|(name, _)| {
                    let step = format!("{}.{name}", plan.systems[*system].name);
                    PathStep { cause: "sent".to_owned(), step, span: name.span }
                }),
            };
            let Some(mut step) = step else { continue };
            if let Some(role) = whose.filter(|_| !steps.is_empty()) {
                step.cause = format!("{role}: {}", step.cause);
            }
            last = who.or(last);
            steps.push(step);
        }
        steps
    }

    fn walker(&self, who: Who) -> Option<String> {
        let role = match who {
            Who::Journey(journey) => self.plan.journeys[journey].role,
            Who::Step(step) => match self.plan.steps[step].nature {
                Nature::Job(Some(system)) => return Some(self.plan.systems[system].name.text.clone()),
                _ => self.plan.steps[step].role,
            },
        };
        role.map(|role| self.plan.roles[role].name.text.clone())
    }

    fn path_step(&self, cause: String, step: StepId) -> PathStep {
        let step = &self.plan.steps[step];
        PathStep { cause, step: step.name.text.clone(), span: step.name.span }
    }
}

/// Why a way is taken, in the plan's words.
pub fn cause(plan: &Plan, way: &Way) -> String {
    let why = match &way.cause {
        Cause::Choice(label) => return format!("\"{label}\""),
        Cause::Next => "next".to_owned(),
        Cause::Outcome(outcome) => outcome_name(plan, *outcome),
        Cause::State(state) => state_name(plan, *state),
        Cause::Timeout => "timeout".to_owned(),
        Cause::Exhausted => "exhausted".to_owned(),
        Cause::Value(name) | Cause::End(name) => name.clone(),
        Cause::ScreenState(name) => format!("screen state {name}"),
    };
    way.choice.as_ref().map_or(why.clone(), |label| format!("\"{label}\", {why}"))
}

/// `pay-order.declined`
pub fn outcome_name(plan: &Plan, outcome: OutcomeId) -> String {
    format!("{}.{}", plan.actions[outcome.action].name, plan.outcome(outcome).name)
}

/// `order.paid`
pub fn state_name(plan: &Plan, state: StateId) -> String {
    format!("{}.{}", plan.entities[state.entity].name, plan.state(state).name)
}

/// ``the role `guest` ``, or whoever a journey without a role is for.
pub(super) fn journey_role(plan: &Plan, journey: &Journey) -> String {
    journey.role.map_or_else(|| "the person it is for".to_owned(), |role| format!("the role `{}`", plan.roles[role].name))
}

/// The name of a thing, and the one it belongs to where its own would not be enough: `order.paid`.
pub fn name_of(plan: &Plan, subject: Subject) -> String {
    let name = match subject {
        Subject::Plan => return "the plan".to_owned(),
        Subject::Outcome(outcome) => return outcome_name(plan, outcome),
        Subject::State(state) => return state_name(plan, state),
        Subject::Journey(journey) => &plan.journeys[journey].name,
        Subject::Stage(stage) => &plan.stages[stage].name,
        Subject::Step(step) => &plan.steps[step].name,
        Subject::Action(action) => &plan.actions[action].name,
        Subject::Entity(entity) => &plan.entities[entity].name,
        Subject::Role(role) => &plan.roles[role].name,
        Subject::System(system) => &plan.systems[system].name,
        Subject::Surface(surface) => &plan.surfaces[surface].name,
        Subject::Notification(notification) => &plan.notifications[notification].name,
        Subject::Event(event) => &plan.events[event].name,
        Subject::Later(later) => &plan.later[later].name,
        Subject::Policy(policy) => return plan.policies[policy].title(),
    };
    name.text.clone()
}

/// `` `a`, `b` or `c` ``
pub(super) fn quoted_or<T: AsRef<str>>(names: &[T]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    crate::spec::list_with(&names, "or")
}

/// `order.paid`, `pay-order.declined`, `pay-order` or `bank.dispute-opened`
pub fn moment_name(plan: &Plan, moment: Moment) -> String {
    match moment {
        Moment::State(state) => state_name(plan, state),
        Moment::Outcome(outcome) => outcome_name(plan, outcome),
        Moment::Action(action) => plan.actions[action].name.text.clone(),
        Moment::Sent(system, index) => {
            let system = &plan.systems[system];
            let sent = system.form.sends.get(index).map_or("", |(sent, _)| &sent.text);
            format!("{}.{sent}", system.name)
        }
    }
}

/// `` `a`, `b` and `c` ``
pub(super) fn quoted<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect();
    crate::spec::list_with(&names, "and")
}

/// The first of many names: `` `a`, `b`, `c` and 4 more ``
pub(super) fn some_of(names: &[&str]) -> String {
    if names.len() <= 4 {
        return quoted(names);
    }
    let mut told: Vec<String> = names.iter().take(3).map(|name| format!("`{name}`")).collect();
    told.push(format!("{} more", names.len() - 3));
    crate::spec::list_with(&told, "and")
}

/// `1 step`, `2 steps`
pub(super) fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// Whether a name says that something did not work.
pub(super) fn says_failure(name: &str) -> bool {
    name.split('-').any(|word| ["failed", "failure", "error"].contains(&word))
}
