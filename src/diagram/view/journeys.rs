//! How the journeys of a plan hang together: a box for what each of them is on each surface, and what leads from box to box.
//!
//! Must not know: positions, colours, formats.

use std::collections::{BTreeMap, BTreeSet};

use super::across::sources;
use super::words::{heading, moments, plain, start};
use super::{Edge, EdgeKind, Node, NodeKind, Stage, View, story};
use crate::finding::{Finding, Level};
use crate::model::{JourneyId, Nature, Plan, Start, StepId, SurfaceId};

/// More than so many reasons are counted, not told.
const MOST: usize = 3;

/// A part of a journey: all that happens on the same surfaces.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    journey: JourneyId,
    place: Place,
}

/// Where something happens.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// On these surfaces.
    On(Vec<SurfaceId>),
    /// Where the plan does not say.
    Unsaid,
    /// Where no person is.
    Behind,
}

struct Builder<'p> {
    plan: &'p Plan,
    parts: Vec<Part>,
    /// The part of each step.
    part_of: BTreeMap<StepId, usize>,
    edges: Vec<Edge>,
}

/// The journeys and what leads from one to another; of some of them, with their neighbours. Nothing where none of them has steps.
pub fn journeys(plan: &Plan, wanted: &[JourneyId], findings: &[Finding]) -> Option<View> {
    let mut builder = Builder { plan, parts: Vec::new(), part_of: BTreeMap::new(), edges: Vec::new() };
    builder.parts();
    builder.ways();
    let across = builder.across();
    builder.turn_back();
    let is_wanted = |part: usize| wanted.contains(&builder.parts[part].journey);
    let shown: Vec<usize> = (0..builder.parts.len())
        .filter(|part| is_wanted(*part) || builder.edges.iter().any(|edge| touches(edge, *part, &is_wanted)))
        .collect();
    let mut open: BTreeMap<usize, Vec<Level>> = BTreeMap::new();
    for finding in findings {
        let part = super::marks::steps_of(plan, finding).iter().find_map(|step| builder.part_of.get(step).copied());
        let of_journey = || {
            let journey = plan.journey_at(finding.span())?;
            builder.parts.iter().position(|part| part.journey == journey)
        };
        if let Some(part) = part.or_else(of_journey) {
            open.entry(part).or_default().push(finding.level);
        }
    }
    let first = builder.parts.get(*shown.first()?)?.journey;
    Some(builder.view(first, &shown, &across, &open))
}

fn touches(edge: &Edge, part: usize, is_wanted: &dyn Fn(usize) -> bool) -> bool {
    (edge.from == part && is_wanted(edge.to)) || (edge.to == part && is_wanted(edge.from))
}

impl Builder<'_> {
    fn parts(&mut self) {
        for (journey, form) in self.plan.journeys.iter() {
            let mut unsaid: Vec<StepId> = Vec::new();
            for &id in &form.steps {
                let step = &self.plan.steps[id];
                let place = match step.nature {
                    Nature::Job(_) => Place::Behind,
                    _ if step.surfaces.is_empty() => {
                        unsaid.push(id);
                        continue;
                    }
                    _ => Place::On(step.surfaces.clone()),
                };
                let part = self.part(Part { journey, place });
                self.part_of.insert(id, part);
            }
            // What the plan says no surface for is where the journey begins.
            let first = self.parts.iter().position(|part| part.journey == journey && part.place != Place::Behind);
            for step in unsaid {
                let part = first.unwrap_or_else(|| self.part(Part { journey, place: Place::Unsaid }));
                self.part_of.insert(step, part);
            }
        }
    }

    fn part(&mut self, part: Part) -> usize {
        self.parts.iter().position(|known| *known == part).unwrap_or_else(|| {
            self.parts.push(part);
            self.parts.len() - 1
        })
    }

    /// What people take from one part to another, and journeys that are steps of others.
    fn ways(&mut self) {
        let plan = self.plan;
        for (id, way) in plan.ways().filter(|(_, way)| !way.is_back) {
            if let (Some(&from), Some(&to)) = (self.part_of.get(&way.from), self.part_of.get(&way.to)) {
                self.add(from, to, EdgeKind::Plain, super::words::cause(plan, way));
                if let Some(edge) = self.edges.iter_mut().find(|edge| edge.from == from && edge.to == to && edge.kind == EdgeKind::Plain) {
                    edge.ways.push(id);
                }
            }
        }
        for (id, step) in plan.steps.iter() {
            let Nature::Journey(Some(used)) = step.nature else { continue };
            let first = plan.journeys[used].first.and_then(|first| self.part_of.get(&first).copied());
            if let (Some(&from), Some(to)) = (self.part_of.get(&id), first) {
                let title = if step.title() == step.name.text { plain(&step.name.text) } else { step.title().to_owned() };
                self.add(from, to, EdgeKind::Main, title);
            }
        }
    }

    /// What happens in one part and sets another one going. What has no place in any part is told where it leads to.
    fn across(&mut self) -> BTreeMap<usize, Vec<String>> {
        let plan = self.plan;
        let mut starts: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (id, step) in plan.steps.iter() {
            let Some(&to) = self.part_of.get(&id) else { continue };
            let told = starts.entry(to).or_default();
            for each in step.starts.iter().filter(|each| **each != Start::Itself || step.when.any.is_empty()) {
                told.extend(start(plan, step, each).filter(|said| !told.contains(said)));
            }
            if step.when.any.is_empty() {
                continue;
            }
            let from: BTreeSet<usize> = step
                .when
                .any
                .iter()
                .flat_map(|(moment, _)| sources(plan, *moment))
                .filter_map(|step| self.part_of.get(&step).copied())
                .collect();
            let said = moments(plan, &step.when);
            if from.is_empty() && !told.contains(&said) {
                told.push(said.clone());
            }
            let said = said.strip_prefix("when ").map_or(said.clone(), str::to_owned);
            for from in from {
                self.add(from, to, EdgeKind::Cross, said.clone());
            }
        }
        starts
    }

    fn add(&mut self, from: usize, to: usize, kind: EdgeKind, said: String) {
        if from == to {
            return;
        }
        let known = self.edges.iter().position(|edge| edge.from == from && edge.to == to && edge.kind == kind);
        let place = known.unwrap_or_else(|| {
            self.edges.push(Edge { from, to, causes: Vec::new(), kind, ways: Vec::new() });
            self.edges.len() - 1
        });
        let causes = &mut self.edges[place].causes;
        if !said.is_empty() && !causes.contains(&said) {
            causes.push(said);
        }
    }

    /// Ways that lead to where people were already lead back.
    fn turn_back(&mut self) {
        let people: Vec<usize> = (0..self.edges.len()).filter(|edge| self.edges[*edge].kind != EdgeKind::Cross).collect();
        let pairs: Vec<story::Pair> = people.iter().map(|edge| (self.edges[*edge].from, self.edges[*edge].to)).collect();
        for (edge, is_back) in people.into_iter().zip(story::ways_back(self.parts.len(), &pairs)) {
            if is_back && self.edges[edge].kind == EdgeKind::Plain {
                self.edges[edge].kind = EdgeKind::Back;
            }
        }
    }

    fn view(&self, journey: JourneyId, shown: &[usize], starts: &BTreeMap<usize, Vec<String>>, open: &BTreeMap<usize, Vec<Level>>) -> View {
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
