//! The steps of one journey as a graph: enough for a policy that speaks of its steps and ways alone, and made once for all of them.
//!
//! Calls of other journeys and returns from them are matched. What things are in is left out: a guard may forbid a way that is found here.

use std::collections::{HashMap, HashSet};

use super::graph::{Edge, Graph};
use super::watched::Watched;
use crate::analysis::course::run_of;
use crate::analysis::world::{Event, Run, Who, doors};
use crate::model::{ActionId, Cause, EntityId, Guard, How, Id as _, JourneyId, Nature, OutcomeId, Plan, Start, StepId, Way, WayId};
use crate::spec::Class;

/// The ways of a journey's own people.
#[derive(Debug)]
pub(super) struct Plain {
    journey: JourneyId,
    places: Vec<(Vec<StepId>, StepId)>,
    hops: Vec<Hop>,
    starts: usize,
    met: HashSet<StepId>,
    /// The places from which every way on is guarded.
    may_stop: Vec<bool>,
}

#[derive(Clone, Copy, Debug)]
struct Hop {
    from: usize,
    to: usize,
    outcome: Option<OutcomeId>,
    event: Event,
    is_lasting: bool,
}

/// How deep journeys may use journeys; what lies deeper is passed by.
const DEEPEST: usize = 8;

impl Plain {
    /// The journey's ways. The first place is nowhere.
    pub(super) fn new(plan: &Plan, journey: JourneyId) -> Self {
        let of = &plan.journeys[journey];
        let mut maker = Maker { plan, places: Vec::new(), known: HashMap::new(), hops: Vec::new() };
        let mut starts = doors(plan, journey);
        let is_told = |step: &StepId| {
            let at = &plan.steps[*step];
            at.role == of.role && !at.starts_by_itself() && at.starts.iter().any(|start| matches!(start, Start::Notification(_)))
        };
        starts.extend(of.steps.iter().copied().filter(is_told));
        if starts.is_empty() {
            starts.extend(of.first);
        }
        for start in starts {
            maker.place(Vec::new(), start);
        }
        let starts = maker.places.len();
        let mut next = 0;
        while next < maker.places.len() {
            maker.leave(next);
            next += 1;
        }
        let met = maker.places.iter().map(|(_, step)| *step).collect();
        let mut may_stop = vec![true; maker.places.len()];
        for hop in &maker.hops {
            may_stop[hop.from] &= !guards(plan, hop).is_empty();
        }
        Self { journey, places: maker.places, hops: maker.hops, starts, met, may_stop }
    }

