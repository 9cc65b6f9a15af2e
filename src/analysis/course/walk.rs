//! The walk of one entity through all steps, until nothing new comes up.
//!
//! A journey that is used as a step is walked once for each state in which it is entered, so that nobody comes out in a state that
//! belongs to another user of it. What follows a step follows each of its states alone, so the sets of states that are found are exactly
//! the states that are met on some way.

use std::collections::{HashMap, HashSet, VecDeque};

use super::super::path::{Hop, Path};
use super::bits::Held;
use super::fault::Fault;
use super::lens::Lens;
use super::origin::Origin;
use crate::model::{Cause, Id as _, JourneyId, Nature, StepId, WayId};

/// A walk; the steps of the plan, and once more those of a used journey for each state in which it is entered.
pub(super) struct Walk<'l, 'p> {
    lens: &'l Lens<'p>,
    rounds: Vec<Round>,
    entered: HashMap<(JourneyId, u64, u64), usize>,
    /// For each step of each round, what may be there.
    held: Vec<Held>,
    open: VecDeque<Visit>,
    /// For each arrival how it came about; kept only where ways are asked for, one state at a time.
    log: Option<Vec<Origin>>,
    /// What went wrong, with where it was met first.
    pub(super) faults: Vec<(Fault, Origin)>,
    known: HashSet<Fault>,
}

/// The steps of the plan, or of one use of a journey.
struct Round {
    first: usize,
    base: usize,
    journey: Option<JourneyId>,
    users: Vec<(usize, StepId, Option<usize>)>,
    /// The ends that were reached so far.
    ends: Vec<(StepId, Held, Option<usize>)>,
}

/// What is new at a step.
struct Visit {
    round: usize,
    step: StepId,
    held: Held,
    entry: Option<usize>,
}

impl<'l, 'p> Walk<'l, 'p> {
    /// Walks the whole plan; with ways where they are asked for.
    pub(super) fn new(lens: &'l Lens<'p>, with_ways: bool) -> Self {
        let root = Round { first: 0, base: 0, journey: None, users: Vec::new(), ends: Vec::new() };
        let held = vec![Held::default(); lens.plan.steps.len()];
        let log = with_ways.then(Vec::new);
        let mut walk = Self {
            lens,
            rounds: vec![root],
            entered: HashMap::new(),
            held,
            open: VecDeque::new(),
            log,
            faults: Vec::new(),
            known: HashSet::new(),
        };
        for step in lens.plan.steps.ids() {
            walk.arrive(0, step, lens.start(step), Origin::default());
        }
        while let Some(visit) = walk.open.pop_front() {
            walk.leave(&visit);
        }
        walk
    }

    /// What may be at each step of the plan, in whichever use.
    pub(super) fn met(&self) -> Vec<Held> {
        let mut met = self.held[..self.lens.plan.steps.len()].to_vec();
        for round in &self.rounds[1..] {
            let steps = round.journey.map_or(0, |journey| self.lens.plan.journeys[journey].steps.len());
            for local in 0..steps {
                met[round.first + local] = met[round.first + local] | self.held[round.base + local];
            }
        }
        met
    }

    fn arrive(&mut self, round: usize, step: StepId, held: Held, origin: Origin) {
        if held.is_empty() {
            return;
        }
        let origin = Origin { step: Some(step), ..origin };
        let mut faults = Vec::new();
        let held = self.lens.arrive(step, held, &mut faults);
        self.note(faults, origin);
        let at = self.rounds[round].base + step.index() - self.rounds[round].first;
        let new = held.without(self.held[at]);
        if new.is_empty() {
            return;
        }
        self.held[at] = self.held[at] | new;
        match &mut self.log {
            None => self.open.push_back(Visit { round, step, held: new, entry: None }),
            Some(log) => {
                for held in new.each() {
                    self.open.push_back(Visit { round, step, held, entry: Some(log.len()) });
                    log.push(origin);
                }
            }
        }
    }

