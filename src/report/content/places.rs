//! Surfaces and systems: what each is for, and who owns what.

use super::words::{entity_title, role_title, said, surface_title, system_title};
use crate::model::{Plan, StepId, SurfaceId, SystemId};

/// Where people meet the product.
#[derive(Debug)]
pub struct Surface {
    /// What people read.
    pub title: String,
    /// What it is for; empty where nothing is said.
    pub job: String,
    /// What it runs on.
    pub platform: String,
    /// Who meets the product there.
    pub roles: Vec<String>,
    /// How many steps take place there.
    pub steps: usize,
}

/// What works behind the screens.
#[derive(Debug)]
pub struct System {
    /// What people read.
    pub title: String,
    /// Whose it is: own, from outside, there already.
    pub whose: Vec<&'static str>,
    /// The things it keeps.
    pub keeps: Vec<String>,
    /// The actions it does.
    pub does: Vec<String>,
}

/// Somebody who acts.
#[derive(Debug)]
pub struct Told {
    /// What people read.
    pub title: String,
    /// Staff, from outside, or a person the product is for.
    pub what: &'static str,
    /// Where they usually are.
    pub surfaces: Vec<String>,
    /// How many steps they go through.
    pub steps: usize,
    /// What begins by itself for them.
    pub queues: Vec<String>,
}

/// Every surface.
pub(super) fn surfaces(plan: &Plan) -> Vec<Surface> {
    plan.surfaces.ids().map(|id| surface(plan, id)).collect()
}

fn surface(plan: &Plan, id: SurfaceId) -> Surface {
    let form = &plan.surfaces[id].form;
    let steps: Vec<StepId> = plan.steps.iter().filter(|(_, step)| step.surfaces.contains(&id)).map(|(id, _)| id).collect();
    let mut roles: Vec<String> = Vec::new();
    for role in steps.iter().filter_map(|step| plan.steps[*step].role) {
        let title = role_title(plan, role);
        if !roles.contains(&title) {
            roles.push(title);
        }
    }
    let profile = form.profile.as_ref().map(|profile| {
        let known = plan.catalogue.profile(&profile.text).and_then(|profile| profile.title.as_ref());
        known.map_or_else(|| profile.text.clone(), |title| title.text.clone())
    });
    let platform = form.platform.as_ref().map(|platform| super::words::clean(&platform.text));
    Surface {
        title: surface_title(plan, id),
        job: said(form.job.as_ref()),
        platform: profile.into_iter().chain(platform).collect::<Vec<_>>().join(", "),
        roles,
        steps: steps.len(),
    }
}

/// Every system.
pub(super) fn systems(plan: &Plan) -> Vec<System> {
    plan.systems.ids().map(|id| system(plan, id)).collect()
}

fn system(plan: &Plan, id: SystemId) -> System {
    let form = &plan.systems[id].form;
    let mut whose = vec![if form.external { "from outside" } else { "own" }];
    if form.existing {
        whose.push("there already");
    }
    System {
        title: system_title(plan, id),
        whose,
        keeps: plan.entities.iter().filter(|(_, entity)| entity.owner == Some(id)).map(|(entity, _)| entity_title(plan, entity)).collect(),
        does: plan.actions.iter().filter(|(_, action)| action.system == Some(id)).map(|(_, action)| format!("`{}`", action.name)).collect(),
    }
}