    /// The entities that decide over these ways.
    pub(super) fn guards(&self, plan: &Plan) -> Vec<EntityId> {
        let mut found: Vec<EntityId> = self.hops.iter().flat_map(|hop| guards(plan, hop)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether a step is on these ways.
    pub(super) fn meets(&self, step: StepId) -> bool {
        self.met.contains(&step)
    }

    /// The graph with what a policy watches for.
    pub(super) fn graph(&self, steps: &[(StepId, u8)], outcomes: &[(OutcomeId, u8)]) -> Graph {
        let bits = |all: &mut HashMap<StepId, u8>| steps.iter().for_each(|(step, bit)| *all.entry(*step).or_default() |= bit);
        let (mut of_step, mut of_outcome) = (HashMap::new(), HashMap::<OutcomeId, u8>::new());
        bits(&mut of_step);
        for (outcome, bit) in outcomes {
            *of_outcome.entry(*outcome).or_default() |= bit;
        }
        let seen = |to: usize, outcome: Option<OutcomeId>| {
            of_step.get(&self.places[to].1).copied().unwrap_or(0) | outcome.and_then(|it| of_outcome.get(&it).copied()).unwrap_or(0)
        };
        // Nowhere comes after all places, and its edges after all hops.
        let nowhere = self.places.len();
        let edge = |from, to, seen, is_lasting, name| {
            let number = |index| u32::try_from(index).unwrap_or(u32::MAX);
            Edge { from: number(from), to: number(to), seen, actor: 0, is_free: false, is_lasting, name: number(name) }
        };
        let hops = self.hops.iter().enumerate().map(|(name, hop)| edge(hop.from, hop.to, seen(hop.to, hop.outcome), hop.is_lasting, name));
        let begins = (0..self.starts).map(|to| edge(nowhere, to, seen(to, None), true, self.hops.len() + to));
        let edges = hops.chain(begins).collect();
        let mut graph = Graph::new(nowhere + 1, vec![u32::try_from(nowhere).unwrap_or(u32::MAX)], edges, vec![false], true);
        graph.may_stop.clone_from(&self.may_stop);
        graph
    }

    /// A way over edges of the graph, by their names.
    pub(super) fn run(&self, names: impl Iterator<Item = u32>) -> Run {
        let event = |name: u32| match self.hops.get(name as usize) {
            Some(hop) => hop.event,
            None => Event::Begins(self.places[name as usize - self.hops.len()].1),
        };
        Run { events: names.map(|name| (Some(Who::Journey(self.journey)), event(name))).collect() }
    }
}

/// Whether steps alone tell all that is watched for: the steps are on these ways and on no others, and nothing else has to do with what
/// the actions come to.
pub(super) fn is_enough(plan: &Plan, ways: &Plain, others: &dyn Fn(StepId) -> bool, watched: &Watched) -> bool {
    let Some(steps) = watched.steps() else { return false };
    let is_here = |step: StepId| ways.meets(step) && !others(step);
    let is_simple = |outcome: OutcomeId| {
        let (action, of) = (&plan.actions[outcome.action], plan.outcome(outcome));
        let is_run_here = action.runs.iter().all(|(step, run)| matches!(run.how, How::Backend | How::Choice(_)) && is_here(*step));
        is_run_here && !action.answers_later() && action.checked_by.is_empty() && of.sets.is_empty() && of.when.is_empty()
    };
    steps.iter().all(|(step, _)| is_here(*step) || !ways.meets(*step) && !others(*step))
        && watched.outcomes(plan).iter().all(|(outcome, _)| is_simple(*outcome))
}

struct Maker<'p> {
    plan: &'p Plan,
    places: Vec<(Vec<StepId>, StepId)>,
    known: HashMap<(Vec<StepId>, StepId), usize>,
    hops: Vec<Hop>,
}

impl Maker<'_> {
    fn place(&mut self, users: Vec<StepId>, step: StepId) -> usize {
        if let Some(known) = self.known.get(&(users.clone(), step)) {
            return *known;
        }
        self.places.push((users.clone(), step));
        self.known.insert((users, step), self.places.len() - 1);
        self.places.len() - 1
    }

    fn hop(&mut self, from: usize, users: Vec<StepId>, to: StepId, outcome: Option<OutcomeId>, event: Event) {
        let to = self.place(users, to);
        let is_lasting = !matches!(event, Event::Way(way) if self.plan.way(way).times.is_some());
        self.hops.push(Hop { from, to, outcome, event, is_lasting });
    }

    fn leave(&mut self, from: usize) {
        let plan = self.plan;
        let (users, step) = self.places[from].clone();
        let at = &plan.steps[step];
        let used = match at.nature {
            Nature::Journey(Some(used)) => {
                let is_inside = users.iter().any(|user| plan.steps[*user].journey == used) || at.journey == used;
                (!is_inside && users.len() < DEEPEST).then(|| plan.journeys[used].first).flatten()
            }
            _ => None,
        };
        if let Some(first) = used {
            self.hop(from, [&users[..], &[step]].concat(), first, None, Event::Into(step));
        }
        for (id, way) in plan.ways_from(step) {
            let is_return = matches!(way.cause, Cause::End(_)) || (way.cause == Cause::Next && used.is_some());
            if !is_return {
                self.go(from, &users, id, way);
            }
        }
        if let (Some((user, outer)), Some(end)) = (users.split_last(), &at.end) {
            for (id, way) in plan.ways_from(*user) {
                if matches!(&way.cause, Cause::End(name) if *name == end.name.text) || way.cause == Cause::Next {
                    self.go(from, outer, id, way);
                }
            }
        }
    }

