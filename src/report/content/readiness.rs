//! How ready each area is: a count of what is answered over what is there to be answered, with the rest by name. Never a score.

use std::collections::HashSet;

use super::areas::{Area, is_staff_work};
use super::words::about;
use crate::finding::Level;
use crate::lint::Verdict;
use crate::model::{Plan, Subject};

/// How ready an area is.
#[derive(Debug)]
pub struct Readiness {
    /// The area.
    pub area: Area,
    /// How many things of the plan it is about, and how many more that are missing.
    pub required: usize,
    /// How many of them have no error and no warning.
    pub answered: usize,
    /// The others, by name, in the order of the plan.
    pub open: Vec<String>,
}

/// All areas, in order.
pub(super) fn readiness(plan: &Plan, verdict: &Verdict) -> Vec<Readiness> {
    let open = || verdict.findings.iter().chain(&verdict.held_back).filter(|finding| finding.level >= Level::Warning);
    let area = |area: Area| {
        let mut things = things_of(plan, area);
        let known: HashSet<Subject> = things.iter().copied().collect();
        let mut lacking: Vec<Subject> = Vec::new();
        for finding in open().filter(|finding| Area::of(plan, finding) == area) {
            // Where the finding is about a thing of this area, it is that one which is open; else it is something that is missing.
            let subject = finding.subjects.iter().find(|subject| known.contains(subject)).copied().unwrap_or(finding.subject());
            if !lacking.contains(&subject) {
                lacking.push(subject);
            }
        }
        things.extend(lacking.iter().filter(|subject| !known.contains(subject)));
        let open: Vec<String> = things.iter().filter(|subject| lacking.contains(subject)).map(|subject| about(plan, *subject)).collect();
        Readiness { area, required: things.len(), answered: things.len() - open.len(), open }
    };
    Area::ALL.into_iter().map(area).collect()
}

/// The things of the plan that an area is about.
fn things_of(plan: &Plan, area: Area) -> Vec<Subject> {
    let takes_money = |kind: &str| matches!(kind, "pay" | "refund" | "subscribe");
    let states = || plan.entities.ids().flat_map(|entity| plan.states(entity).map(|(id, _)| Subject::State(id)));
    match area {
        Area::Path => plan.steps.ids().map(Subject::Step).collect(),
        Area::Backend => plan.actions.iter().filter(|(_, action)| !takes_money(action.kind())).map(|(id, _)| Subject::Action(id)).collect(),
        Area::Payment => plan.actions.iter().filter(|(_, action)| takes_money(action.kind())).map(|(id, _)| Subject::Action(id)).collect(),
        Area::Messages => plan.notifications.ids().map(Subject::Notification).collect(),
        Area::Staff => plan.steps.ids().map(Subject::Step).filter(|subject| is_staff_work(plan, *subject)).collect(),
        Area::States => states().collect(),
        Area::Roles => plan.roles.ids().map(Subject::Role).chain(plan.surfaces.ids().map(Subject::Surface)).collect(),
        Area::Later => plan.later.ids().map(Subject::Later).chain(plan.events.ids().map(Subject::Event)).collect(),
    }
}
