//! Brings positions together that cannot be told apart, and leaves out walkers that have nothing to do with what is looked at.
//!
//! Two positions are the same when whatever can be seen to happen from one can be seen to happen from the other, steps aside that change
//! nothing that is looked at (branching bisimulation, by refinement of signatures; going round without an effect does not count).

use std::collections::{BTreeSet, HashMap};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::walker::{Walker, Who};
use super::{Builder, By, Command, Event, Mark, Variable, View};
use crate::model::Plan;

impl Builder<'_> {
    /// Leaves out who does not matter, and makes the classes of the others.
    pub(super) fn reduce(&self, mut walkers: Vec<Walker>, free: &mut Vec<(Command, Event)>) -> Vec<Walker> {
        leave_out(&mut walkers, free, self.view.bits(|mark| *mark == Mark::Enters));
        free.retain(|(command, _)| !command.is_idle());
        for walker in &mut walkers {
            classify(walker, self.own(walker.who));
        }
        if merge_answers(self.plan, self.view, &mut walkers, free) {
            for walker in &mut walkers {
                classify(walker, self.own(walker.who));
            }
        }
        walkers
    }

    /// Who goes along a way, mostly.
    fn own(&self, who: Who) -> By {
        match who {
            Who::Journey(journey) => By::Role(self.plan.journeys[journey].role),
            Who::Step(step) => self.by_whom(step).by,
        }
    }
}

impl Command {
    /// Whether it asks for a value of a variable.
    fn asks(&self, variable: usize, value: u8) -> bool {
        self.guard.iter().any(|(guarded, mask)| *guarded == variable && mask >> value & 1 == 1)
    }

    /// Whether it changes anything that is looked at.
    pub(super) fn changes_anything(&self) -> bool {
        !self.sets.is_empty() || !self.begins.is_empty() || self.seen != 0 || self.unanswered.is_some()
    }

    /// Whether it changes nothing that is looked at, and depends on nothing of it.
    pub(in crate::analysis) fn is_idle(&self) -> bool {
        self.guard.is_empty() && self.sets.is_empty() && self.begins.is_empty() && self.seen == 0 && self.unanswered.is_none()
    }
}

/// Leaves out the walkers that change nothing, neither themselves nor by others whom they set going.
/// That somebody comes in is nothing by itself.
fn leave_out(walkers: &mut Vec<Walker>, free: &mut [(Command, Event)], enters: u8) {
    let matters = |command: &Command| Command { seen: command.seen & !enters, ..command.clone() }.changes_anything();
    loop {
        let keeps: Vec<bool> = walkers.iter().map(|walker| walker.commands.iter().any(matters)).collect();
        if keeps.iter().all(|keep| *keep) {
            return;
        }
        let mut next = 0;
        let places: Vec<Option<usize>> = keeps
            .iter()
            .map(|keep| {
                next += usize::from(*keep);
                keep.then(|| next - 1)
            })
            .collect();
        let mut keep = keeps.iter();
        walkers.retain(|_| *keep.next().unwrap_or(&true));
        for command in walkers.iter_mut().flat_map(|walker| &mut walker.commands).chain(free.iter_mut().map(|(command, _)| command)) {
            command.begins = command.begins.iter().filter_map(|index| places[*index]).collect();
        }
    }
}

/// Makes one of the answers of an action that nobody tells apart: after both, the same is open, and everybody goes on in the same way.
fn merge_answers(plan: &Plan, view: &View, walkers: &mut [Walker], free: &mut [(Command, Event)]) -> bool {
    let mut merged = false;
    for (variable, of) in view.variables.iter().enumerate().filter(|(_, variable)| matches!(variable, Variable::Answer(_))) {
        let may_come = |value: u8| -> BTreeSet<usize> {
            let guards = free.iter().enumerate().filter(|(_, (command, _))| command.asks(variable, value));
            guards.map(|(index, _)| index).collect()
        };
        let mut same: HashMap<(BTreeSet<usize>, Uses), u8> = HashMap::new();
        let count = u8::try_from(of.values(plan)).unwrap_or(u8::MAX);
        let values: Vec<u8> =
            (0..count).map(|value| *same.entry((may_come(value), uses(walkers, variable, value))).or_insert(value)).collect();
        let same_mask = |mask: u64| {
            let held = (0..values.len()).filter(|value| mask >> value & 1 == 1);
            held.fold(0, |all: u64, value| all | 1 << values[value])
        };
        for command in walkers.iter_mut().flat_map(|walker| &mut walker.commands).chain(free.iter_mut().map(|(command, _)| command)) {
            for (_, value) in command.sets.iter_mut().filter(|(set, _)| *set == variable) {
                merged |= *value != values[usize::from(*value)];
                *value = values[usize::from(*value)];
            }
            for (_, mask) in command.guard.iter_mut().filter(|(guarded, _)| *guarded == variable) {
                *mask = same_mask(*mask);
            }
        }
    }
    if merged {
        for walker in walkers {
            intern(walker);
        }
    }
    merged
}

