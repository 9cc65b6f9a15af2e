//! Where money has been taken: the states of things that are paid for, and the moves that end such a thing with the money kept.

use std::collections::{HashMap, HashSet};

use super::moves::{before, left_by, states_of};
use super::{FollowUp, Reach, Transition, transitions};
use crate::model::{ActionId, EntityId, Id as _, MoveBy, OutcomeId, Plan, StateId};
use crate::spec::{Class, Meaning};

/// What the plan tells of money that was taken, and of how it goes back.
#[derive(Debug)]
pub struct Money<'p> {
    plan: &'p Plan,
    /// The states in which a thing is paid for.
    paid: HashSet<StateId>,
    /// Things that payments bring into such a state.
    payable: HashSet<EntityId>,
    /// Things of which refunds speak.
    of_refunds: HashSet<EntityId>,
    /// States that a refund leaves.
    left_by_refunds: HashSet<StateId>,
    /// Everything that a mover brings about at once.
    effects: HashMap<MoveBy, Vec<StateId>>,
    refunding: FollowUp<'p>,
    /// The moves that end something with the money kept.
    keeping: Vec<Keeping>,
}

/// A move that ends something that is paid for, while nothing gives the money back.
#[derive(Clone, Debug)]
pub struct Keeping {
    /// What makes it.
    pub by: MoveBy,
    /// The paid state that is left, or that another thing stays in.
    pub paid: StateId,
    /// The refusal or the cancellation that it comes to.
    pub to: StateId,
}

impl<'p> Money<'p> {
    /// Follows what is paid for from each payment on.
    pub fn new(plan: &'p Plan, reach: &Reach) -> Self {
        let mut effects: HashMap<MoveBy, Vec<StateId>> = HashMap::new();
        for (entity, state) in plan.entities.ids().flat_map(|entity| plan.states(entity)) {
            for by in &state.entered_by {
                effects.entry(*by).or_default().push(entity);
            }
        }
        let of_kind = |kind: &'static str| plan.actions.iter().filter(move |(_, action)| action.kind() == kind).map(|(id, _)| id);
        let outcomes = |kind| of_kind(kind).flat_map(|action| plan.outcomes(action));
        let of_refunds = outcomes("refund").flat_map(|(_, outcome)| &outcome.sets).map(|state| state.entity).collect();
        let refunding = FollowUp::new(plan, reach, |run| is_refund(plan, run.action));
        let left_by_refunds = outcomes("refund").flat_map(|(id, _)| left_by(plan, id)).collect();
        let mut money = Self {
            plan,
            paid: HashSet::new(),
            payable: HashSet::new(),
            of_refunds,
            left_by_refunds,
            effects,
            refunding,
            keeping: Vec::new(),
        };
        let succeeded: Vec<OutcomeId> = outcomes("pay").filter(|(_, outcome)| outcome.class == Class::Success).map(|(id, _)| id).collect();
        let seeds: Vec<StateId> = succeeded.iter().flat_map(|id| plan.outcome(*id).sets.iter().copied()).collect();
        // What can still be paid is not paid, and neither is what a payment that failed leads to.
        let still_open = succeeded.iter().flat_map(|id| plan.outcome(*id).sets.iter().flat_map(|state| before(plan, *id, *state)));
        let failed =
            outcomes("pay").filter(|(_, outcome)| outcome.class == Class::Failure).flat_map(|(_, outcome)| outcome.sets.iter().copied());
        let unpaid: HashSet<StateId> = still_open.chain(failed).collect();
        money.follow(seeds, &unpaid);
        money.find_pairs();
        money
    }

    /// Whether a thing in this state is paid for.
    pub fn is_paid(&self, state: StateId) -> bool {
        self.paid.contains(&state)
    }

    /// The moves that end something with the money kept.
    pub fn keeping(&self) -> &[Keeping] {
        &self.keeping
    }

    /// Whether what follows an outcome gives the money back.
    pub fn is_given_back_after(&self, outcome: OutcomeId) -> bool {
        let sets = &self.plan.outcome(outcome).sets;
        self.refunding.of_outcome(outcome) || sets.iter().any(|state| self.goes_back(*state))
    }

