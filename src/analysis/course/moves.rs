//! Every move of one entity that the plan performs: what moves it, out of which states, into which one, and whose doing it is.

use crate::model::{EntityId, How, MoveBy, Nature, OutcomeId, Plan, RoleId, Run, StateId, Step, StepId, SystemId};

use super::bits::{MOST, States};
use super::changes::{self, Change, allowed};

/// Who goes through a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    /// A person.
    Person(Option<RoleId>),
    /// A system, which does a job.
    System(Option<SystemId>),
}

impl Actor {
    /// Of a step.
    pub fn of(step: &Step) -> Self {
        match step.nature {
            Nature::Job(system) => Self::System(system),
            _ => Self::Person(step.role),
        }
    }
}

/// One thing that moves an entity into one state.
#[derive(Clone, Debug)]
pub struct Move {
    /// Out of these states.
    pub from: States,
    /// Whether the plan names these states at the move itself; otherwise they are those from which the state may follow.
    pub is_named: bool,
    /// Into this state.
    pub to: StateId,
    /// What moves it.
    pub by: MoveBy,
    /// Who may do it on their way.
    pub actors: Vec<Actor>,
    /// Whether it may happen at any time: by a timer, a late answer, a message.
    pub is_anytime: bool,
}

impl Move {
    /// Whether it may happen without somebody's doing.
    pub(super) fn is_of_others(&self, actor: Actor) -> bool {
        self.is_anytime || self.actors.iter().any(|by| *by != actor)
    }

    /// The steps on which somebody does it.
    pub(super) fn steps<'p>(&self, plan: &'p Plan) -> impl Iterator<Item = StepId> + use<'p> {
        let (runs, decision): (&[(StepId, Run)], _) = match self.by {
            MoveBy::Outcome(outcome) => (&plan.actions[outcome.action].runs, None),
            MoveBy::Decision(step) => (&[], Some(step)),
            _ => (&[], None),
        };
        runs.iter().filter(|(_, run)| run.how != How::Wait).map(|(step, _)| *step).chain(decision)
    }
}

/// The moves of an entity, each thing that moves it once for each state that it sets; none where it has too many states to follow.
pub fn moves(plan: &Plan, entity: EntityId) -> Vec<Move> {
    if plan.entities[entity].states.len() > MOST {
        return Vec::new();
    }
    let mut sources: Vec<MoveBy> = Vec::new();
    for (_, state) in plan.states(entity) {
        for by in &state.entered_by {
            if !sources.contains(by) {
                sources.push(*by);
            }
        }
    }
    sources.into_iter().flat_map(|by| moves_by(plan, entity, by)).collect()
}

fn moves_by(plan: &Plan, entity: EntityId, by: MoveBy) -> Vec<Move> {
    match by {
        MoveBy::Outcome(outcome) => by_outcome(plan, entity, outcome),
        MoveBy::Decision(step) => {
            let decide = plan.steps[step].form.decide.iter().flat_map(|decide| decide.values.iter());
            let changes = decide.map(|(_, sets)| Change::of(plan, entity, sets));
            let actors = vec![Actor::of(&plan.steps[step])];
            changes.flat_map(|change| expand(plan, entity, &change, States::ANY, by, &actors, false)).collect()
        }
        MoveBy::Timeout(state) => by_state(plan, entity, state, by, &changes::of_timeout(plan, state, entity)),
        MoveBy::Reaction(state) => by_state(plan, entity, state, by, &changes::of_reactions(plan, state, entity)),
        MoveBy::Sent(system) => {
            let sent = plan.systems[system].form.sends.iter().map(|(_, outcome)| outcome);
            sent.flat_map(|outcome| {
                let when = changes::of_sent(plan, entity, outcome);
                expand(plan, entity, &Change::of(plan, entity, &outcome.sets), when, by, &[], true)
            })
            .collect()
        }
    }
}

