//! Resolves the states of entities: what may follow, and what brings an entity into each.

use super::Builder;
use crate::model::{MoveBy, StateId, Subject};
use crate::spec::{self, Becomes, Reaction, Sets};

impl Builder {
    /// Resolves what something sets, and remembers it at the states.
    pub(super) fn sets(&mut self, sets: &Sets, by: MoveBy) -> Vec<StateId> {
        let mut reached = Vec::new();
        for (entity, becomes) in &sets.moves {
            let Some(entity) = self.names.entity(entity) else { continue };
            match becomes {
                Becomes::State(state) => reached.extend(self.names.state(entity, state)),
                Becomes::PerState(states) => {
                    for (before, after) in states.iter() {
                        let (before, after) = (self.names.state(entity, before), self.names.state(entity, after));
                        reached.extend(before.and(after));
                    }
                }
            }
        }
        for state in &reached {
            self.entered(*state, by);
        }
        reached
    }

    fn entered(&mut self, state: StateId, by: MoveBy) {
        let entered_by = &mut self.plan.entities[state.entity].states[state.index].entered_by;
        if !entered_by.contains(&by) {
            entered_by.push(by);
        }
    }

    pub(super) fn resolve_entities(&mut self) {
        for id in self.plan.entities.ids() {
            let form = self.plan.entities[id].form.clone();
            self.remarks.take(Subject::Entity(id), &form);
            let owner = form.owner.as_ref().and_then(|owner| self.names.system(owner));
            self.plan.entities[id].owner = owner;
            for (state, mover) in form.moved_by.iter() {
                self.names.state(id, state);
                mover.role.iter().for_each(|role| {
                    self.names.role(role);
                });
                mover.not.iter().for_each(|action| {
                    self.names.action(action);
                });
            }
            form.seen_by.iter().for_each(|role| {
                self.names.role(role);
            });
            for index in 0..self.plan.entities[id].states.len() {
                self.resolve_state(StateId { entity: id, index });
            }
        }
    }

    fn resolve_state(&mut self, id: StateId) {
        let form = self.plan.entities[id.entity].states[id.index].form.clone();
        self.remarks.take(Subject::State(id), &form);
        let mut then: Vec<StateId> = form.then.iter().filter_map(|state| self.names.state(id.entity, state)).collect();
        if let Some(timeout) = &form.timeout {
            self.resolve_timeout(id, timeout, &mut then);
        }
        let mut reacts_to = Vec::new();
        for (mention, reaction) in form.on.iter() {
            reacts_to.extend(self.names.moment(mention));
            self.reaction(id, reaction, MoveBy::Reaction(id), &mut then);
        }
        let mut waits_for = Vec::new();
        for name in form.waits_for.iter() {
            match self.names.find_role(&name.text) {
                Some(role) => waits_for.push(role),
                None if self.names.find_system(&name.text).is_some() => {}
                None => self.names.unknown(name, "a role or a system", &format!("roles:\n  {}: {{staff: true}}", name.text)),
            }
        }
        form.seen_by.iter().for_each(|role| {
            self.names.role(role);
        });
        if let Some(to) = form.escalate.as_ref().and_then(|escalate| escalate.to.as_ref()) {
            self.names.role(to);
        }
        let state = &mut self.plan.entities[id.entity].states[id.index];
        state.then = then;
        state.reacts_to = reacts_to;
        state.waits_for = waits_for;
    }

    fn resolve_timeout(&mut self, id: StateId, timeout: &spec::Timeout, then: &mut Vec<StateId>) {
        if let Some(state) = timeout.becomes.as_ref().and_then(|state| self.names.state(id.entity, state)) {
            add(then, state);
            self.entered(state, MoveBy::Timeout(id));
        }
        self.sets(&timeout.sets, MoveBy::Timeout(id));
        if let Some(system) = &timeout.by {
            self.names.system(system);
        }
        let checks = timeout.checks.as_ref().and_then(|action| self.names.action(action));
        for (mention, reaction) in timeout.on.iter() {
            match (checks, &mention.member) {
                (Some(action), None) => drop(self.names.outcome(action, &mention.owner_name())),
                _ => _ = self.names.moment(mention),
            }
            self.reaction(id, reaction, MoveBy::Timeout(id), then);
        }
        if let Some(action) = checks {
            self.plan.actions[action].checked_by.push(id);
        }
    }

    fn reaction(&mut self, id: StateId, reaction: &Reaction, by: MoveBy, then: &mut Vec<StateId>) {
        if let Some(reason) = reaction.ignore.as_ref().filter(|_| reaction.becomes.is_some() || !reaction.sets.moves.is_empty()) {
            self.names.conflict(reason.span, "the same answer moves something and is ignored", "Keep one of the two.");
        }
        if let Some(state) = reaction.becomes.as_ref().filter(|state| state.text != "stay")
            && let Some(state) = self.names.state(id.entity, state)
        {
            add(then, state);
            self.entered(state, by);
        }
        self.sets(&reaction.sets, by);
    }
}

fn add(states: &mut Vec<StateId>, state: StateId) {
    if !states.contains(&state) {
        states.push(state);
    }
}
