//! A quick look at who surely takes a thing on, so that the whole world need be gone through only where that leaves a doubt.
//!
//! One walker is looked at alone; what all others do may happen at any time. From a state the walker surely takes the thing on where it
//! can do so from every position it may be in, whatever the others have done meanwhile. Where such moves lead from every state to a
//! final one, nothing can stay unfinished, and no larger world can show otherwise.

use std::collections::BTreeSet;

use super::explore::{Doing, Explored, Limits, explore};
use super::{Command, World};

/// For each value of a variable, the values into which it is surely taken without those who do not come.
pub(super) struct Progress {
    onward: Vec<BTreeSet<usize>>,
}

impl Progress {
    /// Looks at each walker alone, and at what happens without any. Nothing where even that is too much.
    pub(super) fn new(worlds: &[(World, Explored)], variable: usize, values: usize, happens: &dyn Fn(&Command) -> bool) -> Self {
        let mut onward = vec![BTreeSet::new(); values];
        for (world, explored) in worlds {
            for (value, targets) in sure(world, explored, variable, values, happens).into_iter().enumerate() {
                onward[value].extend(targets);
            }
        }
        Self { onward }
    }

    /// Whether every value that occurs leads to a final one.
    pub(super) fn is_enough(&self, occurring: &[bool], is_final: &dyn Fn(usize) -> bool) -> bool {
        let mut good: Vec<bool> = (0..self.onward.len()).map(is_final).collect();
        loop {
            let more: Vec<usize> =
                (0..good.len()).filter(|value| !good[*value] && self.onward[*value].iter().any(|to| good[*to])).collect();
            if more.is_empty() {
                return good.iter().zip(occurring).all(|(good, occurs)| *good || !occurs);
            }
            for value in more {
                good[value] = true;
            }
        }
    }
}

/// For each walker a world of its own, in which what others do happens by itself.
pub(in crate::analysis) fn alone(world: &World, sizes: &[usize], limits: Limits) -> Option<Vec<(World, Explored)>> {
    let mut worlds = Vec::new();
    for index in 0..world.walkers.len().max(1) {
        let own = restrict(world, index);
        let explored = explore(&own, sizes, limits).filter(|explored| explored.is_complete)?;
        worlds.push((own, explored));
    }
    Some(worlds)
}

fn restrict(world: &World, index: usize) -> World {
    let others = world.walkers.iter().enumerate().filter(|(other, _)| *other != index).flat_map(|(_, walker)| &walker.commands);
    let own = |command: &Command| {
        let begins = command.begins.iter().filter(|begun| **begun == index).map(|_| 0).collect();
        Command { begins, ..command.clone() }
    };
    let free = world.free.iter().map(|(command, event)| (own(command), *event));
    // What others do comes last, so that it can be told from what happens by itself.
    let foreign: BTreeSet<Command> = others.map(own).filter(Command::changes_anything).collect();
    let foreign = foreign.into_iter().map(|command| (command, super::Event::Leaves));
    let mut alone = world.walkers.get(index).cloned();
    for command in alone.iter_mut().flat_map(|walker| &mut walker.commands) {
        *command = own(command);
    }
    World {
        variables: world.variables.clone(),
        walkers: alone.into_iter().collect(),
        starts: world.starts.clone(),
        free: free.chain(foreign).collect(),
        answers: world.answers.clone(),
    }
}

/// For each value, the values that can be reached next from every configuration with it.
fn sure(world: &World, explored: &Explored, variable: usize, values: usize, happens: &dyn Fn(&Command) -> bool) -> Vec<BTreeSet<usize>> {
    let is_own: Vec<bool> = explored
        .doings
        .iter()
        .map(|doing| match doing {
            Doing::Move(..) => happens(doing.command(world)),
            Doing::Free(index) => world.free[*index].1 != super::Event::Leaves && happens(doing.command(world)),
        })
        .collect();
    let mut before: Vec<Vec<u32>> = vec![Vec::new(); explored.len()];
    let mut leaving: Vec<(usize, usize)> = Vec::new();
    for (from, to, _) in explored.changes.iter().filter(|(_, _, doing)| is_own[*doing as usize]) {
        let (old, new) = (explored.value(*from as usize, variable), explored.value(*to as usize, variable));
        if old == new {
            before[*to as usize].push(*from);
        } else {
            leaving.push((*from as usize, new));
        }
    }
    let mut counts = vec![0_usize; values];
    for index in 0..explored.len() {
        counts[explored.value(index, variable)] += 1;
    }
    let mut sure = vec![BTreeSet::new(); values];
    for target in 0..values {
        let mut seen = vec![false; explored.len()];
        let mut open: Vec<usize> = leaving.iter().filter(|(_, to)| *to == target).map(|(from, _)| *from).collect();
        let mut reached = vec![0_usize; values];
        while let Some(index) = open.pop() {
            if !std::mem::replace(&mut seen[index], true) {
                reached[explored.value(index, variable)] += 1;
                open.extend(before[index].iter().map(|from| *from as usize));
            }
        }
        for value in (0..values).filter(|value| counts[*value] > 0 && reached[*value] == counts[*value]) {
            sure[value].insert(target);
        }
    }
    sure
}
