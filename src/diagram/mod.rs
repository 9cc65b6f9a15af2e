//! Pictures of a plan: what is shown, then where it lies, then one file for each format.
//!
//! `view` says what is shown, as data; `layout` says where; `paint` draws a scene of boxes, lines and texts. The text formats are
//! written from the view alone. Must not know: rules' insides, files, terminals.

pub mod view;
pub mod notation;
pub mod text;
pub mod scene;
pub mod palette;
mod layout;
mod sheet;
mod legend;
mod findings;
mod flow;
mod pages;
mod blueprint;
mod list;
mod panel;
mod states;
mod lanes;
pub mod paint;

use crate::finding::Finding;
use crate::model::{JourneyId, Plan};
use legend::Legend;
use scene::Scene;
use view::{EdgeKind, View};

/// What is drawn besides the plan itself, and how.
#[derive(Clone, Copy, Debug, Default)]
pub struct Showing<'f> {
    /// What was found, to be marked where it was found.
    pub findings: &'f [Finding],
    /// Whether a long journey is folded into an overview and a page for each stage.
    pub pages: bool,
    /// Whether the list of what was found is left out, because it stands elsewhere.
    pub without_list: bool,
}

impl Showing<'_> {
    /// The smallest text of a page on a screen of 1920 x 1080: to be read at a desk, or from the last row of the room.
    fn least(&self) -> f64 {
        if self.pages { pages::READABLE } else { sheet::LEAST }
    }
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum NoPicture {
    /// There is nothing in it yet.
    #[error("the journey `{0}` has no steps yet, so there is nothing to draw")]
    Empty(String),
    /// Nothing is tracked.
    #[error("nothing in this plan has states, so there is no life of anything to draw; `entities` names what must be tracked")]
    Stateless,
    /// No journey has a step.
    #[error("no journey of this plan has steps yet, so there is nothing to draw")]
    Nothing,
}

/// The journeys, step by step in their stages: one page each, or several.
///
/// # Errors
/// Where a journey has no steps.
pub fn flow(plan: &Plan, journeys: &[JourneyId], showing: Showing<'_>) -> Result<Vec<Scene>, NoPicture> {
    let mut scenes = Vec::new();
    for journey in journeys {
        let view = in_stages(plan, *journey, showing)?;
        if showing.pages {
            scenes.extend(pages::draw_pages(&view));
        } else if pages::is_too_long(&view) {
            let mut pages = pages::draw_pages(&view);
            if let Some(first) = pages.first_mut() {
                first.notes.push(format!("the journey `{}` is too long for one page, and is drawn on several", view.name));
            }
            scenes.append(&mut pages);
        } else {
            scenes.push(flow::draw(&view, flow::TRIES));
        }
    }
    Ok(scenes)
}

fn in_stages(plan: &Plan, journey: JourneyId, showing: Showing<'_>) -> Result<View, NoPicture> {
    let mut view = view::flow(plan, journey, view::Flow::default());
    if view.nodes.is_empty() {
        return Err(NoPicture::Empty(view.name));
    }
    view::mark(&mut view, plan, showing.findings);
    view.is_listed = !showing.without_list;
    Ok(view)
}

/// The journeys as service blueprints, each on as many pages as can be read.
///
/// # Errors
/// Where a journey has no steps.
pub fn blueprint(plan: &Plan, journeys: &[JourneyId], showing: Showing<'_>) -> Result<Vec<Scene>, NoPicture> {
    let mut scenes = Vec::new();
    for journey in journeys {
        let view = view::blueprint(plan, *journey, showing.findings);
        if view.cards.is_empty() {
            return Err(NoPicture::Empty(view.name));
        }
        scenes.extend(blueprint::draw(&view, showing.least()));
    }
    Ok(scenes)
}

