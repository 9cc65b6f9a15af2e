//! The plan as a walk through it needs it: steps, ways on, and what results do to things. Plain data for the page's script.
//!
//! Things are named by their positions, what happens by its name in the plan: `order.paid`, `pay-order.declined`.

mod place;
mod thing;
mod work;

use serde::Serialize;

use super::content::Report;
use crate::model::{Guard, Id as _, Moments, Plan};
use crate::rules::moment_name;
use crate::spec::{Becomes, Sets};
use place::Place;
use thing::Thing;
use work::{Sends, Work};

/// Everything that can be walked.
#[derive(Debug, Serialize)]
pub struct Walk {
    steps: Vec<Place>,
    actions: Vec<Work>,
    things: Vec<Thing>,
    messages: Vec<Message>,
    sends: Vec<Sends>,
    /// The first step of each journey.
    firsts: Vec<Option<usize>>,
    /// For each finding, the way there.
    paths: Vec<Vec<Hop>>,
}

/// A thing in one of these states.
#[derive(Debug, Serialize)]
struct Term(usize, Vec<usize>);

/// What a thing becomes: always, or by the state it was in.
#[derive(Debug, Serialize)]
struct Change(usize, Vec<(Option<usize>, usize)>);

#[derive(Debug, Serialize)]
struct Message {
    title: String,
    to: String,
    when: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Hop {
    cause: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<usize>,
}

impl Walk {
    /// Reads it off the plan and its report.
    pub fn new(plan: &Plan, report: &Report) -> Self {
        let rows = report.blueprint.iter().flat_map(|lane| lane.rows.iter().map(move |row| (lane, row)));
        let steps = plan.steps.ids().zip(rows).map(|(id, (lane, row))| place::place(plan, id, report, lane, row));
        Self {
            steps: steps.collect(),
            actions: plan.actions.ids().map(|id| work::work(plan, id)).collect(),
            things: plan.entities.ids().zip(&report.things).map(|(id, told)| thing::thing(plan, id, told)).collect(),
            messages: report.messages.iter().zip(plan.notifications.iter()).map(|(told, (_, of))| message(plan, told, &of.when)).collect(),
            sends: work::sends(plan),
            firsts: plan.journeys.iter().map(|(_, journey)| journey.first.map(crate::model::Id::index)).collect(),
            paths: report.gaps.iter().map(|gap| gap.path.iter().map(hop).collect()).collect(),
        }
    }
}

fn hop(step: &super::content::GapStep) -> Hop {
    Hop { cause: step.cause.clone(), name: step.step.clone(), at: step.at.map(crate::model::Id::index) }
}

fn terms(guard: &Guard) -> Vec<Term> {
    guard.terms.iter().map(|term| Term(term.entity.index(), term.states.iter().map(|(index, _)| *index).collect())).collect()
}

fn moments(plan: &Plan, moments: &Moments) -> Vec<String> {
    moments.any.iter().map(|(moment, _)| moment_name(plan, *moment)).collect()
}

fn sets(plan: &Plan, sets: &Sets) -> Vec<Change> {
    let found = sets.moves.iter().filter_map(|(name, becomes)| {
        let (id, entity) = plan.entities.iter().find(|(_, entity)| entity.name == *name)?;
        let moves = match becomes {
            Becomes::State(to) => entity.state(&to.text).map(|to| (None, to)).into_iter().collect(),
            Becomes::PerState(map) => {
                let pairs = map.iter().filter_map(|(from, to)| Some((Some(entity.state(&from.text)?), entity.state(&to.text)?)));
                pairs.collect()
            }
        };
        Some(Change(id.index(), moves))
    });
    found.collect()
}

fn message(plan: &Plan, told: &super::content::Message, when: &Moments) -> Message {
    let title = if told.title.is_empty() { told.name.clone() } else { told.title.clone() };
    Message { title, to: told.to.join(", "), when: moments(plan, when) }
}
