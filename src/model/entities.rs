//! Entities with their states, and who moves them.

use super::{Moment, OutcomeId, RoleId, StateId, StepId, SystemId};
use crate::spec::{self, Name};

/// A thing whose state is tracked.
#[derive(Debug)]
pub struct Entity {
    /// Its name.
    pub name: Name,
    /// As declared, the states aside.
    pub form: spec::Entity,
    /// The system that keeps it.
    pub owner: Option<SystemId>,
    /// Its states; the first one is how it starts.
    pub states: Vec<State>,
    /// Whether anything in the plan names it.
    pub used: bool,
}

impl Entity {
    /// The title, or else the name.
    pub fn title(&self) -> &str {
        self.form.title.as_ref().map_or(&self.name.text, |title| &title.text)
    }

    /// Whether anything in the plan brings it into a state; until then it is looked after elsewhere, or the plan has not come to it yet.
    pub fn is_moved(&self) -> bool {
        self.states.iter().any(|state| !state.entered_by.is_empty())
    }

    /// The position of a state by its name.
    pub fn state(&self, name: &str) -> Option<usize> {
        self.states.iter().position(|state| state.name.text == name)
    }
}

/// A state of an entity.
#[derive(Debug)]
pub struct State {
    /// Its name.
    pub name: Name,
    /// As declared.
    pub form: spec::State,
    /// The states that may follow: `then`, the timeout's, and the reactions'.
    pub then: Vec<StateId>,
    /// What brings the entity into it.
    pub entered_by: Vec<MoveBy>,
    /// Roles that it waits for.
    pub waits_for: Vec<RoleId>,
    /// What its `on` reacts to.
    pub reacts_to: Vec<Moment>,
    /// Steps that start when it is entered.
    pub starts: Vec<StepId>,
}

impl State {
    /// Whether it may last for ever.
    pub fn is_final(&self) -> bool {
        self.form.end || self.form.rest
    }
}

/// What brings an entity into a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MoveBy {
    /// An outcome of an action.
    Outcome(OutcomeId),
    /// The timeout of a state of this or another entity.
    Timeout(StateId),
    /// The reaction of a state to a late answer.
    Reaction(StateId),
    /// A value of a system decision.
    Decision(StepId),
    /// Something that a system sends unasked.
    Sent(SystemId),
}
