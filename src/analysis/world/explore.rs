//! Goes through everything that a world can come to, breadth first, as far as a limit allows.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, Hasher};

use super::{Command, World};

/// How far to go.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The most configurations that are kept.
    pub configurations: usize,
}

impl Default for Limits {
    /// Two million configurations, which take about a quarter of a gigabyte.
    fn default() -> Self {
        Self { configurations: 2_000_000 }
    }
}

/// How much was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Everything.
    Whole,
    /// So many configurations, and there are more. None where even one is too wide to be kept.
    UpTo(usize),
}

/// What was found of a world.
#[derive(Debug)]
pub struct Explored {
    layout: Layout,
    configurations: Vec<u128>,
    /// For each configuration, from which one it was reached first, and by what.
    origins: Vec<Option<(u32, u32)>>,
    /// Every change: from, to, by what.
    pub changes: Vec<(u32, u32, u32)>,
    /// What can be done, by the position of [`Doing`]s in changes.
    pub doings: Vec<Doing>,
    /// Whether nothing was left out.
    pub is_complete: bool,
}

/// Something that a walker does, or that happens by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// A walker's move: which walker, which of its moves.
    Move(usize, usize),
    /// By the position among what is free.
    Free(usize),
}

impl Doing {
    /// The command behind it.
    pub fn command(self, world: &World) -> &Command {
        match self {
            Self::Move(walker, index) => {
                let walker = &world.walkers[walker];
                &walker.commands[walker.moves[index].2]
            }
            Self::Free(index) => &world.free[index].0,
        }
    }
}

/// Where each part of a configuration lies in its number.
#[derive(Debug)]
struct Layout {
    /// Offset and width of each walker's class, and then of each variable.
    fields: Vec<(u32, u32)>,
    walkers: usize,
}

impl Layout {
    /// Nothing where the parts do not fit.
    fn new(sizes: &[usize], walkers: usize) -> Option<Self> {
        let mut fields = Vec::with_capacity(sizes.len());
        let mut offset = 0;
        for size in sizes {
            let width = usize::BITS - size.saturating_sub(1).leading_zeros();
            fields.push((offset, width));
            offset += width;
        }
        (offset <= u128::BITS).then_some(Self { fields, walkers })
    }

    fn get(&self, configuration: u128, field: usize) -> usize {
        let (offset, width) = self.fields[field];
        if width == 0 {
            return 0;
        }
        usize::try_from(configuration >> offset & ((1 << width) - 1)).unwrap_or(0)
    }

    fn set(&self, configuration: u128, field: usize, value: usize) -> u128 {
        let (offset, width) = self.fields[field];
        if width == 0 {
            return configuration;
        }
        configuration & !(((1 << width) - 1) << offset) | (value as u128) << offset
    }
}

/// Mixes both halves of a number, so that configurations that differ in one part only do not meet.
#[derive(Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u128(u128::from(*byte));
        }
    }

    #[allow(clippy::cast_possible_truncation)] // the halves are what is meant
    fn write_u128(&mut self, value: u128) {
        let (low, high) = (value as u64, (value >> 64) as u64);
        let mixed = low.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ high.wrapping_mul(0xC2B2_AE3D_27D4_EB4F).rotate_left(32);
        self.0 = (self.0 ^ mixed).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        self.0 ^= self.0 >> 32;
    }
}

type Known = HashMap<u128, u32, BuildHasherDefault<Mix>>;

/// Goes through a world. Nothing where one configuration of it is too wide to be kept.
pub fn explore(world: &World, sizes: &[usize], limits: Limits) -> Option<Explored> {
    let classes = world.walkers.iter().map(|walker| walker.classes.iter().max().map_or(1, |most| most + 1));
    let all: Vec<usize> = classes.chain(sizes.iter().copied()).collect();
    let layout = Layout::new(&all, world.walkers.len())?;
    let doings = Doings::new(world);
    let mut explored = Explored {
        layout,
        configurations: Vec::new(),
        origins: Vec::new(),
        changes: Vec::new(),
        doings: doings.all.clone(),
        is_complete: true,
    };
    let mut known = Known::default();
    for values in &world.starts {
        let mut start = 0;
        for (index, walker) in world.walkers.iter().enumerate() {
            start = explored.layout.set(start, index, walker.classes[0]);
        }
        for (index, value) in values.iter().enumerate() {
            start = explored.layout.set(start, world.walkers.len() + index, usize::from(*value));
        }
        explored.meet(&mut known, start, None, limits);
    }
    let mut next = 0;
    let mut values = vec![0; sizes.len()];
    while next < explored.configurations.len() {
        let configuration = explored.configurations[next];
        explored.read(configuration, &mut values);
        for walker in 0..world.walkers.len() {
            let class = explored.layout.get(configuration, walker);
            for doing in doings.of(walker, class) {
                explored.change(world, &mut known, next, configuration, &values, *doing, limits);
            }
        }
        for doing in &doings.free {
            explored.change(world, &mut known, next, configuration, &values, *doing, limits);
        }
        next += 1;
    }
    Some(explored)
}

