//! What happens without anybody's way: answers arrive, timers fire, systems send something.

use super::effects::Coming;
use super::{ASKED, Builder, By, Command, Event, Variable, mask, told};
use crate::analysis::course::States;
use crate::analysis::course::changes::{Change, of_reaction, of_sent, of_timeout};
use crate::model::{ActionId, EntityId, Moment, OutcomeId, StateId, SystemId};
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
        if self.variable(Variable::Answer(action)).is_none() || !of.answers_later() {
            return Vec::new();
        }
        let mut answers = Vec::new();
        for (id, _) in self.plan.outcomes(action) {
            for mut command in self.outcome(id, Coming::Late, By::System(of.system)) {
                self.tell(&mut command, id);
                answers.push((command, Event::Answer(id)));
            }
        }
        answers
    }

    /// Makes an outcome known, where the action still owes its answer.
    fn tell(&self, command: &mut Command, outcome: OutcomeId) {
        let is_later = self.plan.actions[outcome.action].answers_later();
        let Some(variable) = self.variable(Variable::Answer(outcome.action)).filter(|_| is_later) else { return };
        let interim = self.plan.outcomes(outcome.action).filter(|(_, outcome)| outcome.class == Class::Interim);
        let open = interim.fold(1 << ASKED, |open, (id, _)| open | 1 << told(id));
        command.guard.push((variable, open));
        command.sets.push((variable, told(outcome)));
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
        let checked = self.checked(state);
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
        let commands = cases.iter().flat_map(|changes| {
            // What the question finds has happened then: the answer was only late.
            let found = checked.iter().find(|(_, answer)| changes.first().is_some_and(|(_, change)| answer.contains(change)));
            let Some((outcome, _)) = found else { return self.changes(&guard, changes, &[]) };
            let mut commands = self.changes(&guard, changes, &[Moment::Outcome(*outcome)]);
            for command in &mut commands {
                self.tell(command, *outcome);
            }
            commands
        });
        commands.map(|command| (command, Event::Timeout(state))).collect()
    }

    /// The outcomes that the timeout of a state asks for, each with what it then does to the thing itself.
    fn checked(&self, state: StateId) -> Vec<(OutcomeId, Vec<Change>)> {
        let plan = self.plan;
        let timeout = plan.state(state).form.timeout.iter();
        let asked = timeout.filter_map(|timeout| Some((timeout, timeout.checks.as_ref()?)));
        let asked = asked.flat_map(|(timeout, action)| timeout.on.iter().map(move |(answer, reaction)| (action, answer, reaction)));
        let found = asked.filter_map(|(action, answer, reaction)| {
            let (id, of) = plan.actions.iter().find(|(_, of)| of.name.text == action.text)?;
            let name = answer.member.as_ref().unwrap_or(&answer.owner);
            let index = of.outcomes.iter().position(|outcome| outcome.name.text == *name)?;
            Some((OutcomeId { action: id, index }, of_reaction(plan, state, state.entity, reaction)))
        });
        found.collect()
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
