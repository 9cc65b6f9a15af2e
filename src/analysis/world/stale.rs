//! Whether somebody can stand on a step while others move a thing to where what the step offers has no place any more.

use std::collections::{HashMap, VecDeque};

use super::explore::{Doing, Explored, Limits, explore};
use super::view::Mark;
use super::{By, Run, View, World};
use crate::analysis::course::States;
use crate::model::{EntityId, Plan, StateId, StepId};

/// The mark for somebody who comes to the step.
const HERE: u8 = 1;

/// Somebody comes to a step while a thing is in one of some states, and others move it into another one before they go on: into which,
/// and how that comes.
pub fn overtaken(plan: &Plan, step: StepId, entity: EntityId, places: States, limits: Limits) -> Option<(StateId, Run)> {
    let view = View { marks: vec![(Mark::Step(step), HERE)], single: true, returns: false, ..View::of_entity(plan, entity) };
    let world = World::new(plan, &view);
    let variable = world.variable(entity)?;
    let explored = explore(&world, &world.sizes(plan), limits)?;
    let value = |at: u32| explored.value(at as usize, variable);
    let has_place = |at: u32| places.0 >> value(at) & 1 == 1;
    let walkers =
        (0..world.walkers.len()).filter(|index| world.walkers[*index].positions.iter().any(|position| position.step == Some(step)));
    let found = walkers.filter_map(|walker| {
        Seeker { world: &world, explored: &explored, walker, step, role: By::Role(plan.steps[step].role) }.find(&has_place)
    });
    let (at, doings) = found.min_by_key(|(_, doings)| doings.len())?;
    let index = value(at).checked_sub(1)?;
    Some((StateId { entity, index }, Run::new(&world, &explored, &doings)))
}

/// Looks from where somebody has come to the step.
struct Seeker<'a> {
    world: &'a World,
    explored: &'a Explored,
    walker: usize,
    step: StepId,
    role: By,
}

impl Seeker<'_> {
    /// What others do meanwhile, until the thing has no place any more.
    fn find(&self, has_place: &dyn Fn(u32) -> bool) -> Option<(u32, Vec<u32>)> {
        let mut by_others: HashMap<u32, Vec<(u32, u32)>> = HashMap::new();
        let mut over: HashMap<u32, (u32, u32)> = HashMap::new();
        let mut queue = VecDeque::new();
        for (from, to, doing) in &self.explored.changes {
            let what = self.explored.doings[*doing as usize];
            if self.comes(what) && has_place(*to) && !over.contains_key(to) {
                over.insert(*to, (*from, *doing));
                queue.push_back(*to);
            } else if !self.is_own(what) {
                by_others.entry(*from).or_default().push((*to, *doing));
            }
        }
        let come: HashMap<u32, (u32, u32)> = over.clone();
        while let Some(at) = queue.pop_front() {
            if !has_place(at) {
                return Some((at, self.way(at, &come, &over)));
            }
            for (to, doing) in by_others.get(&at).into_iter().flatten() {
                if !over.contains_key(to) {
                    over.insert(*to, (at, *doing));
                    queue.push_back(*to);
                }
            }
        }
        None
    }

    fn way(&self, mut at: u32, come: &HashMap<u32, (u32, u32)>, over: &HashMap<u32, (u32, u32)>) -> Vec<u32> {
        let mut meanwhile = Vec::new();
        while !come.contains_key(&at) {
            let Some((before, doing)) = over.get(&at) else { break };
            meanwhile.push(*doing);
            at = *before;
        }
        meanwhile.reverse();
        let Some((from, doing)) = come.get(&at) else { return meanwhile };
        [self.explored.way_to(*from as usize), vec![*doing], meanwhile].concat()
    }

    /// Whether somebody comes to the step with it.
    fn comes(&self, doing: Doing) -> bool {
        let (command, walker) = (doing.command(self.world), &self.world.walkers[self.walker]);
        let begins = command.begins.contains(&self.walker) && walker.positions[walker.beginning].step == Some(self.step);
        let arrives = matches!(doing, Doing::Move(index, _) if index == self.walker);
        command.seen & HERE != 0 && (begins || arrives)
    }

    /// Whether it is the doing of whoever stands on the step or of another one of their role, or begins their way anew.
    fn is_own(&self, doing: Doing) -> bool {
        let command = doing.command(self.world);
        let is_walkers = matches!(doing, Doing::Move(index, _) if index == self.walker);
        is_walkers || command.by == self.role || command.begins.contains(&self.walker)
    }
}
