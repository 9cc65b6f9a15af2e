//! What a question looks at: entities, answers, and moments.

use super::{IDLE, Variable};
use crate::analysis::course::changes::is_touched;
use crate::model::{ActionId, EntityId, How, Moment, Plan, RoleId, StepId};
use crate::spec::EndKind;

/// What a question looks at.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// Entities, and then the answers of the actions that have to do with them.
    pub variables: Vec<Variable>,
    /// What is watched for, each with its bit.
    pub marks: Vec<(Mark, u8)>,
    /// Whether people may leave anywhere and come back.
    pub returns: bool,
    /// Whether there is one of each thing and no more: what begins a second one does not come to pass.
    pub single: bool,
}

/// Something that is watched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It happens.
    Moment(Moment),
    /// Somebody arrives at a step.
    Step(StepId),
    /// Somebody of a role arrives at a step.
    Role(RoleId),
    /// The way of the journey's own role ends so.
    End(String),
    /// Or with an end of this kind.
    EndKind(EndKind),
    /// Somebody comes in because they like to: nothing makes them, and nobody need.
    Enters,
}

/// The most entities that are looked at together.
const MOST: usize = 2;

impl View {
    /// Looks at an entity, and at those whose states decide over its moves.
    pub fn of_entity(plan: &Plan, entity: EntityId) -> Self {
        let mut entities = vec![entity];
        for other in deciding(plan, entity) {
            if !entities.contains(&other) && entities.len() < MOST && plan.entities[other].is_moved() {
                entities.push(other);
            }
        }
        Self { returns: true, ..Self::of(plan, &entities) }
    }

    /// Looks at every entity. For one machine that can soon be too much.
    pub fn of_plan(plan: &Plan) -> Self {
        let entities: Vec<EntityId> = plan.entities.ids().collect();
        Self { returns: true, ..Self::of(plan, &entities) }
    }

    /// Looks at some entities.
    pub fn of(plan: &Plan, entities: &[EntityId]) -> Self {
        let fitting = entities.iter().copied().filter(|entity| plan.entities[*entity].states.len() < 63);
        let mut variables: Vec<Variable> = fitting.map(Variable::Entity).collect();
        let touches = |action: &ActionId| entities.iter().any(|entity| is_touched(plan, *entity, *action));
        variables.extend(plan.actions.ids().filter(|action| is_told(plan, *action)).filter(touches).map(Variable::Answer));
        Self { variables, ..Self::default() }
    }

    /// Looks at the answers of an action too.
    pub fn and_answers(&mut self, plan: &Plan, action: ActionId) {
        let variable = Variable::Answer(action);
        if is_told(plan, action) && !self.variables.contains(&variable) {
            self.variables.push(variable);
        }
    }

    /// The bits of what is watched for.
    pub(super) fn bits(&self, is_it: impl Fn(&Mark) -> bool) -> u8 {
        self.marks.iter().filter(|(mark, _)| is_it(mark)).fold(IDLE, |bits, (_, bit)| bits | bit)
    }
}

/// Whether what an action came to must be kept, because somebody learns it later than it happens.
fn is_told(plan: &Plan, action: ActionId) -> bool {
    let of = &plan.actions[action];
    let is_awaited = of.runs.iter().any(|(_, run)| run.how == How::Wait);
    of.is_run() && of.outcomes.len() < 60 && (of.answers_later() || is_awaited)
}

/// The entities whose states decide over the moves of one: named in guards of outcomes and actions that move it.
pub(in crate::analysis) fn deciding(plan: &Plan, entity: EntityId) -> Vec<EntityId> {
    let mut found = Vec::new();
    for (id, action) in plan.actions.iter().filter(|(id, _)| is_touched(plan, entity, *id)) {
        found.extend(action.needs.terms.iter().map(|term| term.entity));
        found.extend(plan.outcomes(id).flat_map(|(_, outcome)| &outcome.when.terms).map(|term| term.entity));
        for (step, _) in &action.runs {
            found.extend(plan.ways_from(*step).flat_map(|(_, way)| &way.when.terms).map(|term| term.entity));
        }
    }
    for (id, state) in plan.entities.iter().flat_map(|(other, _)| plan.states(other)) {
        let sets_it = |moves: &crate::spec::Sets| moves.moves.iter().any(|(name, _)| name.text == plan.entities[entity].name.text);
        if state.form.timeout.as_ref().is_some_and(|timeout| sets_it(&timeout.sets))
            || state.form.on.iter().any(|(_, it)| sets_it(&it.sets))
        {
            found.push(id.entity);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
