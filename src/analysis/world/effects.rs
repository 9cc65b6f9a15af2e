//! What an outcome, a decision, a timer or a message does to the things that are looked at, case by case.

use super::{Builder, By, Command, Variable, mask};
use crate::analysis::course::States;
use crate::analysis::course::changes::{self, Change, allowed, demanded};
use crate::analysis::course::{allowing, born};
use crate::model::{ActionId, EntityId, GuardTerm, Moment, OutcomeId, StateId};

pub(super) use crate::analysis::course::changes::is_created;

/// What happens in some states of one entity.
struct Piece {
    states: States,
    becomes: Option<usize>,
    unanswered: Option<StateId>,
}

/// When an outcome comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coming {
    /// At once: in a state that does not allow it, it is another outcome that comes.
    Now,
    /// Later, in whatever state the thing is by then.
    Late,
}

impl Builder<'_> {
    /// Every way in which an outcome can come, each as a command.
    pub(super) fn outcome(&self, outcome: OutcomeId, coming: Coming, by: By) -> Vec<Command> {
        let mut cases = vec![Command::silent(by)];
        for (variable, entity) in self.entities() {
            let pieces = self.pieces(entity, outcome, coming);
            cases = split(&cases, variable, &pieces, outcome);
        }
        // What is still owed is owed for the thing before, not for the fresh one.
        let fresh: Vec<EntityId> =
            self.entities().map(|(_, entity)| entity).filter(|entity| is_created(self.plan, *entity, outcome.action)).collect();
        let owed =
            |action: ActionId| action != outcome.action && fresh.iter().any(|entity| changes::is_touched(self.plan, *entity, action));
        let is_birth = !fresh.is_empty() && self.plan.outcome(outcome).class == crate::spec::Class::Success;
        for (index, variable) in self.view.variables.iter().enumerate().filter(|_| is_birth) {
            if let Variable::Answer(action) = variable
                && owed(*action)
            {
                for case in &mut cases {
                    case.sets.push((index, super::IDLE));
                }
            }
        }
        let happened = [Moment::Outcome(outcome), Moment::Action(outcome.action)];
        cases.into_iter().flat_map(|case| self.complete(case, &happened)).collect()
    }

    /// Every way in which something else can change an entity, and others with it.
    pub(super) fn changes(&self, guard: &Command, changes: &[(EntityId, Change)], happened: &[Moment]) -> Vec<Command> {
        let mut cases = vec![guard.clone()];
        for (variable, entity) in self.entities() {
            for (_, change) in changes.iter().filter(|(of, _)| *of == entity) {
                let pieces = self.changed(entity, change, States::ANY, None);
                cases = split(&cases, variable, &pieces, OutcomeId { action: crate::model::Id::new(0), index: 0 });
            }
        }
        cases.into_iter().flat_map(|case| self.complete(case, happened)).collect()
    }

    /// The entities that are looked at, with their variables.
    pub(super) fn entities(&self) -> impl Iterator<Item = (usize, EntityId)> + '_ {
        self.view.variables.iter().enumerate().filter_map(|(index, variable)| match variable {
            Variable::Entity(entity) => Some((index, *entity)),
            Variable::Answer(_) => None,
        })
    }

    /// Narrows a command to what a guard says; false where it cannot be then.
    pub(super) fn demand(&self, command: &mut Command, terms: &[GuardTerm]) -> bool {
        self.entities().all(|(variable, entity)| {
            let states = demanded(terms, entity);
            states == States::ANY || command.demand(variable, mask(states))
        })
    }

    /// The same of what is so afterwards.
    pub(super) fn demand_after(&self, command: &mut Command, terms: &[GuardTerm]) -> bool {
        self.entities().all(|(variable, entity)| {
            let states = mask(demanded(terms, entity));
            match command.sets.iter().find(|(set, _)| *set == variable) {
                Some((_, value)) => states >> value & 1 == 1,
                None => states == u64::MAX || command.demand(variable, states),
            }
        })
    }

    fn pieces(&self, entity: EntityId, outcome: OutcomeId, coming: Coming) -> Vec<Piece> {
        let plan = self.plan;
        let needs = if coming == Coming::Now { allowed(&plan.actions[outcome.action].needs, entity) } else { States::ANY };
        let when = allowed(&plan.outcome(outcome).when, entity) & needs;
        let answering = changes::answering(plan, entity, outcome) & when;
        let mut pieces = Vec::new();
        for index in answering.indices().flatten() {
            let change = changes::of_answer(plan, StateId { entity, index }, outcome);
            let own = States::one(index);
            let becomes = change.targets().into_iter().find(|(_, from)| from.is_none_or(|from| from.meets(own))).map(|(to, _)| to);
            pieces.push(Piece { states: own, becomes, unanswered: None });
        }
        let change = changes::of_outcome(plan, entity, outcome);
        let rest = when.without(answering);
        if change == Change::Nothing {
            // What one brings into being afresh begins as its first state says.
            let is_begun = is_created(plan, entity, outcome.action) && plan.outcome(outcome).class == crate::spec::Class::Success;
            let states = if is_begun && self.view.single { rest & States::NONE } else { rest };
            // Where something else brings it into its first state, it is only made ready here.
            let is_ready = self.view.single && plan.entities[entity].states.first().is_some_and(|first| !first.entered_by.is_empty());
            pieces.push(Piece { states, becomes: (is_begun && !is_ready).then_some(0), unanswered: None });
            return pieces;
        }
        pieces.extend(self.changed(entity, &change, rest, Some((outcome, coming))));
        pieces
    }

    /// The states of an entity in which an outcome has a place: it moves the thing, or the state says what it does.
    pub(super) fn places(&self, entity: EntityId, outcome: OutcomeId) -> States {
        let plan = self.plan;
        let when = allowed(&plan.outcome(outcome).when, entity);
        let targets = changes::of_outcome(plan, entity, outcome).targets();
        if targets.is_empty() {
            return when;
        }
        let moving = targets.into_iter().fold(States::default(), |all, (index, named)| {
            let to = StateId { entity, index };
            let is_fresh = changes::is_fresh(plan, entity, outcome.action, index);
            let from = if is_fresh { States::ANY } else { allowing(plan, to) | born(plan, to) };
            all | (from & named.unwrap_or(States::ANY))
        });
        moving & when
    }

    /// What a change does in some states: where the thing allows it, it moves; where it is there already, nothing happens.
    fn changed(&self, entity: EntityId, change: &Change, states: States, by: Option<(OutcomeId, Coming)>) -> Vec<Piece> {
        let plan = self.plan;
        let known = States(u64::MAX >> (63 - plan.entities[entity].states.len().min(63)));
        let mut rest = states & known;
        let mut pieces = Vec::new();
        for (to, named) in change.targets() {
            let target = StateId { entity, index: to };
            let is_fresh = by.is_some_and(|(outcome, _)| changes::is_fresh(plan, entity, outcome.action, to));
            let moving = match (is_fresh, self.view.single) {
                (true, true) => States::NONE,
                (true, false) => States::ANY,
                (false, _) => allowing(plan, target) | born(plan, target),
            };
            let from = rest & named.unwrap_or(States::ANY);
            pieces.push(Piece { states: from & moving, becomes: Some(to), unanswered: None });
            if is_fresh && self.view.single {
                rest = rest.without(from);
                continue;
            }
            let staying = from.without(moving) & States::one(to);
            pieces.push(Piece { states: staying, becomes: None, unanswered: None });
            if matches!(by, Some((_, Coming::Late))) {
                let odd = from.without(moving).without(staying).without(States::NONE);
                let odd = odd.indices().flatten().map(|index| StateId { entity, index });
                pieces.extend(odd.map(|state| Piece { states: States::one(state.index), becomes: None, unanswered: Some(state) }));
            }
            rest = rest.without(from);
        }
        if change.targets().iter().all(|(_, named)| named.is_some()) {
            pieces.push(Piece { states: rest, becomes: None, unanswered: None });
        }
        pieces
    }

    /// What follows at once: reactions of other things, ways that begin, and what is watched for.
    pub(super) fn complete(&self, command: Command, happened: &[Moment]) -> Vec<Command> {
        let moments = [happened, &self.entered(&command)].concat();
        let mut cases = vec![command];
        for (variable, entity) in self.entities() {
            for (state, sets) in self.reacting(entity, &moments) {
                let moved: Vec<Variable> = sets.iter().map(|(set, _)| self.view.variables[*set]).collect();
                let is_moved = |of: StateId| moved.contains(&Variable::Entity(of.entity));
                let state = mask(States::one(state.index));
                cases = cases.into_iter().flat_map(|case| react(case, variable, state, &sets, &is_moved)).collect();
            }
        }
        for case in &mut cases {
            for moment in [happened, &self.entered(case)].concat() {
                case.seen |= self.seen_at(moment);
                case.begins.extend(self.triggers.get(&moment).into_iter().flatten());
            }
            for begun in &case.begins {
                case.seen |= self.arrive(Vec::new(), self.entries[*begun].step).1;
            }
            case.begins.sort_unstable();
            case.begins.dedup();
            case.guard.sort_unstable();
            case.sets.sort_unstable();
        }
        cases
    }

    fn entered(&self, command: &Command) -> Vec<Moment> {
        let state = |(variable, value): &(usize, u8)| match self.view.variables[*variable] {
            Variable::Entity(entity) => value.checked_sub(1).map(|index| Moment::State(StateId { entity, index: usize::from(index) })),
            Variable::Answer(_) => None,
        };
        command.sets.iter().filter_map(state).collect()
    }

    /// The states of an entity that react to what happened, each with what that sets. What a state of its own makes of an outcome is no
    /// part of it: that comes instead of what the outcome sets.
    fn reacting(&self, entity: EntityId, moments: &[Moment]) -> Vec<(StateId, Vec<(usize, u8)>)> {
        let plan = self.plan;
        let mut found = Vec::new();
        for (id, _) in plan.states(entity).filter(|(_, state)| state.reacts_to.iter().any(|moment| moments.contains(moment))) {
            for moment in moments {
                let is_outcome = matches!(moment, Moment::Outcome(_) | Moment::Action(_));
                let others = self.entities().filter(|(_, other)| !(is_outcome && *other == entity));
                let sets = others.filter_map(|(variable, other)| {
                    let changes = changes::of_moment(plan, id, other, *moment);
                    let (to, _) = changes.iter().flat_map(Change::targets).next()?;
                    Some((variable, Self::value(StateId { entity: other, index: to })))
                });
                let sets: Vec<_> = sets.collect();
                if !sets.is_empty() {
                    found.push((id, sets));
                }
            }
        }
        found
    }

    fn seen_at(&self, moment: Moment) -> u8 {
        self.view.bits(|mark| *mark == super::view::Mark::Moment(moment))
    }
}

