//! The shortest ways on which nothing gathers a field.
//!
//! A use of a journey is gone through once, from its first step to each of its ends; whoever comes back over one of them has come by the
//! step that used it. Places are met in the order of their distance, and a use is as long as the way to it and the way through it, so
//! the first way that is found to a place is a shortest one.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::super::{Hop, Path};
use super::flow::Flow;
use crate::model::{Cause, JourneyId, Nature, StepId, Way};

/// How many ways to one step are given.
const MOST: usize = 8;

/// Ways longer than this are not written down: uses of journeys in uses of journeys may double them again and again.
const LONGEST: usize = 10_000;

/// A step, in a use of its journey that began without what came before; or on the whole way.
type Spot = (bool, StepId);

/// How a spot was reached.
#[derive(Clone, Copy, Debug)]
struct Arrival {
    length: usize,
    /// The spot before, and the hop from there.
    before: Option<(Spot, Hop)>,
    /// On coming back from a use: the end inside of it.
    through: Option<StepId>,
}

/// The uses of a journey: how far away the first one began, the ends that were reached in it, and who waits for them.
#[derive(Debug, Default)]
struct Use {
    begins: usize,
    ends: Vec<StepId>,
    users: Vec<Spot>,
}

/// The shortest ways without a field.
#[derive(Debug)]
pub(super) struct Avoiding<'f, 'p> {
    flow: &'f Flow<'p>,
    field: usize,
    reached: HashMap<Spot, Arrival>,
    open: BinaryHeap<Reverse<(usize, usize, Spot)>>,
    waiting: HashMap<Spot, Arrival>,
    /// Used journeys that were entered.
    uses: HashMap<JourneyId, Use>,
    count: usize,
}

impl<'f, 'p> Avoiding<'f, 'p> {
    pub(super) fn new(flow: &'f Flow<'p>, field: usize) -> Self {
        let mut avoiding =
            Self { flow, field, reached: HashMap::new(), open: BinaryHeap::new(), waiting: HashMap::new(), uses: HashMap::new(), count: 0 };
        for step in flow.plan.steps.ids().filter(|step| flow.begins_without(*step, field)) {
            avoiding.meet((false, step), Arrival { length: 0, before: None, through: None });
        }
        while let Some(Reverse((length, _, spot))) = avoiding.open.pop() {
            if avoiding.reached.contains_key(&spot) {
                continue;
            }
            if let Some(arrival) = avoiding.waiting.get(&spot).filter(|arrival| arrival.length == length) {
                avoiding.reached.insert(spot, *arrival);
                avoiding.leave(spot, length);
            }
        }
        avoiding
    }

    /// The shortest ways to a step, one for each last hop. None where even the shortest one is too long to be read.
    pub(super) fn paths_to(&self, step: StepId) -> Vec<Path> {
        let plan = self.flow.plan;
        let Some(shortest) = self.reached.get(&(false, step)).filter(|arrival| arrival.length <= LONGEST) else { return Vec::new() };
        let mut arrivals = vec![*shortest];
        for (id, way) in plan.ways_to(step).filter(|(id, _)| self.flow.goes_without(*id, self.field)) {
            let Some(from) = self.reached.get(&(false, way.from)) else { continue };
            let before = Some(((false, way.from), Hop::Way(id)));
            match self.ends_for(way) {
                None => arrivals.push(Arrival { length: from.length + 1, before, through: None }),
                Some(ends) => arrivals.extend(ends.into_iter().map(|end| Arrival {
                    length: self.length_through(from.length, end),
                    before,
                    through: Some(end),
                })),
            }
        }
        arrivals[1..].sort_by_key(|arrival| arrival.length);
        arrivals.retain(|arrival| arrival.length <= LONGEST);
        arrivals.truncate(MOST);
        let mut paths: Vec<Path> = Vec::new();
        for path in arrivals.iter().map(|arrival| self.path(step, arrival)) {
            if paths.iter().all(|known| known.hops != path.hops) {
                paths.push(path);
            }
        }
        paths
    }

    fn meet(&mut self, spot: Spot, arrival: Arrival) {
        let is_nearer = self.waiting.get(&spot).is_none_or(|known| arrival.length < known.length);
        if is_nearer && !self.reached.contains_key(&spot) {
            self.waiting.insert(spot, arrival);
            self.count += 1;
            self.open.push(Reverse((arrival.length, self.count, spot)));
        }
    }