    fn leave(&mut self, visit: &Visit) {
        let plan = self.lens.plan;
        let used = match plan.steps[visit.step].nature {
            Nature::Journey(Some(used)) => plan.journeys[used].first.map(|first| (used, first)),
            _ => None,
        };
        let before = Origin { before: visit.entry, ..Origin::default() };
        if let Some((used, first)) = used {
            for held in visit.held.each() {
                self.enter(visit, used, first, held);
            }
        }
        for (id, way) in plan.ways_from(visit.step) {
            let comes_back = used.is_some() && matches!(way.cause, Cause::End(_) | Cause::Next);
            if !comes_back {
                self.take(visit.round, id, visit.held, Origin { hop: Some(Hop::Way(id)), ..before });
            }
        }
        if plan.steps[visit.step].end.is_some() && self.rounds[visit.round].journey.is_some() {
            self.rounds[visit.round].ends.push((visit.step, visit.held, visit.entry));
            for index in 0..self.rounds[visit.round].users.len() {
                let caller = self.rounds[visit.round].users[index];
                self.come_back(caller, visit.step, visit.held, visit.entry);
            }
        }
    }

    fn take(&mut self, round: usize, id: WayId, held: Held, origin: Origin) {
        let plan = self.lens.plan;
        let way = plan.way(id);
        let mut faults = Vec::new();
        let held = self.lens.cross(way, held, &mut faults);
        self.note(faults, Origin { step: Some(way.from), ..origin });
        // Whoever goes to another journey leaves the one that was used as a step.
        let stays = plan.steps[way.from].journey == plan.steps[way.to].journey;
        self.arrive(if stays { round } else { 0 }, way.to, held, origin);
    }

    /// Into the journey that a step uses, in one state.
    fn enter(&mut self, visit: &Visit, used: JourneyId, first: StepId, held: Held) {
        let plan = self.lens.plan;
        let length = plan.journeys[used].steps.len();
        let round = *self.entered.entry((used, held.sure.0, held.maybe.0)).or_insert_with(|| {
            let base = self.held.len();
            self.held.extend(std::iter::repeat_n(Held::default(), length));
            self.rounds.push(Round { first: first.index(), base, journey: Some(used), users: Vec::new(), ends: Vec::new() });
            self.rounds.len() - 1
        });
        let caller = (visit.round, visit.step, visit.entry);
        self.rounds[round].users.push(caller);
        for index in 0..self.rounds[round].ends.len() {
            let (end, held, entry) = self.rounds[round].ends[index];
            self.come_back(caller, end, held, entry);
        }
        self.arrive(round, first, held, Origin { before: visit.entry, hop: Some(Hop::Into(visit.step)), ..Origin::default() });
    }

    /// Back to the step that used a journey, from one of its ends.
    fn come_back(&mut self, caller: (usize, StepId, Option<usize>), end: StepId, held: Held, entry: Option<usize>) {
        let plan = self.lens.plan;
        let Some(end) = &plan.steps[end].end else { return };
        let (round, step, user) = caller;
        for (id, way) in plan.ways_from(step) {
            let fits = match &way.cause {
                Cause::End(name) => *name == end.name.text,
                Cause::Next => true,
                _ => false,
            };
            if fits {
                self.take(round, id, held, Origin { before: entry, user, hop: Some(Hop::Way(id)), step: None });
            }
        }
    }

    /// The way on which something went wrong: up to the step where it did, or over the way that did it.
    pub(super) fn path(&self, fault: &Fault, origin: &Origin) -> Path {
        // What an action needs is asked on the step, before the way is gone.
        let hop = origin.hop.filter(|_| !matches!(fault, Fault::Unmet { action: Some(_), .. }));
        Origin { hop, ..*origin }.path(self.lens.plan, self.log.as_deref().unwrap_or_default())
    }

    fn note(&mut self, faults: Vec<Fault>, origin: Origin) {
        for fault in faults {
            if self.known.insert(fault) {
                self.faults.push((fault, origin));
            }
        }
    }
}