    fn follow(&mut self, mut open: Vec<StateId>, unpaid: &HashSet<StateId>) {
        self.payable = open.iter().map(|state| state.entity).collect();
        let mut leaving: HashMap<StateId, Vec<Transition>> = HashMap::new();
        for step in self.payable.iter().flat_map(|entity| transitions(self.plan, *entity)) {
            leaving.entry(step.from).or_default().push(step);
        }
        while let Some(state) = open.pop() {
            if !self.paid.insert(state) {
                continue;
            }
            for step in leaving.get(&state).into_iter().flatten() {
                if self.is_of_money(step.by) || self.is_answered(step.by, step.to) {
                    continue;
                }
                if self.refuses(step.to) && self.plan.state(step.to).is_final() {
                    self.keeping.push(Keeping { by: step.by, paid: state, to: step.to });
                } else if !unpaid.contains(&step.to) {
                    open.push(step.to);
                }
            }
        }
    }

    /// Outcomes that refuse one thing, say that another may be paid then, and leave that one as it is.
    fn find_pairs(&mut self) {
        let mut pairs = Vec::new();
        for (action, form) in self.plan.actions.iter().filter(|(action, _)| !self.is_of_money_action(*action)) {
            for (id, outcome) in self.plan.outcomes(action) {
                let moved =
                    |state: StateId| outcome.sets.iter().any(|to| to.entity == state.entity && before(self.plan, id, *to).contains(&state));
                let stays = |state: &StateId| self.is_paid(*state) && !moved(*state);
                let refused = outcome.sets.iter().find(|state| self.refuses(**state) && self.plan.state(**state).is_final());
                if let Some(to) = refused.filter(|to| !self.is_answered(MoveBy::Outcome(id), **to)) {
                    let guarded = states_of(&outcome.when).chain(states_of(&form.needs));
                    let kept = guarded.filter(|state| state.entity != to.entity && stays(state));
                    pairs.extend(kept.map(|paid| Keeping { by: MoveBy::Outcome(id), paid, to: *to }));
                }
            }
        }
        let paired: HashSet<MoveBy> = pairs.iter().map(|keeping| keeping.by).collect();
        self.keeping.retain(|keeping| !paired.contains(&keeping.by));
        pairs.append(&mut self.keeping);
        pairs.sort_by_key(|keeping| (keeping.to.entity.index(), keeping.to.index, keeping.paid.index));
        self.keeping = pairs;
    }

    fn is_of_money(&self, by: MoveBy) -> bool {
        matches!(by, MoveBy::Outcome(outcome) if self.is_of_money_action(outcome.action))
    }

    fn is_of_money_action(&self, action: ActionId) -> bool {
        ["pay", "subscribe", "refund"].contains(&self.plan.actions[action].kind())
    }

    /// Whether a move into a state says what becomes of the money, by what it moves besides or by what follows it.
    fn is_answered(&self, by: MoveBy, to: StateId) -> bool {
        let besides = self.effects.get(&by).into_iter().flatten().filter(|state| state.entity != to.entity);
        let mut of_money = besides.filter(|state| self.of_refunds.contains(&state.entity) || self.payable.contains(&state.entity));
        let follows = matches!(by, MoveBy::Outcome(outcome) if self.refunding.of_outcome(outcome));
        follows || self.refunding.of_state(to) || of_money.any(|state| !self.refuses(*state))
    }

    /// Whether money goes back from a state on.
    fn goes_back(&self, state: StateId) -> bool {
        self.refunding.of_state(state) || self.left_by_refunds.contains(&state)
    }

    /// Whether a thing is paid for, or tells of money that goes back.
    pub fn tells_of(&self, entity: EntityId) -> bool {
        self.payable.contains(&entity) || self.of_refunds.contains(&entity)
    }

    /// Whether a state is somebody's no, or means that nothing comes of it.
    pub fn refuses(&self, id: StateId) -> bool {
        let state = self.plan.state(id);
        let by_refusal = |by: &MoveBy| match by {
            MoveBy::Outcome(outcome) => self.plan.outcome(*outcome).class == Class::Rejection && !self.is_of_money_action(outcome.action),
            _ => false,
        };
        match state.form.means {
            Some(meaning) => matches!(meaning, Meaning::Rejection | Meaning::Closed),
            None => state.name.text.split('-').any(|word| REFUSALS.contains(&word)) || state.entered_by.iter().any(by_refusal),
        }
    }
}

/// Words for a refusal or a cancellation in the names of states.
const REFUSALS: [&str; 7] = ["cancelled", "canceled", "rejected", "refused", "declined", "denied", "revoked"];

fn is_refund(plan: &Plan, action: ActionId) -> bool {
    plan.actions[action].kind() == "refund"
}