/// The moves that are possible only with a value: walker, from, to, and what else there is to them.
type Uses = BTreeSet<(usize, usize, usize, Command)>;

fn uses(walkers: &[Walker], variable: usize, value: u8) -> Uses {
    let mut uses = BTreeSet::new();
    for (index, walker) in walkers.iter().enumerate() {
        for (from, to, command) in &walker.moves {
            let mut command = walker.commands[*command].clone();
            if command.asks(variable, value) {
                command.guard.retain(|(guarded, _)| *guarded != variable);
                uses.insert((index, *from, *to, command));
            }
        }
    }
    uses
}

/// Makes equal commands of a walker one again.
fn intern(walker: &mut Walker) {
    let mut known: HashMap<Command, usize> = HashMap::new();
    let mut commands = Vec::new();
    let places: Vec<usize> = walker
        .commands
        .drain(..)
        .map(|command| {
            *known.entry(command).or_insert_with_key(|command| {
                commands.push(command.clone());
                commands.len() - 1
            })
        })
        .collect();
    walker.commands = commands;
    for edge in &mut walker.edges {
        edge.command = places[edge.command];
    }
}

fn classify(walker: &mut Walker, own: By) {
    let is_silent: Vec<bool> = walker.commands.iter().map(|command| command.is_idle() && command.by == own).collect();
    let rings = rings(walker, &is_silent);
    let count = rings.iter().max().map_or(0, |most| most + 1);
    let mut visible: Vec<Vec<(usize, usize)>> = vec![Vec::new(); count];
    let mut silent: Vec<Vec<usize>> = vec![Vec::new(); count];
    for edge in &walker.edges {
        let (from, to) = (rings[edge.from], rings[edge.to]);
        if !is_silent[edge.command] {
            visible[from].push((edge.command, to));
        } else if from != to {
            silent[from].push(to);
        }
    }
    let blocks = refine(&visible, &silent);
    walker.classes = rings.iter().map(|ring| blocks[*ring]).collect();
    let moves = walker.edges.iter().map(|edge| (walker.classes[edge.from], walker.classes[edge.to], edge.command));
    let moves: BTreeSet<_> = moves.filter(|(from, to, command)| from != to || !is_silent[*command]).collect();
    walker.moves = moves.into_iter().collect();
}

/// For each position, the ring of silent steps that it lies on; whatever follows a ring has a smaller number.
fn rings(walker: &Walker, is_silent: &[bool]) -> Vec<usize> {
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(walker.positions.len(), walker.edges.len());
    for _ in &walker.positions {
        graph.add_node(());
    }
    for edge in walker.edges.iter().filter(|edge| is_silent[edge.command]) {
        graph.add_edge(NodeIndex::new(edge.from), NodeIndex::new(edge.to), ());
    }
    let mut rings = vec![0; walker.positions.len()];
    for (index, ring) in kosaraju_scc(&graph).into_iter().enumerate() {
        for node in ring {
            rings[node.index()] = index;
        }
    }
    rings
}

/// What can be seen to happen: a command, and the block that follows it; nothing for a silent step into another block.
type Signature = BTreeSet<(Option<usize>, usize)>;

fn refine(visible: &[Vec<(usize, usize)>], silent: &[Vec<usize>]) -> Vec<usize> {
    let mut blocks = vec![0; visible.len()];
    let mut known = 1;
    loop {
        let mut signatures: Vec<Signature> = Vec::with_capacity(visible.len());
        for ring in 0..visible.len() {
            let mut signature: Signature = visible[ring].iter().map(|(command, to)| (Some(*command), blocks[*to])).collect();
            for to in &silent[ring] {
                if blocks[*to] == blocks[ring] {
                    signature.extend(signatures[*to].iter().copied());
                } else {
                    signature.insert((None, blocks[*to]));
                }
            }
            signatures.push(signature);
        }
        let mut names: HashMap<(usize, Signature), usize> = HashMap::new();
        let old = std::mem::take(&mut blocks);
        for (ring, signature) in signatures.into_iter().enumerate() {
            let next = names.len();
            blocks.push(*names.entry((old[ring], signature)).or_insert(next));
        }
        if names.len() == known {
            return blocks;
        }
        known = names.len();
    }
}
