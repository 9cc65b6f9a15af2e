//! What happens without anybody's way: answers arrive, timers fire, systems send something.

use super::effects::Coming;
use super::{ASKED, Builder, By, Command, Event, Variable, mask, told, twice};
use crate::analysis::course::States;
use crate::analysis::course::changes::{Change, of_reaction, of_sent, of_timeout_alone};
use crate::model::{ActionId, EntityId, Moment, OutcomeId, StateId, SystemId};
use crate::spec::{Attempts, Class};

/// What becomes of which entities.
type Changes = Vec<(EntityId, Change)>;

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

    /// The answers of an action that answers later, whoever waits for them. One that is not the last word leaves it outstanding, and so
    /// does the answer to one of two attempts.
    fn answers(&self, action: ActionId) -> Vec<(Command, Event)> {
        let of = &self.plan.actions[action];
        let Some(variable) = self.variable(Variable::Answer(action)).filter(|_| of.answers_later()) else { return Vec::new() };
        let (open, twice) = (self.open(action), twice(self.plan, action));
        let mut answers = Vec::new();
        for (id, _) in self.plan.outcomes(action) {
            for command in self.outcome(id, Coming::Late, By::System(of.system)) {
                let of_two = [(1 << twice, told(id)), (1 << twice, ASKED)];
                let is_many = of.form.attempts == Some(Attempts::Many);
                for (before, after) in [(open, told(id))].into_iter().chain(of_two.into_iter().filter(|_| is_many)) {
                    let mut command = command.clone();
                    command.guard.push((variable, before));
                    command.sets.push((variable, after));
                    answers.push((command, Event::Answer(id)));
                }
            }
        }
        answers
    }

    /// The values of an answer with which the action still owes one.
    pub(super) fn open(&self, action: ActionId) -> u64 {
        let interim = self.plan.outcomes(action).filter(|(_, outcome)| outcome.class == Class::Interim);
        interim.fold(1 << ASKED, |open, (id, _)| open | 1 << told(id))
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
        let mut commands = Vec::new();
        for (answer, changes) in self.after_time(state) {
            // What the question finds has happened then: the answer was only late.
            let found: Vec<Moment> = answer.map(Moment::Outcome).into_iter().collect();
            for mut command in self.changes(&guard, &changes, &found) {
                // An answer that the timer was given comes no second time.
                let told = answer.and_then(|outcome| Some((self.variable(Variable::Answer(outcome.action))?, told(outcome))));
                command.sets.extend(told);
                commands.push((command, Event::Timeout(state)));
            }
        }
        commands
    }

    /// What the timeout of a state may do, each with the answer it was given when it asked.
    fn after_time(&self, state: StateId) -> Vec<(Option<OutcomeId>, Changes)> {
        let Some(timeout) = &self.plan.state(state).form.timeout else { return Vec::new() };
        let checked = timeout.checks.as_ref().and_then(|name| self.plan.actions.iter().find(|(_, action)| action.name == *name));
        let answers = timeout.on.iter().map(|(mention, reaction)| {
            let name = mention.member.as_ref().unwrap_or(&mention.owner);
            let outcome = checked.and_then(|(id, _)| self.plan.outcomes(id).find(|(_, outcome)| outcome.name.text == *name));
            let changes = self
                .entities()
                .flat_map(|(_, entity)| of_reaction(self.plan, state, entity, reaction).into_iter().map(move |it| (entity, it)));
            (outcome.map(|(id, _)| id), changes.collect())
        });
        let plain = self.entities().flat_map(|(_, entity)| {
            let changes = of_timeout_alone(self.plan, state, entity);
            changes.into_iter().map(move |change| (entity, change))
        });
        let all = std::iter::once((None, plain.collect::<Vec<_>>())).chain(answers);
        let changing =
            all.map(|(answer, changes)| (answer, changes.into_iter().filter(|(_, change)| *change != Change::Nothing).collect()));
        changing.filter(|(_, changes): &(_, Changes)| !changes.is_empty()).collect()
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
