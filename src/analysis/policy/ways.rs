//! Which steps lead to which, over everybody's ways.

use crate::model::{Id as _, Nature, Plan, StepId};

/// Whether a way may begin at a step.
pub(super) fn begin(plan: &Plan, step: StepId) -> bool {
    !plan.steps[step].starts.is_empty()
}

/// Every step from which one comes to some steps; those are among them.
pub(super) fn leading_to(plan: &Plan, steps: &[StepId]) -> Vec<StepId> {
    spread(plan, steps.to_vec(), |step| {
        let of = plan.journey_of(step);
        let users = if of.first == Some(step) { of.used_by.clone() } else { Vec::new() };
        plan.ways_to(step).map(|(_, way)| way.from).chain(users).collect()
    })
}

/// Every step to which one comes from some steps; those are among them.
pub(super) fn spread_from(plan: &Plan, steps: Vec<StepId>) -> Vec<StepId> {
    spread(plan, steps, |step| {
        let used = match plan.steps[step].nature {
            Nature::Journey(Some(used)) => plan.journeys[used].first,
            _ => None,
        };
        plan.ways_from(step).map(|(_, way)| way.to).chain(used).collect()
    })
}

fn spread(plan: &Plan, mut open: Vec<StepId>, next: impl Fn(StepId) -> Vec<StepId>) -> Vec<StepId> {
    let mut met = vec![false; plan.steps.len()];
    while let Some(step) = open.pop() {
        if !std::mem::replace(&mut met[step.index()], true) {
            open.extend(next(step));
        }
    }
    plan.steps.ids().filter(|step| met[step.index()]).collect()
}
