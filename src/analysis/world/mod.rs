//! Everything together: each role's way, the things they share, outstanding answers and timers, as guarded commands.
//!
//! A [`World`] is made for what one question looks at, its [`View`]: some entities and some moments. Ways are reduced to what can be told
//! apart from there, so that a plan of ten thousand steps stays small. What is not looked at may happen at any time, so a world can do
//! whatever the plan can, and sometimes a little more.
//!
//! Timers may fire whenever their state holds. There is one of each thing; a fresh one takes the place of the one before.

mod absence;
mod effects;
mod explore;
mod progress;
mod quotient;
mod run;
mod unanswered;
mod unasked;
mod view;
mod walker;
mod ways;

use std::collections::HashMap;

use super::course::States;
use crate::model::{ActionId, Cause, EntityId, Moment, OutcomeId, Plan, RoleId, StateId, SystemId, WayId};
use walker::Entry;

pub use absence::{Absence, Absent, absences};
pub use explore::{Doing, Explored, Extent, Limits, explore};
pub use run::{Event, Run};
pub use unanswered::{Unanswered, unanswered};
pub use view::{Mark, View};
pub use walker::{Edge, Position, Walker, Who};

pub(super) use progress::alone;
pub(super) use view::deciding;
pub(super) use walker::doors;

/// Some ways, things, answers and timers, and how they change together.
#[derive(Debug)]
pub struct World {
    /// What has a value of its own beside the positions.
    pub variables: Vec<Variable>,
    /// Who goes along the ways.
    pub walkers: Vec<Walker>,
    /// What each variable may be in the beginning; every combination.
    pub starts: Vec<Vec<u8>>,
    /// What happens without anybody's way.
    pub free: Vec<(Command, Event)>,
    /// The outcomes that lead over ways, so that a run is told with the answer that came.
    answers: HashMap<WayId, OutcomeId>,
}

/// Something that has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variable {
    /// An entity: nothing yet, and then one value for each of its states.
    Entity(EntityId),
    /// What is known of an action: not asked, asked, one value for each outcome that was told, and asked twice.
    Answer(ActionId),
}

impl Variable {
    /// How many values it has.
    fn values(self, plan: &Plan) -> usize {
        match self {
            Self::Entity(entity) => plan.entities[entity].states.len() + 1,
            Self::Answer(action) => plan.actions[action].outcomes.len() + 3,
        }
    }
}

/// Nobody asked.
pub const IDLE: u8 = 0;
/// Asked, and nothing told yet.
pub const ASKED: u8 = 1;

/// What an outcome is as a value of [`Variable::Answer`].
pub fn told(outcome: OutcomeId) -> u8 {
    u8::try_from(outcome.index + 2).unwrap_or(u8::MAX)
}

/// Two attempts are open, as a value of [`Variable::Answer`].
fn twice(plan: &Plan, action: ActionId) -> u8 {
    u8::try_from(plan.actions[action].outcomes.len() + 2).unwrap_or(u8::MAX)
}

/// Who must do something for it to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum By {
    /// Somebody of a role; nothing where the plan names none.
    Role(Option<RoleId>),
    /// A system.
    System(Option<SystemId>),
    /// Time passes, or it follows by itself.
    Itself,
}

/// Something that may happen, and what it changes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Command {
    /// Which values each variable may have for it.
    pub guard: Vec<(usize, u64)>,
    /// What becomes of variables.
    pub sets: Vec<(usize, u8)>,
    /// The walkers that begin with it.
    pub begins: Vec<usize>,
    /// Who does it.
    pub by: By,
    /// Who does it when those do not come.
    pub relief: bool,
    /// What of the view it is, a bit for each.
    pub seen: u8,
    /// The answer that it brings, and the state that has no place for it.
    pub unanswered: Option<(OutcomeId, StateId)>,
}

impl Command {
    /// Something that changes nothing that is looked at.
    fn silent(by: By) -> Self {
        Self { guard: Vec::new(), sets: Vec::new(), begins: Vec::new(), by, relief: false, seen: 0, unanswered: None }
    }

    /// Whether it is possible with some values.
    pub fn is_possible(&self, values: &[u8]) -> bool {
        self.guard.iter().all(|(variable, mask)| mask >> values[*variable] & 1 == 1)
    }

