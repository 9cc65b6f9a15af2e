//! Who may see a thing, and who may move it, as far as the plan says.

use super::{Plan, RoleId, StateId};
use crate::spec::{Mover, Name};

impl Plan {
    /// The roles that may see a thing in a state, as written: the state's own, or else the entity's. None where nothing is said.
    pub fn seen_by(&self, state: StateId) -> &[Name] {
        let own = &self.state(state).form.seen_by;
        if own.is_empty() { &self.entities[state.entity].form.seen_by } else { own }
    }

    /// Whether a role may see a thing in a state: it may where nothing is said.
    pub fn may_see(&self, state: StateId, role: RoleId) -> bool {
        let seen_by = self.seen_by(state);
        seen_by.is_empty() || seen_by.iter().any(|name| name.text == self.roles[role].name.text)
    }

    /// Who may move a thing into a state, where that is said.
    pub fn mover(&self, state: StateId) -> Option<&Mover> {
        let name = &self.state(state).name.text;
        self.entities[state.entity].form.moved_by.iter().find(|(into, _)| into.text == *name).map(|(_, mover)| mover)
    }
}
