//! From a plan to a view of one journey.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{cause, heading, plain, start};
use super::{Actor, ActorKind, Edge, EdgeKind, Node, NodeKind, Stage, View};
use crate::model::{Cause, JourneyId, Nature, Plan, RoleId, StepId, SystemId, Way, WayId};
use crate::spec::{Class, EndKind, Text};

/// What a view is made for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Flow {
    /// Whether what sets another way going is shown as a way across.
    pub with_cross: bool,
}

/// A journey as it is shown.
pub fn flow(plan: &Plan, journey: JourneyId, how: Flow) -> View {
    let mut builder = Builder::new(plan, journey);
    builder.stages_and_steps();
    builder.ways();
    builder.classify();
    if how.with_cross {
        builder.across();
    }
    builder.view
}

pub(super) struct Builder<'p> {
    pub(super) plan: &'p Plan,
    pub(super) view: View,
    /// Positions of steps among the nodes.
    pub(super) place: BTreeMap<StepId, usize>,
    actors: Vec<Acts>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Acts {
    Role(RoleId),
    System(SystemId),
}

impl<'p> Builder<'p> {
    fn new(plan: &'p Plan, id: JourneyId) -> Self {
        let journey = &plan.journeys[id];
        let goal = journey.form.goal.as_ref().map(|goal| goal.text.clone()).unwrap_or_default();
        let title = if journey.form.title.is_some() { journey.title().to_owned() } else { heading(&plain(&journey.name.text)) };
        let view = View {
            journey: id,
            name: journey.name.text.clone(),
            title,
            goal,
            actors: Vec::new(),
            stages: Vec::new(),
            nodes: Vec::new(),
            edges: Vec::new(),
            marks: Vec::new(),
            is_listed: true,
        };
        let mut builder = Self { plan, view, place: BTreeMap::new(), actors: Vec::new() };
        if let Some(role) = journey.role {
            builder.actor(Acts::Role(role));
        }
        builder
    }

    fn actor(&mut self, acts: Acts) -> usize {
        if let Some(known) = self.actors.iter().position(|known| *known == acts) {
            return known;
        }
        self.actors.push(acts);
        let title = |given: Option<&Text>, name: &str| given.map_or_else(|| heading(&plain(name)), |title| title.text.clone());
        self.view.actors.push(match acts {
            Acts::Role(role) => {
                let role = &self.plan.roles[role];
                let kind = if role.form.staff { ActorKind::Staff } else { ActorKind::Person };
                Actor { name: role.name.text.clone(), title: title(role.form.title.as_ref(), &role.name.text), kind }
            }
            Acts::System(system) => {
                let system = &self.plan.systems[system];
                let title = title(system.form.title.as_ref(), &system.name.text);
                Actor { name: system.name.text.clone(), title, kind: ActorKind::System }
            }
        });
        self.actors.len() - 1
    }

    fn stages_and_steps(&mut self) {
        let plan = self.plan;
        for stage in &plan.journeys[self.view.journey].stages {
            let stage = &plan.stages[*stage];
            // A stage without steps takes no room; what is missing in it is told by its findings.
            if stage.steps.is_empty() {
                continue;
            }
            self.view.stages.push(Stage { name: stage.name.text.clone(), title: heading(&stage.name.text) });
            for step in &stage.steps {
                self.step(*step);
            }
        }
    }

    fn step(&mut self, id: StepId) {
        let step = &self.plan.steps[id];
        let actor = match step.nature {
            Nature::Job(Some(system)) => Some(self.actor(Acts::System(system))),
            Nature::Job(None) => None,
            _ => step.role.map(|role| self.actor(Acts::Role(role))),
        };
        let kind = match step.nature {
            Nature::Screen => NodeKind::Screen,
            Nature::Task => NodeKind::Task,
            Nature::Wait(_) => NodeKind::Wait,
            Nature::Decide => NodeKind::Decision,
            Nature::Job(_) => NodeKind::Job,
            Nature::Journey(_) => NodeKind::Journey,
            Nature::Plain => step.end.as_ref().map_or(NodeKind::Plain, |end| NodeKind::End(end.kind)),
        };
        let has_title = step.title() != step.name.text;
        let title = if has_title { step.title().to_owned() } else { heading(&plain(&step.name.text)) };
        let mut starts: Vec<String> = step.starts.iter().filter_map(|each| start(self.plan, step, each)).collect();
        let from_elsewhere: BTreeSet<&str> = self
            .plan
            .ways_to(id)
            .filter(|(_, way)| self.plan.steps[way.from].journey != step.journey)
            .map(|(_, way)| self.plan.journey_of(way.from).title())
            .collect();
        starts.extend(from_elsewhere.into_iter().map(|title| format!("from “{title}”")));
        self.place.insert(id, self.view.nodes.len());
        self.view.nodes.push(Node {
            name: step.name.text.clone(),
            title,
            kind,
            actor,
            stage: self.view.stages.len() - 1,
            way: 0,
            is_main: false,
            is_failure: false,
            starts,
            stays: Vec::new(),
            about: Vec::new(),
            marks: Vec::new(),
            step: Some(id),
        });
    }

