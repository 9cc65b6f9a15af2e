//! The course of each entity through the steps: in which states it may be where, one entity at a time.
//!
//! Two kinds of states are told apart. A state is *sure* where the way itself has set it, or something on the way says that it is so: a
//! choice that is offered only then, a wait that ends with it, a message about it, a `needs`. It is *maybe* where somebody else may have
//! brought it about meanwhile: another role, a timer, a late answer, what a system sends. What goes wrong is told of sure states only; a
//! fault that needs the doing of others is a race, and beyond this.
//!
//! For one entity this is exact: what follows a step follows each of its states alone. How several entities hang together is left out;
//! [`Courses::shortest`] looks whether a way that was found can be gone with all of them.

mod bits;
pub(in crate::analysis) mod changes;
mod fault;
mod lens;
mod moves;
mod origin;
mod results;
mod starts;
mod walk;

use std::collections::HashMap;
use std::rc::Rc;

use super::Reach;
use super::path::{Hop, Path};
use crate::model::{EntityId, Id as _, Nature, Plan, Start, StepId};
use lens::Lens;
use walk::Walk;

pub use bits::{Held, States};
pub use fault::Fault;
pub(in crate::analysis) use lens::run as run_of;
pub(in crate::analysis) use moves::born;
pub use moves::{Actor, Move, allowing, moves};

/// One entity's course.
#[derive(Debug)]
pub struct Course {
    /// For each step of the plan, what may be there.
    held: Vec<Held>,
    /// What goes wrong, in order, each with a shortest way to it.
    pub faults: Vec<(Fault, Path)>,
}

impl Course {
    /// In which states the entity may be at a step.
    pub fn at(&self, step: StepId) -> Held {
        self.held[step.index()]
    }
}

/// How many ways to one fault are tried before it is left alone.
const TRIES: usize = 8;

/// The courses of all entities.
#[derive(Debug)]
pub struct Courses<'p> {
    lenses: Vec<Option<Lens<'p>>>,
    courses: Vec<Option<Course>>,
}

impl<'p> Courses<'p> {
    /// Follows each entity once, and a second time where something goes wrong, for the ways there.
    pub fn new(plan: &'p Plan, reach: &Reach) -> Self {
        let again = reach.steps_from(plan, &other_entrances(plan));
        let mut actors: Vec<Actor> = Vec::new();
        let mut known: HashMap<Actor, u32> = HashMap::new();
        let actor_at = plan.steps.iter().map(|(_, step)| {
            *known.entry(Actor::of(step)).or_insert_with_key(|actor| {
                actors.push(*actor);
                u32::try_from(actors.len() - 1).unwrap_or(u32::MAX)
            })
        });
        let actor_at: Rc<[u32]> = actor_at.collect();
        let lenses: Vec<_> = plan.entities.ids().map(|entity| Lens::new(plan, entity, &actors, &actor_at, &again)).collect();
        let courses = lenses.iter().map(|lens| lens.as_ref().map(follow)).collect();
        Self { lenses, courses }
    }

    /// The course of an entity; nothing where nothing in the plan moves it, or it has more states than can be followed.
    pub fn of(&self, entity: EntityId) -> Option<&Course> {
        self.courses[entity.index()].as_ref()
    }

    /// Everything that moves an entity that is followed.
    pub fn moves(&self, entity: EntityId) -> &[Move] {
        self.lenses[entity.index()].as_ref().map_or(&[], |lens| &lens.moves)
    }

    /// What may come of some states by the doing of others than whoever goes through a step.
    pub fn by_others(&self, entity: EntityId, step: StepId, states: States) -> States {
        self.lenses[entity.index()].as_ref().map_or(States::default(), |lens| lens.by_others(step, states))
    }

    /// Whether a way can be gone as far as every single entity is concerned.
    pub fn can_go(&self, path: &Path) -> bool {
        self.lenses.iter().flatten().all(|lens| can_go(lens, path))
    }

    /// Of several ways on which something goes wrong with an entity, the position of the shortest one that can be gone as far as every
    /// single other entity is concerned. Where the few shortest ones cannot, none is given.
    pub fn shortest(&self, entity: EntityId, paths: &[&Path]) -> Option<usize> {
        let mut order: Vec<usize> = (0..paths.len()).collect();
        order.sort_by_key(|index| paths[*index].hops.len());
        let others: Vec<&Lens<'p>> = self.lenses.iter().flatten().filter(|lens| lens.entity != entity).collect();
        order.into_iter().take(TRIES).find(|index| others.iter().all(|lens| can_go(lens, paths[*index])))
    }
}

/// Where one gets in, the beginnings of the journeys aside.
fn other_entrances(plan: &Plan) -> Vec<StepId> {
    let is_other = |step: StepId| {
        plan.steps[step].starts.iter().any(|start| match start {
            Start::Outside => plan.journey_of(step).first != Some(step),
            Start::Itself | Start::Notification(_) | Start::Draining => true,
            Start::First => false,
        })
    };
    plan.steps.ids().filter(|step| is_other(*step)).collect()
}

fn follow(lens: &Lens<'_>) -> Course {
    let walk = Walk::new(lens, false);
    let held = walk.met();
    let mut faults = Vec::new();
    if !walk.faults.is_empty() {
        let walk = Walk::new(lens, true);
        faults = walk.faults.iter().map(|(fault, origin)| (*fault, walk.path(fault, origin))).collect();
        faults.sort_by_key(|(fault, _)| *fault);
    }
    Course { held, faults }
}

/// Goes along a way.
fn can_go(lens: &Lens<'_>, path: &Path) -> bool {
    let plan = lens.plan;
    let mut faults = Vec::new();
    let mut held = lens.arrive(path.start, lens.start(path.start), &mut faults);
    for hop in &path.hops {
        let to = match hop {
            Hop::Way(way) => {
                held = lens.cross(plan.way(*way), held, &mut faults);
                plan.way(*way).to
            }
            Hop::Into(step) => match plan.steps[*step].nature {
                Nature::Journey(Some(used)) => plan.journeys[used].first.unwrap_or(*step),
                _ => *step,
            },
        };
        held = lens.arrive(to, held, &mut faults);
    }
    !held.is_empty()
}
