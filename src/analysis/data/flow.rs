//! What is known at each step, and after each use of a journey.

use std::collections::{BTreeSet, HashMap};

use super::super::news::timed;
use super::super::{Actor, Move, entered_at, moves};
use super::fields::{Fields, is_sent_over};
use super::gates::Gates;
use super::must::{Must, Own, Place};
use crate::model::{Cause, EntityId, How, Id as _, JourneyId, Moment, Moments, MoveBy, Nature, Plan, Start, StepId, Way, WayId};

/// What is known where.
#[derive(Debug)]
pub(super) struct Flow<'p> {
    pub(super) plan: &'p Plan,
    must: Must,
    /// At each step.
    steps: Vec<Place>,
    /// At each step of a journey that is used: what was gathered since the use began.
    inside: HashMap<StepId, Place>,
    /// Where a used journey ends under a name.
    ends: HashMap<(JourneyId, &'p str), Place>,
    /// What each step gathers.
    gathered: Vec<Own>,
    /// What ways and steps tell of things.
    over: Vec<Vec<Place>>,
    at: Vec<Vec<Place>>,
    /// How one gets in at a step: what is known then.
    starts: Vec<Vec<(Own, Vec<Place>)>>,
}

impl<'p> Flow<'p> {
    pub(super) fn new(plan: &'p Plan, fields: &Fields<'p>) -> Self {
        let mut must = Must::new(fields.names.len());
        let steps = plan.steps.ids().map(|_| must.place()).collect();
        let gathered = plan.steps.iter().map(|(_, step)| own(&mut must, fields.gathered(step))).collect();
        let mut gates = Gates::new(plan, &mut must);
        let over = plan.ways().map(|(_, way)| gates.over(&mut must, way)).collect();
        let at = plan.steps.ids().map(|step| gates.at(&mut must, step)).collect();
        let (inside, ends) = (HashMap::new(), HashMap::new());
        let mut flow = Self { plan, must, steps, inside, ends, gathered, over, at, starts: Vec::new() };
        flow.uses();
        flow.ways();
        flow.starts = flow.find_starts(fields, &mut gates);
        flow.things(&mut gates);
        for (step, starts) in plan.steps.ids().zip(flow.starts.clone()) {
            for (own, from) in starts {
                flow.arrive(step, flow.steps[step.index()], own, from);
            }
        }
        flow.must.settle();
        flow
    }

    /// Whether every way to a step has gathered a field.
    pub(super) fn is_known(&self, step: StepId, field: usize) -> bool {
        self.must.knows(self.steps[step.index()], field)
    }

    /// Whether somebody gets in at a step without a field.
    pub(super) fn begins_without(&self, step: StepId, field: usize) -> bool {
        let lacks = |(own, from): &(Own, Vec<Place>)| !self.must.has(*own, field) && !self.is_told(from, field);
        self.starts[step.index()].iter().any(lacks) && !self.is_told(&self.at[step.index()], field)
    }

    /// Whether a way can be taken without gathering a field.
    pub(super) fn goes_without(&self, id: WayId, field: usize) -> bool {
        let way = self.plan.way(id);
        let gathers = is_sent_over(self.plan, way) && self.must.has(self.gathered[way.from.index()], field);
        !gathers && !self.is_told(&self.over[id.index()], field) && !self.is_told(&self.at[way.to.index()], field)
    }

    /// Whether the journey that a step uses can be entered without a field.
    pub(super) fn enters_without(&self, step: StepId, first: StepId, field: usize) -> bool {
        !self.must.has(self.gathered[step.index()], field) && !self.is_told(&self.at[first.index()], field)
    }

    fn is_told(&self, places: &[Place], field: usize) -> bool {
        places.iter().any(|place| self.must.knows(*place, field))
    }

    fn arrive(&mut self, step: StepId, place: Place, own: Own, mut from: Vec<Place>) {
        from.extend(self.at[step.index()].iter().copied());
        self.must.cause(place, own, from);
    }

    /// The places inside of used journeys, and where they end.
    fn uses(&mut self) {
        let plan = self.plan;
        for (id, journey) in plan.journeys.iter().filter(|(_, journey)| !journey.used_by.is_empty()) {
            for step in &journey.steps {
                let place = self.must.place();
                self.inside.insert(*step, place);
                if let Some(end) = &plan.steps[*step].end {
                    let must = &mut self.must;
                    let ended = *self.ends.entry((id, end.name.text.as_str())).or_insert_with(|| must.place());
                    self.must.cause(ended, Own::NOTHING, vec![place]);
                }
            }
            if let Some(first) = journey.first {
                self.arrive(first, self.inside[&first], Own::NOTHING, Vec::new());
            }
            for user in &journey.used_by {
                if let Some(first) = journey.first {
                    self.arrive(first, self.steps[first.index()], self.gathered[user.index()], vec![self.steps[user.index()]]);
                }
            }
        }
    }

    fn ways(&mut self) {
        for (id, way) in self.plan.ways() {
            let own = if is_sent_over(self.plan, way) { self.gathered[way.from.index()] } else { Own::NOTHING };
            for ended in self.brought_back(way) {
                let over: Vec<Place> = self.over[id.index()].iter().copied().chain(ended).collect();
                let from = over.iter().copied().chain([self.steps[way.from.index()]]).collect();
                self.arrive(way.to, self.steps[way.to.index()], own, from);
                let stays = self.plan.steps[way.from].journey == self.plan.steps[way.to].journey;
                if let (Some(inside), Some(to), true) = (self.inside.get(&way.from), self.inside.get(&way.to).copied(), stays) {
                    let from = over.into_iter().chain([*inside]).collect();
                    self.arrive(way.to, to, own, from);
                }
            }
        }
    }

