//! What is taken of resources, which states of things keep it, and where it ends.
//!
//! A resource is followed through the one thing that tells of it: the entity that its taking sets and whose states or moves speak of it.
//! Where several things share it, which of them answers for it cannot be told, and nothing is said.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use super::{FollowUp, Reach, Transition, transitions};
use crate::model::{Action, ActionId, EntityId, Id as _, MoveBy, Outcome, OutcomeId, Plan, StateId, Subject};
use crate::source::Span;
use crate::spec::{Class, Name};

/// Every resource of a plan by its name.
#[derive(Debug, Default)]
pub struct Holds<'p> {
    /// What is known of each.
    pub resources: BTreeMap<&'p str, Holding>,
}

/// What is known of a resource.
#[derive(Debug, Default)]
pub struct Holding {
    /// Where it is taken.
    pub takings: Vec<Taking>,
    /// Where it is used up or given back.
    pub endings: Vec<Span>,
    /// The states in which it is held, nearest to its taking first, each with the move that led there.
    pub states: Vec<(StateId, Option<Transition>)>,
    /// Whether any state of a thing speaks of it; where none does, only the ways of people tell what becomes of it.
    pub is_tracked: bool,
}

/// Where a resource is taken.
#[derive(Clone, Copy, Debug)]
pub struct Taking {
    /// An outcome or a state.
    pub by: Subject,
    /// Where it stands.
    pub span: Span,
}

impl<'p> Holds<'p> {
    /// Reads the plan, and follows each resource through the states of the thing that tells of it.
    pub fn new(plan: &'p Plan, reach: &Reach) -> Self {
        let mut holds = Self::default();
        holds.collect(plan);
        let moves: Vec<Vec<Transition>> = plan.entities.ids().map(|entity| transitions(plan, entity)).collect();
        let (said, nothing) = (Said::of_all(plan), Said::default());
        for (name, held) in &mut holds.resources {
            let said = said.get(name).unwrap_or(&nothing);
            let actions: HashSet<ActionId> = said.ending.iter().map(|outcome| outcome.action).collect();
            let follow_up = FollowUp::new(plan, reach, |run| actions.contains(&run.action));
            Follower { plan, said, moves: &moves, follow_up }.follow(held);
        }
        holds
    }

    fn collect(&mut self, plan: &'p Plan) {
        for (id, action) in plan.actions.iter() {
            for (outcome, form) in plan.outcomes(id) {
                let taking = Taking { by: Subject::Outcome(outcome), span: form.name.span };
                self.take(names(action, form, |form| &form.holds, |form| &form.holds), taking);
            }
            let of_outcomes = action.outcomes.iter().flat_map(|outcome| outcome.form.uses_up.iter().chain(outcome.form.releases.iter()));
            self.end(of_outcomes.chain(action.form.uses_up.iter()).chain(action.form.releases.iter()));
        }
        for entity in plan.entities.ids() {
            for (id, state) in plan.states(entity) {
                self.take(state.form.holds.iter(), Taking { by: Subject::State(id), span: state.name.span });
                self.end(state.form.uses_up.iter().chain(state.form.releases.iter()));
            }
        }
    }

    fn take(&mut self, names: impl Iterator<Item = &'p Name>, taking: Taking) {
        for name in names {
            self.resources.entry(&name.text).or_default().takings.push(taking);
        }
    }

    fn end(&mut self, names: impl Iterator<Item = &'p Name>) {
        for name in names {
            self.resources.entry(&name.text).or_default().endings.push(name.span);
        }
    }
}

/// What an outcome says itself, and what its action says for the case that it succeeds.
fn names<'p>(
    action: &'p Action,
    outcome: &'p Outcome,
    own: impl Fn(&'p crate::spec::Outcome) -> &'p [Name],
    of_action: impl Fn(&'p crate::spec::Action) -> &'p [Name],
) -> impl Iterator<Item = &'p Name> {
    let begins_well = || {
        let is_first = action.outcomes.first().is_some_and(|first| std::ptr::eq(first, outcome));
        is_first && outcome.class == Class::Interim && !crate::catalogue::INTERIM.iter().any(|interim| outcome.stands_for(interim))
    };
    let succeeds = outcome.class == Class::Success || begins_well();
    own(&outcome.form).iter().chain(if succeeds { of_action(&action.form) } else { &[] })
}

/// Whether an outcome itself uses a resource up or gives it back.
pub(super) fn ends(plan: &Plan, id: OutcomeId, resource: &str) -> bool {
    let (action, outcome) = (&plan.actions[id.action], plan.outcome(id));
    let mut used = names(action, outcome, |form| &form.uses_up, |form| &form.uses_up);
    let mut released = names(action, outcome, |form| &form.releases, |form| &form.releases);
    used.any(|name| name.text == resource) || released.any(|name| name.text == resource)
}

