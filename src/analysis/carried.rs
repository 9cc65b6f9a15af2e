//! How far people carry something that was taken on their way and that no thing tells of.

use std::collections::{HashMap, VecDeque};

use super::holds::ends;
use super::{Hop, Path, Reach};
use crate::model::{Cause, How, OutcomeId, Plan, StepId, Way, WayId};

/// The ends of ways that people reach with a resource which an outcome took, each with the way there from the step that took it.
/// Nothing where a job clears up: somebody sees to all that is left over.
pub fn carried_to_ends(plan: &Plan, reach: &Reach, taken: OutcomeId, resource: &str) -> Vec<(StepId, Path)> {
    let ends_it = |step: StepId| {
        let mut runs = plan.steps[step].runs.iter().filter(|run| run.how == How::Backend);
        runs.any(|run| plan.outcomes(run.action).any(|(outcome, _)| ends(plan, outcome, resource)))
    };
    if plan.steps.iter().any(|(id, step)| step.starts_by_itself() && ends_it(id)) {
        return Vec::new();
    }
    let drops = |way: &Way| match &way.cause {
        Cause::Outcome(outcome) => ends(plan, *outcome, resource),
        Cause::Next => ends_it(way.from),
        _ => false,
    };
    let mut over: HashMap<StepId, WayId> = HashMap::new();
    let mut queue: VecDeque<StepId> = VecDeque::new();
    let taking = plan.ways().filter(|(_, way)| way.cause == Cause::Outcome(taken) && reach.is_reachable(way.from));
    let mut open: Vec<WayId> = taking.map(|(id, _)| id).collect();
    let mut reached = Vec::new();
    loop {
        for id in open.drain(..) {
            let to = plan.way(id).to;
            over.entry(to).or_insert_with(|| {
                queue.push_back(to);
                id
            });
        }
        let Some(step) = queue.pop_front() else { break };
        if plan.steps[step].end.is_some() {
            reached.push(step);
        }
        let on = plan.ways_from(step).filter(|(_, way)| reach.is_live(plan, way) && !drops(way));
        open.extend(on.filter(|(_, way)| way.cause != Cause::Outcome(taken)).map(|(id, _)| id));
    }
    reached.into_iter().filter_map(|end| Some((end, path(plan, reach, &over, taken, end)?))).collect()
}

/// From an entrance to the step that takes it, and on to the end.
fn path(plan: &Plan, reach: &Reach, over: &HashMap<StepId, WayId>, taken: OutcomeId, end: StepId) -> Option<Path> {
    let mut hops = Vec::new();
    let mut at = end;
    loop {
        let way = plan.way(*over.get(&at)?);
        hops.push(Hop::Way(*over.get(&at)?));
        at = way.from;
        if way.cause == Cause::Outcome(taken) {
            break;
        }
    }
    hops.reverse();
    let mut whole = reach.path_to(plan, at)?;
    whole.hops.extend(hops);
    Some(whole)
}
