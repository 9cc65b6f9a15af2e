//! How the journeys of a plan hang together: a box for what each of them is on each surface, and what leads from box to box.
//!
//! Must not know: positions, colours, formats.

mod boxes;

use std::collections::{BTreeMap, BTreeSet};

use super::across::sources;
use super::words::{moments, plain, start};
use super::{Edge, EdgeKind, View, story};
use crate::finding::{Finding, Level};
use crate::model::{JourneyId, Nature, Plan, Start, StepId, SurfaceId};

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
}
