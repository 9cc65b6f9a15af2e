//! Walking on from some steps over chosen ways.

use super::Reach;
use crate::model::{Id as _, Plan, StepId, Way};

/// For each step of the plan, whether one gets there from some steps over ways that may be taken; the steps themselves are there.
///
/// A journey that is used on the way counts for the ends with which it comes back: its inside is passed over.
pub fn walk(plan: &Plan, reach: &Reach, starts: impl IntoIterator<Item = StepId>, may_take: impl Fn(&Way) -> bool) -> Vec<bool> {
    let mut seen = vec![false; plan.steps.len()];
    let mut open: Vec<StepId> = starts.into_iter().collect();
    while let Some(step) = open.pop() {
        if std::mem::replace(&mut seen[step.index()], true) {
            continue;
        }
        let ways = plan.ways_from(step).map(|(_, way)| way);
        open.extend(ways.filter(|way| reach.is_live(plan, way) && may_take(way)).map(|way| way.to));
    }
    seen
}

/// For each step of the plan, whether one gets from there to some steps over ways that can be taken: [`walk`] the other way round.
pub fn walk_back(plan: &Plan, reach: &Reach, goals: impl IntoIterator<Item = StepId>) -> Vec<bool> {
    let mut seen = vec![false; plan.steps.len()];
    let mut open: Vec<StepId> = goals.into_iter().collect();
    while let Some(step) = open.pop() {
        if !std::mem::replace(&mut seen[step.index()], true) {
            open.extend(plan.ways_to(step).map(|(_, way)| way).filter(|way| reach.is_live(plan, way)).map(|way| way.from));
        }
    }
    seen
}
