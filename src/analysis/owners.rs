//! Whose things are whose.

use std::collections::HashSet;

use crate::model::{EntityId, Plan, RoleId};

/// The people whose things these are: they set something about them going, and neither work for the product nor are outsiders to it.
pub fn owners(plan: &Plan) -> Vec<(EntityId, RoleId)> {
    let mut owners = Vec::new();
    let mut seen = HashSet::new();
    for (_, action) in plan.actions.iter() {
        let entities =
            || action.outcomes.iter().flat_map(|outcome| &outcome.sets).map(|state| state.entity).chain(action.writes.iter().copied());
        for role in action.run_at().filter(|step| plan.is_for_people(*step)).filter_map(|step| plan.steps[step].role) {
            let is_outsider = plan.roles[role].form.external;
            owners.extend(entities().map(|entity| (entity, role)).filter(|pair| !is_outsider && seen.insert(*pair)));
        }
    }
    owners.sort_unstable();
    owners
}