    /// Narrows what a variable may be; false where nothing is left.
    fn demand(&mut self, variable: usize, mask: u64) -> bool {
        if let Some((_, before)) = self.guard.iter_mut().find(|(known, _)| *known == variable) {
            *before &= mask;
            return *before != 0;
        }
        self.guard.push((variable, mask));
        mask != 0
    }
}

impl World {
    /// What a plan does, seen from somewhere.
    pub fn new(plan: &Plan, view: &View) -> Self {
        let builder = Builder::new(plan, view);
        let mut free = builder.unasked();
        let walkers = builder.reduce(builder.walkers(), &mut free);
        let answers = plan.ways().filter_map(|(id, way)| if let Cause::Outcome(outcome) = way.cause { Some((id, outcome)) } else { None });
        Self { variables: view.variables.clone(), walkers, starts: builder.starts(), free, answers: answers.collect() }
    }

    /// How many values each variable has.
    pub fn sizes(&self, plan: &Plan) -> Vec<usize> {
        (0..self.variables.len()).map(|index| self.values(plan, index)).collect()
    }

    /// How many values a variable has.
    pub fn values(&self, plan: &Plan, variable: usize) -> usize {
        self.variables[variable].values(plan)
    }

    /// The position of an entity among the variables.
    pub fn variable(&self, entity: EntityId) -> Option<usize> {
        self.variables.iter().position(|variable| *variable == Variable::Entity(entity))
    }
}

/// Makes a world of a plan.
struct Builder<'p> {
    plan: &'p Plan,
    view: &'p View,
    entries: Vec<Entry>,
    /// The walkers that begin when something happens, by their positions.
    triggers: HashMap<Moment, Vec<usize>>,
}

impl<'p> Builder<'p> {
    fn new(plan: &'p Plan, view: &'p View) -> Self {
        let entries = walker::entries(plan);
        let mut triggers: HashMap<Moment, Vec<usize>> = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            for moment in &entry.moments {
                triggers.entry(*moment).or_default().push(index);
            }
        }
        Self { plan, view, entries, triggers }
    }

    /// What each entity may be before anything has happened: there already where nothing in the plan brings it into being.
    fn starts(&self) -> Vec<Vec<u8>> {
        let mut starts: Vec<Vec<u8>> = vec![Vec::new()];
        for variable in &self.view.variables {
            let values: &[u8] = match variable {
                Variable::Answer(_) => &[IDLE],
                Variable::Entity(entity) => self.first_values(*entity),
            };
            starts = starts.iter().flat_map(|start| values.iter().map(move |value| [&start[..], &[*value]].concat())).collect();
        }
        starts
    }

    fn first_values(&self, entity: EntityId) -> &'static [u8] {
        let of = &self.plan.entities[entity];
        let is_created = self.plan.actions.ids().any(|action| effects::is_created(self.plan, entity, action));
        let Some(first) = of.states.first() else { return &[0] };
        let returns = of.states.iter().any(|state| state.then.contains(&StateId { entity, index: 0 }));
        match (is_created, first.entered_by.is_empty(), returns) {
            (true, _, _) | (false, false, false) => &[0],
            // Other states may come of nothing where nothing leads to them, so an entity that starts elsewhere may begin with none.
            (false, true, _) if of.states.iter().any(|state| !state.entered_by.is_empty() && self.is_born(entity, state)) => &[0, 1],
            (false, true, _) => &[1],
            (false, false, true) => &[0, 1],
        }
    }

    fn is_born(&self, entity: EntityId, state: &crate::model::State) -> bool {
        let index = self.plan.entities[entity].states.iter().position(|other| std::ptr::eq(other, state));
        index.is_some_and(|index| index > 0 && super::course::allowing(self.plan, StateId { entity, index }).is_empty())
    }

    /// The value of a variable that stands for a state.
    fn value(state: StateId) -> u8 {
        u8::try_from(state.index + 1).unwrap_or(u8::MAX)
    }

    fn variable(&self, wanted: Variable) -> Option<usize> {
        self.view.variables.iter().position(|variable| *variable == wanted)
    }
}

/// All states of a set as a mask of values.
fn mask(states: States) -> u64 {
    states.0
}
