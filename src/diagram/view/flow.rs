//! From a plan to a view of one journey.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{cause, heading, plain, start};
use super::{Actor, ActorKind, Edge, EdgeKind, Node, NodeKind, Stage, View, story};
use crate::model::{Cause, JourneyId, Moment, MoveBy, Nature, Plan, RoleId, StepId, SystemId, Way, WayId};
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

struct Builder<'p> {
    plan: &'p Plan,
    view: View,
    /// Positions of steps among the nodes.
    place: BTreeMap<StepId, usize>,
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

    /// Finds ways back, the main way, whose way each step belongs to, and steps that only failures lead to.
    fn classify(&mut self) {
        let count = self.view.nodes.len();
        let pairs: Vec<story::Pair> = self.view.edges.iter().map(|edge| (edge.from, edge.to)).collect();
        let back = story::ways_back(count, &pairs);
        for (edge, back) in self.view.edges.iter_mut().zip(back) {
            if back || self.view.nodes[edge.to].stage < self.view.nodes[edge.from].stage {
                edge.kind = EdgeKind::Back;
            }
        }
        self.whose_way();
        self.main_way();
        for index in 0..count {
            let mut ways = self.view.edges.iter().filter(|edge| edge.to == index && edge.kind != EdgeKind::Back).peekable();
            let is_end = matches!(self.view.nodes[index].kind, NodeKind::End(_));
            self.view.nodes[index].is_failure = !is_end
                && self.view.nodes[index].starts.is_empty()
                && ways.peek().is_some()
                && ways.all(|edge| edge.kind == EdgeKind::Failure);
        }
    }

    fn whose_way(&mut self) {
        let begins = |node: &Node| node.step.is_some_and(|step| self.plan.steps[step].starts_by_itself());
        let others: Vec<usize> = (0..self.view.nodes.len()).filter(|index| begins(&self.view.nodes[*index])).collect();
        let role = self.plan.journeys[self.view.journey].role;
        let is_entrance = |node: &Node| {
            let step = node.step.map(|step| &self.plan.steps[step]);
            step.is_some_and(|step| !step.starts_by_itself() && !step.starts.is_empty() && (role.is_none() || step.role == role))
        };
        let first = self.plan.journeys[self.view.journey].first.and_then(|first| self.place.get(&first).copied());
        let own = first.into_iter().chain((0..self.view.nodes.len()).filter(|index| is_entrance(&self.view.nodes[*index])));
        let mut claimed: Vec<Option<usize>> = vec![None; self.view.nodes.len()];
        let roots: Vec<(usize, usize)> =
            own.map(|root| (root, 0)).chain(others.iter().enumerate().map(|(way, root)| (*root, way + 1))).collect();
        for (root, way) in roots {
            let mut stack = vec![root];
            while let Some(node) = stack.pop() {
                // Each way keeps its own beginning, even where another one leads into it.
                if claimed[node].is_some() || (node != root && others.contains(&node)) {
                    continue;
                }
                claimed[node] = Some(way);
                stack.extend(self.view.edges.iter().filter(|edge| edge.from == node).map(|edge| edge.to));
            }
        }
        for (node, way) in self.view.nodes.iter_mut().zip(claimed) {
            node.way = way.unwrap_or_default();
        }
    }

    fn main_way(&mut self) {
        let may_be_main = |edge: &&mut Edge| edge.kind == EdgeKind::Plain;
        let is_regular = |edge: &Edge, plan: &Plan| edge.ways.iter().any(|way| is_regular(plan, plan.way(*way)));
        let (plan, nodes) = (self.plan, &self.view.nodes);
        let Some(&start) = plan.journeys[self.view.journey].first.and_then(|first| self.place.get(&first)) else { return };
        let good: Vec<bool> = nodes
            .iter()
            .map(|node| node.step.and_then(|step| plan.steps[step].end.as_ref()).is_some_and(|end| end.kind == EndKind::Success))
            .collect();
        let mut edges: Vec<&mut Edge> = self.view.edges.iter_mut().filter(may_be_main).filter(|edge| is_regular(edge, plan)).collect();
        let pairs: Vec<story::Pair> = edges.iter().map(|edge| (edge.from, edge.to)).collect();
        for way in story::main_way(nodes.len(), &pairs, start, &good) {
            edges[way].kind = EdgeKind::Main;
        }
        let on_it: BTreeSet<usize> =
            edges.iter().filter(|edge| edge.kind == EdgeKind::Main).flat_map(|edge| [edge.from, edge.to]).collect();
        for index in on_it {
            self.view.nodes[index].is_main = true;
        }
    }

    /// Adds what sets other ways going: from the steps where it happens to those that start then.
    fn across(&mut self) {
        let plan = self.plan;
        for (&to_step, &to) in &self.place {
            for (moment, _) in &plan.steps[to_step].when.any {
                let sources: BTreeSet<StepId> = match moment {
                    Moment::State(state) => plan.state(*state).entered_by.iter().flat_map(|by| moved_at(plan, *by)).collect(),
                    Moment::Outcome(outcome) => plan.actions[outcome.action].run_at().collect(),
                    Moment::Action(action) => plan.actions[*action].run_at().collect(),
                    Moment::Sent(..) => BTreeSet::new(),
                };
                let said = match moment {
                    Moment::State(state) => {
                        format!("{} {}", plain(plan.entities[state.entity].title()), plain(&plan.state(*state).name.text))
                    }
                    _ => String::new(),
                };
                for from in sources.into_iter().filter_map(|step| self.place.get(&step).copied()) {
                    let known = self.view.edges.iter_mut().find(|edge| edge.kind == EdgeKind::Cross && edge.from == from && edge.to == to);
                    match known {
                        Some(edge) => push_once(&mut edge.causes, said.clone()),
                        None if from != to => {
                            let causes = if said.is_empty() { Vec::new() } else { vec![said.clone()] };
                            self.view.edges.push(Edge { from, to, causes, kind: EdgeKind::Cross, ways: Vec::new() });
                        }
                        None => {}
                    }
                }
            }
        }
    }
}

/// The steps at which an entity is moved so.
fn moved_at(plan: &Plan, by: MoveBy) -> Vec<StepId> {
    match by {
        MoveBy::Outcome(outcome) => plan.actions[outcome.action].run_at().collect(),
        MoveBy::Decision(step) => vec![step],
        _ => Vec::new(),
    }
}

/// Whether a way is one that people regularly take: nothing failed, nothing is still open, nobody waited in vain.
fn is_regular(plan: &Plan, way: &Way) -> bool {
    match &way.cause {
        Cause::Outcome(outcome) => plan.outcome(*outcome).class == Class::Success,
        Cause::State(state) => plan.state(*state).form.means.is_none(),
        Cause::Choice(_) | Cause::Next | Cause::Value(_) | Cause::End(_) => true,
        Cause::Timeout | Cause::Exhausted | Cause::ScreenState(_) => false,
    }
}

fn push_once(list: &mut Vec<String>, text: String) {
    if !text.is_empty() && !list.contains(&text) {
        list.push(text);
    }
}
