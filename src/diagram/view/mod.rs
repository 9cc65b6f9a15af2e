//! What a picture shows, as plain data: steps, ways on, stages, who acts, what was found.
//!
//! Every drawn view and every text format starts here. Must not know: positions, colours, formats.

mod across;
mod blueprint;
mod classify;
mod flow;
mod journeys;
mod lanes;
mod marks;
mod pages;
mod states;
mod story;
mod words;

pub use blueprint::{At, Blueprint, Card, Row, Span, blueprint};
pub use flow::{Flow, flow};
pub use journeys::journeys;
pub use lanes::{COMES, ELSEWHERE, GOES, Lanes, lanes, part};
pub use marks::{mark, mark_states, steps_of};
pub use pages::{overview, page};
pub use states::{states, things};

use crate::finding::Level;
use crate::model::{JourneyId, StepId, WayId};
use crate::spec::EndKind;

/// One journey as it is shown.
#[derive(Clone, Debug)]
pub struct View {
    /// The journey.
    pub journey: JourneyId,
    /// Its name in the plan, for file names and ids.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What the person gets; may be empty.
    pub goal: String,
    /// Who acts, in order of appearance. The first one is whom the journey is for, where the plan says so.
    pub actors: Vec<Actor>,
    /// Its stages, in order.
    pub stages: Vec<Stage>,
    /// Its steps, in the order of the file.
    pub nodes: Vec<Node>,
    /// Its ways on, in the order of the file; those with the same ends and the same kind are one.
    pub edges: Vec<Edge>,
    /// What was found and belongs to no step of this journey.
    pub marks: Vec<Mark>,
    /// Whether what was found is listed under the picture, and not told elsewhere.
    pub is_listed: bool,
}

impl View {
    /// A box by its title; where several have the same one, with the stage that it stands in.
    pub fn told(&self, node: usize) -> String {
        let (node, title) = (&self.nodes[node], &self.nodes[node].title);
        let alone = self.nodes.iter().filter(|other| other.title == *title).count() == 1;
        let stage = self.stages.get(node.stage).filter(|_| !alone);
        stage.map_or_else(|| title.clone(), |stage| format!("{title} ({})", stage.title))
    }
}

/// Somebody or something that acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Its name in the plan.
    pub name: String,
    /// What people read.
    pub title: String,
    /// What sort of actor it is.
    pub kind: ActorKind,
}

/// What sort of actor it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActorKind {
    /// A person for whom the product is.
    Person,
    /// Somebody who works for the product.
    Staff,
    /// A system.
    System,
}

/// A part of the journey.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Its name in the plan.
    pub name: String,
    /// What people read.
    pub title: String,
}

/// A step.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its name in the plan; unique within a view.
    pub name: String,
    /// What people read.
    pub title: String,
    /// What it is.
    pub kind: NodeKind,
    /// Who goes through it, by the position among the actors.
    pub actor: Option<usize>,
    /// Its stage, by the position among the stages.
    pub stage: usize,
    /// Which way through the journey it belongs to: 0 is the way of whom the journey is for; every step that starts by itself begins
    /// another one.
    pub way: usize,
    /// Whether the main way leads through it.
    pub is_main: bool,
    /// Whether a failure leads here, and nothing else does.
    pub is_failure: bool,
    /// How people get in here other than by a way: `from search, share-link`, `when Order: paid`.
    pub starts: Vec<String>,
    /// What leaves one where one is: `invalid`, `unknown`.
    pub stays: Vec<String>,
    /// What else is to know, a line each: what a state is, how long a journey is.
    pub about: Vec<String>,
    /// What was found here.
    pub marks: Vec<Mark>,
    /// The step; nothing for a place in another journey.
    pub step: Option<StepId>,
}

/// What a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// A person sees something.
    Screen,
    /// Staff work.
    Task,
    /// Waiting.
    Wait,
    /// A rule that the system applies.
    Decision,
    /// A system does it.
    Job,
    /// Another journey, used as a step.
    Journey,
    /// The way ends here.
    End(EndKind),
    /// A step of another journey, to which a way of this one leads.
    Elsewhere,
    /// Nothing is said of it yet.
    Plain,
}

impl NodeKind {
    /// The word for it, for those who hear the picture.
    pub fn word(self) -> &'static str {
        match self {
            Self::Screen => "screen",
            Self::Task => "task",
            Self::Wait => "wait",
            Self::Decision => "decision",
            Self::Job => "job",
            Self::Journey => "journey",
            Self::End(EndKind::Success) => "end: success",
            Self::End(EndKind::Failure) => "end: failure",
            Self::End(EndKind::Abandoned) => "end: abandoned",
            Self::End(EndKind::Done) => "end: done",
            Self::Elsewhere => "elsewhere",
            Self::Plain => "step",
        }
    }
}

/// A way on, or several between the same steps.
#[derive(Clone, Debug)]
pub struct Edge {
    /// From here, by the position among the nodes.
    pub from: usize,
    /// To here.
    pub to: usize,
    /// Why it is taken, in the plan's words; empty for the only way on.
    pub causes: Vec<String>,
    /// How it counts.
    pub kind: EdgeKind,
    /// The ways.
    pub ways: Vec<WayId>,
}

impl Edge {
    /// The text beside the line; empty for none.
    pub fn label(&self) -> String {
        self.causes.join(" / ")
    }
}

/// How a way counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// Part of the way from the entrance to success.
    Main,
    /// Another way on.
    Plain,
    /// Taken when something goes wrong.
    Failure,
    /// Back to where the journey was already.
    Back,
    /// Starts another way: something that happens here sets somebody else going.
    Cross,
}

impl EdgeKind {
    /// The word for it, for those who hear the picture, and for the data in it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Plain => "plain",
            Self::Failure => "failure",
            Self::Back => "back",
            Self::Cross => "cross",
        }
    }
}

/// Something that was found, where it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its number among all that was found, from 1.
    pub number: usize,
    /// How much it weighs.
    pub level: Level,
    /// The rule.
    pub rule: &'static str,
    /// What is wrong.
    pub message: String,
}
