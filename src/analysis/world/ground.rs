//! Where in a plan something can happen to which thing, found out once for all worlds of a plan, so that a world need be made of those
//! places alone.
//!
//! People who may leave anywhere and come back are, wherever they cannot be told apart, nowhere: a step that they get to by themselves
//! without anything happening, or from which nothing more can happen, belongs to one class with that (see the reduction of positions).
//! A world that begins at the edge of what matters therefore does the same as one of the whole plan. Only the ways to tell of it are
//! shorter: where something is found, the whole one is asked for them.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::walker::{Entry, Who, doors, entries, opened};
use crate::analysis::course::changes::is_touched;
use crate::analysis::course::run_of;
use crate::analysis::moves::entered_at;
use crate::model::{ActionId, Cause, EntityId, How, Id as _, JourneyId, Moment, Moments, Nature, Plan, Start, StepId, Waits, Way};
use crate::spec::Deadline;

/// The most words of bits that are kept; a plan beyond that is looked at whole.
const MOST_WORDS: usize = 8_000_000;

/// What begins where, whatever is looked at.
#[derive(Debug)]
pub(super) struct Beginnings {
    pub(super) entries: Vec<Entry>,
    /// The walkers that begin when something happens, by their positions.
    pub(super) triggers: HashMap<Moment, Vec<usize>>,
    /// Where the people of each journey get in, of those that have doors.
    pub(super) doors: Vec<(JourneyId, Vec<StepId>)>,
}

impl Beginnings {
    pub(super) fn new(plan: &Plan) -> Self {
        let entries = entries(plan);
        let mut triggers: HashMap<Moment, Vec<usize>> = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            for moment in &entry.moments {
                triggers.entry(*moment).or_default().push(index);
            }
        }
        let doors = plan.journeys.ids().map(|journey| (journey, doors(plan, journey))).filter(|(_, doors)| !doors.is_empty());
        Self { entries, triggers, doors: doors.collect() }
    }
}

/// Where in a plan something can happen to which thing.
#[derive(Debug)]
pub struct Ground<'p> {
    pub(super) plan: &'p Plan,
    pub(super) beginnings: Beginnings,
    /// For each entity that is moved, its column of bits.
    columns: HashMap<EntityId, usize>,
    /// For each entity, the steps that may have to do with it.
    steps_of: HashMap<EntityId, Vec<StepId>>,
    /// For each entity, the actions that do something to it.
    actions_of: HashMap<EntityId, Vec<ActionId>>,
    /// For each entity, those whose timers and reactions set it.
    set_by: HashMap<EntityId, Vec<EntityId>>,
    /// For each step the row of what lies onward from it: itself, and all that follows.
    row: Vec<usize>,
    onward: Vec<u64>,
    words: usize,
    /// For each journey, where its people get in.
    ways_in: Vec<Vec<StepId>>,
    /// For each journey, what its people come to: by themselves without anything happening, and at all.
    come_to: Vec<OnceCell<Vec<(bool, bool)>>>,
}

impl<'p> Ground<'p> {
    /// Nothing for a plan that is too large for it.
    pub fn new(plan: &'p Plan) -> Option<Self> {
        let moved = plan.entities.iter().filter(|(_, entity)| entity.is_moved()).map(|(id, _)| id);
        let columns: HashMap<EntityId, usize> = moved.enumerate().map(|(column, id)| (id, column)).collect();
        let words = columns.len().div_ceil(64);
        if words.max(plan.journeys.len() / 8) * plan.steps.len() > MOST_WORDS {
            return None;
        }
        let beginnings = Beginnings::new(plan);
        let (mut actions_of, mut touched) = (HashMap::new(), vec![Vec::new(); plan.actions.len()]);
        for (id, concerned) in plan.actions.ids().map(|id| (id, of_action(plan, id))) {
            for entity in concerned.iter().copied().filter(|entity| is_touched(plan, *entity, id)) {
                actions_of.entry(entity).or_insert_with(Vec::new).push(id);
            }
            touched[id.index()] = concerned;
        }
        for (entity, by) in plan.entities.iter().flat_map(|(id, entity)| entity.states.iter().map(move |state| (id, state))) {
            for moment in &by.reacts_to {
                if let Moment::Outcome(crate::model::OutcomeId { action, .. }) | Moment::Action(action) = moment {
                    touched[action.index()].push(entity);
                }
            }
        }
        let mut ground = Self {
            plan,
            beginnings,
            columns,
            steps_of: HashMap::new(),
            actions_of,
            set_by: set_by(plan),
            row: Vec::new(),
            onward: Vec::new(),
            words,
            ways_in: Vec::new(),
            come_to: plan.journeys.ids().map(|_| OnceCell::new()).collect(),
        };
        let concerned: Vec<HashSet<EntityId>> = plan.steps.ids().map(|step| ground.of_step(step, &touched)).collect();
        ground.look_onward(&concerned);
        ground.ways_in = plan.journeys.ids().map(|journey| opened(plan, journey).map(|(step, _)| step).collect()).collect();
        for (journey, doors) in &ground.beginnings.doors {
            ground.ways_in[journey.index()].extend(doors);
        }
        let mut steps_of: HashMap<EntityId, Vec<StepId>> = HashMap::new();
        for step in plan.steps.ids() {
            // What begins with something that is done here matters here as well.
            let begun = ground.begun_at(step).flat_map(|entry| ground.entities_onward(entry));
            let all: HashSet<EntityId> = concerned[step.index()].iter().copied().chain(begun).collect();
            for entity in all {
                steps_of.entry(entity).or_default().push(step);
            }
        }
        ground.steps_of = steps_of;
        Some(ground)
    }

