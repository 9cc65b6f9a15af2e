//! Answers that come in a state that has no place for them.

use std::collections::HashSet;

use super::explore::{Explored, Extent, Limits, explore};
use super::progress::alone;
use super::{Run, View, World};
use crate::model::{EntityId, OutcomeId, Plan, StateId};

/// An answer that comes in a state that has no place for it.
#[derive(Debug)]
pub struct Unanswered {
    /// The answer.
    pub outcome: OutcomeId,
    /// The state in which it comes.
    pub state: StateId,
    /// How it comes to that.
    pub run: Run,
}

type Cell = (OutcomeId, StateId);

/// The answers that come to an entity so, each pair of answer and state once, in the fewest events; and how much was looked at.
pub fn unanswered(plan: &Plan, entity: EntityId, limits: Limits) -> (Vec<Unanswered>, Extent) {
    let world = World::new(plan, &View::of_entity(plan, entity));
    if !has_any(&world, entity) {
        return (Vec::new(), Extent::Whole);
    }
    let sizes = world.sizes(plan);
    // What not even one walker alone with everybody else's doings at any time comes to cannot happen.
    if let Some(worlds) = alone(&world, &sizes, limits)
        && worlds.iter().any(|(world, explored)| cells(world, explored, entity).is_empty())
    {
        return (Vec::new(), Extent::Whole);
    }
    let Some(explored) = explore(&world, &sizes, limits) else { return (Vec::new(), Extent::UpTo(0)) };
    let found = cells(&world, &explored, entity).into_iter().map(|((outcome, state), change)| {
        let (from, _, doing) = explored.changes[change];
        let doings = [explored.way_to(from as usize), vec![doing]].concat();
        Unanswered { outcome, state, run: Run::new(&world, &explored, &doings) }
    });
    (found.collect(), explored.extent())
}

fn has_any(world: &World, entity: EntityId) -> bool {
    world.free.iter().any(|(command, _)| command.unanswered.is_some_and(|(_, state)| state.entity == entity))
}

/// Each pair of answer and state that is met, with the first change that meets it.
fn cells(world: &World, explored: &Explored, entity: EntityId) -> Vec<(Cell, usize)> {
    let of: Vec<Option<Cell>> = explored.doings.iter().map(|doing| doing.command(world).unanswered).collect();
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for (index, (_, _, doing)) in explored.changes.iter().enumerate() {
        if let Some(cell) = of[*doing as usize].filter(|(_, state)| state.entity == entity)
            && seen.insert(cell)
        {
            found.push((cell, index));
        }
    }
    found
}
