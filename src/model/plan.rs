//! The plan itself and the questions one can ask it.

use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};

use super::ids::Id as _;
use super::{
    Action, ActionId, Cause, DecisionAt, Entity, EntityId, Event, EventId, How, JourneyId, Later, LaterId, Nature, Notification,
    NotificationId, Outcome, OutcomeId, Policy, PolicyId, QuestionAt, Role, RoleId, StageId, State, StateId, Step, StepId, Subject,
    Surface, SurfaceId, System, SystemId, Table, Way, WayId,
};
use crate::catalogue::Catalogue;
use crate::source::{FileId, Span};
use crate::spec::{self, EndKind, Fault, Name};

/// One journey, or several with what they share; complete and immutable.
#[derive(Debug)]
pub struct Plan {
    /// In the order of the files, the root first.
    pub journeys: Table<JourneyId, Journey>,
    /// Of all journeys, in order.
    pub stages: Table<StageId, Stage>,
    /// Of all journeys, in order.
    pub steps: Table<StepId, Step>,
    /// What must happen behind the screens.
    pub actions: Table<ActionId, Action>,
    /// The things whose state is tracked.
    pub entities: Table<EntityId, Entity>,
    /// Who acts.
    pub roles: Table<RoleId, Role>,
    /// What works behind the screens.
    pub systems: Table<SystemId, System>,
    /// Where people meet the product.
    pub surfaces: Table<SurfaceId, Surface>,
    /// Messages.
    pub notifications: Table<NotificationId, Notification>,
    /// What is counted.
    pub events: Table<EventId, Event>,
    /// What comes later.
    pub later: Table<LaterId, Later>,
    /// Named sets of answers.
    pub handlers: Vec<Handler>,
    /// The plan's own laws.
    pub policies: Table<PolicyId, Policy>,
    /// Identities over several surfaces.
    pub accounts: Vec<(Name, spec::Account)>,
    /// Answers to findings, wherever they stand.
    pub decisions: Vec<DecisionAt>,
    /// Open points, wherever they stand.
    pub questions: Vec<QuestionAt>,
    /// The built-in catalogue with the plan's own additions.
    pub catalogue: Catalogue,
    /// The operations that `operation` may name, by the document as written.
    pub operations: super::Operations,
    /// What is at fault in form and names.
    pub faults: Vec<Fault>,
    /// The files of the plan, the root first.
    pub files: Vec<FileId>,
    pub(super) graph: DiGraph<(), Way>,
}

/// One goal of one role.
#[derive(Debug)]
pub struct Journey {
    /// Its name.
    pub name: Name,
    /// The file without the tables that became the plan's.
    pub form: spec::File,
    /// The file it stands in.
    pub file: FileId,
    /// Who it is for.
    pub role: Option<RoleId>,
    /// Its stages, in order.
    pub stages: Vec<StageId>,
    /// Its steps, in order.
    pub steps: Vec<StepId>,
    /// The steps that use it as a step.
    pub used_by: Vec<StepId>,
    /// Where a use of it begins: its first step.
    pub first: Option<StepId>,
}

impl Journey {
    /// Whether it is staff work, of which no stage is demanded.
    pub fn is_operations(&self) -> bool {
        self.form.kind == Some(spec::JourneyKind::Operations)
    }

    /// The title, or else the name.
    pub fn title(&self) -> &str {
        self.form.title.as_ref().map_or(&self.name.text, |title| &title.text)
    }

    /// The kind of an end by its name: one of the four words, or a name that the file declares.
    pub fn end_kind(&self, name: &str) -> Option<EndKind> {
        let declared = self.form.ends.iter().find(|(id, _)| id.text == name).map(|(_, kind)| *kind);
        let word = || match name {
            "success" => Some(EndKind::Success),
            "failure" => Some(EndKind::Failure),
            "abandoned" => Some(EndKind::Abandoned),
            "done" => Some(EndKind::Done),
            _ => None,
        };
        declared.or_else(word)
    }
}

/// A part of a journey.
#[derive(Debug)]
pub struct Stage {
    /// Its name.
    pub name: Name,
    /// The journey.
    pub journey: JourneyId,
    /// The kind of the catalogue that it is; nothing when that could not be told.
    pub kind: Option<String>,
    /// Its steps, in order.
    pub steps: Vec<StepId>,
}

/// A named set of answers.
#[derive(Debug)]
pub struct Handler {
    /// Its name.
    pub name: Name,
    /// What it answers.
    pub answers: spec::Map<spec::Mention, spec::OneOrMany<spec::Answer>>,
    /// Whether a step, a choice or the defaults take it.
    pub used: bool,
}

impl Plan {
    /// A way by its id.
    pub fn way(&self, way: WayId) -> &Way {
        &self.graph[EdgeIndex::new(way.index())]
    }

