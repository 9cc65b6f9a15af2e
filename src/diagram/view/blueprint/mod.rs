//! A journey as a service blueprint: what people meet, what staff do, what happens behind, step by step.
//!
//! Must not know: positions, colours, formats.

mod behind;
mod steps;
mod time;

use std::collections::BTreeMap;

use super::words::{heading, plain};
use super::{Flow, Node, NodeKind, View, flow, mark};
use crate::finding::Finding;
use crate::model::{JourneyId, Nature, Plan, StepId};
use crate::spec::Text;

/// A journey as a table: the steps of the main way from left to right, what belongs to them below.
#[derive(Clone, Debug)]
pub struct Blueprint {
    /// Its name in the plan.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What the person gets; may be empty.
    pub goal: String,
    /// Whom the journey is for; may be empty.
    pub who: String,
    /// Who acts, in order of appearance.
    pub actors: Vec<String>,
    /// The stages, in order.
    pub stages: Vec<Span>,
    /// Everything in the table, in the order of the plan.
    pub cards: Vec<Card>,
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Row {
    /// Who is where.
    Place,
    /// What people see and do.
    Screen,
    /// Where they come besides the main way.
    Aside,
    /// What staff and others do.
    Staff,
    /// What happens behind.
    Backend,
    /// Who is told what.
    Message,
    /// Waits, deadlines and timers.
    Time,
}

/// A stage of the table.
#[derive(Clone, Debug)]
pub struct Span {
    /// What people read.
    pub title: String,
    /// How many of its steps lie on the main way.
    pub main: usize,
    /// How many steps lie beside it, at most: of the person, or of all others.
    pub beside: usize,
}

/// Where in a stage something belongs: to a step of the main way, or to one beside it, by its position among those.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The stage.
    pub stage: usize,
    /// Whether the step lies beside the main way.
    pub is_beside: bool,
    /// The position among the steps that lie there.
    pub index: usize,
}

/// Something in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its row.
    pub row: Row,
    /// The step it belongs to.
    pub at: At,
    /// What it is.
    pub heading: String,
    /// What is to know about it, line by line.
    pub details: Vec<String>,
    /// Who acts, by the position among the actors, where it is not whom the journey is for.
    pub actor: Option<usize>,
    /// The system that does it, and whether that belongs to somebody else.
    pub system: Option<(String, bool)>,
}

/// The blueprint of a journey, with what was found.
pub fn blueprint(plan: &Plan, journey: JourneyId, findings: &[Finding]) -> Blueprint {
    let mut view = flow(plan, journey, Flow::default());
    mark(&mut view, plan, findings);
    let mut builder = Builder { plan, view, columns: BTreeMap::new(), cards: Vec::new() };
    let stages = builder.columns();
    builder.steps();
    builder.actions();
    builder.messages();
    builder.timers();
    let Builder { view, mut cards, .. } = builder;
    cards.sort_by_key(|card| (card.row, card.at));
    let who = view.actors.first().filter(|_| plan.journeys[journey].role.is_some()).map(|actor| actor.title.clone());
    Blueprint {
        name: view.name,
        title: view.title,
        goal: view.goal,
        who: who.unwrap_or_default(),
        actors: view.actors.into_iter().map(|actor| actor.title).collect(),
        stages,
        cards,
    }
}

struct Builder<'p> {
    plan: &'p Plan,
    view: View,
    /// Where each step stands, by its position among the nodes; ends and other journeys stand nowhere.
    columns: BTreeMap<usize, At>,
    cards: Vec<Card>,
}

impl Builder<'_> {
    /// Gives every step its place. An end is told by the step before it.
    fn columns(&mut self) -> Vec<Span> {
        let mut stages = Vec::new();
        for (stage, form) in self.view.stages.iter().enumerate() {
            let (mut main, mut aside, mut others) = (0, 0, 0);
            for (index, node) in self.view.nodes.iter().enumerate().filter(|(_, node)| node.stage == stage) {
                if matches!(node.kind, NodeKind::End(_) | NodeKind::Elsewhere) {
                    continue;
                }
                let count = match () {
                    () if node.is_main => &mut main,
                    () if self.is_own(node) => &mut aside,
                    () => &mut others,
                };
                self.columns.insert(index, At { stage, is_beside: !node.is_main, index: *count });
                *count += 1;
            }
            stages.push(Span { title: form.title.clone(), main, beside: aside.max(others) });
        }
        stages
    }

    /// Whether whom the journey is for goes through a step.
    fn is_own(&self, node: &Node) -> bool {
        let is_job = node.step.is_some_and(|step| matches!(self.plan.steps[step].nature, Nature::Job(_)));
        !is_job && node.actor.is_none_or(|actor| actor == 0)
    }

    fn place_of(&self, step: StepId) -> Option<At> {
        let node = self.view.nodes.iter().position(|node| node.step == Some(step))?;
        self.columns.get(&node).copied()
    }

    /// The best of several places: a step of the main way, else the first.
    fn best(&self, steps: impl IntoIterator<Item = StepId>) -> Option<At> {
        let places: Vec<At> = steps.into_iter().filter_map(|step| self.place_of(step)).collect();
        places.iter().find(|at| !at.is_beside).or(places.first()).copied()
    }

    fn add(&mut self, row: Row, at: At, heading: String, details: Vec<String>) -> &mut Card {
        let card = Card { row, at, heading, details, actor: None, system: None };
        self.cards.push(card);
        self.cards.last_mut().expect("a card was added")
    }
}

/// The title, or else the name as people write it.
fn titled(title: Option<&Text>, name: &str) -> String {
    title.map_or_else(|| heading(&plain(name)), |title| title.text.clone())
}

fn titled_plain(title: Option<&Text>, name: &str) -> String {
    title.map_or_else(|| plain(name), |title| title.text.clone())
}
