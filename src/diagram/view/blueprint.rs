//! A journey as a service blueprint: what people meet, what staff do, what happens behind, step by step.
//!
//! Must not know: positions, colours, formats.

use std::collections::BTreeMap;

use super::words::{heading, moments, plain, start};
use super::{EdgeKind, Flow, Node, NodeKind, View, flow, mark};
use crate::finding::Finding;
use crate::model::{ActionId, Cause, How, JourneyId, MoveBy, Nature, Plan, Start, StateId, Step, StepId, Waits};
use crate::spec::{Deadline, Text};

/// A journey as a table: the steps of the main way from left to right, what belongs to them below.
#[derive(Clone, Debug)]
pub struct Blueprint {
    /// Its name in the plan.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What the person gets; may be empty.
    pub goal: String,
    /// Whom the journey is for; may be empty.
    pub who: String,
    /// Who acts, in order of appearance.
    pub actors: Vec<String>,
    /// The stages, in order.
    pub stages: Vec<Span>,
    /// Everything in the table, in the order of the plan.
    pub cards: Vec<Card>,
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Row {
    /// Who is where.
    Place,
    /// What people see and do.
    Screen,
    /// Where they come besides the main way.
    Aside,
    /// What staff and others do.
    Staff,
    /// What happens behind.
    Backend,
    /// Who is told what.
    Message,
    /// Waits, deadlines and timers.
    Time,
}

/// A stage of the table.
#[derive(Clone, Debug)]
pub struct Span {
    /// What people read.
    pub title: String,
    /// How many of its steps lie on the main way.
    pub main: usize,
    /// How many steps lie beside it, at most: of the person, or of all others.
    pub beside: usize,
}

/// Where in a stage something belongs: to a step of the main way, or to one beside it, by its position among those.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The stage.
    pub stage: usize,
    /// Whether the step lies beside the main way.
    pub is_beside: bool,
    /// The position among the steps that lie there.
    pub index: usize,
}

/// Something in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its row.
    pub row: Row,
    /// The step it belongs to.
    pub at: At,
    /// What it is.
    pub heading: String,
    /// What is to know about it, line by line.
    pub details: Vec<String>,
    /// Who acts, by the position among the actors, where it is not whom the journey is for.
    pub actor: Option<usize>,
    /// The system that does it, and whether that belongs to somebody else.
    pub system: Option<(String, bool)>,
}

/// The blueprint of a journey, with what was found.
pub fn blueprint(plan: &Plan, journey: JourneyId, findings: &[Finding]) -> Blueprint {
    let mut view = flow(plan, journey, Flow::default());
    mark(&mut view, plan, findings);
    let mut builder = Builder { plan, view, columns: BTreeMap::new(), cards: Vec::new() };
    let stages = builder.columns();
    builder.steps();
    builder.actions();
    builder.messages();
    builder.timers();
    let Builder { view, mut cards, .. } = builder;
    cards.sort_by_key(|card| (card.row, card.at));
    let who = view.actors.first().filter(|_| plan.journeys[journey].role.is_some()).map(|actor| actor.title.clone());
    Blueprint {
        name: view.name,
        title: view.title,
        goal: view.goal,
        who: who.unwrap_or_default(),
        actors: view.actors.into_iter().map(|actor| actor.title).collect(),
        stages,
        cards,
    }
}

struct Builder<'p> {
    plan: &'p Plan,
    view: View,
    /// Where each step stands, by its position among the nodes; ends and other journeys stand nowhere.
    columns: BTreeMap<usize, At>,
    cards: Vec<Card>,
}