    /// Goes over a way, once for each outcome that may lead over it. Whoever goes to another journey leaves the one that was used.
    fn go(&mut self, from: usize, users: &[StepId], id: WayId, way: &Way) {
        let stays = self.plan.steps[way.from].journey == self.plan.steps[way.to].journey;
        for outcome in self.outcomes(way) {
            let users = if stays { users.to_vec() } else { Vec::new() };
            self.hop(from, users, way.to, outcome, Event::Way(id));
        }
    }

    fn outcomes(&self, way: &Way) -> Vec<Option<OutcomeId>> {
        let at = &self.plan.steps[way.from];
        let run = run_of(at, way);
        match &way.cause {
            Cause::Outcome(outcome) => vec![run.filter(|run| run.action == outcome.action && run.how != How::Wait).map(|_| *outcome)],
            Cause::Next | Cause::Choice(_) | Cause::ScreenState(_) => {
                let open = run.into_iter().flat_map(|run| {
                    let open = self.plan.outcomes(run.action).map(|(id, _)| id).filter(|id| !run.answered.contains(&id.index));
                    open.map(Some).collect::<Vec<_>>()
                });
                let open: Vec<_> = open.collect();
                if open.is_empty() { vec![None] } else { open }
            }
            Cause::Exhausted => {
                let siblings = self.plan.ways_from(way.from).map(|(_, other)| other);
                let tried = siblings.filter(|other| other.times.is_some() && other.cause != Cause::Exhausted && other.choice == way.choice);
                tried.flat_map(|other| self.outcomes(other)).collect()
            }
            Cause::State(_) | Cause::Timeout | Cause::Value(_) | Cause::End(_) => vec![None],
        }
    }
}

/// The entities that decide whether a hop is possible.
fn guards(plan: &Plan, hop: &Hop) -> Vec<EntityId> {
    let Event::Way(way) = hop.event else { return Vec::new() };
    let way = plan.way(way);
    let of = |guard: &Guard| guard.terms.iter().map(|term| term.entity).collect::<Vec<_>>();
    let state = if let Cause::State(state) = way.cause { vec![state.entity] } else { Vec::new() };
    let outcome = hop.outcome.map_or_else(Vec::new, |outcome| {
        let set = plan.outcome(outcome).sets.iter().map(|state| state.entity).collect();
        [set, of(&plan.outcome(outcome).when), of(&plan.actions[outcome.action].needs), to_be_asked(plan, outcome.action)].concat()
    });
    [of(&way.when), state, outcome].concat()
}

/// The entities that decide whether something that answers later is asked at all: nobody asks for what could not succeed as things are.
fn to_be_asked(plan: &Plan, action: ActionId) -> Vec<EntityId> {
    let good = plan.outcomes(action).filter(|(_, outcome)| outcome.class == Class::Success);
    let of_each = good.map(|(_, outcome)| {
        let guarding = outcome.when.terms.iter().map(|term| term.entity);
        outcome.sets.iter().map(|state| state.entity).chain(guarding).collect::<Vec<_>>()
    });
    let of_each: Vec<Vec<EntityId>> = of_each.collect();
    let is_decided = plan.actions[action].answers_later() && of_each.iter().all(|entities| !entities.is_empty());
    if is_decided { of_each.concat() } else { Vec::new() }
}

/// The steps that somebody else than a journey's own people may come to: those of other journeys' people, and of ways of their own.
pub(super) fn by_others(plan: &Plan, journey: JourneyId) -> Vec<bool> {
    let mut met = vec![false; plan.steps.len()];
    let of = &plan.journeys[journey];
    let is_other = |step: StepId| {
        let at = &plan.steps[step];
        !at.starts.is_empty() && (at.journey != journey || at.role != of.role || at.starts_by_itself())
    };
    let mut open: Vec<StepId> = plan.steps.ids().filter(|step| is_other(*step)).collect();
    let is_only_used = doors(plan, journey).is_empty();
    while let Some(step) = open.pop() {
        if !std::mem::replace(&mut met[step.index()], true) {
            open.extend(plan.ways_from(step).map(|(_, way)| way.to));
            if let Nature::Journey(Some(used)) = plan.steps[step].nature
                && !(is_only_used && used == journey)
            {
                open.extend(plan.journeys[used].first);
            }
        }
    }
    met
}
