//! What can follow a position: the ways on from its step, answers that are waited for, journeys that are used.

use super::effects::Coming;
use super::view::Mark;
use super::walker::{Collector, Position, Who};
use super::{ASKED, Builder, By, Command, Event, Variable, told, twice};
use crate::analysis::course::changes::{demanded, of_value};
use crate::analysis::course::{States, run_of};
use crate::model::{Cause, Id as _, Nature, OutcomeId, Run, Step, StepId, Way, WayId};
use crate::spec::{Attempts, Class, Deadline};

/// How deep journeys may use journeys; what lies deeper is passed by.
const DEEPEST: usize = 8;

impl Builder<'_> {
    /// The position of somebody who arrives at a step, and what of the view that is.
    pub(super) fn arrive(&self, users: Vec<StepId>, step: StepId) -> (Position, u8) {
        let at = &self.plan.steps[step];
        let is_own = at.role == self.plan.journey_of(step).role;
        let end = at.end.as_ref().filter(|_| users.is_empty() && is_own);
        let seen = self.view.bits(|mark| match mark {
            Mark::Step(of) => *of == step,
            Mark::Role(role) => at.role == Some(*role),
            Mark::End(name) => end.is_some_and(|end| end.name.text == *name),
            Mark::EndKind(kind) => end.is_some_and(|end| end.kind == *kind),
            Mark::Moment(_) | Mark::Enters => false,
        });
        (Position { users, step: Some(step), asked: None }, seen)
    }

    /// Adds everything that can follow a position.
    pub(super) fn leave(&self, collector: &mut Collector, from: usize) {
        let position = collector.walker.positions[from].clone();
        let Some(step) = position.step else { return };
        let at = &self.plan.steps[step];
        let used = self.used(&position, at);
        if let Some(first) = used {
            let users = [&position.users[..], &[step]].concat();
            let (to, seen) = self.arrive(users, first);
            collector.edge(from, to, Command { seen, ..Command::silent(By::Itself) }, Event::Into(step));
        }
        for (id, way) in self.plan.ways_from(step) {
            let is_return = matches!(way.cause, Cause::End(_)) || (way.cause == Cause::Next && used.is_some());
            if !is_return {
                self.take(collector, from, &position, id, way);
            }
        }
        for (index, run) in at.runs.iter().enumerate().filter(|_| position.asked.is_none()) {
            self.ask(collector, from, &position, index, run);
        }
        self.finish(collector, from, &position, at);
    }

    /// The first step of the journey that a step uses.
    fn used(&self, position: &Position, at: &Step) -> Option<StepId> {
        let Nature::Journey(Some(used)) = at.nature else { return None };
        let is_inside = position.users.iter().any(|user| self.plan.steps[*user].journey == used) || at.journey == used;
        if is_inside || position.users.len() >= DEEPEST { None } else { self.plan.journeys[used].first }
    }

    /// At an end: back to whoever uses the journey, or away.
    fn finish(&self, collector: &mut Collector, from: usize, position: &Position, at: &Step) {
        if let (Some((user, users)), Some(end)) = (position.users.split_last(), &at.end) {
            for (id, way) in self.plan.ways_from(*user) {
                let fits = match &way.cause {
                    Cause::End(name) => *name == end.name.text,
                    Cause::Next => true,
                    _ => false,
                };
                if fits {
                    self.go(collector, from, users, id, way, Command::silent(By::Itself));
                }
            }
            return;
        }
        let by = By::Role(at.role);
        let is_over = at.end.is_some() && !at.has_way();
        match collector.walker.who {
            Who::Step(_) if is_over => collector.edge(from, Position::default(), Command::silent(By::Itself), Event::Leaves),
            Who::Journey(_) if self.view.returns && (is_over || !matches!(at.nature, Nature::Decide | Nature::Job(_))) => {
                collector.edge(from, Position::default(), Command::silent(by), Event::Leaves);
            }
            _ => {}
        }
    }

    /// Asks an action that answers later, and stays to wait.
    fn ask(&self, collector: &mut Collector, from: usize, position: &Position, index: usize, run: &Run) {
        if !self.is_asked(run) {
            return;
        }
        let step = position.step.unwrap_or_else(|| StepId::new(0));
        let ways = self.plan.ways_from(step).map(|(_, way)| way);
        let of_it: Vec<&Way> = ways.filter(|way| self.is_answer_of(way, run)).collect();
        let Some(first) = of_it.first() else { return };
        let offered = &first.when.terms[first.asked_after..];
        for mut command in self.asking(step, run) {
            if self.demand(&mut command, offered) {
                collector.edge(from, Position { asked: Some(index), ..position.clone() }, command, Event::Asks(step, run.action));
            }
        }
    }

    /// Whether what a step runs is asked at one time and answered at another.
    fn is_asked(&self, run: &Run) -> bool {
        let is_run = !matches!(run.how, crate::model::How::Shows | crate::model::How::Wait);
        is_run && self.plan.actions[run.action].answers_later()
    }

    fn is_answer_of(&self, way: &Way, run: &Run) -> bool {
        let at = &self.plan.steps[way.from];
        matches!(way.cause, Cause::Outcome(outcome) if outcome.action == run.action)
            && run_of(at, way).is_some_and(|it| it.how == run.how && it.action == run.action)
    }

    /// Asks: afresh, or, where several attempts may be open, once more beside one that is.
    fn asking(&self, step: StepId, run: &Run) -> Vec<Command> {
        let mut command = self.by_whom(step);
        if !self.demand(&mut command, &self.plan.actions[run.action].needs.terms) || !self.has_place(&mut command, run.action) {
            return Vec::new();
        }
        let Some(variable) = self.variable(Variable::Answer(run.action)) else { return vec![command] };
        let mut again = command.clone();
        command.sets.push((variable, ASKED));
        if self.plan.actions[run.action].form.attempts != Some(Attempts::Many) {
            return vec![command];
        }
        let (open, twice) = (self.open(run.action), twice(self.plan, run.action));
        let is_again = again.demand(variable, open | 1 << twice);
        again.sets.push((variable, twice));
        let is_first = command.demand(variable, !(open | 1 << twice));
        [is_first.then_some(command), is_again.then_some(again)].into_iter().flatten().collect()
    }

    /// Nobody begins what could not succeed as things are: the one who is asked says so at once, and that a page is out of date by then is
    /// another question.
    fn has_place(&self, command: &mut Command, action: crate::model::ActionId) -> bool {
        let good = self.plan.outcomes(action).filter(|(_, outcome)| outcome.class == Class::Success);
        let good: Vec<OutcomeId> = good.map(|(id, _)| id).collect();
        good.is_empty()
            || self.entities().all(|(variable, entity)| {
                let places = good.iter().fold(States::default(), |places, outcome| places | self.places(entity, *outcome));
                places == States::ANY || command.demand(variable, super::mask(places))
            })
    }

    /// A command of whoever goes through a step.
    pub(super) fn by_whom(&self, step: StepId) -> Command {
        let at = &self.plan.steps[step];
        let by = match at.nature {
            Nature::Job(system) => By::System(system),
            Nature::Decide => By::Itself,
            _ => By::Role(at.role),
        };
        Command { relief: at.form.escalate.is_some(), ..Command::silent(by) }
    }

    /// Adds what a way does.
    fn take(&self, collector: &mut Collector, from: usize, position: &Position, id: WayId, way: &Way) {
        let at = &self.plan.steps[way.from];
        for mut command in self.caused(position, at, way) {
            let (after, before) = way.when.terms.split_at(way.asked_after);
            let is_possible = self.demand(&mut command, before) && self.demand_after(&mut command, after);
            if is_possible && self.is_left_over(&mut command, way) {
                self.go(collector, from, &position.users, id, way, command);
            }
        }
    }

    /// What brings somebody over a way.
    fn caused(&self, position: &Position, at: &Step, way: &Way) -> Vec<Command> {
        let asked = position.asked.and_then(|index| at.runs.get(index));
        match &way.cause {
            Cause::Outcome(outcome) => self.answered(asked, at, way, *outcome),
            Cause::Next | Cause::Choice(_) | Cause::ScreenState(_) => match run_of(at, way) {
                Some(run) => self.unanswered(way, run),
                None => vec![self.simply(at, way)],
            },
            Cause::State(state) => self.entities().find(|(_, entity)| *entity == state.entity).map_or_else(
                || vec![Command::silent(By::Itself)],
                |(variable, _)| {
                    let mut command = Command::silent(By::Itself);
                    command.demand(variable, super::mask(States::one(state.index)));
                    vec![command]
                },
            ),
            Cause::Timeout => vec![self.timed_out(at)],
            Cause::Exhausted => self.exhausted(position, at, way),
            Cause::Value(value) => {
                let changes: Vec<_> = self.entities().map(|(_, entity)| (entity, of_value(self.plan, entity, way.from, value))).collect();
                self.changes(&Command::silent(By::Itself), &changes, &[])
            }
            Cause::End(_) => Vec::new(),
        }
    }

    fn answered(&self, asked: Option<&Run>, at: &Step, way: &Way, outcome: OutcomeId) -> Vec<Command> {
        let run = run_of(at, way).filter(|run| run.action == outcome.action);
        match run {
            Some(run) if self.is_asked(run) => {
                if asked.is_some_and(|asked| asked.action == run.action && asked.how == run.how) {
                    self.learns(outcome)
                } else {
                    Vec::new()
                }
            }
            Some(_) => self.outcome_of(way.from, outcome),
            None => self.learns(outcome),
        }
    }

    /// An outcome that somebody brings about at once.
    fn outcome_of(&self, step: StepId, outcome: OutcomeId) -> Vec<Command> {
        let whose = self.by_whom(step);
        let mut commands = self.outcome(outcome, Coming::Now, whose.by);
        for command in &mut commands {
            command.relief = whose.relief;
            command.sets.extend(self.variable(Variable::Answer(outcome.action)).map(|variable| (variable, told(outcome))));
        }
        commands
    }

    /// Somebody gets to know an outcome that has come.
    fn learns(&self, outcome: OutcomeId) -> Vec<Command> {
        let Some(variable) = self.variable(Variable::Answer(outcome.action)) else {
            return vec![Command::silent(By::System(self.plan.actions[outcome.action].system))];
        };
        let mut command = Command::silent(By::Itself);
        command.demand(variable, 1 << told(outcome));
        vec![command]
    }

    /// A way that does not ask how the action ended.
    fn unanswered(&self, way: &Way, run: &Run) -> Vec<Command> {
        if self.is_asked(run) {
            return self.asking(way.from, run);
        }
        let outcomes = self.plan.outcomes(run.action).map(|(id, _)| id);
        let open: Vec<OutcomeId> = outcomes.filter(|id| !run.answered.contains(&id.index)).collect();
        if open.is_empty() {
            return vec![self.by_whom(way.from)];
        }
        open.into_iter().flat_map(|outcome| self.outcome_of(way.from, outcome)).collect()
    }

    /// Somebody goes on, or what was waited for is there.
    fn simply(&self, at: &Step, way: &Way) -> Command {
        let by = match at.nature {
            Nature::Wait(crate::model::Waits::Time) if way.choice.is_none() => By::Itself,
            Nature::Wait(crate::model::Waits::Role(role)) if way.choice.is_none() => By::Role(Some(role)),
            _ => return self.by_whom(way.from),
        };
        Command { by, ..self.by_whom(way.from) }
    }

    /// After too long. Where the step has the deadline of a state, that state's own timeout has moved the thing.
    fn timed_out(&self, at: &Step) -> Command {
        let mut command = Command::silent(By::Itself);
        let Some(Deadline::Of(mention)) = &at.form.within else { return command };
        let thing = self.entities().find(|(_, entity)| self.plan.entities[*entity].name.text == mention.owner);
        let state = thing.and_then(|(_, entity)| self.plan.entities[entity].state(mention.member.as_deref()?));
        if let (Some((variable, _)), Some(index)) = (thing, state) {
            command.demand(variable, !super::mask(States::one(index)));
        }
        command
    }

    /// After the last of so many tries, which came to its result like the others.
    fn exhausted(&self, position: &Position, at: &Step, way: &Way) -> Vec<Command> {
        let siblings = self.plan.ways_from(way.from).map(|(_, other)| other);
        let tried = siblings.filter(|other| other.times.is_some() && other.cause != Cause::Exhausted && other.choice == way.choice);
        tried.flat_map(|other| self.caused(position, at, other)).collect()
    }

    /// An answer without a demand of its own beside others that have one is for what those leave over.
    fn is_left_over(&self, command: &mut Command, way: &Way) -> bool {
        if way.asked_after > 0 {
            return true;
        }
        let siblings = self.plan.ways_from(way.from).map(|(_, other)| other);
        let mut rivals = siblings.filter(|other| other.asked_after > 0 && other.cause == way.cause && other.choice == way.choice);
        rivals.all(|rival| {
            let terms = &rival.when.terms[..rival.asked_after];
            let [term] = terms else { return true };
            let Some((variable, entity)) = self.entities().find(|(_, entity)| *entity == term.entity) else { return true };
            let taken = super::mask(demanded(terms, entity));
            match command.sets.iter().find(|(set, _)| *set == variable) {
                Some((_, value)) => taken >> value & 1 == 0,
                None => command.demand(variable, !taken),
            }
        })
    }

    /// Goes to where a way leads. Whoever goes to another journey leaves the one that was used as a step.
    fn go(&self, collector: &mut Collector, from: usize, users: &[StepId], id: WayId, way: &Way, mut command: Command) {
        let stays = self.plan.steps[way.from].journey == self.plan.steps[way.to].journey;
        let (to, seen) = self.arrive(if stays { users.to_vec() } else { Vec::new() }, way.to);
        command.seen |= seen;
        command.guard.sort_unstable();
        command.sets.sort_unstable();
        collector.edge(from, to, command, Event::Way(id));
    }
}
