//! What happens without anybody's way: answers arrive, timers fire, systems send something.

use super::effects::Coming;
use super::{ASKED, Builder, By, Command, Event, Variable, mask, told};
use crate::analysis::course::States;
use crate::analysis::course::changes::{Change, of_sent, of_timeout};
use crate::model::{ActionId, EntityId, Moment, StateId, SystemId};
use crate::spec::Class;

impl Builder<'_> {
    /// Everything that happens so.
    pub(super) fn unasked(&self) -> Vec<(Command, Event)> {
        let mut free = Vec::new();
        for variable in &self.view.variables {
            match variable {
                Variable::Answer(action) => free.extend(self.answers(*action)),
                Variable::Entity(entity) => free.extend(self.timers(*entity)),
            }
        }
        for (system, of) in self.plan.systems.iter() {
            free.extend((0..of.form.sends.len()).flat_map(|index| self.sent(system, index)));
        }
        free
    }

    /// The answers of an action that answers later, whoever waits for them. One that is not the last word leaves it outstanding.
    fn answers(&self, action: ActionId) -> Vec<(Command, Event)> {
        let of = &self.plan.actions[action];
        let Some(variable) = self.variable(Variable::Answer(action)).filter(|_| of.answers_later()) else { return Vec::new() };
        let interim = self.plan.outcomes(action).filter(|(_, outcome)| outcome.class == Class::Interim);
        let open = interim.fold(1 << ASKED, |open, (id, _)| open | 1 << told(id));
        let mut answers = Vec::new();
        for (id, _) in self.plan.outcomes(action) {
            for mut command in self.outcome(id, Coming::Late, By::System(of.system)) {
                command.guard.push((variable, open));
                command.sets.push((variable, told(id)));
                answers.push((command, Event::Answer(id)));
            }
        }
        answers
    }

    fn timers(&self, entity: EntityId) -> Vec<(Command, Event)> {
        let states = self.plan.states(entity).filter(|(_, state)| state.form.timeout.is_some());
        states.flat_map(|(id, _)| self.timer(id)).collect()
    }

    /// What may become of a thing whose time in a state is over: what its timeout says, or what the answer to its question says.
    fn timer(&self, state: StateId) -> Vec<(Command, Event)> {
        let Some((variable, _)) = self.entities().find(|(_, entity)| *entity == state.entity) else { return Vec::new() };
        let mut guard = Command::silent(By::Itself);
        guard.demand(variable, mask(States::one(state.index)));
        let own = of_timeout(self.plan, state, state.entity);
        let others: Vec<(EntityId, Change)> = self
            .entities()
            .filter(|(_, other)| *other != state.entity)
            .flat_map(|(_, other)| of_timeout(self.plan, state, other).into_iter().map(move |change| (other, change)))
            .collect();
        let mut cases: Vec<Vec<(EntityId, Change)>> =
            own.into_iter().map(|change| [&[(state.entity, change)], &others[..]].concat()).collect();
        if cases.is_empty() && !others.is_empty() {
            cases.push(others);
        }
        let commands = cases.iter().flat_map(|changes| self.changes(&guard, changes, &[]));
        commands.map(|command| (command, Event::Timeout(state))).collect()
    }

    fn sent(&self, system: SystemId, index: usize) -> Vec<(Command, Event)> {
        let Some((_, outcome)) = self.plan.systems[system].form.sends.get(index) else { return Vec::new() };
        let mut guard = Command::silent(By::System(Some(system)));
        let changes: Vec<(EntityId, Change)> =
            self.entities().map(|(_, entity)| (entity, Change::of(self.plan, entity, &outcome.sets))).collect();
        let moves = changes.iter().any(|(_, change)| *change != Change::Nothing);
        let is_watched = self.view.bits(|mark| *mark == super::view::Mark::Moment(Moment::Sent(system, index))) != 0;
        let starts = self.triggers.contains_key(&Moment::Sent(system, index));
        if !moves && !is_watched && !starts {
            return Vec::new();
        }
        for (variable, entity) in self.entities() {
            let states = of_sent(self.plan, entity, outcome);
            if states != States::ANY && !guard.demand(variable, mask(states)) {
                return Vec::new();
            }
        }
        let commands = self.changes(&guard, &changes, &[Moment::Sent(system, index)]);
        commands.into_iter().map(|command| (command, Event::Sent(system, index))).collect()
    }
}
