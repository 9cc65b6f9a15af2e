//! Backend actions with their outcomes.

use super::{EntityId, Guard, How, Run, StateId, StepId, SystemId};
use crate::spec::{self, Class, Name};

/// What must happen behind the screens.
#[derive(Debug)]
pub struct Action {
    /// Its name.
    pub name: Name,
    /// As declared, the outcomes aside.
    pub form: spec::Action,
    /// The system that does it.
    pub system: Option<SystemId>,
    /// Every result, in order.
    pub outcomes: Vec<Outcome>,
    /// What must hold when it is asked.
    pub needs: Guard,
    /// Entities it creates or changes without moving them.
    pub writes: Vec<EntityId>,
    /// The steps that run it, and how.
    pub runs: Vec<(StepId, Run)>,
    /// States whose timeout asks it.
    pub checked_by: Vec<StateId>,
}

impl Action {
    /// The title, or else the name.
    pub fn title(&self) -> &str {
        self.form.title.as_ref().map_or(&self.name.text, |title| &title.text)
    }

    /// The kind as written; `other` where none is given.
    pub fn kind(&self) -> &str {
        self.form.kind.as_ref().map_or("other", |kind| &kind.text)
    }

    /// Whether the result comes later.
    pub fn answers_later(&self) -> bool {
        self.form.answers == Some(spec::Answers::Later)
    }

    /// Whether anything sets it going: a step, a choice, a screen that shows it, a timeout. To wait for it is not to run it.
    pub fn is_run(&self) -> bool {
        !self.checked_by.is_empty() || self.runs.iter().any(|(_, run)| run.how != How::Wait)
    }

    /// The steps that set it going: not those that only show or await it.
    pub fn run_at(&self) -> impl Iterator<Item = StepId> + '_ {
        self.runs.iter().filter(|(_, run)| matches!(run.how, How::Backend | How::Choice(_))).map(|(step, _)| *step)
    }

    /// Whether it says how it keeps a duty.
    pub fn has_duty(&self, name: &str) -> bool {
        self.form.duties.iter().any(|(duty, _)| duty.text == name)
    }

    /// Whether one of its outcomes is this one of the catalogue, by its own name or by `means`.
    pub fn has(&self, catalogue_outcome: &str) -> bool {
        self.outcomes.iter().any(|outcome| outcome.stands_for(catalogue_outcome))
    }

    /// Whether a catalogue outcome is answered, where any success will do for a success.
    pub fn answers(&self, name: &str, class: Option<Class>) -> bool {
        self.has(name) || (class == Some(Class::Success) && self.outcomes.iter().any(|outcome| outcome.class == Class::Success))
    }
}

/// A result of an action.
#[derive(Debug)]
pub struct Outcome {
    /// Its name.
    pub name: Name,
    /// As declared.
    pub form: spec::Outcome,
    /// How it counts.
    pub class: Class,
    /// The states that it may set.
    pub sets: Vec<StateId>,
    /// Possible only then.
    pub when: Guard,
}

impl Outcome {
    /// Whether it is this outcome of the catalogue, by its own name or by `means`.
    pub fn stands_for(&self, catalogue_outcome: &str) -> bool {
        match &self.form.means {
            Some(means) => means.text == catalogue_outcome,
            None => self.name.text == catalogue_outcome,
        }
    }
}
