//! The life of an entity by its declared states and by what moves it: which states it comes into, which it never leaves.

use super::{Move, States};
use crate::model::{EntityId, Plan, StateId};

/// The life of an entity.
#[derive(Debug)]
pub struct Lifecycle<'c> {
    entity: EntityId,
    moves: &'c [Move],
    reached: States,
}

impl<'c> Lifecycle<'c> {
    /// By the moves that the plan performs.
    pub fn new(plan: &Plan, entity: EntityId, moves: &'c [Move]) -> Self {
        let draining = plan.states(entity).filter(|(id, state)| id.index == 0 || state.form.draining.is_some());
        let mut reached = States::NONE | States::of(draining.map(|(id, _)| id.index));
        loop {
            let before = reached;
            for it in moves.iter().filter(|it| it.from.meets(before)) {
                reached = reached | States::one(it.to.index);
            }
            if reached == before {
                return Self { entity, moves, reached };
            }
        }
    }

    /// Whether it ever comes into the state.
    pub fn is_reached(&self, state: StateId) -> bool {
        self.reached.has(States::one(state.index))
    }

    /// Whether anything at all brings it into the state.
    pub fn is_entered(&self, state: StateId) -> bool {
        self.moves.iter().any(|it| it.to == state)
    }

    /// Whether anything ever takes it out of the state.
    pub fn is_left(&self, state: StateId) -> bool {
        self.moves.iter().any(|it| it.to != state && it.from.has(States::one(state.index)))
    }

    /// Whether anything takes it from one state to another.
    pub fn is_performed(&self, from: StateId, to: StateId) -> bool {
        self.moves.iter().any(|it| it.to == to && it.from.has(States::one(from.index)))
    }

    /// Whether it is never finished once it is in the state: nothing leaves the state, and it is no end.
    pub fn is_stuck(&self, plan: &Plan, state: StateId) -> bool {
        state.entity == self.entity && self.is_reached(state) && !plan.state(state).is_final() && !self.is_left(state)
    }
}
