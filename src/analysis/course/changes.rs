//! What outcomes, decisions, timers and messages do to one entity.

use crate::model::{ActionId, EntityId, Guard, GuardTerm, Moment, OutcomeId, Plan, StateId, StepId};
use crate::spec::{Becomes, Mention, Name, Reaction, Sets};

use super::bits::States;

/// What something does to an entity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::analysis) enum Change {
    /// Nothing.
    #[default]
    Nothing,
    /// It becomes this, whatever it was.
    To(usize),
    /// It becomes this where it was that; other states stay.
    PerState(Vec<(usize, usize)>),
}

impl Change {
    /// What a value of `sets` does.
    pub(in crate::analysis) fn of(plan: &Plan, entity: EntityId, sets: &Sets) -> Self {
        let known = &plan.entities[entity];
        let Some((_, becomes)) = sets.moves.iter().find(|(name, _)| name.text == known.name.text) else { return Self::Nothing };
        match becomes {
            Becomes::State(name) => known.state(&name.text).map_or(Self::Nothing, Self::To),
            Becomes::PerState(states) => {
                let pair = |(before, after): &(Name, Name)| Some((known.state(&before.text)?, known.state(&after.text)?));
                Self::PerState(states.iter().filter_map(pair).collect())
            }
        }
    }

    /// Each state that it sets, with the states before that are named for it.
    pub(in crate::analysis) fn targets(&self) -> Vec<(usize, Option<States>)> {
        match self {
            Self::Nothing => Vec::new(),
            Self::To(to) => vec![(*to, None)],
            Self::PerState(pairs) => pairs.iter().map(|(from, to)| (*to, Some(States::one(*from)))).collect(),
        }
    }
}

/// The states of an entity that a guard allows.
pub(in crate::analysis) fn allowed(guard: &Guard, entity: EntityId) -> States {
    demanded(&guard.terms, entity)
}

/// The states of an entity that some terms of a guard allow.
pub(in crate::analysis) fn demanded(terms: &[GuardTerm], entity: EntityId) -> States {
    let terms = terms.iter().filter(|term| term.entity == entity && !term.states.is_empty());
    terms.fold(States::ANY, |all, term| all & States::of(term.states.iter().map(|(index, _)| *index)))
}

/// What an outcome does to the entity.
pub(in crate::analysis) fn of_outcome(plan: &Plan, entity: EntityId, outcome: OutcomeId) -> Change {
    let outcome = plan.outcome(outcome);
    let is_touched = outcome.sets.iter().any(|state| state.entity == entity);
    if is_touched { Change::of(plan, entity, &outcome.form.sets) } else { Change::Nothing }
}

/// What a value of a decision does to the entity.
pub(in crate::analysis) fn of_value(plan: &Plan, entity: EntityId, step: StepId, value: &str) -> Change {
    let decide = plan.steps[step].form.decide.iter();
    let mut values = decide.flat_map(|decide| decide.values.iter());
    values.find(|(name, _)| name.text == value).map_or(Change::Nothing, |(_, sets)| Change::of(plan, entity, sets))
}

/// Whether any outcome of an action does something to the entity.
pub(in crate::analysis) fn is_touched(plan: &Plan, entity: EntityId, action: ActionId) -> bool {
    plan.actions[action].outcomes.iter().any(|outcome| outcome.sets.iter().any(|state| state.entity == entity))
        || is_created(plan, entity, action)
}

/// Whether an action starts a fresh one of the entity.
pub(in crate::analysis) fn is_created(plan: &Plan, entity: EntityId, action: ActionId) -> bool {
    plan.actions[action].form.creates.iter().any(|name| name.text == plan.entities[entity].name.text)
}

/// The states of an entity that have an answer of their own to an outcome, which then counts instead of what the outcome sets.
pub(in crate::analysis) fn answering(plan: &Plan, entity: EntityId, outcome: OutcomeId) -> States {
    let asked = [Moment::Outcome(outcome), Moment::Action(outcome.action)];
    let answers = plan.states(entity).filter(|(_, state)| state.reacts_to.iter().any(|moment| asked.contains(moment)));
    States::of(answers.map(|(id, _)| id.index))
}

/// What the answer of a state to an outcome does to the entity itself.
pub(in crate::analysis) fn of_answer(plan: &Plan, state: StateId, outcome: OutcomeId) -> Change {
    let action = &plan.actions[outcome.action].name;
    let name = &plan.outcome(outcome).name;
    let is_it = |mention: &Mention| mention.owner == action.text && mention.member.as_ref().is_none_or(|member| *member == name.text);
    let reaction = plan.state(state).form.on.iter().find(|(mention, _)| is_it(mention));
    let changes = reaction.into_iter().flat_map(|(_, reaction)| of_reaction(plan, state, state.entity, reaction));
    changes.into_iter().find(|change| *change != Change::Nothing).unwrap_or_default()
}