    /// The ends of a used journey with which one comes back over a way; for any other way one entry without an end.
    fn brought_back(&self, way: &Way) -> Vec<Option<Place>> {
        let Nature::Journey(Some(used)) = self.plan.steps[way.from].nature else { return vec![None] };
        match &way.cause {
            Cause::End(name) => self.ends.get(&(used, name.as_str())).map(|place| Some(*place)).into_iter().collect(),
            Cause::Next => {
                let ends = self.plan.journeys[used].steps.iter().filter_map(|step| self.plan.steps[*step].end.as_ref());
                let names: BTreeSet<&str> = ends.map(|end| end.name.text.as_str()).collect();
                names.into_iter().filter_map(|name| self.ends.get(&(used, name))).map(|place| Some(*place)).collect()
            }
            _ => vec![None],
        }
    }

    /// What is known of things: after each move of theirs.
    fn things(&mut self, gates: &mut Gates<'p>) {
        let plan = self.plan;
        for (id, action) in plan.actions.iter() {
            for (step, _) in action.runs.iter().filter(|(_, run)| matches!(run.how, How::Backend | How::Choice(_))) {
                self.must.cause(gates.ran(id), self.gathered[step.index()], vec![self.steps[step.index()]]);
            }
            for state in &action.checked_by {
                self.must.cause(gates.ran(id), Own::NOTHING, vec![gates.state(*state)]);
            }
        }
        for it in plan.entities.ids().flat_map(|entity| moves(plan, entity)) {
            let mut from: Vec<Place> = self.left(gates, &it).into_iter().collect();
            from.extend(match it.by {
                MoveBy::Outcome(outcome) => Some(gates.ran(outcome.action)),
                MoveBy::Timeout(state) | MoveBy::Reaction(state) => Some(gates.state(state)),
                MoveBy::Decision(step) => Some(self.steps[step.index()]),
                MoveBy::Sent(_) => None,
            });
            self.must.cause(gates.state(it.to), Own::NOTHING, from);
        }
    }

    /// What is known of a thing before a move; nothing where the move may create it.
    fn left(&mut self, gates: &mut Gates<'p>, it: &Move) -> Option<Place> {
        let indices: Option<Vec<usize>> = it.from.indices().collect();
        let states = self.plan.entities[it.to.entity].states.len();
        let indices: Vec<usize> = indices?.into_iter().filter(|index| *index < states).collect();
        Some(gates.any_of(&mut self.must, it.to.entity, indices))
    }

    fn find_starts(&mut self, fields: &Fields<'p>, gates: &mut Gates<'p>) -> Vec<Vec<(Own, Vec<Place>)>> {
        let plan = self.plan;
        let mut of_others: HashMap<Actor, Own> = HashMap::new();
        let mut starts = vec![Vec::new(); plan.steps.len()];
        for (id, step) in plan.steps.iter() {
            let actor = Actor::of(step);
            // What others have gathered is told to those who work with it; how, nobody needs to write down.
            let others = *of_others.entry(actor).or_insert_with(|| {
                let theirs = plan.steps.iter().filter(|(_, other)| Actor::of(other) != actor);
                own(&mut self.must, theirs.flat_map(|(_, other)| fields.gathered(other)).collect::<BTreeSet<_>>())
            });
            let outside = if step.role == plan.journey_of(id).role { Own::NOTHING } else { others };
            for start in &step.starts {
                match start {
                    Start::Outside | Start::First => starts[id.index()].push((outside, Vec::new())),
                    Start::Itself => starts[id.index()].extend(self.at_moments(gates, &step.when, others)),
                    Start::Notification(message) => {
                        starts[id.index()].extend(self.at_moments(gates, &plan.notifications[*message].when, others));
                    }
                    // Whoever is still in it has come by ways that are gone.
                    Start::Draining => {}
                }
            }
        }
        starts
    }

    /// What is known when something starts by itself.
    fn at_moments(&mut self, gates: &mut Gates<'p>, when: &Moments, others: Own) -> Vec<(Own, Vec<Place>)> {
        let plan = self.plan;
        let mut starts = Vec::new();
        for (moment, _) in &when.any {
            let mut from = gates.set(&mut self.must, &entered_at(plan, *moment));
            match moment {
                Moment::Outcome(outcome) => from.push(gates.ran(outcome.action)),
                Moment::Action(action) => from = vec![gates.ran(*action)],
                Moment::State(_) | Moment::Sent(..) => {}
            }
            starts.push((if from.is_empty() { others } else { Own::NOTHING }, from));
        }
        if when.any.is_empty() {
            let mut from = gates.guard(&mut self.must, &when.clock_in);
            let timed: Option<EntityId> = when.clock.as_ref().and_then(|clock| timed(plan, clock));
            from.extend(timed.map(|entity| gates.thing(&mut self.must, entity)));
            starts.push((if from.is_empty() { others } else { Own::NOTHING }, from));
        }
        starts
    }
}

fn own(must: &mut Must, fields: impl IntoIterator<Item = usize>) -> Own {
    let mut fields = fields.into_iter().peekable();
    if fields.peek().is_none() { Own::NOTHING } else { must.own(fields) }
}