    fn leave(&mut self, spot: Spot, length: usize) {
        let plan = self.flow.plan;
        let (is_inside, step) = spot;
        let journey = plan.steps[step].journey;
        if let Nature::Journey(Some(used)) = plan.steps[step].nature
            && let Some(first) = plan.journeys[used].first
            && self.flow.enters_without(step, first, self.field)
        {
            self.enter(spot, length, used, first);
        }
        if is_inside && plan.steps[step].end.is_some() {
            let entered = self.uses.entry(journey).or_default();
            entered.ends.push(step);
            for user in entered.users.clone() {
                self.come_back(user, step);
            }
        }
        for (id, way) in plan.ways_from(step) {
            let stays = plan.steps[way.to].journey == journey;
            let may_go = (stays || !is_inside) && self.ends_for(way).is_none();
            if may_go && self.flow.goes_without(id, self.field) {
                self.meet((is_inside, way.to), Arrival { length: length + 1, before: Some((spot, Hop::Way(id))), through: None });
            }
        }
    }

    /// Into the journey that a step uses: on the whole way, and, once for all who use it, up to its ends.
    fn enter(&mut self, spot: Spot, length: usize, used: JourneyId, first: StepId) {
        if !spot.0 {
            self.meet((false, first), Arrival { length: length + 1, before: Some((spot, Hop::Into(spot.1))), through: None });
        }
        let entered = self.uses.entry(used).or_insert_with(|| Use { begins: length, ..Use::default() });
        entered.users.push(spot);
        for end in entered.ends.clone() {
            self.come_back(spot, end);
        }
        let begins = self.uses[&used].begins;
        self.meet((true, first), Arrival { length: begins, before: None, through: None });
    }

    /// Back to the step that used a journey, from one of its ends.
    fn come_back(&mut self, user: Spot, end: StepId) {
        let plan = self.flow.plan;
        let (is_inside, step) = user;
        let length = self.length_through(self.reached[&user].length, end);
        for (id, way) in plan.ways_from(step) {
            let stays = plan.steps[way.to].journey == plan.steps[step].journey;
            let fits = self.ends_for(way).is_some_and(|ends| ends.contains(&end));
            if fits && (stays || !is_inside) && self.flow.goes_without(id, self.field) {
                self.meet((is_inside, way.to), Arrival { length, before: Some((user, Hop::Way(id))), through: Some(end) });
            }
        }
    }

    /// How far it is over a use that begins somewhere and comes back from an end.
    fn length_through(&self, from: usize, end: StepId) -> usize {
        let begins = self.uses.get(&self.flow.plan.steps[end].journey).map_or(0, |entered| entered.begins);
        let through = self.reached.get(&(true, end)).map_or(0, |arrival| arrival.length.saturating_sub(begins));
        from.saturating_add(through).saturating_add(2)
    }

    /// The ends that were reached in the used journey and with which one comes back over a way; nothing for any other way.
    fn ends_for(&self, way: &Way) -> Option<Vec<StepId>> {
        let plan = self.flow.plan;
        let Nature::Journey(Some(used)) = plan.steps[way.from].nature else { return None };
        let ends = self.uses.get(&used).map_or(&[][..], |entered| &entered.ends);
        match &way.cause {
            Cause::End(name) => {
                let is_it = |end: &&StepId| plan.steps[**end].end.as_ref().is_some_and(|end| end.name.text == *name);
                Some(ends.iter().filter(is_it).copied().collect())
            }
            Cause::Next => Some(ends.to_vec()),
            _ => None,
        }
    }

    fn path(&self, step: StepId, arrival: &Arrival) -> Path {
        let mut hops = Vec::new();
        let mut open: Vec<Result<Spot, Hop>> = Vec::new();
        let mut at = Some(*arrival);
        loop {
            if let Some(Arrival { before: Some((spot, hop)), through, .. }) = at {
                hops.push(hop);
                open.push(Ok(spot));
                if let Some(end) = through {
                    open.push(Err(Hop::Into(spot.1)));
                    open.push(Ok((true, end)));
                }
            }
            at = match open.pop() {
                Some(Ok(spot)) => self.reached.get(&spot).copied(),
                Some(Err(hop)) => {
                    hops.push(hop);
                    None
                }
                None => break,
            };
        }
        hops.reverse();
        let start = hops.first().map_or(step, |hop| hop.from(self.flow.plan));
        Path { start, hops }
    }
}
