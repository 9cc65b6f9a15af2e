//! Everything together as a graph for one policy: the ways of one case, and what happens beside them.
//!
//! A case is one way of the people of the policy's journey, from where they come in to where nothing more must happen. Others who come in
//! by themselves may do so or not. Where a policy belongs to no journey, it is a case of whichever is begun.

use std::collections::{BTreeSet, HashMap};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::graph::{Actor, Edge, Graph};
use super::moment::ENTERS;
use super::watched::Watched;
use super::ways::leading_to;
use crate::analysis::world::{By, Doing, Event, Explored, Limits, Run, View, Walker, Who, World, alone, deciding, explore};
use crate::model::{Atom, Cause, EntityId, Guard, JourneyId, Law, Moment, OutcomeId, Plan, StepId};
use crate::spec::Class;

/// A world gone through for one policy.
#[derive(Debug)]
pub(super) struct Together {
    world: World,
    explored: Explored,
    pub(super) graph: Graph,
}

/// The name of a round that changes nothing that is looked at.
const ROUND: u32 = u32::MAX;

impl Together {
    /// Nothing where there is too much to keep of it at once.
    pub(super) fn new(plan: &Plan, journey: Option<JourneyId>, watched: &Watched, entities: &[EntityId], limits: Limits) -> Option<Self> {
        let world = World::new(plan, &view(plan, watched, entities));
        let explored = explore(&world, &sizes(plan, &world), limits)?;
        let graph = graph(plan, &world, &explored, journey);
        Some(Self { world, explored, graph })
    }

    /// Each way alone, while all others do what they like.
    pub(super) fn alone(plan: &Plan, journey: Option<JourneyId>, watched: &Watched, entities: &[EntityId], limits: Limits) -> Vec<Self> {
        let world = World::new(plan, &view(plan, watched, entities));
        let worlds = alone(&world, &sizes(plan, &world), limits).unwrap_or_default();
        let of = |(world, explored): (World, Explored)| {
            let graph = graph(plan, &world, &explored, journey);
            Self { world, explored, graph }
        };
        worlds.into_iter().map(of).collect()
    }

    /// What happened over some edges of the graph, by their names.
    pub(super) fn run(&self, names: impl Iterator<Item = u32>) -> Run {
        let doings: Vec<u32> = names.filter(|name| *name != ROUND).collect();
        Run::new(&self.world, &self.explored, &doings)
    }
}

/// The most entities that are looked at together, unless the policy itself speaks of more.
const MOST: usize = 2;

fn sizes(plan: &Plan, world: &World) -> Vec<usize> {
    (0..world.variables.len()).map(|index| world.values(plan, index)).collect()
}

/// Looks at some entities, at what the policy speaks of, and at the answers that bring it.
fn view(plan: &Plan, watched: &Watched, entities: &[EntityId]) -> View {
    let mut view = View { marks: watched.marks.clone(), single: true, ..View::of(plan, entities) };
    for (outcome, _) in watched.outcomes(plan) {
        view.and_answers(plan, outcome.action);
    }
    view
}

/// The entities that a policy speaks of, and those that decide whether what is watched for happens.
pub(super) fn entities(plan: &Plan, law: &Law, watched: &Watched, extra: &[EntityId]) -> Vec<EntityId> {
    let own = law.entities();
    let near = law.atoms().flat_map(|atom| near(plan, atom)).chain(extra.iter().copied());
    let mut near: Vec<EntityId> = near.chain(own.iter().flat_map(|entity| deciding(plan, *entity))).collect();
    let steps: Vec<StepId> = watched.marked_steps();
    near.extend(of_steps(plan, &steps));
    for (outcome, _) in watched.outcomes(plan) {
        near.extend(of_outcome(plan, outcome));
    }
    with(plan, own, near)
}

/// The same without those that only decide whether another one begins: not what becomes of it then.
pub(super) fn own_entities(plan: &Plan, law: &Law) -> Vec<EntityId> {
    let own = law.entities();
    let near: Vec<EntityId> = own.iter().flat_map(|entity| deciding_later(plan, *entity)).collect();
    with(plan, own, near)
}

fn with(plan: &Plan, mut entities: Vec<EntityId>, near: Vec<EntityId>) -> Vec<EntityId> {
    for entity in near {
        if !entities.contains(&entity) && entities.len() < MOST && plan.entities[entity].is_moved() {
            entities.push(entity);
        }
    }
    entities
}

