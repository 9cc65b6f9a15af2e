//! What goes wrong on some way, as the walk meets it.

use super::bits::States;
use crate::model::{ActionId, OutcomeId, StepId};

/// Something that goes wrong on some way. Nothing for a state stands for *none*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// A step is reached, or an action is run on it, in a state in which that must not be.
    Unmet {
        /// The step.
        step: StepId,
        /// The action that needs something else; nothing where the step itself does.
        action: Option<ActionId>,
        /// The state.
        state: Option<usize>,
    },
    /// A way of the journey's own role ends well in a state that is not final, and that nobody else ever brings to an end.
    Unfinished {
        /// The end.
        step: StepId,
        /// The state.
        state: usize,
    },
    /// The entity is moved out of a state that does not allow it.
    Forbidden {
        /// The step.
        step: StepId,
        /// The outcome that moves it; nothing where the step is a decision that does.
        outcome: Option<OutcomeId>,
        /// Out of this state.
        from: usize,
        /// Into this state.
        to: usize,
    },
}

/// Notes each state in which something must not be.
pub(super) fn unmet(faults: &mut Vec<Fault>, step: StepId, action: Option<ActionId>, states: States) {
    faults.extend(states.indices().map(|state| Fault::Unmet { step, action, state }));
}
