//! Which steps can be reached, from where, and which can still reach an end.
//!
//! A journey that is used as a step is walked once: what counts for its user is with which ends it can come back. Calls and
//! returns are matched in this way, so no way leads in at one place and out at another.

use std::collections::{HashSet, VecDeque};

use super::path::{Hop, Path};
use crate::model::{Cause, JourneyId, Nature, Plan, StepId, Way};

/// What can be reached in a plan, guards left aside.
#[derive(Debug)]
pub struct Reach {
    /// For each journey, the names of the ends that a use of it can come back with.
    returns: Vec<HashSet<String>>,
    /// For each step: how it was reached first, on a shortest way.
    reached: Vec<Option<Arrival>>,
    /// For each step: whether an end can be reached from it.
    finishing: Vec<bool>,
}

/// How a step was reached.
#[derive(Clone, Copy, Debug)]
struct Arrival {
    /// The last hop; nothing where the step is an entrance.
    over: Option<Hop>,
    /// How many hops there were.
    distance: usize,
}

impl Reach {
    /// Walks the whole plan once, forwards and backwards.
    pub fn new(plan: &Plan) -> Self {
        let mut reach = Self {
            returns: vec![HashSet::new(); plan.journeys.len()],
            reached: vec![None; plan.steps.len()],
            finishing: vec![false; plan.steps.len()],
        };
        reach.find_returns(plan);
        reach.walk_forwards(plan);
        reach.walk_backwards(plan);
        reach
    }

    /// Whether somebody can get to the step.
    pub fn is_reachable(&self, step: StepId) -> bool {
        self.reached[index(step)].is_some()
    }

    /// How many hops the step is away from the nearest entrance; nothing when it cannot be reached.
    pub fn distance(&self, step: StepId) -> Option<usize> {
        self.reached[index(step)].map(|arrival| arrival.distance)
    }

    /// Whether an end can be reached from the step.
    pub fn can_finish(&self, step: StepId) -> bool {
        self.finishing[index(step)]
    }

    /// The names of the ends with which a use of a journey can come back.
    pub fn returns(&self, journey: JourneyId) -> &HashSet<String> {
        &self.returns[index(journey)]
    }

    /// The shortest way from an entrance to a step; nothing when it cannot be reached.
    pub fn path_to(&self, plan: &Plan, step: StepId) -> Option<Path> {
        let mut hops = Vec::new();
        let mut at = step;
        while let Some(hop) = self.reached[index(at)]?.over {
            hops.push(hop);
            at = hop.from(plan);
        }
        hops.reverse();
        Some(Path { start: at, hops })
    }

    /// Whether a way can be taken: a return only with an end that the used journey can reach.
    pub fn is_live(&self, plan: &Plan, way: &Way) -> bool {
        let Nature::Journey(Some(used)) = plan.steps[way.from].nature else { return true };
        match &way.cause {
            Cause::End(name) => self.returns[index(used)].contains(name),
            Cause::Next => !self.returns[index(used)].is_empty(),
            _ => true,
        }
    }

    /// What follows a step: its live ways, and the beginning of the journey that it uses.
    pub fn successors<'p>(&'p self, plan: &'p Plan, step: StepId) -> impl Iterator<Item = (Hop, StepId)> + 'p {
        let ways = plan.ways_from(step).filter(|(_, way)| self.is_live(plan, way)).map(|(id, way)| (Hop::Way(id), way.to));
        let call = called(plan, step).map(|first| (Hop::Into(step), first));
        ways.chain(call)
    }

    /// Whether a success of the journey's own role can be reached from its entrances.
    pub fn steps_from(&self, plan: &Plan, starts: &[StepId]) -> Vec<bool> {
        let mut seen = vec![false; plan.steps.len()];
        let mut queue: VecDeque<StepId> = starts.iter().copied().collect();
        for start in starts {
            seen[index(*start)] = true;
        }
        while let Some(step) = queue.pop_front() {
            for (_, to) in self.successors(plan, step) {
                if !std::mem::replace(&mut seen[index(to)], true) {
                    queue.push_back(to);
                }
            }
        }
        seen
    }

    /// Grows the sets of ends until nothing is added: a journey may use another, which uses a third.
    fn find_returns(&mut self, plan: &Plan) {
        let used: Vec<JourneyId> = plan.journeys.iter().filter(|(_, journey)| !journey.used_by.is_empty()).map(|(id, _)| id).collect();
        loop {
            let mut grew = false;
            for journey in &used {
                let ends = self.ends_within(plan, *journey);
                if ends.len() > self.returns[index(*journey)].len() {
                    self.returns[index(*journey)] = ends;
                    grew = true;
                }
            }
            if !grew {
                return;
            }
        }
    }

    /// The ends that can be reached from the first step without leaving the journey.
    fn ends_within(&self, plan: &Plan, journey: JourneyId) -> HashSet<String> {
        let mut ends = HashSet::new();
        let mut seen = HashSet::new();
        let mut open: Vec<StepId> = plan.journeys[journey].first.into_iter().collect();
        while let Some(step) = open.pop() {
            if !seen.insert(step) {
                continue;
            }
            ends.extend(plan.steps[step].end.as_ref().map(|end| end.name.text.clone()));
            let ways = plan.ways_from(step).filter(|(_, way)| self.is_live(plan, way)).map(|(_, way)| way.to);
            open.extend(ways.filter(|to| plan.steps[*to].journey == journey));
        }
        ends
    }

    fn walk_forwards(&mut self, plan: &Plan) {
        let mut queue = VecDeque::new();
        for (id, step) in plan.steps.iter() {
            if !step.starts.is_empty() {
                self.reached[index(id)] = Some(Arrival { over: None, distance: 0 });
                queue.push_back((id, 0));
            }
        }
        while let Some((step, distance)) = queue.pop_front() {
            let next: Vec<_> = self.successors(plan, step).collect();
            for (hop, to) in next {
                if self.reached[index(to)].is_none() {
                    self.reached[index(to)] = Some(Arrival { over: Some(hop), distance: distance + 1 });
                    queue.push_back((to, distance + 1));
                }
            }
        }
    }

    fn walk_backwards(&mut self, plan: &Plan) {
        let mut open: Vec<StepId> = plan.steps.iter().filter(|(_, step)| step.end.is_some()).map(|(id, _)| id).collect();
        for step in &open {
            self.finishing[index(*step)] = true;
        }
        while let Some(step) = open.pop() {
            for (_, way) in plan.ways_to(step) {
                if self.is_live(plan, way) && !std::mem::replace(&mut self.finishing[index(way.from)], true) {
                    open.push(way.from);
                }
            }
        }
    }
}

/// The first step of the journey that a step uses.
fn called(plan: &Plan, step: StepId) -> Option<StepId> {
    match plan.steps[step].nature {
        Nature::Journey(Some(used)) => plan.journeys[used].first,
        _ => None,
    }
}

fn index(id: impl crate::model::Id) -> usize {
    id.index()
}
