//! What if somebody never comes back: which things stay unfinished for ever then.

use super::explore::{Explored, Extent, Limits, explore};
use super::progress::{Progress, alone};
use super::{By, Command, Run, View, World};
use crate::model::{Action, EntityId, Plan, StateId, SystemId};

/// Something that stays unfinished when somebody does not come back.
#[derive(Debug)]
pub struct Absence {
    /// Who does not come back.
    pub who: Absent,
    /// The state in which it stays.
    pub state: StateId,
    /// How it gets there.
    pub run: Run,
}

/// Who does not come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Absent {
    /// Somebody of a role; nothing where the plan names none.
    Role(Option<crate::model::RoleId>),
    /// A system from outside.
    System(SystemId),
}

/// What stays unfinished of one entity, each for whoever does not come back, in the fewest events. Where there is too much to look at,
/// nothing is claimed.
pub fn absences(plan: &Plan, entity: EntityId, limits: Limits) -> (Vec<Absence>, Extent) {
    let world = World::new(plan, &View::of_entity(plan, entity));
    let sizes = world.sizes(plan);
    let Some(variable) = world.variable(entity) else { return (Vec::new(), Extent::UpTo(0)) };
    let suspects = suspects(plan, &world, entity, &sizes, limits);
    if suspects.is_empty() {
        return (Vec::new(), Extent::Whole);
    }
    let Some(explored) = explore(&world, &sizes, limits) else { return (Vec::new(), Extent::UpTo(0)) };
    if explored.extent() != Extent::Whole {
        return (Vec::new(), explored.extent());
    }
    let of = |who| Stuck { plan, world: &world, explored: &explored, entity, variable, who };
    (suspects.into_iter().flat_map(|who| of(who).find()).collect(), Extent::Whole)
}

/// Those whose absence a quick look does not clear.
fn suspects(plan: &Plan, world: &World, entity: EntityId, sizes: &[usize], limits: Limits) -> Vec<Absent> {
    let all = absent(plan, world);
    let Some(variable) = world.variable(entity) else { return all };
    let Some(worlds) = alone(world, sizes, limits) else { return all };
    let mut occurring = vec![true; sizes[variable]];
    for (_, explored) in &worlds {
        let mut met = vec![false; sizes[variable]];
        for index in 0..explored.len() {
            met[explored.value(index, variable)] = true;
        }
        for (value, occurs) in occurring.iter_mut().enumerate() {
            *occurs &= met[value];
        }
    }
    let is_final = |value: usize| value.checked_sub(1).is_none_or(|state| is_final(plan, entity, state));
    let is_stuck = |who: &Absent| {
        let progress = Progress::new(&worlds, variable, sizes[variable], &|command| comes(command, *who));
        !progress.is_enough(&occurring, &is_final)
    };
    all.into_iter().filter(is_stuck).collect()
}

fn is_final(plan: &Plan, entity: EntityId, state: usize) -> bool {
    let state = &plan.entities[entity].states[state];
    state.is_final() || state.form.draining.is_some()
}

/// Whether something happens even when somebody does not come.
fn comes(command: &Command, who: Absent) -> bool {
    command.relief
        || match (command.by, who) {
            (By::Role(role), Absent::Role(who)) => role != who,
            (By::System(system), Absent::System(who)) => system != Some(who),
            _ => true,
        }
}

/// Who might stay away: everybody who does something, but those who always come, and the product's own systems.
fn absent(plan: &Plan, world: &World) -> Vec<Absent> {
    let commands = world.walkers.iter().flat_map(|walker| &walker.commands).chain(world.free.iter().map(|(command, _)| command));
    let mut found: Vec<Absent> = commands
        .filter_map(|command| match command.by {
            By::Role(role) => role.is_none_or(|role| !plan.roles[role].form.backstop).then_some(Absent::Role(role)),
            By::System(Some(system)) => may_be_silent(plan, system).then_some(Absent::System(system)),
            By::System(None) | By::Itself => None,
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether nobody would find out that a system from outside says nothing: no second way to what became of an action is named.
fn may_be_silent(plan: &Plan, system: SystemId) -> bool {
    let actions = plan.actions.iter().filter(|(_, action)| action.system == Some(system) && action.answers_later());
    let is_asked_again = |action: &Action| action.has_duty("reconciled") || action.has_duty("queried");
    plan.systems[system].form.external && actions.into_iter().any(|(_, action)| !is_asked_again(action))
}

struct Stuck<'a> {
    plan: &'a Plan,
    world: &'a World,
    explored: &'a Explored,
    entity: EntityId,
    variable: usize,
    who: Absent,
}

impl Stuck<'_> {
    fn find(&self) -> Vec<Absence> {
        let finished: Vec<usize> = (0..self.explored.len()).filter(|index| self.is_final(*index)).collect();
        let ends = self.backwards(&finished);
        let moving: Vec<usize> = self.others().filter(|(from, to)| self.value(*from) != self.value(*to)).map(|(from, _)| from).collect();
        let moves = self.backwards(&moving);
        let mut seen = vec![false; self.plan.entities[self.entity].states.len() + 1];
        let mut found = Vec::new();
        for index in (0..self.explored.len()).filter(|index| !ends[*index] && !moves[*index]) {
            let value = self.value(index);
            if !std::mem::replace(&mut seen[value], true) {
                let run = Run::new(self.world, self.explored, &self.explored.way_to(index));
                found.push(Absence { who: self.who, state: StateId { entity: self.entity, index: value - 1 }, run });
            }
        }
        found
    }

    fn value(&self, index: usize) -> usize {
        self.explored.value(index, self.variable)
    }

    fn is_final(&self, index: usize) -> bool {
        self.value(index).checked_sub(1).is_none_or(|state| is_final(self.plan, self.entity, state))
    }

    /// The changes that happen without whoever does not come.
    fn others(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let happens: Vec<bool> = self.explored.doings.iter().map(|doing| comes(doing.command(self.world), self.who)).collect();
        let calls: Vec<bool> = self.plan.entities[self.entity].states.iter().map(|state| state.form.escalate.is_some()).collect();
        let is_role = matches!(self.who, Absent::Role(_));
        self.explored.changes.iter().filter_map(move |(from, to, doing)| {
            let (from, to) = (*from as usize, *to as usize);
            let is_called = || is_role && self.value(from).checked_sub(1).is_some_and(|state| calls[state]);
            (happens[*doing as usize] || is_called()).then_some((from, to))
        })
    }

    /// Everything from which some configurations can be reached without whoever does not come.
    fn backwards(&self, goals: &[usize]) -> Vec<bool> {
        let mut before: Vec<Vec<u32>> = vec![Vec::new(); self.explored.len()];
        for (from, to) in self.others() {
            before[to].push(u32::try_from(from).unwrap_or(u32::MAX));
        }
        let mut seen = vec![false; self.explored.len()];
        let mut open = goals.to_vec();
        while let Some(index) = open.pop() {
            if !std::mem::replace(&mut seen[index], true) {
                open.extend(before[index].iter().map(|from| *from as usize));
            }
        }
        seen
    }
}