impl Builder<'_> {
    /// Gives every step its place. An end is told by the step before it.
    fn columns(&mut self) -> Vec<Span> {
        let mut stages = Vec::new();
        for (stage, form) in self.view.stages.iter().enumerate() {
            let (mut main, mut aside, mut others) = (0, 0, 0);
            for (index, node) in self.view.nodes.iter().enumerate().filter(|(_, node)| node.stage == stage) {
                if matches!(node.kind, NodeKind::End(_) | NodeKind::Elsewhere) {
                    continue;
                }
                let count = match () {
                    () if node.is_main => &mut main,
                    () if self.is_own(node) => &mut aside,
                    () => &mut others,
                };
                self.columns.insert(index, At { stage, is_beside: !node.is_main, index: *count });
                *count += 1;
            }
            stages.push(Span { title: form.title.clone(), main, beside: aside.max(others) });
        }
        stages
    }

    /// Whether whom the journey is for goes through a step.
    fn is_own(&self, node: &Node) -> bool {
        let is_job = node.step.is_some_and(|step| matches!(self.plan.steps[step].nature, Nature::Job(_)));
        !is_job && node.actor.is_none_or(|actor| actor == 0)
    }

    fn place_of(&self, step: StepId) -> Option<At> {
        let node = self.view.nodes.iter().position(|node| node.step == Some(step))?;
        self.columns.get(&node).copied()
    }

    /// The best of several places: a step of the main way, else the first.
    fn best(&self, steps: impl IntoIterator<Item = StepId>) -> Option<At> {
        let places: Vec<At> = steps.into_iter().filter_map(|step| self.place_of(step)).collect();
        places.iter().find(|at| !at.is_beside).or(places.first()).copied()
    }

    fn add(&mut self, row: Row, at: At, heading: String, details: Vec<String>) -> &mut Card {
        let card = Card { row, at, heading, details, actor: None, system: None };
        self.cards.push(card);
        self.cards.last_mut().expect("a card was added")
    }

    fn steps(&mut self) {
        for index in 0..self.view.nodes.len() {
            let node = self.view.nodes[index].clone();
            let (Some(id), Some(&place)) = (node.step, self.columns.get(&index)) else { continue };
            let step = &self.plan.steps[id];
            let found = node.marks.iter().map(|mark| format!("{}: {}", mark.level.word(), mark.rule));
            if !place.is_beside && !matches!(step.nature, Nature::Job(_) | Nature::Decide) {
                self.add(Row::Place, place, self.where_is(step, &node), Vec::new());
                let mut details = self.seen(step, &node, index);
                details.extend(found);
                self.add(Row::Screen, place, node.title.clone(), details);
                continue;
            }
            let mut details = Vec::new();
            if !matches!(node.kind, NodeKind::Screen | NodeKind::Task | NodeKind::Plain) {
                details.push(node.kind.word().to_owned());
            }
            details.extend(self.starts(step));
            details.extend(found);
            match step.nature {
                Nature::Decide if !place.is_beside => _ = self.add(Row::Backend, place, node.title.clone(), details),
                Nature::Job(_) => {
                    let system = node.actor.and_then(|actor| self.view.actors.get(actor)).map(|actor| actor.title.clone());
                    self.add(Row::Backend, place, node.title.clone(), details).system = system.map(|title| (title, false));
                }
                _ if self.is_own(&node) => _ = self.add(Row::Aside, place, node.title.clone(), details),
                _ => {
                    details.splice(0..0, node.actor.map(|actor| self.view.actors[actor].title.clone()));
                    self.add(Row::Staff, place, node.title.clone(), details).actor = node.actor;
                }
            }
        }
    }

    fn where_is(&self, step: &Step, node: &Node) -> String {
        let who = node.actor.and_then(|actor| self.view.actors.get(actor)).map(|actor| actor.title.clone());
        let surfaces: Vec<String> = step
            .surfaces
            .iter()
            .map(|surface| {
                let surface = &self.plan.surfaces[*surface];
                titled(surface.form.title.as_ref(), &surface.name.text)
            })
            .collect();
        let surfaces = (!surfaces.is_empty()).then(|| surfaces.join(", "));
        who.into_iter().chain(surfaces).collect::<Vec<_>>().join(" · ")
    }

    /// How people get in, messages aside: those have a row of their own.
    fn starts(&self, step: &Step) -> impl Iterator<Item = String> {
        let starts = step.starts.iter().filter(|each| !matches!(each, Start::Notification(_)));
        starts.filter_map(|each| start(self.plan, step, each))
    }

    /// What people see at a step: how they get in, the states of the screen, and what the main button says.
    fn seen(&self, step: &Step, node: &Node, index: usize) -> Vec<String> {
        let mut details = Vec::new();
        if !matches!(node.kind, NodeKind::Screen | NodeKind::Task | NodeKind::Plain) {
            details.push(node.kind.word().to_owned());
        }
        details.extend(self.starts(step));
        for (name, state) in step.form.screen.iter().flat_map(|screen| screen.states.iter()) {
            let shows = state.shows.as_ref().map(|shows| format!(": {}", shows.text)).unwrap_or_default();
            details.push(format!("{}{shows}", plain(&name.text)));
        }
        let main = self.view.edges.iter().find(|edge| edge.from == index && edge.kind == EdgeKind::Main);
        let chosen = main.and_then(|edge| {
            edge.ways.iter().map(|way| self.plan.way(*way)).find_map(|way| match &way.cause {
                Cause::Choice(label) => Some(label.clone()),
                _ => way.choice.clone(),
            })
        });
        let action = step.form.action.as_ref().map(|action| action.text.clone()).or(chosen);
        details.extend(action.map(|action| format!("→ {action}")));
        let end = main.map(|edge| &self.view.nodes[edge.to]).filter(|to| matches!(to.kind, NodeKind::End(_)));
        details.extend(end.map(|end| format!("✓ {} ({})", end.title, end.kind.word())));
        details
    }

    fn actions(&mut self) {
        let mut runs: BTreeMap<ActionId, Vec<StepId>> = BTreeMap::new();
        for step in self.view.nodes.iter().filter_map(|node| node.step) {
            for run in self.plan.steps[step].runs.iter().filter(|run| run.how != How::Wait) {
                runs.entry(run.action).or_default().push(step);
            }
        }
        for (id, steps) in runs {
            let Some(place) = self.best(steps) else { continue };
            let action = &self.plan.actions[id];
            let system = action.system.map(|system| {
                let system = &self.plan.systems[system];
                (titled(system.form.title.as_ref(), &system.name.text), system.form.external)
            });
            let mut details = Vec::new();
            if action.kind() != "read" {
                let outcomes: Vec<String> =
                    action.outcomes.iter().map(|outcome| titled_plain(outcome.form.title.as_ref(), &outcome.name.text)).collect();
                if outcomes.len() > 1 {
                    details.push(outcomes.join(", "));
                }
            }
            if action.answers_later() {
                details.push("answers later".to_owned());
            }
            self.add(Row::Backend, place, titled(action.form.title.as_ref(), &action.name.text), details).system = system;
        }
    }

    fn messages(&mut self) {
        for (_, notification) in self.plan.notifications.iter() {
            let caused = notification.when.any.iter().flat_map(|(moment, _)| self.caused_at(*moment)).collect::<Vec<_>>();
            let Some(place) = caused.into_iter().find_map(|step| self.place_of(step)).or_else(|| self.best(notification.opens)) else {
                continue;
            };
            let to: Vec<String> = notification
                .to
                .iter()
                .map(|role| {
                    let role = &self.plan.roles[*role];
                    titled(role.form.title.as_ref(), &role.name.text)
                })
                .collect();
            let channel = notification.form.channel.as_ref().map(|name| {
                let known = self.plan.catalogue.channel(&name.text).and_then(|channel| channel.title.as_ref());
                titled(known, &name.text)
            });
            let by = channel.map(|channel| format!(": {channel}")).unwrap_or_default();
            let details = vec![format!("to {}{by}", to.join(", ")), moments(self.plan, &notification.when)];
            self.add(Row::Message, place, titled(notification.form.title.as_ref(), &notification.name.text), details);
        }
    }

    /// The steps at which something happens.
    fn caused_at(&self, moment: crate::model::Moment) -> Vec<StepId> {
        use crate::model::Moment;
        match moment {
            Moment::State(state) => self.entered_at(state),
            Moment::Outcome(outcome) => self.plan.actions[outcome.action].run_at().collect(),
            Moment::Action(action) => self.plan.actions[action].run_at().collect(),
            Moment::Sent(..) => Vec::new(),
        }
    }

    /// The steps at which a thing comes into a state; where only time brings it there, those at which that time begins.
    fn entered_at(&self, state: StateId) -> Vec<StepId> {
        let moved = |by: &MoveBy| match by {
            MoveBy::Outcome(outcome) => self.plan.actions[outcome.action].run_at().collect(),
            MoveBy::Decision(step) => vec![*step],
            _ => Vec::new(),
        };
        let entered_by = &self.plan.state(state).entered_by;
        let steps: Vec<StepId> = entered_by.iter().flat_map(moved).collect();
        if !steps.is_empty() {
            return steps;
        }
        let timed = entered_by.iter().filter_map(|by| match by {
            MoveBy::Timeout(of) | MoveBy::Reaction(of) => Some(*of),
            _ => None,
        });
        timed.flat_map(|of| self.plan.state(of).entered_by.iter().flat_map(moved)).collect()
    }

    fn timers(&mut self) {
        for index in 0..self.view.nodes.len() {
            let Some(step) = self.view.nodes[index].step.map(|step| &self.plan.steps[step]) else { continue };
            let mut details = Vec::new();
            if let Nature::Wait(waits) = step.nature {
                details.push(self.waits(step, waits));
            }
            if let Some(Deadline::After(within)) = &step.form.within {
                details.push(format!("at most {}", within.text));
            }
            if let Some(every) = &step.form.every {
                details.push(format!("every {}", every.text));
            }
            details.extend(self.called(step.form.escalate.as_ref()));
            if let Some(&place) = self.columns.get(&index).filter(|_| !details.is_empty()) {
                self.add(Row::Time, place, self.view.nodes[index].title.clone(), details);
            }
        }
        for (entity, form) in self.plan.entities.iter() {
            for (id, state) in self.plan.states(entity) {
                let mut details = Vec::new();
                if let Some(timeout) = &state.form.timeout {
                    let after = timeout.after.as_ref().map(|after| format!("after {}", after.text)).unwrap_or_default();
                    let asks = timeout.checks.as_ref().map(|checks| format!(", having asked {}", plain(&checks.text))).unwrap_or_default();
                    let becomes = timeout.becomes.as_ref().map(|state| format!(" → {}", plain(&state.text))).unwrap_or_default();
                    details.push(format!("{after}{becomes}{asks}"));
                }
                details.extend(self.called(state.form.escalate.as_ref()));
                let Some(place) = self.best(self.entered_at(id)).filter(|_| !details.is_empty()) else { continue };
                let what = format!("{} {}", titled(form.form.title.as_ref(), &form.name.text), plain(&state.name.text));
                self.add(Row::Time, place, what, details);
            }
        }
    }

    fn waits(&self, step: &Step, waits: Waits) -> String {
        match waits {
            Waits::Time => match &step.form.wait {
                Some(crate::spec::Wait::For(time)) => format!("waits {}", time.text),
                _ => "waits".to_owned(),
            },
            Waits::Action(action) => format!("waits for an answer to {}", plain(self.plan.actions[action].title())),
            Waits::Entity(entity) => format!("waits for the {}", plain(self.plan.entities[entity].title()).to_lowercase()),
            Waits::Role(role) => format!("waits for {}", plain(self.plan.roles[role].title())),
            Waits::Unknown => "waits".to_owned(),
        }
    }

    fn called(&self, escalate: Option<&crate::spec::Escalate>) -> Option<String> {
        let escalate = escalate?;
        let to = escalate.to.as_ref()?;
        let role = self.plan.roles.iter().find(|(_, role)| role.name.text == to.text);
        let to = role.map_or_else(|| plain(&to.text), |(_, role)| titled(role.form.title.as_ref(), &role.name.text));
        Some(format!("nobody acts for {}: {to} is called", escalate.after.as_ref()?.text))
    }
}

/// The title, or else the name as people write it.
fn titled(title: Option<&Text>, name: &str) -> String {
    title.map_or_else(|| heading(&plain(name)), |title| title.text.clone())
}

fn titled_plain(title: Option<&Text>, name: &str) -> String {
    title.map_or_else(|| plain(name), |title| title.text.clone())
}