    /// The actions that do something to an entity.
    pub(super) fn actions_of(&self, entity: EntityId) -> &[ActionId] {
        self.actions_of.get(&entity).map_or(&[], Vec::as_slice)
    }

    /// The entities whose timers and reactions set another one.
    pub(super) fn setters_of(&self, entity: EntityId) -> &[EntityId] {
        self.set_by.get(&entity).map_or(&[], Vec::as_slice)
    }

    /// Everything that something on a step may have to do with.
    fn of_step(&self, step: StepId, of_actions: &[Vec<EntityId>]) -> HashSet<EntityId> {
        let plan = self.plan;
        let at = &plan.steps[step];
        let mut found: HashSet<EntityId> = at.follows.iter().copied().collect();
        found.extend(at.runs.iter().flat_map(|run| &of_actions[run.action.index()]));
        for (_, way) in plan.ways_from(step) {
            found.extend(way.when.terms.iter().map(|term| term.entity));
            match &way.cause {
                Cause::Outcome(outcome) => found.extend(&of_actions[outcome.action.index()]),
                Cause::State(state) => _ = found.insert(state.entity),
                _ => {}
            }
        }
        let decided = at.form.decide.iter().flat_map(|decide| decide.values.iter()).flat_map(|(_, sets)| sets.moves.iter());
        let within =
            at.form.within.iter().filter_map(|within| if let Deadline::Of(mention) = within { Some(&mention.owner) } else { None });
        let named: Vec<&String> = decided.map(|(name, _)| &name.text).chain(within).collect();
        if !named.is_empty() {
            let is_named = |id: &EntityId| named.contains(&&plan.entities[*id].name.text);
            found.extend(self.columns.keys().filter(|id| is_named(id)));
        }
        found.extend(self.of_moments(&at.when));
        for start in &at.starts {
            if let Start::Notification(message) = start {
                found.extend(self.of_moments(&plan.notifications[*message].when));
            }
        }
        found
    }

    fn of_moments(&self, when: &Moments) -> Vec<EntityId> {
        let states = when.any.iter().flat_map(|(moment, _)| entered_at(self.plan, *moment));
        states.map(|state| state.entity).chain(when.clock_in.terms.iter().map(|term| term.entity)).collect()
    }