/// Whether what an action brings into a state is a fresh one: it says so, or it starts something else afresh and this begins with it.
pub(in crate::analysis) fn is_fresh(plan: &Plan, entity: EntityId, action: ActionId, to: usize) -> bool {
    is_created(plan, entity, action) || (to == 0 && !plan.actions[action].form.creates.is_empty())
}

/// What the timeout of a state does to an entity, its own or another one.
pub(in crate::analysis) fn of_timeout(plan: &Plan, state: StateId, entity: EntityId) -> Vec<Change> {
    let Some(timeout) = &plan.state(state).form.timeout else { return Vec::new() };
    let answered = timeout.on.iter().flat_map(|(_, reaction)| of_reaction(plan, state, entity, reaction));
    let all = of_timeout_alone(plan, state, entity).into_iter().chain(answered);
    all.filter(|change| *change != Change::Nothing).collect()
}

/// The same where the timer asks nobody, or hears nothing.
pub(in crate::analysis) fn of_timeout_alone(plan: &Plan, state: StateId, entity: EntityId) -> Vec<Change> {
    let Some(timeout) = &plan.state(state).form.timeout else { return Vec::new() };
    let own = |name: &Name| (state.entity == entity).then(|| plan.entities[entity].state(&name.text)).flatten();
    let becomes = timeout.becomes.as_ref().and_then(own).map(Change::To);
    becomes.into_iter().chain([Change::of(plan, entity, &timeout.sets)]).collect()
}

/// What the reactions of a state do to an entity, its own or another one.
pub(in crate::analysis) fn of_reactions(plan: &Plan, state: StateId, entity: EntityId) -> Vec<Change> {
    let reactions = plan.state(state).form.on.iter().flat_map(|(_, reaction)| of_reaction(plan, state, entity, reaction));
    reactions.filter(|change| *change != Change::Nothing).collect()
}

/// What the reaction of a state to a moment does to an entity, its own or another one.
pub(in crate::analysis) fn of_moment(plan: &Plan, state: StateId, entity: EntityId, moment: Moment) -> Vec<Change> {
    let reactions = plan.state(state).form.on.iter().filter(|(mention, _)| names(plan, mention, moment));
    let changes = reactions.flat_map(|(_, reaction)| of_reaction(plan, state, entity, reaction));
    changes.filter(|change| *change != Change::Nothing).collect()
}

/// Whether a mention is of a moment.
fn names(plan: &Plan, mention: &Mention, moment: Moment) -> bool {
    let is = |owner: &Name, member: Option<&Name>| {
        mention.owner == owner.text && mention.member.as_deref() == member.map(|member| member.text.as_str())
    };
    match moment {
        Moment::State(state) => is(&plan.entities[state.entity].name, Some(&plan.state(state).name)),
        Moment::Outcome(outcome) => is(&plan.actions[outcome.action].name, Some(&plan.outcome(outcome).name)),
        Moment::Action(action) => is(&plan.actions[action].name, None),
        Moment::Sent(system, index) => {
            let sent = plan.systems[system].form.sends.get(index);
            sent.is_some_and(|(name, _)| is(&plan.systems[system].name, Some(name)))
        }
    }
}

/// The states of an entity in which a system may send something.
pub(in crate::analysis) fn of_sent(plan: &Plan, entity: EntityId, sent: &crate::spec::Outcome) -> States {
    let terms = sent.when.iter().flat_map(|when| &when.terms);
    let named = terms.filter(|term| term.entity.text == plan.entities[entity].name.text);
    let states = named.flat_map(|term| &term.states).filter_map(|state| plan.entities[entity].state(&state.text));
    let states = States::of(states);
    if states.is_empty() { States::ANY } else { states }
}

/// What a reaction does to an entity, its own or another one.
pub(in crate::analysis) fn of_reaction(plan: &Plan, state: StateId, entity: EntityId, reaction: &Reaction) -> Vec<Change> {
    let own = |name: &Name| (state.entity == entity).then(|| plan.entities[entity].state(&name.text)).flatten();
    let becomes = reaction.becomes.as_ref().and_then(own).map(Change::To);
    becomes.into_iter().chain([Change::of(plan, entity, &reaction.sets)]).collect()
}
