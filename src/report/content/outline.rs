//! What each journey is for, how one gets in, and how it ends.

use super::words::{clean, role_title, said, step_title, surface_title};
use crate::model::{Journey, Plan, Start, StepId};
use crate::source::Sources;

/// A journey in a few lines.
#[derive(Debug)]
pub struct Outline {
    /// What people read.
    pub title: String,
    /// Its name.
    pub name: String,
    /// What the person gets.
    pub goal: String,
    /// What is true even when it fails.
    pub guarantee: String,
    /// Who it is for.
    pub role: String,
    /// Where it takes place.
    pub surfaces: Vec<String>,
    /// Part of the core loop.
    pub is_core: bool,
    /// Staff work.
    pub is_operations: bool,
    /// How people get in.
    pub entrances: Vec<String>,
    /// How it ends: the kind of end, and the steps.
    pub ends: Vec<(&'static str, Vec<String>)>,
    /// How many steps it has.
    pub steps: usize,
}

/// What the whole is called: its journey, or its first file.
pub(super) fn title(sources: &Sources, plan: &Plan) -> String {
    let mut journeys = plan.journeys.iter();
    match (journeys.next(), journeys.next()) {
        (Some((_, only)), None) => clean(only.title()),
        _ => plan.files.first().map(|file| clean(sources.get(*file).name())).unwrap_or_default(),
    }
}

/// Every journey.
pub(super) fn outlines(plan: &Plan) -> Vec<Outline> {
    plan.journeys.iter().map(|(_, journey)| outline(plan, journey)).collect()
}

fn outline(plan: &Plan, journey: &Journey) -> Outline {
    let form = &journey.form;
    let surfaces = plan.surfaces.iter().filter(|(_, surface)| form.surface.contains(&surface.name));
    let own = journey.steps.iter().filter(|step| plan.steps[**step].role == journey.role);
    Outline {
        title: clean(journey.title()),
        name: journey.name.text.clone(),
        goal: said(form.goal.as_ref()),
        guarantee: said(form.guarantee.as_ref()),
        role: journey.role.map(|role| role_title(plan, role)).unwrap_or_default(),
        surfaces: surfaces.map(|(id, _)| surface_title(plan, id)).collect(),
        is_core: form.core,
        is_operations: journey.is_operations(),
        entrances: own.filter_map(|step| entrance(plan, *step)).collect(),
        ends: ends(plan, journey),
        steps: journey.steps.len(),
    }
}

fn entrance(plan: &Plan, id: StepId) -> Option<String> {
    let step = &plan.steps[id];
    let how = step.starts.iter().find_map(|start| match start {
        Start::Outside => {
            let from: Vec<&str> = step.form.from.iter().map(|from| from.text.as_str()).collect();
            Some(format!("from {}", from.join(", ")))
        }
        Start::First => Some("the first step".to_owned()),
        Start::Notification(notification) => Some(format!("from the message `{}`", plan.notifications[*notification].name)),
        Start::Draining => Some("for those who are still in it".to_owned()),
        // Told in the blueprint: these are ways of their own beside the journey's.
        Start::Itself => None,
    })?;
    Some(format!("{}: {how}", step_title(plan, id)))
}

fn ends(plan: &Plan, journey: &Journey) -> Vec<(&'static str, Vec<String>)> {
    let mut ends: Vec<(&'static str, Vec<String>)> = Vec::new();
    for id in &journey.steps {
        let Some(end) = &plan.steps[*id].end else { continue };
        let title = step_title(plan, *id);
        match ends.iter_mut().find(|(kind, _)| *kind == end.kind.word()) {
            Some((_, steps)) => steps.push(title),
            None => ends.push((end.kind.word(), vec![title])),
        }
    }
    ends
}