    /// The ways on from a step, in the order of the file.
    pub fn ways_from(&self, step: StepId) -> impl Iterator<Item = (WayId, &Way)> {
        self.steps[step].ways.clone().map(|index| {
            let way = WayId::new(index as usize);
            (way, self.way(way))
        })
    }

    /// The ways that lead to a step, in the order of the file.
    pub fn ways_to(&self, step: StepId) -> impl Iterator<Item = (WayId, &Way)> {
        use petgraph::visit::EdgeRef as _;
        let mut edges: Vec<_> =
            self.graph.edges_directed(NodeIndex::new(step.index()), petgraph::Direction::Incoming).map(|edge| edge.id().index()).collect();
        edges.sort_unstable();
        edges.into_iter().map(|index| {
            let way = WayId::new(index);
            (way, self.way(way))
        })
    }

    /// Every way, in the order of the files.
    pub fn ways(&self) -> impl Iterator<Item = (WayId, &Way)> {
        self.graph.edge_indices().map(|edge| (WayId::new(edge.index()), &self.graph[edge]))
    }

    /// The graph: one node for each step, one edge for each way on. Indices are those of [`StepId`] and [`WayId`].
    pub fn graph(&self) -> &DiGraph<(), Way> {
        &self.graph
    }

    /// A state by its id.
    pub fn state(&self, id: StateId) -> &State {
        &self.entities[id.entity].states[id.index]
    }

    /// An outcome by its id.
    pub fn outcome(&self, id: OutcomeId) -> &Outcome {
        &self.actions[id.action].outcomes[id.index]
    }

    /// The outcomes of an action with their ids.
    pub fn outcomes(&self, action: ActionId) -> impl Iterator<Item = (OutcomeId, &Outcome)> {
        self.actions[action].outcomes.iter().enumerate().map(move |(index, outcome)| (OutcomeId { action, index }, outcome))
    }

    /// The states of an entity with their ids.
    pub fn states(&self, entity: EntityId) -> impl Iterator<Item = (StateId, &State)> {
        self.entities[entity].states.iter().enumerate().map(move |(index, state)| (StateId { entity, index }, state))
    }

    /// The journey of a step.
    pub fn journey_of(&self, step: StepId) -> &Journey {
        &self.journeys[self.steps[step].journey]
    }

    /// The kind of stage that a step stands in.
    pub fn stage_kind(&self, step: StepId) -> Option<&str> {
        self.stages[self.steps[step].stage].kind.as_deref()
    }

    /// Whether a person takes a way by a mere click: by a choice, or by the main button of a screen, and nothing runs behind it.
    pub fn is_click(&self, way: &Way) -> bool {
        let step = &self.steps[way.from];
        let is_seen = step.has_screen() && step.nature != Nature::Task;
        match (&way.cause, &way.choice) {
            (Cause::Choice(_) | Cause::ScreenState(_), Some(label)) => {
                is_seen && !step.runs.iter().any(|run| matches!(&run.how, How::Choice(of) if of == label))
            }
            (Cause::Next, None) => is_seen && step.form.backend.is_none(),
            _ => false,
        }
    }

    /// What encloses a subject: a state's entity, a step's journey, at last the plan. What a plan of one journey declares belongs to
    /// that journey, so that what is decided at the top of its file holds for all of it.
    pub fn parent(&self, subject: Subject) -> Option<Subject> {
        Some(match subject {
            Subject::Plan => return None,
            Subject::Stage(stage) => Subject::Journey(self.stages[stage].journey),
            Subject::Step(step) => Subject::Journey(self.steps[step].journey),
            Subject::Outcome(outcome) => Subject::Action(outcome.action),
            Subject::State(state) => Subject::Entity(state.entity),
            Subject::Policy(policy) => self.policy_parent(policy),
            Subject::Journey(_) => Subject::Plan,
            _ if self.journeys.len() == 1 => Subject::Journey(JourneyId::new(0)),
            _ => Subject::Plan,
        })
    }

    /// The journey that a place in a file belongs to: the one that the file holds.
    pub fn journey_at(&self, span: Span) -> Option<JourneyId> {
        self.journeys.iter().find(|(_, journey)| journey.file == span.file).map(|(id, _)| id)
    }

    /// The step that a place in a file lies in.
    pub fn step_at(&self, span: Span) -> Option<StepId> {
        self.steps
            .iter()
            .find(|(_, step)| step.whole().file == span.file && step.whole().start <= span.start && span.end <= step.whole().end)
            .map(|(id, _)| id)
    }
}

#[cfg(test)]
mod tests {
    use super::Plan;

    #[test]
    fn a_plan_can_be_read_from_several_threads() {
        fn is_shared<T: Send + Sync>() {}
        is_shared::<Plan>();
    }
}
