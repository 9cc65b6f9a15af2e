//! What happened, event by event, so that somebody can read it.

use std::collections::{HashMap, VecDeque};

use super::World;
use super::explore::{Doing, Explored};
use super::walker::{Edge, Walker, Who};
use crate::model::{ActionId, OutcomeId, StateId, StepId, SystemId, WayId};

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Somebody took a way.
    Way(WayId),
    /// Somebody went into the journey that a step uses.
    Into(StepId),
    /// Somebody asked an action on a step, and waits there.
    Asks(StepId, ActionId),
    /// Somebody began at a step.
    Begins(StepId),
    /// Somebody opened a message that leads to a step.
    Opens(StepId),
    /// Somebody left.
    Leaves,
    /// An answer came.
    Answer(OutcomeId),
    /// The time in a state was over.
    Timeout(StateId),
    /// A system sent something, by its position in `sends`.
    Sent(SystemId, usize),
}

/// What happened, in order, each with whose way it was; nothing for what belongs to no way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The events.
    pub events: Vec<(Option<Who>, Event)>,
}

impl Run {
    /// The run behind some doings: between them go the steps that change nothing that is looked at.
    pub fn new(world: &World, explored: &Explored, doings: &[u32]) -> Self {
        let mut run = Self::default();
        let mut positions: Vec<usize> = vec![0; world.walkers.len()];
        let mut told: HashMap<ActionId, OutcomeId> = HashMap::new();
        for doing in doings {
            let doing = explored.doings[*doing as usize];
            match doing {
                Doing::Free(index) => {
                    let event = world.free[index].1;
                    if let Event::Answer(outcome) = event {
                        told.insert(outcome.action, outcome);
                    }
                    run.events.push((None, event));
                }
                Doing::Move(index, position) => {
                    let walker = &world.walkers[index];
                    // Answers that nobody tells apart lead to the same; the way of the one that came is told.
                    let fits = |event: Event| match event {
                        Event::Way(way) => world.answers.get(&way).is_none_or(|it| told.get(&it.action).is_none_or(|told| told == it)),
                        _ => true,
                    };
                    let own = walk(walker, positions[index], walker.moves[position], &fits);
                    let any = || walk(walker, positions[index], walker.moves[position], &|_| true);
                    let (events, to) = own.or_else(any).unwrap_or((Vec::new(), positions[index]));
                    let learnt = events.iter().filter_map(|event| if let Event::Way(way) = event { world.answers.get(way) } else { None });
                    told.extend(learnt.map(|outcome| (outcome.action, *outcome)));
                    run.events.extend(events.into_iter().map(|event| (Some(walker.who), event)));
                    positions[index] = to;
                }
            }
            for begun in &doing.command(world).begins {
                let walker = &world.walkers[*begun];
                positions[*begun] = walker.beginning;
                if let Some(step) = walker.positions[walker.beginning].step {
                    run.events.push((Some(walker.who), Event::Begins(step)));
                }
            }
        }
        run
    }
}

/// The edges from a position on, inside of its class, up to and over one with a command into a class; and where that leads.
fn walk(
    walker: &Walker,
    start: usize,
    (class, into, command): (usize, usize, usize),
    fits: &dyn Fn(Event) -> bool,
) -> Option<(Vec<Event>, usize)> {
    let mut over: HashMap<usize, usize> = HashMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        let is_last = |edge: &Edge| edge.command == command && walker.classes[edge.to] == into && fits(edge.event);
        let last = walker.from(at).find(|(_, edge)| is_last(edge));
        if let Some((_, last)) = last {
            let (mut events, mut back) = (vec![last.event], at);
            while let Some(edge) = over.get(&back).filter(|_| back != start) {
                events.push(walker.edges[*edge].event);
                back = walker.edges[*edge].from;
            }
            events.reverse();
            return Some((events, last.to));
        }
        for (index, edge) in walker.from(at) {
            let is_silent = walker.commands[edge.command].is_idle();
            if is_silent && walker.classes[edge.to] == class && edge.to != start && !over.contains_key(&edge.to) {
                over.insert(edge.to, index);
                queue.push_back(edge.to);
            }
        }
    }
    None
}