fn split(cases: &[Command], variable: usize, pieces: &[Piece], outcome: OutcomeId) -> Vec<Command> {
    let mut after = Vec::new();
    for case in cases {
        for piece in pieces.iter().filter(|piece| !piece.states.is_empty()) {
            let mut next = case.clone();
            if piece.states != States::ANY && !next.demand(variable, mask(piece.states)) {
                continue;
            }
            next.sets.extend(piece.becomes.and_then(|to| u8::try_from(to + 1).ok()).map(|value| (variable, value)));
            let unanswered = piece.unanswered.map(|state| (outcome, state));
            // Two things without a place for it: each is told.
            if next.unanswered.is_some() && unanswered.is_some() {
                after.push(Command { unanswered, ..next.clone() });
            }
            next.unanswered = next.unanswered.or(unanswered);
            after.push(next);
        }
    }
    after
}

/// The case in which a state reacts, and the one in which the thing is in another state. What the reaction moves has its answer.
fn react(case: Command, variable: usize, state: u64, sets: &[(usize, u8)], is_moved: &dyn Fn(StateId) -> bool) -> Vec<Command> {
    let (mut then, mut other) = (case.clone(), case);
    let is_then = then.demand(variable, state);
    then.unanswered = then.unanswered.filter(|(_, state)| !is_moved(*state));
    for (set, value) in sets {
        if then.sets.iter().all(|(known, _)| known != set) {
            then.sets.push((*set, *value));
        }
    }
    let is_other = other.demand(variable, !state);
    [is_then.then_some(then), is_other.then_some(other)].into_iter().flatten().collect()
}