/// What can be done from where.
struct Doings {
    all: Vec<Doing>,
    by_class: Vec<Vec<Vec<u32>>>,
    free: Vec<u32>,
}

impl Doings {
    fn new(world: &World) -> Self {
        let mut found = Self { all: Vec::new(), by_class: Vec::new(), free: Vec::new() };
        for (index, walker) in world.walkers.iter().enumerate() {
            let mut by_class = vec![Vec::new(); walker.classes.iter().max().map_or(1, |most| most + 1)];
            for (position, (from, ..)) in walker.moves.iter().enumerate() {
                by_class[*from].push(u32::try_from(found.all.len()).unwrap_or(u32::MAX));
                found.all.push(Doing::Move(index, position));
            }
            found.by_class.push(by_class);
        }
        for index in 0..world.free.len() {
            found.free.push(u32::try_from(found.all.len()).unwrap_or(u32::MAX));
            found.all.push(Doing::Free(index));
        }
        found
    }

    fn of(&self, walker: usize, class: usize) -> &[u32] {
        &self.by_class[walker][class]
    }
}

impl Explored {
    /// How much was looked at.
    pub fn extent(&self) -> Extent {
        if self.is_complete { Extent::Whole } else { Extent::UpTo(self.len()) }
    }

    /// How many configurations were met.
    pub fn len(&self) -> usize {
        self.configurations.len()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.configurations.is_empty()
    }

    /// What a variable is in a configuration.
    pub fn value(&self, configuration: usize, variable: usize) -> usize {
        self.layout.get(self.configurations[configuration], self.layout.walkers + variable)
    }

    /// Which class a walker is in.
    pub fn class(&self, configuration: usize, walker: usize) -> usize {
        self.layout.get(self.configurations[configuration], walker)
    }

    /// What was done to come to a configuration in the fewest changes, from the beginning on.
    pub fn way_to(&self, configuration: usize) -> Vec<u32> {
        let mut doings = Vec::new();
        let mut at = configuration;
        while let Some((before, doing)) = self.origins[at] {
            doings.push(doing);
            at = before as usize;
        }
        doings.reverse();
        doings
    }

    fn read(&self, configuration: u128, values: &mut [u8]) {
        for (index, value) in values.iter_mut().enumerate() {
            *value = u8::try_from(self.layout.get(configuration, self.layout.walkers + index)).unwrap_or(u8::MAX);
        }
    }

    #[allow(clippy::too_many_arguments)] // the innermost loop, taken out to be read
    fn change(&mut self, world: &World, known: &mut Known, from: usize, configuration: u128, values: &[u8], doing: u32, limits: Limits) {
        let what = self.doings[doing as usize];
        let command = what.command(world);
        if !command.is_possible(values) {
            return;
        }
        let mut after = configuration;
        if let Doing::Move(walker, index) = what {
            after = self.layout.set(after, walker, world.walkers[walker].moves[index].1);
        }
        for walker in &command.begins {
            let begun = &world.walkers[*walker];
            after = self.layout.set(after, *walker, begun.classes[begun.beginning]);
        }
        for (variable, value) in &command.sets {
            after = self.layout.set(after, self.layout.walkers + variable, usize::from(*value));
        }
        let from = u32::try_from(from).unwrap_or(u32::MAX);
        if let Some(to) = self.meet(known, after, Some((from, doing)), limits) {
            self.changes.push((from, to, doing));
        }
    }

    /// The position of a configuration, which is new or not; nothing where there is no more room.
    fn meet(&mut self, known: &mut Known, configuration: u128, origin: Option<(u32, u32)>, limits: Limits) -> Option<u32> {
        match known.entry(configuration) {
            Entry::Occupied(entry) => Some(*entry.get()),
            Entry::Vacant(_) if self.configurations.len() >= limits.configurations => {
                self.is_complete = false;
                None
            }
            Entry::Vacant(entry) => {
                let index = u32::try_from(self.configurations.len()).unwrap_or(u32::MAX);
                entry.insert(index);
                self.configurations.push(configuration);
                self.origins.push(origin);
                Some(index)
            }
        }
    }
}
