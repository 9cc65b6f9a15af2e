//! What each role hears of: by messages, and on pages that show how things stand.

use std::collections::HashSet;

use super::moves::{entered_at, states_of};
use crate::model::{EntityId, Moment, Moments, OutcomeId, Plan, RoleId, StateId};
use crate::spec::Clock;

/// Who hears of what.
#[derive(Debug, Default)]
pub struct News {
    states: HashSet<(RoleId, StateId)>,
    outcomes: HashSet<(RoleId, OutcomeId)>,
    things: HashSet<(RoleId, EntityId)>,
    watched: HashSet<(RoleId, EntityId)>,
}

impl News {
    /// Reads it off the messages, and off the steps that follow something or start with it.
    pub fn new(plan: &Plan) -> Self {
        let mut news = Self::default();
        for (_, notification) in plan.notifications.iter() {
            for role in &notification.to {
                news.tell(plan, *role, &notification.when);
            }
        }
        for (_, step) in plan.steps.iter() {
            if let Some(role) = step.role {
                news.tell(plan, role, &step.when);
                news.watched.extend(step.follows.iter().map(|entity| (role, *entity)));
            }
        }
        news
    }

    /// Whether something reaches the role when a thing comes into the state.
    pub fn hears_state(&self, role: RoleId, state: StateId) -> bool {
        self.states.contains(&(role, state))
    }

    /// Whether something reaches the role when an action ends so.
    pub fn hears_outcome(&self, role: RoleId, outcome: OutcomeId) -> bool {
        self.outcomes.contains(&(role, outcome))
    }

    /// Whether any message to the role is about the thing.
    pub fn hears_of(&self, role: RoleId, entity: EntityId) -> bool {
        self.things.contains(&(role, entity))
    }

    /// Whether a page of the role shows how the thing stands.
    pub fn watches(&self, role: RoleId, entity: EntityId) -> bool {
        self.watched.contains(&(role, entity))
    }

    fn tell(&mut self, plan: &Plan, role: RoleId, when: &Moments) {
        for (moment, _) in &when.any {
            let states = entered_at(plan, *moment);
            self.things.extend(states.iter().map(|state| (role, state.entity)));
            self.states.extend(states.into_iter().map(|state| (role, state)));
            match moment {
                Moment::Outcome(outcome) => _ = self.outcomes.insert((role, *outcome)),
                Moment::Action(action) => self.outcomes.extend(plan.outcomes(*action).map(|(outcome, _)| (role, outcome))),
                Moment::State(_) | Moment::Sent(..) => {}
            }
        }
        self.things.extend(states_of(&when.clock_in).map(|state| (role, state.entity)));
        self.things.extend(when.clock.as_ref().and_then(|clock| timed(plan, clock)).map(|entity| (role, entity)));
    }
}

/// The thing whose time a clock goes by.
pub fn timed(plan: &Plan, clock: &Clock) -> Option<EntityId> {
    let mention = clock.before.as_ref().or(clock.after.as_ref())?;
    plan.entities.iter().find(|(_, entity)| entity.name.text == mention.owner).map(|(id, _)| id)
}
