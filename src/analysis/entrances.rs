//! Where people get into a journey.

use crate::model::{JourneyId, Plan, StepId};

/// The steps at which one can get into a journey, in the order of the file: those with an entrance of their own, those to which
/// another journey leads, and the first one where others use the journey as a step.
pub fn entrances(plan: &Plan, journey: JourneyId) -> Vec<StepId> {
    let of = &plan.journeys[journey];
    let is_used = |step: StepId| of.first == Some(step) && !of.used_by.is_empty();
    let comes_from_another = |step: StepId| plan.ways_to(step).any(|(_, way)| plan.steps[way.from].journey != journey);
    let is_entrance = |step: &StepId| !plan.steps[*step].starts.is_empty() || is_used(*step) || comes_from_another(*step);
    of.steps.iter().copied().filter(is_entrance).collect()
}

/// Whether a journey is there only for others to use as a step: nobody gets into it in another way.
pub fn is_only_used(plan: &Plan, journey: JourneyId) -> bool {
    let of = &plan.journeys[journey];
    !of.used_by.is_empty() && entrances(plan, journey).into_iter().all(|step| Some(step) == of.first && plan.steps[step].starts.is_empty())
}
