//! The pictures of a page: each view that has something to show, drawn in colours that the page declares.

use crate::diagram::paint::{Carry, svg};
use crate::diagram::palette::Theme;
use crate::diagram::scene::Scene;
use crate::diagram::{self, NoPicture, Showing};
use crate::finding::Finding;
use crate::model::{JourneyId, Plan};

/// A way to look at the plan.
#[derive(Debug)]
pub struct View {
    /// Its name in links.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// One picture, or several pages.
    pub pictures: Vec<Picture>,
}

/// A drawing, to stand in the page.
#[derive(Debug)]
pub struct Picture {
    /// What it shows.
    pub title: String,
    /// An SVG element, whole and safe to stand in a page: its texts are escaped, and it loads nothing.
    pub svg: String,
}

/// Steps beyond which only the flow is drawn: the other views would be dozens of pages that nobody turns in a meeting.
const MANY: usize = 400;

/// The flow first, then the other views, each at the same time as the others.
pub fn views(plan: &Plan, findings: &[Finding]) -> Vec<View> {
    let journeys: Vec<JourneyId> = plan.journeys.ids().filter(|id| !plan.journeys[*id].steps.is_empty()).collect();
    if journeys.is_empty() {
        return Vec::new();
    }
    let showing = Showing { findings, without_list: true, ..Showing::default() };
    let drawn = std::thread::scope(|scope| {
        let mut threads = vec![("flow", "Flow", scope.spawn(|| pictures(diagram::flow(plan, &journeys, showing))))];
        if journeys.len() > 1 {
            threads.push(("together", "Journeys", scope.spawn(|| pictures(diagram::journeys(plan, &journeys, showing)))));
        }
        if plan.steps.len() <= MANY {
            threads.push(("life", "States", scope.spawn(|| pictures(diagram::states(plan, &journeys, showing)))));
            threads.push(("lanes", "Lanes", scope.spawn(|| pictures(diagram::lanes(plan, &journeys, showing)))));
            threads.push(("behind", "Blueprint", scope.spawn(|| pictures(diagram::blueprint(plan, &journeys, showing)))));
        }
        let joined = threads.into_iter().map(|(id, title, thread)| View { id, title, pictures: thread.join().unwrap_or_default() });
        joined.collect::<Vec<_>>()
    });
    drawn.into_iter().filter(|view| !view.pictures.is_empty()).collect()
}

fn pictures(scenes: Result<Vec<Scene>, NoPicture>) -> Vec<Picture> {
    let draw = |scene: Scene| Picture { svg: svg(&scene, Theme::Page, Carry::Nothing), title: scene.title };
    scenes.unwrap_or_default().into_iter().map(draw).collect()
}
