//! Who goes along the ways: a journey's people, and each way that begins by itself beside theirs.

use std::collections::HashMap;

use super::{Builder, By, Command, Event};
use crate::model::{Guard, JourneyId, Moment, Plan, Start, Step, StepId};

/// Somebody who goes along ways, one position at a time. The first position is that they are nowhere.
#[derive(Clone, Debug)]
pub struct Walker {
    /// Whose way it is.
    pub who: Who,
    /// Where they may be.
    pub positions: Vec<Position>,
    /// What brings them from one position to another.
    pub edges: Vec<Edge>,
    /// The different commands of the edges.
    pub commands: Vec<Command>,
    /// Where they begin when something begins their way.
    pub beginning: usize,
    /// For each position, which of those that cannot be told apart it belongs to.
    pub classes: Vec<usize>,
    /// The edges between those: from, to, command.
    pub moves: Vec<(usize, usize, usize)>,
}

impl Walker {
    /// The edges from a position, with their positions among all.
    pub(super) fn from(&self, position: usize) -> impl Iterator<Item = (usize, &Edge)> {
        let first = self.edges.partition_point(|edge| edge.from < position);
        self.edges.iter().enumerate().skip(first).take_while(move |(_, edge)| edge.from == position)
    }
}

/// Whose way it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The people of a journey.
    Journey(JourneyId),
    /// Whoever sees to a step that begins by itself.
    Step(StepId),
}

/// Where somebody is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Position {
    /// The steps that use the journeys one is inside of, the outermost first.
    pub users: Vec<StepId>,
    /// The step; nothing for nowhere.
    pub step: Option<StepId>,
    /// What was asked there and is waited for, by its position among what the step runs.
    pub asked: Option<usize>,
}

/// From one position to another.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// From here.
    pub from: usize,
    /// To here.
    pub to: usize,
    /// By its position among the commands.
    pub command: usize,
    /// What it is to a reader.
    pub event: Event,
}

/// How a way of its own begins.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) step: StepId,
    pub(super) moments: Vec<Moment>,
    /// By the clock, while these states hold.
    pub(super) clock: Option<Guard>,
    /// Whenever they like.
    pub(super) is_open: bool,
}

/// The ways that begin by themselves, and those of others than the journey's people, who come in or open a message.
pub(super) fn entries(plan: &Plan) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (id, step) in plan.steps.iter() {
        if step.starts_by_itself() {
            let moments = step.when.any.iter().map(|(moment, _)| *moment).collect();
            let clock = (step.when.clock.is_some() || step.form.every.is_some()).then(|| step.when.clock_in.clone());
            entries.push(Entry { step: id, moments, clock, is_open: false });
        } else if !is_peoples(plan, step) && !step.starts.is_empty() {
            let messages = step.starts.iter().filter_map(|start| match start {
                Start::Notification(message) => Some(&plan.notifications[*message].when),
                _ => None,
            });
            let messages: Vec<_> = messages.collect();
            let moments = messages.iter().flat_map(|when| when.any.iter().map(|(moment, _)| *moment)).collect();
            let clock = messages.iter().find(|when| when.clock.is_some()).map(|when| when.clock_in.clone());
            let is_open = step.starts.iter().any(is_door);
            entries.push(Entry { step: id, moments, clock, is_open });
        }
    }
    entries
}

/// Whether a step is on the way of the journey's own people.
pub(super) fn is_peoples(plan: &Plan, step: &Step) -> bool {
    step.role == plan.journeys[step.journey].role && !step.starts_by_itself()
}

/// Where the people of a journey get in.
pub(in crate::analysis) fn doors(plan: &Plan, journey: JourneyId) -> Vec<StepId> {
    let steps = plan.journeys[journey].steps.iter().copied();
    steps.filter(|step| is_peoples(plan, &plan.steps[*step]) && plan.steps[*step].starts.iter().any(is_door)).collect()
}

fn is_door(start: &Start) -> bool {
    matches!(start, Start::Outside | Start::First | Start::Draining)
}

/// Collects the positions and edges of one walker.
pub(super) struct Collector {
    pub(super) walker: Walker,
    known: HashMap<Position, usize>,
    commands: HashMap<Command, usize>,
    open: Vec<usize>,
}

impl Collector {
    fn new(who: Who) -> Self {
        let nowhere = Position::default();
        let walker = Walker {
            who,
            positions: vec![nowhere.clone()],
            edges: Vec::new(),
            commands: Vec::new(),
            beginning: 0,
            classes: Vec::new(),
            moves: Vec::new(),
        };
        Self { walker, known: HashMap::from([(nowhere, 0)]), commands: HashMap::new(), open: vec![0] }
    }