/// The lives of the things that the journeys move.
///
/// # Errors
/// Where nothing has states.
pub fn states(plan: &Plan, journeys: &[JourneyId], showing: Showing<'_>) -> Result<Vec<Scene>, NoPicture> {
    Ok(states::draw(&lives(plan, journeys, showing)?, showing.least()))
}

fn lives(plan: &Plan, journeys: &[JourneyId], showing: Showing<'_>) -> Result<Vec<View>, NoPicture> {
    let things = view::things(plan, journeys);
    let Some(&journey) = journeys.first().filter(|_| !things.is_empty()) else { return Err(NoPicture::Stateless) };
    let mut views: Vec<_> = things.into_iter().map(|thing| (thing, view::states(plan, thing, journey))).collect();
    view::mark_states(&mut views, showing.findings);
    for (_, view) in &mut views {
        view.is_listed = !showing.without_list;
    }
    Ok(views.into_iter().map(|(_, view)| view).collect())
}

/// The journeys with a lane for each who acts.
///
/// # Errors
/// Where a journey has no steps.
pub fn lanes(plan: &Plan, journeys: &[JourneyId], showing: Showing<'_>) -> Result<Vec<Scene>, NoPicture> {
    let mut scenes = Vec::new();
    for journey in journeys {
        scenes.extend(lanes::draw(&in_lanes(plan, *journey, showing)?, showing.least()));
    }
    Ok(scenes)
}

fn in_lanes(plan: &Plan, journey: JourneyId, showing: Showing<'_>) -> Result<view::Lanes, NoPicture> {
    let mut lanes = view::lanes(plan, journey);
    if lanes.view.nodes.is_empty() {
        return Err(NoPicture::Empty(lanes.view.name));
    }
    view::mark(&mut lanes.view, plan, showing.findings);
    lanes.view.is_listed = !showing.without_list;
    Ok(lanes)
}

/// How the journeys lead to each other, and what each of them is on each surface.
///
/// # Errors
/// Where no journey has steps.
pub fn journeys(plan: &Plan, journeys: &[JourneyId], showing: Showing<'_>) -> Result<Vec<Scene>, NoPicture> {
    let view = view::journeys(plan, journeys, showing.findings).ok_or(NoPicture::Nothing)?;
    let legend = Legend::lines(&BETWEEN_JOURNEYS, &[&view]).with_signs(&[&view]);
    Ok(vec![flow::draw_with(&view, flow::TRIES, &legend)])
}

/// What lines mean between journeys.
const BETWEEN_JOURNEYS: [(EdgeKind, &str); 4] = [
    (EdgeKind::Main, "uses it as a step"),
    (EdgeKind::Plain, "leads on to"),
    (EdgeKind::Back, "leads back to"),
    (EdgeKind::Cross, "sets it going"),
];

/// A view that the notations of other tools can tell: boxes and lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// A journey in its stages.
    Flow,
    /// A journey, by who acts.
    Lanes,
    /// The life of each thing.
    States,
    /// How the journeys lead to each other.
    Journeys,
}

/// The journeys in the notation of another tool, one text for each picture.
///
/// # Errors
/// Where there is nothing to tell.
pub fn written(
    plan: &Plan,
    journeys: &[JourneyId],
    showing: Showing<'_>,
    told: Told,
    notation: notation::Notation,
) -> Result<Vec<String>, NoPicture> {
    let views: Vec<View> = match told {
        Told::Flow => journeys.iter().map(|journey| in_stages(plan, *journey, showing)).collect::<Result<_, _>>()?,
        Told::Lanes => {
            let lanes = journeys.iter().map(|journey| in_lanes(plan, *journey, showing).map(view::Lanes::as_stages));
            lanes.collect::<Result<_, _>>()?
        }
        Told::States => lives(plan, journeys, showing)?,
        Told::Journeys => vec![view::journeys(plan, journeys, showing.findings).ok_or(NoPicture::Nothing)?],
    };
    Ok(views.iter().map(|view| notation::write(view, notation)).collect())
}
