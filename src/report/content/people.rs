//! Who acts.

use super::places::Told;
use super::words::{role_title, step_title, surface_title};
use crate::model::{Plan, StepId};

/// Every role.
pub(super) fn roles(plan: &Plan) -> Vec<Told> {
    let roles = plan.roles.iter().map(|(id, role)| {
        let steps: Vec<StepId> = plan.steps.iter().filter(|(_, step)| step.role == Some(id)).map(|(id, _)| id).collect();
        let mut surfaces: Vec<String> = Vec::new();
        for surface in steps.iter().flat_map(|step| &plan.steps[*step].surfaces).chain(&role.surface) {
            let title = surface_title(plan, *surface);
            if !surfaces.contains(&title) {
                surfaces.push(title);
            }
        }
        Told {
            title: role_title(plan, id),
            what: if role.form.staff {
                "staff"
            } else if role.form.external {
                "from outside"
            } else {
                "whom it is for"
            },
            surfaces,
            steps: steps.len(),
            queues: steps.iter().filter(|step| plan.steps[**step].starts_by_itself()).map(|step| step_title(plan, *step)).collect(),
        }
    });
    roles.collect()
}
