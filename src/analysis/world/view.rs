//! What a question looks at: entities, answers, and moments.

use super::{Ground, IDLE, Variable};
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
}

/// The most entities that are looked at together.
const MOST: usize = 2;

impl View {
    /// Looks at an entity, and at those whose states decide over its moves.
    pub fn of_entity(plan: &Plan, entity: EntityId) -> Self {
        let entities = with_first(plan, entity, &deciding(plan, entity));
        Self { returns: true, ..Self::of(plan, &entities) }
    }

    /// The same, by what is known of the ground already.
    pub(super) fn on(ground: &Ground<'_>, entity: EntityId) -> Self {
        let (plan, actions) = (ground.plan, ground.actions_of(entity).iter().copied());
        let mut deciding = decided_by_actions(plan, actions);
        deciding.extend(ground.setters_of(entity));
        deciding.sort_unstable();
        deciding.dedup();
        let entities = with_first(plan, entity, &deciding);
        let mut touching: Vec<ActionId> = entities.iter().flat_map(|entity| ground.actions_of(*entity)).copied().collect();
        touching.sort_unstable();
        touching.dedup();
        Self { returns: true, ..Self::with(plan, &entities, touching.into_iter()) }
    }

    /// Looks at every entity. For one machine that can soon be too much.
    pub fn of_plan(plan: &Plan) -> Self {
        let entities: Vec<EntityId> = plan.entities.ids().collect();
        Self { returns: true, ..Self::of(plan, &entities) }
    }

    /// Looks at some entities.
    pub fn of(plan: &Plan, entities: &[EntityId]) -> Self {
        let touches = |action: &ActionId| entities.iter().any(|entity| is_touched(plan, *entity, *action));
        Self::with(plan, entities, plan.actions.ids().filter(touches))
    }

    /// Looks at some entities, and at the actions that do something to them.
    fn with(plan: &Plan, entities: &[EntityId], touching: impl Iterator<Item = ActionId>) -> Self {
        let fitting = entities.iter().copied().filter(|entity| plan.entities[*entity].states.len() < 63);
        let mut variables: Vec<Variable> = fitting.map(Variable::Entity).collect();
        variables.extend(touching.filter(|action| is_told(plan, *action)).map(Variable::Answer));
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

/// An entity, and the first of the others, as many as are looked at together.
fn with_first(plan: &Plan, entity: EntityId, others: &[EntityId]) -> Vec<EntityId> {
    let others = others.iter().copied().filter(|other| *other != entity && plan.entities[*other].is_moved());
    std::iter::once(entity).chain(others).take(MOST).collect()
}

/// The entities whose states are asked for where some actions are run.
fn decided_by_actions(plan: &Plan, actions: impl Iterator<Item = ActionId>) -> Vec<EntityId> {
    let mut found = Vec::new();
    for (id, action) in actions.map(|id| (id, &plan.actions[id])) {
        found.extend(action.needs.terms.iter().map(|term| term.entity));
        found.extend(plan.outcomes(id).flat_map(|(_, outcome)| &outcome.when.terms).map(|term| term.entity));
        for (step, _) in &action.runs {
            found.extend(plan.ways_from(*step).flat_map(|(_, way)| &way.when.terms).map(|term| term.entity));
        }
    }
    found
}

/// The entities whose states decide over the moves of one: named in guards of outcomes and actions that move it.
fn deciding(plan: &Plan, entity: EntityId) -> Vec<EntityId> {
    let mut found = decided_by_actions(plan, plan.actions.ids().filter(|id| is_touched(plan, entity, *id)));
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
