//! Where an action is run or awaited, and which of its results have an answer there.

use std::collections::HashSet;

use super::snippet;
use crate::model::{ActionId, Cause, EntityId, How, Outcome, OutcomeId, Plan, Run, Step, StepId, Way};
use crate::source::Span;
use crate::spec::{Answer, Choice, Class, Map, Mention, OneOrMany, Text};

/// What is awaited somewhere in a plan, so that going on from where it was begun leaves nothing open.
pub(super) struct Answers<'p> {
    plan: &'p Plan,
    actions: HashSet<ActionId>,
    entities: HashSet<EntityId>,
}

impl<'p> Answers<'p> {
    /// Looks at each step once.
    pub(super) fn new(plan: &'p Plan) -> Self {
        let awaited = plan.steps.iter().flat_map(|(_, step)| &step.runs).filter(|run| run.how == How::Wait);
        let followed = plan.steps.iter().flat_map(|(_, step)| step.follows.iter().copied());
        Self { plan, actions: awaited.map(|run| run.action).collect(), entities: followed.collect() }
    }

    /// The results that lead nowhere from a place that runs or awaits an action. What fills a screen is answered by the screen.
    pub(super) fn open(&self, step: StepId, run: &Run) -> Vec<OutcomeId> {
        if run.how == How::Shows {
            return Vec::new();
        }
        let goes_on = goes_on(self.plan, &self.plan.steps[step], run);
        let outcomes = self.plan.outcomes(run.action).map(|(id, _)| id);
        let is_answered = |outcome: &OutcomeId| run.answered.contains(&outcome.index) || (goes_on && self.comes_later(run, *outcome));
        outcomes.filter(|outcome| !is_answered(outcome)).collect()
    }

    /// Whether one way for all results is enough for this one: it is the only one, or it is awaited elsewhere.
    fn comes_later(&self, run: &Run, outcome: OutcomeId) -> bool {
        let action = &self.plan.actions[run.action];
        let is_seen = |outcome: &Outcome| outcome.sets.iter().any(|state| self.entities.contains(&state.entity));
        let is_awaited = || {
            let outcome = self.plan.outcome(outcome);
            // Whoever waits for the thing waits on, as long as the last word is not said.
            let waits_on = || outcome.class == Class::Interim && action.outcomes.iter().any(is_seen);
            self.actions.contains(&run.action) || is_seen(outcome) || waits_on()
        };
        action.outcomes.len() == 1 || (action.answers_later() && run.how != How::Wait && is_awaited())
    }
}

/// Whether one way leads on from a place, or ends there, whatever the action comes to.
fn goes_on(plan: &Plan, step: &Step, run: &Run) -> bool {
    let (leads_on, on) = match &run.how {
        How::Choice(label) => match choice(plan, step, run.action, label) {
            Some(choice) => (choice.to.is_some(), &choice.on),
            None => return false,
        },
        _ => (step.form.next.is_some() || step.end.is_some(), &step.form.on),
    };
    leads_on && !answers_any(plan, run.action, on)
}

fn answers_any(plan: &Plan, action: ActionId, on: &Map<Mention, OneOrMany<Answer>>) -> bool {
    let outcomes = &plan.actions[action].outcomes;
    on.iter().any(|(mention, _)| {
        let word = mention.member.as_deref().unwrap_or(&mention.owner);
        outcomes.iter().any(|outcome| outcome.name.text == word)
    })
}

/// The choice with this label that runs this action.
fn choice<'s>(plan: &Plan, step: &'s Step, action: ActionId, label: &str) -> Option<&'s Choice> {
    let in_states = step.form.screen.iter().flat_map(|screen| screen.states.iter()).flat_map(|(_, state)| state.choices.iter());
    let is_it = |choice: &Choice| choice.backend.as_ref().is_some_and(|name| name.text == plan.actions[action].name.text);
    step.form.choices.iter().chain(in_states).find(|(text, choice)| text.text == label && is_it(choice)).map(|(_, choice)| choice)
}

/// The keys under which the answers of a place are written, each below the one before.
pub(super) fn keys_of(step: &Step, run: &Run) -> Vec<String> {
    let mut keys = vec![step.name.text.clone()];
    if let How::Choice(label) = &run.how {
        let has_label = |(text, _): &(Text, Choice)| text.text == *label;
        let mut states = step.form.screen.iter().flat_map(|screen| screen.states.iter());
        if let Some((state, _)) = states.find(|(_, state)| state.choices.iter().any(has_label))
            && !step.form.choices.iter().any(has_label)
        {
            keys.extend(["screen".to_owned(), "states".to_owned(), state.text.clone()]);
        }
        keys.extend(["choices".to_owned(), snippet::text(label)]);
    }
    keys.push("on".to_owned());
    keys
}

/// The ways on which a result takes people from the place that runs or awaits the action.
pub(super) fn ways_of<'p>(plan: &'p Plan, step: StepId, run: &'p Run, outcome: OutcomeId) -> impl Iterator<Item = &'p Way> {
    let choice = match &run.how {
        How::Choice(label) => Some(label),
        _ => None,
    };
    plan.ways_from(step).map(|(_, way)| way).filter(move |way| way.cause == Cause::Outcome(outcome) && way.choice.as_ref() == choice)
}

/// Where an answer is to be shown: where it is written in the step, or else, when a set of answers gave it, where the action is named.
pub(super) fn place_of(plan: &Plan, run: &Run, way: &Way) -> Span {
    let whole = plan.steps[way.from].whole();
    let is_own = whole.file == way.span.file && whole.start <= way.span.start && way.span.end <= whole.end;
    if is_own { way.span } else { run.span }
}

/// Whether the way is over here: an end from which nobody can go on.
pub(super) fn is_over(plan: &Plan, step: StepId) -> bool {
    plan.steps[step].end.is_some() && !plan.steps[step].has_way()
}
