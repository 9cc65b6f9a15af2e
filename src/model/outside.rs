//! Who is outside of the product: people who do not work for it, and systems of others.

use super::{ActionId, Nature, Plan, StepId};

impl Plan {
    /// Whether somebody else does an action, and says only later what came of it.
    pub fn answers_from_outside(&self, action: ActionId) -> bool {
        let action = &self.actions[action];
        action.answers_later() && action.kind() != "read" && action.system.is_some_and(|system| self.systems[system].form.external)
    }

    /// Whether somebody goes through a step who neither works for the product nor is a system.
    pub fn is_for_people(&self, step: StepId) -> bool {
        let step = &self.steps[step];
        !matches!(step.nature, Nature::Job(_) | Nature::Task) && step.role.is_none_or(|role| !self.roles[role].form.staff)
    }
}