    /// The steps that begin when something is done on a step.
    fn begun_at(&self, step: StepId) -> impl Iterator<Item = StepId> + '_ {
        let runs = self.plan.steps[step].runs.iter().map(|run| run.action);
        let moments = runs.flat_map(|action| {
            let outcomes = self.plan.outcomes(action).map(|(outcome, _)| Moment::Outcome(outcome));
            outcomes.chain([Moment::Action(action)])
        });
        moments.filter_map(|moment| self.beginnings.triggers.get(&moment)).flatten().map(|entry| self.beginnings.entries[*entry].step)
    }

    /// What lies onward from each step, rings first: whatever follows a ring has its row already.
    fn look_onward(&mut self, concerned: &[HashSet<EntityId>]) {
        let plan = self.plan;
        let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(plan.steps.len(), plan.graph().edge_count());
        for _ in plan.steps.ids() {
            graph.add_node(());
        }
        let node = |step: StepId| NodeIndex::new(step.index());
        for (id, step) in plan.steps.iter() {
            for (_, way) in plan.ways_from(id) {
                graph.add_edge(node(id), node(way.to), ());
            }
            if let Nature::Journey(Some(used)) = step.nature {
                if let Some(first) = plan.journeys[used].first {
                    graph.add_edge(node(id), node(first), ());
                }
            }
            if step.end.is_some() {
                for (_, way) in plan.journeys[step.journey].used_by.iter().flat_map(|user| plan.ways_from(*user)) {
                    graph.add_edge(node(id), node(way.to), ());
                }
            }
            for begun in self.begun_at(id) {
                graph.add_edge(node(id), node(begun), ());
            }
        }
        self.row = vec![0; plan.steps.len()];
        let rings = kosaraju_scc(&graph);
        self.onward = vec![0; rings.len() * self.words];
        for (index, ring) in rings.iter().enumerate() {
            ring.iter().for_each(|node| self.row[node.index()] = index);
            for step in ring {
                for column in concerned[step.index()].iter().filter_map(|entity| self.columns.get(entity)) {
                    self.onward[index * self.words + column / 64] |= 1 << (column % 64);
                }
                for next in graph.neighbors(*step).map(|next| self.row[next.index()]).filter(|next| *next != index) {
                    for word in 0..self.words {
                        self.onward[index * self.words + word] |= self.onward[next * self.words + word];
                    }
                }
            }
        }
    }

    fn entities_onward(&self, step: StepId) -> Vec<EntityId> {
        self.columns.iter().filter(|(_, column)| self.bit(step, **column)).map(|(entity, _)| *entity).collect()
    }

    fn bit(&self, step: StepId, column: usize) -> bool {
        self.onward[self.row[step.index()] * self.words + column / 64] >> (column % 64) & 1 == 1
    }

    /// Whether anything can still happen to one of these, from a step on.
    fn is_onward(&self, step: StepId, entities: &[EntityId]) -> bool {
        entities.iter().filter_map(|entity| self.columns.get(entity)).any(|column| self.bit(step, *column))
    }

    /// The place of some entities.
    pub(super) fn near(&'p self, entities: Vec<EntityId>) -> Near<'p> {
        let mut inside: HashSet<StepId> = HashSet::new();
        let mut open: Vec<StepId> = entities.iter().filter_map(|entity| self.steps_of.get(entity)).flatten().copied().collect();
        while let Some(step) = open.pop() {
            if !self.is_onward(step, &entities) || !inside.insert(step) {
                continue;
            }
            open.extend(self.plan.ways_from(step).map(|(_, way)| way.to));
            if let Nature::Journey(Some(used)) = self.plan.steps[step].nature {
                open.extend(self.plan.journeys[used].first);
            }
            if self.plan.steps[step].end.is_some() {
                let users = self.plan.journeys[self.plan.steps[step].journey].used_by.iter();
                open.extend(users.flat_map(|user| self.plan.ways_from(*user)).map(|(_, way)| way.to));
            }
        }
        let mut sorted: Vec<StepId> = inside.iter().copied().collect();
        sorted.sort_unstable();
        Near { ground: self, entities, inside, sorted }
    }

    /// What the people of a journey come to: by themselves without anything happening, and at all.
    fn come_to(&self, journey: JourneyId) -> &[(bool, bool)] {
        self.come_to[journey.index()].get_or_init(|| {
            let mut come = vec![(false, false); self.plan.steps.len()];
            let mut open: Vec<(StepId, bool)> = self.ways_in(journey).iter().map(|step| (*step, self.is_plain(*step, journey))).collect();
            while let Some((step, freely)) = open.pop() {
                let known = &mut come[step.index()];
                if known.1 && (known.0 || !freely) {
                    continue;
                }
                *known = (known.0 || freely, true);
                for (_, way) in self.plan.ways_from(step) {
                    open.push((way.to, freely && self.is_free(way) && self.is_plain(way.to, journey)));
                }
                if let Nature::Journey(Some(used)) = self.plan.steps[step].nature {
                    open.extend(self.plan.journeys[used].first.map(|first| (first, false)));
                }
            }
            come
        })
    }

    /// Where the people of a journey get in: by its doors and by messages.
    fn ways_in(&self, journey: JourneyId) -> &[StepId] {
        &self.ways_in[journey.index()]
    }

    /// Whether people of a journey may leave from a step by themselves.
    fn is_plain(&self, step: StepId, journey: JourneyId) -> bool {
        let at = &self.plan.steps[step];
        at.role == self.plan.journeys[journey].role && !matches!(at.nature, Nature::Decide | Nature::Job(_) | Nature::Journey(_))
    }

    /// Whether somebody goes over a way by themselves, as far as nothing is looked at.
    fn is_free(&self, way: &Way) -> bool {
        let at = &self.plan.steps[way.from];
        let later = |action: ActionId, how: &How| !matches!(how, How::Shows | How::Wait) && self.plan.actions[action].answers_later();
        match &way.cause {
            Cause::Next | Cause::Choice(_) | Cause::ScreenState(_) => {
                run_of(at, way).is_some() || way.choice.is_some() || !matches!(at.nature, Nature::Wait(Waits::Time | Waits::Role(_)))
            }
            Cause::Outcome(outcome) => run_of(at, way).is_some_and(|run| run.action == outcome.action && !later(run.action, &run.how)),
            _ => false,
        }
    }
}

