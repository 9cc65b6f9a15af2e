//! Groups of steps that hang together and that no way leads to.

use super::Reach;
use crate::model::{Id as _, Nature, Plan, StepId};

/// The steps that nobody can get to, one list for each group that hangs together, in the order of their first steps in the file.
pub fn islands(plan: &Plan, reach: &Reach) -> Vec<Vec<StepId>> {
    let mut is_open: Vec<bool> = plan.steps.ids().map(|step| !reach.is_reachable(step)).collect();
    let mut found = Vec::new();
    for first in plan.steps.ids() {
        let mut island = Vec::new();
        let mut queue = vec![first];
        while let Some(step) = queue.pop() {
            if std::mem::replace(&mut is_open[step.index()], false) {
                island.push(step);
                queue.extend(neighbours(plan, step).filter(|next| is_open[next.index()]));
            }
        }
        if !island.is_empty() {
            island.sort_unstable();
            found.push(island);
        }
    }
    found
}

/// The steps beside a step, whichever way the arrow points: over ways, and over the use of a journey.
fn neighbours(plan: &Plan, step: StepId) -> impl Iterator<Item = StepId> {
    let ways = plan.ways_from(step).map(|(_, way)| way.to).chain(plan.ways_to(step).map(|(_, way)| way.from));
    let inside = match plan.steps[step].nature {
        Nature::Journey(Some(used)) => plan.journeys[used].first,
        _ => None,
    };
    let journey = plan.journey_of(step);
    let users = if journey.first == Some(step) { &journey.used_by[..] } else { &[] };
    ways.chain(inside).chain(users.iter().copied())
}
