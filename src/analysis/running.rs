//! Which journeys have to do with an action.

use std::collections::BTreeSet;

use crate::model::{ActionId, JourneyId, Plan};

/// The journeys whose steps run, show or await an action: what is decided at the top of their files holds for it.
pub fn journeys_with(plan: &Plan, action: ActionId) -> BTreeSet<JourneyId> {
    plan.actions[action].runs.iter().map(|(step, _)| plan.steps[*step].journey).collect()
}