/// The place of what a world looks at.
#[derive(Debug)]
pub(super) struct Near<'p> {
    pub(super) ground: &'p Ground<'p>,
    entities: Vec<EntityId>,
    /// The steps where something can happen to it, and those between them.
    inside: HashSet<StepId>,
    sorted: Vec<StepId>,
}

impl Near<'_> {
    /// Whether the way of somebody comes to anything that matters.
    pub(super) fn matters(&self, who: Who) -> bool {
        let is_onward = |step: StepId| self.ground.is_onward(step, &self.entities);
        match who {
            Who::Step(step) => is_onward(step),
            Who::Journey(journey) => self.ground.ways_in(journey).iter().copied().any(is_onward),
        }
    }

    pub(super) fn has(&self, step: StepId) -> bool {
        self.inside.contains(&step)
    }

    /// Whether somebody of a journey has come to a step from which nothing that matters can happen but by leaving.
    pub(super) fn is_behind(&self, step: StepId, journey: JourneyId) -> bool {
        !self.ground.is_onward(step, &self.entities) && self.ground.is_plain(step, journey)
    }

    /// The ways over which the people of a journey come in from where they get to by themselves; nothing where some of them may come in
    /// otherwise, so that the whole way must be looked at.
    pub(super) fn ways_in(&self, journey: JourneyId) -> Option<Vec<crate::model::WayId>> {
        let (ground, come) = (self.ground, self.ground.come_to(journey));
        let is_before = |step: StepId| !self.has(step) && ground.is_onward(step, &self.entities);
        if ground.ways_in(journey).iter().any(|step| is_before(*step) && !come[step.index()].0) {
            return None;
        }
        let mut ways = Vec::new();
        for step in &self.sorted {
            let at = &ground.plan.steps[*step];
            let journey = &ground.plan.journeys[at.journey];
            if journey.first == Some(*step) && journey.used_by.iter().any(|user| !self.has(*user) && come[user.index()].1) {
                return None;
            }
            for (id, way) in ground.plan.ways_to(*step).filter(|(_, way)| !self.has(way.from)) {
                match come[way.from.index()] {
                    (true, _) => ways.push(id),
                    (false, true) => return None,
                    (false, false) => {}
                }
            }
        }
        Some(ways)
    }
}

/// Everything that an action may have to do with.
fn of_action(plan: &Plan, id: ActionId) -> Vec<EntityId> {
    let action = &plan.actions[id];
    let mut found: Vec<EntityId> = action.needs.terms.iter().map(|term| term.entity).collect();
    for outcome in &action.outcomes {
        found.extend(outcome.sets.iter().map(|state| state.entity));
        found.extend(outcome.when.terms.iter().map(|term| term.entity));
    }
    found.extend(action.writes.iter().copied());
    found.sort_unstable();
    found.dedup();
    found
}

/// For each entity, those whose timers and reactions set it.
fn set_by(plan: &Plan) -> HashMap<EntityId, Vec<EntityId>> {
    let by_name: HashMap<&str, EntityId> = plan.entities.iter().map(|(id, entity)| (entity.name.text.as_str(), id)).collect();
    let mut found: HashMap<EntityId, Vec<EntityId>> = HashMap::new();
    for (id, entity) in plan.entities.iter() {
        for state in &entity.states {
            let sets =
                state.form.timeout.iter().map(|timeout| &timeout.sets).chain(state.form.on.iter().map(|(_, reaction)| &reaction.sets));
            for (name, _) in sets.flat_map(|sets| sets.moves.iter()) {
                if let Some(set) = by_name.get(name.text.as_str()) {
                    found.entry(*set).or_default().push(id);
                }
            }
        }
    }
    found
}
