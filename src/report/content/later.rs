//! What comes later and where it attaches, and what is counted.

use super::words::{code, moments, said, step_title};
use crate::model::Plan;

/// Something that is not in the plan yet.
#[derive(Debug)]
pub struct Later {
    /// Its name.
    pub name: String,
    /// Whether it comes.
    pub status: &'static str,
    /// Where it attaches; empty where nothing is said.
    pub attaches_to: String,
    /// A remark.
    pub note: String,
}

/// Something that is counted.
#[derive(Debug)]
pub struct Counted {
    /// Its name.
    pub name: String,
    /// What happened.
    pub on: String,
    /// What is written down with it.
    pub properties: String,
    /// Who looks at it.
    pub owner: String,
}

/// Every later operation.
pub(super) fn later(plan: &Plan) -> Vec<Later> {
    let attached = |name: &str| {
        let step = plan.steps.iter().find(|(_, step)| step.name.text == name).map(|(id, _)| id);
        step.map_or_else(|| code(name), |step| format!("{} ({})", step_title(plan, step), code(name)))
    };
    let later = plan.later.iter().map(|(_, later)| Later {
        name: later.name.text.clone(),
        status: later.form.status.map_or("", |status| status.word()),
        attaches_to: later.form.attaches_to.as_ref().map(|name| attached(&name.text)).unwrap_or_default(),
        note: said(later.form.meta.note.as_ref()),
    });
    later.collect()
}

/// Every event.
pub(super) fn counted(plan: &Plan) -> Vec<Counted> {
    let counted = plan.events.iter().map(|(_, event)| Counted {
        name: event.name.text.clone(),
        on: moments(plan, &event.on),
        properties: event.form.properties.iter().map(|name| name.text.clone()).collect::<Vec<_>>().join(", "),
        owner: said(event.form.owner.as_ref()),
    });
    counted.collect()
}