fn by_outcome(plan: &Plan, entity: EntityId, outcome: OutcomeId) -> Vec<Move> {
    let action = &plan.actions[outcome.action];
    let when = allowed(&plan.outcome(outcome).when, entity) & allowed(&action.needs, entity);
    let runs = action.runs.iter().filter(|(_, run)| run.how != How::Wait);
    let mut actors: Vec<Actor> = Vec::new();
    for actor in runs.map(|(step, _)| Actor::of(&plan.steps[*step])) {
        if !actors.contains(&actor) {
            actors.push(actor);
        }
    }
    let is_anytime = (action.answers_later() && action.is_run()) || !action.checked_by.is_empty();
    let when = if changes::is_created(plan, entity, outcome.action) && when == States::ANY { States::NONE } else { when };
    let moves = expand(plan, entity, &changes::of_outcome(plan, entity, outcome), when, MoveBy::Outcome(outcome), &actors, is_anytime);
    let answering = changes::answering(plan, entity, outcome);
    moves.into_iter().map(|it| Move { from: it.from.without(answering), ..it }).collect()
}

/// Moves by something that stands on a state: its own entity leaves that state, another one leaves whatever allows it.
fn by_state(plan: &Plan, entity: EntityId, state: StateId, by: MoveBy, changes: &[Change]) -> Vec<Move> {
    let when = if state.entity == entity { States::one(state.index) } else { States::ANY };
    changes.iter().flat_map(|change| expand(plan, entity, change, when, by, &[], true)).collect()
}

fn expand(plan: &Plan, entity: EntityId, change: &Change, when: States, by: MoveBy, actors: &[Actor], is_anytime: bool) -> Vec<Move> {
    let targets = change.targets().into_iter();
    let moves = targets.map(|(index, before)| {
        let to = StateId { entity, index };
        let named = before.unwrap_or(States::ANY) & when;
        let is_named = named != States::ANY;
        let from = if is_named { named } else { allowing(plan, to) | born(plan, to) };
        Move { from, is_named, to, by, actors: actors.to_vec(), is_anytime }
    });
    moves.collect()
}

/// The states from which a state may follow.
pub fn allowing(plan: &Plan, to: StateId) -> States {
    States::of(plan.states(to.entity).filter(|(_, state)| state.then.contains(&to)).map(|(id, _)| id.index))
}

/// *None*, where something that says nothing of the state before may well create the entity in this one.
pub(in crate::analysis) fn born(plan: &Plan, to: StateId) -> States {
    if to.index == 0 || allowing(plan, to).is_empty() { States::NONE } else { States::default() }
}

/// What others may do to an entity while somebody is on their way, in any number of moves.
#[derive(Clone, Debug)]
pub(super) struct Others {
    /// For each state, *none* first, all that may come of it.
    reached: Vec<States>,
}

impl Others {
    /// Everybody but one.
    pub(super) fn than(actor: Actor, moves: &[Move], states: usize) -> Self {
        Self::by(moves.iter().filter(|it| it.is_of_others(actor)), states)
    }

    /// By some moves.
    pub(super) fn by<'m>(moves: impl Iterator<Item = &'m Move>, states: usize) -> Self {
        let mut reached = vec![States::default(); states + 1];
        for it in moves {
            for from in it.from.indices() {
                if let Some(row) = reached.get_mut(from.map_or(0, |index| index + 1)) {
                    *row = *row | States::one(it.to.index);
                }
            }
        }
        for over in 0..=states {
            let (bit, onward) = (States(1 << over), reached[over]);
            for row in &mut reached {
                if row.has(bit) {
                    *row = *row | onward;
                }
            }
        }
        Self { reached }
    }

    /// What may come of any of some states, these not included unless they may come again.
    pub(super) fn from(&self, states: States) -> States {
        let rows = states.indices().filter_map(|index| self.reached.get(index.map_or(0, |index| index + 1)));
        rows.fold(States::default(), |all, row| all | *row)
    }
}
