//! The fields of a plan: who gathers each, and who needs it.

use std::collections::{HashMap, HashSet};

use crate::model::{Cause, Plan, Step, StepId, Way};
use crate::spec::Name;

/// The fields that are gathered in one place and needed in another, each by its position.
#[derive(Debug)]
pub(super) struct Fields<'p> {
    pub(super) names: Vec<&'p str>,
    positions: HashMap<&'p str, usize>,
}

impl<'p> Fields<'p> {
    pub(super) fn new(plan: &'p Plan, needs: &[(StepId, &Name)]) -> Self {
        let mut positions: HashMap<&str, usize> = HashMap::new();
        let mut names: Vec<&str> = Vec::new();
        let needed: HashSet<&str> = needs.iter().map(|(_, name)| name.text.as_str()).collect();
        for name in plan.steps.iter().flat_map(|(_, step)| step.form.collects.iter()) {
            if needed.contains(name.text.as_str()) && !positions.contains_key(name.text.as_str()) {
                positions.insert(&name.text, names.len());
                names.push(&name.text);
            }
        }
        Self { names, positions }
    }

    /// What a step gathers.
    pub(super) fn gathered(&self, step: &Step) -> impl Iterator<Item = usize> {
        step.form.collects.iter().filter_map(|name| self.position(name))
    }

    pub(super) fn position(&self, name: &Name) -> Option<usize> {
        self.positions.get(name.text.as_str()).copied()
    }
}

/// What a step needs, and the decision on it.
pub fn needed_by(step: &Step) -> impl Iterator<Item = &Name> {
    step.form.uses.iter().chain(step.form.decide.iter().flat_map(|decide| decide.uses.iter()))
}

/// Whether whoever takes a way has given what its step asks for.
///
/// A choice that runs nothing leaves the form as it is, where there is another way on that sends it: the main button, or a choice behind
/// which something runs. So does the way back, running out of time, a screen that is not as usual, and a thing that moves on by itself.
pub(super) fn is_sent_over(plan: &Plan, way: &Way) -> bool {
    if way.is_back {
        return false;
    }
    match way.cause {
        Cause::Timeout | Cause::ScreenState(_) | Cause::State(_) => false,
        Cause::Choice(_) => !is_sent_elsewhere(plan, way.from),
        _ => true,
    }
}

fn is_sent_elsewhere(plan: &Plan, step: StepId) -> bool {
    let form = &plan.steps[step].form;
    form.next.is_some() || form.backend.is_some() || form.choices.iter().any(|(_, choice)| choice.backend.is_some())
}
