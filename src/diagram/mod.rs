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
mod flow;
mod pages;
mod sheet;
mod blueprint;
mod list;
mod panel;
mod states;
mod lanes;
pub mod paint;

use crate::finding::Finding;
use crate::model::{JourneyId, Plan};
use scene::Scene;

/// What is drawn besides the plan itself, and how.
#[derive(Clone, Copy, Debug, Default)]
pub struct Showing<'f> {
    /// What was found, to be marked where it was found.
    pub findings: &'f [Finding],
    /// Whether a long journey is folded into an overview and a page for each stage.
    pub pages: bool,
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
    /// What this version does not draw.
    #[error("this version cannot draw {0} yet")]
    NotYet(&'static str),
}

/// The journeys, step by step in their stages: one page each, or several.
///
/// # Errors
/// Where a journey has no steps.
pub fn flow(plan: &Plan, journeys: &[JourneyId], showing: Showing<'_>) -> Result<Vec<Scene>, NoPicture> {
    let mut scenes = Vec::new();
    for journey in journeys {
        let mut view = view::flow(plan, *journey, view::Flow::default());
        if view.nodes.is_empty() {
            return Err(NoPicture::Empty(view.name));
        }
        view::mark(&mut view, plan, showing.findings);
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
        scenes.extend(blueprint::draw(&view));
    }
    Ok(scenes)
}

/// The lives of the things that the journeys move.
///
/// # Errors
/// Where nothing has states.
pub fn states(plan: &Plan, journeys: &[JourneyId]) -> Result<Vec<Scene>, NoPicture> {
    let things = view::things(plan, journeys);
    let Some(&journey) = journeys.first().filter(|_| !things.is_empty()) else { return Err(NoPicture::Stateless) };
    let views: Vec<view::View> = things.into_iter().map(|thing| view::states(plan, thing, journey)).collect();
    Ok(states::draw(&views))
}

/// The journeys with a lane for each who acts.
///
/// # Errors
/// Where a journey has no steps.
pub fn lanes(plan: &Plan, journeys: &[JourneyId]) -> Result<Vec<Scene>, NoPicture> {
    let mut scenes = Vec::new();
    for journey in journeys {
        let lanes = view::lanes(plan, *journey);
        if lanes.view.nodes.is_empty() {
            return Err(NoPicture::Empty(lanes.view.name));
        }
        scenes.extend(lanes::draw(&lanes));
    }
    Ok(scenes)
}

/// The journeys in the notation of another tool, one text each.
///
/// # Errors
/// Where a journey has no steps.
pub fn written(plan: &Plan, journeys: &[JourneyId], showing: Showing<'_>, notation: notation::Notation) -> Result<Vec<String>, NoPicture> {
    let write = |journey: &JourneyId| {
        let mut view = view::flow(plan, *journey, view::Flow::default());
        if view.nodes.is_empty() {
            return Err(NoPicture::Empty(view.name));
        }
        view::mark(&mut view, plan, showing.findings);
        Ok(notation::write(&view, notation))
    };
    journeys.iter().map(write).collect()
}