/// Where a plan speaks of a resource.
#[derive(Debug, Default)]
struct Said {
    /// The outcomes that use it up or give it back.
    ending: BTreeSet<OutcomeId>,
    /// The states that do.
    over: BTreeSet<StateId>,
    /// The states that take it.
    taking: BTreeSet<StateId>,
}

impl Said {
    /// Of every resource, by its name.
    fn of_all(plan: &Plan) -> HashMap<&str, Self> {
        let mut all: HashMap<&str, Self> = HashMap::new();
        for (id, action) in plan.actions.iter() {
            for (outcome, form) in plan.outcomes(id) {
                let used = names(action, form, |form| &form.uses_up, |form| &form.uses_up);
                for name in used.chain(names(action, form, |form| &form.releases, |form| &form.releases)) {
                    all.entry(&name.text).or_default().ending.insert(outcome);
                }
            }
        }
        for (id, state) in plan.entities.ids().flat_map(|entity| plan.states(entity)) {
            for name in state.form.uses_up.iter().chain(state.form.releases.iter()) {
                all.entry(&name.text).or_default().over.insert(id);
            }
            for name in state.form.holds.iter() {
                all.entry(&name.text).or_default().taking.insert(id);
            }
        }
        all
    }
}

/// Follows one resource.
struct Follower<'a, 'p> {
    plan: &'p Plan,
    said: &'a Said,
    moves: &'a [Vec<Transition>],
    follow_up: FollowUp<'p>,
}

impl Follower<'_, '_> {
    fn follow(&self, held: &mut Holding) {
        let telling = self.telling();
        held.is_tracked = !telling.is_empty();
        let mut queue: VecDeque<(StateId, Option<Transition>)> = VecDeque::new();
        for taking in &held.takings {
            queue.extend(self.begins(taking.by, &telling).map(|state| (state, None)));
        }
        let mut leaving: HashMap<StateId, Vec<Transition>> = HashMap::new();
        for step in telling.iter().flat_map(|entity| &self.moves[entity.index()]) {
            leaving.entry(step.from).or_default().push(*step);
        }
        let ended_with = self.ended_with();
        let mut seen = HashSet::new();
        while let Some((state, by)) = queue.pop_front() {
            if self.state_ends(state) || self.follow_up.of_state(state) || !seen.insert(state) {
                continue;
            }
            held.states.push((state, by));
            if !self.plan.state(state).is_final() {
                let on = leaving.get(&state).into_iter().flatten().filter(|step| !ended_with.contains(&step.by));
                queue.extend(on.map(|step| (step.to, Some(*step))));
            }
        }
    }

    /// The entities whose states or moves speak of the resource.
    fn telling(&self) -> BTreeSet<EntityId> {
        let speaking = self.said.over.iter().chain(&self.said.taking).copied();
        let moved = self.said.ending.iter().flat_map(|outcome| {
            let set = self.plan.outcome(*outcome).sets.iter().copied();
            set.filter(|state| self.plan.state(*state).entered_by.contains(&MoveBy::Outcome(*outcome)))
        });
        speaking.chain(moved).map(|state| state.entity).collect()
    }

    /// The state in which a taking begins; none where the taking is over at once, or where several things tell of it.
    fn begins(&self, by: Subject, telling: &BTreeSet<EntityId>) -> impl Iterator<Item = StateId> + use<> {
        let set: Vec<StateId> = match by {
            Subject::State(state) => vec![state],
            Subject::Outcome(outcome) if self.said.ending.contains(&outcome) || self.follow_up.of_outcome(outcome) => Vec::new(),
            Subject::Outcome(outcome) => self.plan.outcome(outcome).sets.clone(),
            _ => Vec::new(),
        };
        let things: BTreeSet<EntityId> = set.iter().map(|state| state.entity).filter(|entity| telling.contains(entity)).collect();
        let is_over = set.iter().any(|state| self.state_ends(*state)) || things.len() > 1;
        set.into_iter().filter(move |state| !is_over && things.contains(&state.entity))
    }

    /// What ends the holding in the moment in which it moves things: by itself, by another thing that it moves, by what it leads to.
    fn ended_with(&self) -> HashSet<MoveBy> {
        let over = self.said.over.iter().flat_map(|id| {
            let entered_by = self.plan.state(*id).entered_by.iter();
            entered_by.filter(|by| !self.chooses(**by, id.entity)).copied()
        });
        let outcomes = self.said.ending.iter().copied().chain(self.follow_up.outcomes());
        over.chain(outcomes.map(MoveBy::Outcome)).collect()
    }

    /// Whether a mover may as well do something else with a thing that it moves.
    fn chooses(&self, by: MoveBy, entity: EntityId) -> bool {
        match by {
            MoveBy::Outcome(outcome) => self.plan.outcome(outcome).sets.iter().filter(|state| state.entity == entity).count() > 1,
            MoveBy::Timeout(state) | MoveBy::Reaction(state) => state.entity == entity,
            MoveBy::Decision(_) | MoveBy::Sent(_) => true,
        }
    }

    fn state_ends(&self, state: StateId) -> bool {
        self.said.over.contains(&state)
    }
}