    fn ways(&mut self) {
        let plan = self.plan;
        for step in plan.journeys[self.view.journey].steps.clone() {
            let Some(&from) = self.place.get(&step) else { continue };
            for (id, way) in plan.ways_from(step) {
                let said = cause(plan, way);
                if way.is_back {
                    let said = if said.is_empty() { "back".to_owned() } else { said };
                    push_once(&mut self.view.nodes[from].stays, format!("{said} (to where one came from)"));
                    continue;
                }
                let to = self.target(from, way);
                if to == from {
                    push_once(&mut self.view.nodes[from].stays, if said.is_empty() { "again".to_owned() } else { said });
                    continue;
                }
                let kind = if self.fails(way) { EdgeKind::Failure } else { EdgeKind::Plain };
                self.add(from, to, said, kind, id);
            }
        }
    }

    fn add(&mut self, from: usize, to: usize, said: String, kind: EdgeKind, way: WayId) {
        let known = self.view.edges.iter_mut().find(|edge| edge.from == from && edge.to == to && edge.kind == kind);
        if let Some(edge) = known {
            edge.ways.push(way);
            push_once(&mut edge.causes, said);
            return;
        }
        let causes = if said.is_empty() { Vec::new() } else { vec![said] };
        self.view.edges.push(Edge { from, to, causes, kind, ways: vec![way] });
    }

    /// The node of a target; a step of another journey becomes a place to go to, beside the step that leads there.
    fn target(&mut self, from: usize, way: &Way) -> usize {
        if let Some(place) = self.place.get(&way.to) {
            return *place;
        }
        let (plan, stage) = (self.plan, self.view.nodes[from].stage);
        let name = format!("{}/{}", plan.journey_of(way.to).name.text, plan.steps[way.to].name.text);
        let known = self.view.nodes.iter().position(|node| node.kind == NodeKind::Elsewhere && node.name == name && node.stage == stage);
        known.unwrap_or_else(|| {
            let (journey, step) = (plan.journey_of(way.to), &plan.steps[way.to]);
            let title =
                if journey.first == Some(way.to) { journey.title().to_owned() } else { format!("{}: {}", journey.title(), step.title()) };
            self.view.nodes.push(Node {
                name,
                title,
                kind: NodeKind::Elsewhere,
                actor: None,
                stage,
                way: 0,
                is_main: false,
                is_failure: false,
                starts: Vec::new(),
                stays: Vec::new(),
                about: Vec::new(),
                marks: Vec::new(),
                step: None,
            });
            self.view.nodes.len() - 1
        })
    }

    /// Whether a way is taken because something went wrong.
    fn fails(&self, way: &Way) -> bool {
        match &way.cause {
            Cause::Outcome(outcome) => matches!(self.plan.outcome(*outcome).class, Class::Failure | Class::Rejection),
            Cause::Timeout | Cause::Exhausted => true,
            Cause::State(state) => self.plan.state(*state).form.means.is_some(),
            Cause::End(end) => match self.plan.steps[way.from].nature {
                Nature::Journey(Some(used)) => {
                    matches!(self.plan.journeys[used].end_kind(end), Some(EndKind::Failure | EndKind::Abandoned))
                }
                _ => false,
            },
            Cause::ScreenState(state) => state == "error",
            Cause::Choice(_) | Cause::Next | Cause::Value(_) => false,
        }
    }
}

pub(super) fn push_once(list: &mut Vec<String>, text: String) {
    if !text.is_empty() && !list.contains(&text) {
        list.push(text);
    }
}