/// The entities named in guards of what brings an entity into another state than its first.
fn deciding_later(plan: &Plan, entity: EntityId) -> Vec<EntityId> {
    let mut found = Vec::new();
    for (id, action) in plan.actions.iter() {
        let moves = |outcome: &crate::model::Outcome| outcome.sets.iter().any(|state| state.entity == entity && state.index > 0);
        if !action.outcomes.iter().any(moves) {
            continue;
        }
        let guards =
            [&action.needs].into_iter().chain(action.outcomes.iter().filter(|outcome| moves(outcome)).map(|outcome| &outcome.when));
        found.extend(guards.flat_map(|guard| &guard.terms).map(|term| term.entity));
        for (step, _) in &plan.actions[id].runs {
            found.extend(plan.ways_from(*step).flat_map(|(_, way)| &way.when.terms).map(|term| term.entity));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The entities that decide whether something happens.
fn near(plan: &Plan, atom: &Atom) -> Vec<EntityId> {
    let moment = |moment: &Moment| match moment {
        Moment::State(state) => vec![state.entity],
        Moment::Outcome(outcome) => of_outcome(plan, *outcome),
        Moment::Action(action) => plan.outcomes(*action).flat_map(|(outcome, _)| of_outcome(plan, outcome)).collect(),
        Moment::Sent(..) => Vec::new(),
    };
    match atom {
        Atom::Moment(it) => moment(it),
        Atom::Notification(message) => plan.notifications[*message].when.any.iter().flat_map(|(it, _)| moment(it)).collect(),
        Atom::Step(step) => of_steps(plan, &[*step]),
        Atom::Role(_) | Atom::End(..) | Atom::EndKind(..) => Vec::new(),
    }
}

/// The entities that decide whether an outcome comes: those that it sets, those in guards, those that lead to where it is asked for.
fn of_outcome(plan: &Plan, outcome: OutcomeId) -> Vec<EntityId> {
    let guard = |guard: &Guard| guard.terms.iter().map(|term| term.entity).collect::<Vec<_>>();
    let (of, action) = (plan.outcome(outcome), &plan.actions[outcome.action]);
    let set = of.sets.iter().map(|state| state.entity).collect();
    let moved = action.outcomes.iter().flat_map(|outcome| &outcome.sets).map(|state| state.entity).collect();
    [set, guard(&of.when), guard(&action.needs), moved, of_steps(plan, &action.run_at().collect::<Vec<_>>())].concat()
}

/// The entities that decide whether somebody comes to some steps: those that begin the ways there, and those in guards on the way in.
fn of_steps(plan: &Plan, steps: &[StepId]) -> Vec<EntityId> {
    let begun = leading_to(plan, steps).into_iter().flat_map(|step| {
        plan.steps[step].when.any.iter().filter_map(|(moment, _)| match moment {
            Moment::State(state) => Some(state.entity),
            _ => None,
        })
    });
    let led = steps.iter().flat_map(|step| plan.ways_to(*step)).flat_map(|(_, way)| {
        let state = if let Cause::State(state) = way.cause { Some(state.entity) } else { None };
        way.when.terms.iter().map(|term| term.entity).chain(state)
    });
    led.chain(begun).collect()
}

fn graph(plan: &Plan, world: &World, explored: &Explored, journey: Option<JourneyId>) -> Graph {
    let mut actors = Actors::default();
    let of_doing: Vec<Actor> = explored.doings.iter().map(|doing| actors.of(plan, world, *doing)).collect();
    let lasts: Vec<bool> = explored.doings.iter().map(|doing| is_lasting(plan, world, *doing)).collect();
    let is_nowhere = |at: usize| {
        let mut walkers = world.walkers.iter().enumerate().filter(|(_, walker)| matches!(walker.who, Who::Journey(_)));
        walkers.all(|(index, walker)| explored.class(at, index) == walker.classes[0])
    };
    let enters = |doing: Doing| match doing {
        Doing::Move(walker, _) if doing.command(world).seen & ENTERS != 0 => Some(world.walkers[walker].who),
        _ => None,
    };
    let is_free = |from: u32, doing: Doing| match (enters(doing), journey) {
        (None, _) => false,
        (Some(who), Some(journey)) => who != Who::Journey(journey),
        (Some(Who::Step(_)), None) => true,
        (Some(Who::Journey(_)), None) => !is_nowhere(from as usize),
    };
    let changes = explored.changes.iter().map(|(from, to, name)| {
        let doing = explored.doings[*name as usize];
        let actor = of_doing[*name as usize];
        let is_lasting = lasts[*name as usize];
        Edge { from: *from, to: *to, seen: doing.command(world).seen, actor, is_free: is_free(*from, doing), is_lasting, name: *name }
    });
    let mut edges: Vec<Edge> = changes.collect();
    for (index, walker) in world.walkers.iter().enumerate() {
        let round = rounds(walker);
        let actor = actors.number((index, Some(By::Itself), true, None));
        for at in (0..explored.len()).filter(|at| round.contains(&explored.class(*at, index))) {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            edges.push(Edge { from: at, to: at, seen: 0, actor, is_free: false, is_lasting: true, name: ROUND });
        }
    }
    let starts = (0..explored.len()).take_while(|at| explored.way_to(*at).is_empty()).filter_map(|at| u32::try_from(at).ok()).collect();
    Graph::new(explored.len(), starts, edges, actors.surely, explored.is_complete)
}

/// Whether something may come again and again.
fn is_lasting(plan: &Plan, world: &World, doing: Doing) -> bool {
    match doing {
        Doing::Free(index) => !matches!(world.free[index].1, Event::Answer(outcome) if plan.outcome(outcome).class == Class::Interim),
        Doing::Move(walker, index) => {
            let walker = &world.walkers[walker];
            let (from, to, command) = walker.moves[index];
            let is_it = |edge: &&crate::analysis::world::Edge| {
                edge.command == command && walker.classes[edge.from] == from && walker.classes[edge.to] == to
            };
            let bounded = |event: Event| matches!(event, Event::Way(way) if plan.way(way).times.is_some());
            !walker.edges.iter().filter(is_it).all(|edge| bounded(edge.event))
        }
    }
}

/// Numbers for those who act: one for each way and whoever acts on it, one for each action that answers, timer and sender.
#[derive(Default)]
struct Actors {
    known: HashMap<Key, Actor>,
    surely: Vec<bool>,
}

type Key = (usize, Option<By>, bool, Option<String>);

impl Actors {
    fn of(&mut self, plan: &Plan, world: &World, doing: Doing) -> Actor {
        let command = doing.command(world);
        let key = match doing {
            Doing::Move(walker, _) => (walker, Some(command.by), command.relief, None),
            Doing::Free(index) => {
                let whose = match world.free[index].1 {
                    Event::Answer(outcome) => format!("answer {:?}", outcome.action),
                    event => format!("{event:?}"),
                };
                (usize::MAX, None, false, Some(whose))
            }
        };
        let number = self.number(key);
        let comes = match command.by {
            By::Role(role) => role.is_some_and(|role| plan.roles[role].form.backstop),
            By::System(system) => matches!(doing, Doing::Move(..)) && system.is_none_or(|system| !plan.systems[system].form.external),
            By::Itself => false,
        };
        self.surely[usize::from(number)] |= comes || command.relief;
        number
    }

    fn number(&mut self, key: Key) -> Actor {
        let next = Actor::try_from(self.known.len()).unwrap_or(Actor::MAX);
        let number = *self.known.entry(key).or_insert(next);
        if self.surely.len() <= usize::from(number) {
            self.surely.resize(usize::from(number) + 1, false);
        }
        number
    }
}

/// The classes of a walker in which one can go round and round without changing anything that is looked at.
fn rounds(walker: &Walker) -> BTreeSet<usize> {
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(walker.positions.len(), walker.edges.len());
    for _ in &walker.positions {
        graph.add_node(());
    }
    let mut found = BTreeSet::new();
    for edge in &walker.edges {
        let is_inside = walker.classes[edge.from] == walker.classes[edge.to] && walker.commands[edge.command].is_idle();
        if is_inside && edge.from == edge.to {
            found.insert(walker.classes[edge.from]);
        } else if is_inside {
            graph.add_edge(NodeIndex::new(edge.from), NodeIndex::new(edge.to), ());
        }
    }
    let rings = kosaraju_scc(&graph).into_iter().filter(|ring| ring.len() > 1);
    found.extend(rings.filter_map(|ring| ring.first().map(|node| walker.classes[node.index()])));
    found
}
