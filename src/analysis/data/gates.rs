//! What is known of things: for each state of a thing, what every way to a move into that state has gathered.

use std::collections::HashMap;

use super::must::{Must, Own, Place};
use crate::model::{ActionId, Cause, EntityId, Guard, Id as _, Nature, Plan, StateId, StepId, Waits, Way};

/// The places that tell what is known of things, and after actions.
#[derive(Debug)]
pub(super) struct Gates<'p> {
    plan: &'p Plan,
    /// The place of each entity's first state; the others follow.
    states: Vec<Vec<Place>>,
    /// After an action was run, whatever came of it.
    ran: Vec<Place>,
    /// In any of several states.
    any_of: HashMap<(EntityId, Vec<usize>), Place>,
}

impl<'p> Gates<'p> {
    pub(super) fn new(plan: &'p Plan, must: &mut Must) -> Self {
        let states = plan.entities.iter().map(|(_, entity)| entity.states.iter().map(|_| must.place()).collect()).collect();
        let ran = plan.actions.ids().map(|_| must.place()).collect();
        Self { plan, states, ran, any_of: HashMap::new() }
    }

    pub(super) fn ran(&self, action: ActionId) -> Place {
        self.ran[action.index()]
    }

    pub(super) fn state(&self, state: StateId) -> Place {
        self.states[state.entity.index()][state.index]
    }

    /// What is known of a thing in whichever of some states it is.
    pub(super) fn any_of(&mut self, must: &mut Must, entity: EntityId, mut indices: Vec<usize>) -> Place {
        indices.sort_unstable();
        indices.dedup();
        if let [index] = indices[..] {
            return self.state(StateId { entity, index });
        }
        let places: Vec<Place> = indices.iter().map(|index| self.state(StateId { entity, index: *index })).collect();
        *self.any_of.entry((entity, indices)).or_insert_with(|| {
            let any = must.place();
            for place in places {
                must.cause(any, Own::NOTHING, vec![place]);
            }
            any
        })
    }

    /// What is known of a thing that is there.
    pub(super) fn thing(&mut self, must: &mut Must, entity: EntityId) -> Place {
        let all = (0..self.plan.entities[entity].states.len()).collect();
        self.any_of(must, entity, all)
    }

    /// What is known where a guard holds.
    pub(super) fn guard(&mut self, must: &mut Must, guard: &Guard) -> Vec<Place> {
        let told = guard.terms.iter().filter(|term| !term.states.is_empty());
        told.map(|term| self.any_of(must, term.entity, term.states.iter().map(|(index, _)| *index).collect())).collect()
    }

    /// What is known where a step says that things are there.
    pub(super) fn at(&mut self, must: &mut Must, step: StepId) -> Vec<Place> {
        let plan = self.plan;
        let step = &plan.steps[step];
        let mut known = self.guard(must, &step.needs);
        known.extend(step.follows.iter().map(|entity| self.thing(must, *entity)));
        if let Nature::Wait(Waits::Entity(entity)) = step.nature {
            known.push(self.thing(must, entity));
        }
        known
    }

    /// What is known once a way is taken, for what it says of things.
    pub(super) fn over(&mut self, must: &mut Must, way: &Way) -> Vec<Place> {
        let plan = self.plan;
        let mut known = self.guard(must, &way.when);
        match &way.cause {
            Cause::State(state) => known.push(self.state(*state)),
            Cause::Outcome(outcome) => {
                known.extend(self.guard(must, &plan.outcome(*outcome).when));
                known.extend(self.guard(must, &plan.actions[outcome.action].needs));
                known.extend(self.set(must, &plan.outcome(*outcome).sets));
            }
            _ => {}
        }
        known
    }

    /// What is known where each of some things has come into one of some states.
    pub(super) fn set(&mut self, must: &mut Must, states: &[StateId]) -> Vec<Place> {
        let mut things: Vec<EntityId> = states.iter().map(|state| state.entity).collect();
        things.sort_unstable();
        things.dedup();
        let of = |entity: EntityId| states.iter().filter(move |state| state.entity == entity).map(|state| state.index).collect();
        things.into_iter().map(|entity| self.any_of(must, entity, of(entity))).collect()
    }
}