    pub(super) fn position(&mut self, position: Position) -> usize {
        if let Some(known) = self.known.get(&position) {
            return *known;
        }
        let index = self.walker.positions.len();
        self.walker.positions.push(position.clone());
        self.known.insert(position, index);
        self.open.push(index);
        index
    }

    pub(super) fn edge(&mut self, from: usize, to: Position, command: Command, event: Event) {
        let to = self.position(to);
        let next = self.commands.len();
        let command = *self.commands.entry(command).or_insert_with_key(|command| {
            self.walker.commands.push(command.clone());
            next
        });
        self.walker.edges.push(Edge { from, to, command, event });
    }
}

impl Builder<'_> {
    /// Everybody who has to do with what is looked at.
    pub(super) fn walkers(&self) -> Vec<Walker> {
        let journeys = self.plan.journeys.ids().filter(|journey| !doors(self.plan, *journey).is_empty()).map(Who::Journey);
        self.entries.iter().map(|entry| Who::Step(entry.step)).chain(journeys).map(|who| self.walker(who)).collect()
    }

    fn walker(&self, who: Who) -> Walker {
        let mut collector = Collector::new(who);
        match who {
            Who::Step(step) => {
                let (first, seen) = self.arrive(Vec::new(), step);
                collector.walker.beginning = collector.position(first.clone());
                for entry in self.entries.iter().filter(|entry| entry.step == step) {
                    for command in self.again(entry) {
                        let seen = seen | command.seen;
                        collector.edge(0, first.clone(), Command { seen, ..command }, Event::Begins(step));
                    }
                }
            }
            Who::Journey(journey) => self.enter(&mut collector, journey),
        }
        while let Some(index) = collector.open.pop() {
            self.leave(&mut collector, index);
        }
        collector.walker.edges.sort_by_key(|edge| edge.from);
        collector.walker
    }

    /// When a way that is over begins again: by the clock, and while a thing is still in a state that began it, because a queue lists it
    /// as long.
    fn again(&self, entry: &Entry) -> Vec<Command> {
        let mut commands = Vec::new();
        for moment in &entry.moments {
            let Moment::State(state) = moment else { continue };
            if let Some((variable, _)) = self.entities().find(|(_, entity)| *entity == state.entity) {
                let mut command = Command::silent(By::Itself);
                command.demand(variable, super::mask(super::States::one(state.index)));
                commands.push(command);
            } else {
                // What is not looked at may come into that state at any time.
                commands.push(Command::silent(By::Itself));
            }
        }
        let mut command = Command::silent(By::Itself);
        if entry.clock.as_ref().is_some_and(|clock| self.demand(&mut command, &clock.terms)) {
            commands.push(command);
        }
        if entry.is_open {
            commands.push(Command { seen: self.enters(), ..Command::silent(self.by_whom(entry.step).by) });
        }
        commands
    }

    /// How the people of a journey get in: at its doors, and by messages.
    fn enter(&self, collector: &mut Collector, journey: JourneyId) {
        let role = self.plan.journeys[journey].role;
        for door in doors(self.plan, journey) {
            let (to, seen) = self.arrive(Vec::new(), door);
            collector.edge(0, to, Command { seen: seen | self.enters(), ..Command::silent(By::Role(role)) }, Event::Begins(door));
        }
        for (step, at) in self.plan.steps.iter().filter(|(_, at)| at.journey == journey && is_peoples(self.plan, at)) {
            for start in &at.starts {
                let Start::Notification(message) = start else { continue };
                for mut command in self.told(*message, By::Role(role)) {
                    let (to, seen) = self.arrive(Vec::new(), step);
                    command.seen |= seen | self.enters();
                    collector.edge(0, to, command, Event::Opens(step));
                }
            }
        }
    }

    fn enters(&self) -> u8 {
        self.view.bits(|mark| *mark == super::Mark::Enters)
    }

    /// When somebody can open a message: while what it speaks of is so.
    fn told(&self, message: crate::model::NotificationId, by: By) -> Vec<Command> {
        let when = &self.plan.notifications[message].when;
        let mut commands = Vec::new();
        if when.any.is_empty() {
            let mut command = Command::silent(by);
            if self.demand(&mut command, &when.clock_in.terms) {
                commands.push(command);
            }
        }
        for (moment, _) in &when.any {
            let states = crate::analysis::entered_at(self.plan, *moment);
            let mut command = Command::silent(by);
            let is_possible = self.entities().all(|(variable, entity)| {
                let of: Vec<_> = states.iter().filter(|state| state.entity == entity).map(|state| state.index).collect();
                of.is_empty() || command.demand(variable, super::mask(super::States::of(of)))
            });
            if is_possible {
                commands.push(command);
            }
        }
        commands
    }
}
