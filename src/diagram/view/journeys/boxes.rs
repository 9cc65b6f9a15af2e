//! What stands in the boxes: a journey as far as it takes place somewhere, who acts there, how one gets in, what is open.

use std::collections::BTreeMap;

use super::{Builder, Part, Place};
use crate::diagram::view::words::{heading, plain};
use crate::diagram::view::{Edge, Node, NodeKind, Stage, View};
use crate::finding::Level;
use crate::model::{JourneyId, Nature, StepId};

/// More than so many reasons are counted, not told.
const MOST: usize = 3;

impl Builder<'_> {
    /// The parts that are shown, by where they take place.
    pub(super) fn view(
        &self,
        journey: JourneyId,
        shown: &[usize],
        starts: &BTreeMap<usize, Vec<String>>,
        open: &BTreeMap<usize, Vec<Level>>,
    ) -> View {
        // A plan of one journey shows on which surfaces it is.
        let title = match self.plan.journeys.len() {
            1 => format!("{}: where it happens", self.plan.journeys[journey].title()),
            _ => "How the journeys hang together".to_owned(),
        };
        let mut view = View {
            journey,
            name: "journeys".to_owned(),
            title,
            goal: String::new(),
            actors: Vec::new(),
            stages: Vec::new(),
            nodes: Vec::new(),
            edges: Vec::new(),
            marks: Vec::new(),
            is_listed: true,
        };
        let mut places: Vec<&Place> = Vec::new();
        for place in shown.iter().map(|part| &self.parts[*part].place) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places.sort_by_key(|place| **place == Place::Behind);
        view.stages.extend(places.iter().map(|place| self.stage(place)));
        for (stage, place) in places.iter().enumerate() {
            for &part in shown.iter().filter(|part| self.parts[**part].place == **place) {
                view.nodes.push(self.node(part, stage, starts.get(&part), open.get(&part)));
            }
        }
        let order: Vec<usize> =
            places.iter().flat_map(|place| shown.iter().copied().filter(|part| self.parts[*part].place == **place)).collect();
        let position = |part: usize| order.iter().position(|known| *known == part);
        for edge in &self.edges {
            if let (Some(from), Some(to)) = (position(edge.from), position(edge.to)) {
                view.edges.push(Edge { from, to, causes: shortened(&edge.causes), ..edge.clone() });
            }
        }
        view
    }

    fn stage(&self, place: &Place) -> Stage {
        let (name, title) = match place {
            Place::Behind => ("behind-the-screens".to_owned(), "Behind the screens".to_owned()),
            Place::Unsaid => ("no-surface".to_owned(), "Surface not said".to_owned()),
            Place::On(surfaces) => {
                let surfaces = surfaces.iter().map(|surface| &self.plan.surfaces[*surface]);
                let title = |form: &crate::model::Surface| {
                    form.form.title.as_ref().map_or_else(|| heading(&plain(&form.name.text)), |title| title.text.clone())
                };
                let names: Vec<&str> = surfaces.clone().map(|surface| surface.name.text.as_str()).collect();
                (names.join("-"), surfaces.map(title).collect::<Vec<_>>().join(", "))
            }
        };
        Stage { name, title }
    }

    fn node(&self, part: usize, stage: usize, starts: Option<&Vec<String>>, open: Option<&Vec<Level>>) -> Node {
        let Part { journey, .. } = &self.parts[part];
        let journey = &self.plan.journeys[*journey];
        let steps: Vec<StepId> = journey.steps.iter().copied().filter(|step| self.part_of.get(step) == Some(&part)).collect();
        let mut about = self.who(&steps);
        let count = steps.iter().filter(|step| self.plan.steps[**step].nature != Nature::Plain).count();
        about.push(format!("{count} {}", if count == 1 { "step" } else { "steps" }));
        about.extend(open.map(|open| counted(open)));
        let title = if journey.form.title.is_some() { journey.title().to_owned() } else { heading(&plain(&journey.name.text)) };
        Node {
            name: format!("{}-{}", journey.name.text, self.stage(&self.parts[part].place).name),
            title,
            kind: if matches!(self.parts[part].place, Place::Behind) { NodeKind::Job } else { NodeKind::Journey },
            actor: None,
            stage,
            way: 0,
            is_main: false,
            is_failure: false,
            starts: starts.map(|starts| shortened(starts)).unwrap_or_default(),
            stays: Vec::new(),
            about,
            marks: Vec::new(),
            step: None,
        }
    }

    /// Who acts in these steps, in order.
    fn who(&self, steps: &[StepId]) -> Vec<String> {
        let mut who: Vec<String> = Vec::new();
        for step in steps.iter().map(|step| &self.plan.steps[*step]) {
            let title = match (step.nature, step.role) {
                (Nature::Job(Some(system)), _) => {
                    let system = &self.plan.systems[system];
                    system.form.title.as_ref().map_or_else(|| heading(&plain(&system.name.text)), |title| title.text.clone())
                }
                (_, Some(role)) => {
                    let role = &self.plan.roles[role];
                    role.form.title.as_ref().map_or_else(|| heading(&plain(&role.name.text)), |title| title.text.clone())
                }
                _ => continue,
            };
            if !who.contains(&title) {
                who.push(title);
            }
        }
        vec![who.join(", ")].into_iter().filter(|who| !who.is_empty()).collect()
    }
}

/// What is open, by its weight.
fn counted(open: &[Level]) -> String {
    let levels = [(Level::Error, "error", "errors"), (Level::Warning, "warning", "warnings"), (Level::Info, "note", "notes")];
    let said = levels.iter().filter_map(|(level, one, many)| {
        let count = open.iter().filter(|open| *open == level).count();
        (count > 0).then(|| format!("{count} {}", if count == 1 { one } else { many }))
    });
    format!("open: {}", said.collect::<Vec<_>>().join(", "))
}

/// The first of several texts, and how many more there are.
fn shortened(texts: &[String]) -> Vec<String> {
    let mut shown: Vec<String> = texts.iter().take(MOST).cloned().collect();
    if texts.len() > MOST {
        shown.push(format!("{} more", texts.len() - MOST));
    }
    shown
}
