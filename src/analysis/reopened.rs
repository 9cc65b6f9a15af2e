//! Things that are finished, and that something opens again.

use std::collections::HashSet;

use super::moves::entered_at;
use super::transitions::transitions;
use crate::model::{Id as _, Moment, MoveBy, Plan, StateId, SystemId};
use crate::spec::Outcome;

/// A finished state that something opens again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reopened {
    /// The plan itself moves the thing out of it, though it is an end.
    Left {
        /// The end.
        end: StateId,
        /// What follows.
        to: StateId,
        /// What makes the move.
        by: MoveBy,
    },
    /// What a system sends unasked may come in it, and nothing says what it does then.
    Sent {
        /// The system.
        system: SystemId,
        /// The position of what it sends.
        index: usize,
        /// What it sets.
        to: StateId,
        /// The ends that have no answer to it.
        ends: Vec<StateId>,
    },
}

/// Every finished state that something opens again, in the order of the file.
pub fn reopened(plan: &Plan) -> Vec<Reopened> {
    let mut found = Vec::new();
    for entity in plan.entities.ids() {
        for it in transitions(plan, entity) {
            let end = plan.state(it.from);
            // What a finished state itself says of late news is an answer.
            let is_own = matches!(it.by, MoveBy::Reaction(state) if state == it.from) || matches!(it.by, MoveBy::Sent(_));
            let is_known = found.iter().any(|known| matches!(known, Reopened::Left { end, to, .. } if *end == it.from && *to == it.to));
            if end.form.end && end.then.contains(&it.to) && !is_own && !answers(end, it.by) && !is_known {
                found.push(Reopened::Left { end: it.from, to: it.to, by: it.by });
            }
        }
    }
    for (id, system) in plan.systems.iter() {
        for (index, (_, sent)) in system.form.sends.iter().enumerate() {
            found.extend(by_sent(plan, id, index, sent));
        }
    }
    found
}

fn answers(state: &crate::model::State, by: MoveBy) -> bool {
    let MoveBy::Outcome(outcome) = by else { return false };
    state.reacts_to.iter().any(|moment| *moment == Moment::Outcome(outcome) || *moment == Moment::Action(outcome.action))
}

/// What is sent unasked and does not say in which states it counts: it may come wherever a thing goes from where it may come at all.
fn by_sent(plan: &Plan, system: SystemId, index: usize, sent: &Outcome) -> Option<Reopened> {
    if sent.when.is_some() {
        return None;
    }
    let moment = Moment::Sent(system, index);
    let mut ends: Vec<StateId> = Vec::new();
    let entered = entered_at(plan, moment);
    for to in &entered {
        let mut open: Vec<StateId> = plan.states(to.entity).filter(|(_, state)| state.then.contains(to)).map(|(id, _)| id).collect();
        let mut seen: HashSet<StateId> = open.iter().copied().collect();
        while let Some(state) = open.pop() {
            for next in plan.state(state).then.iter().filter(|next| *next != to && is_moved(plan, **next)) {
                if seen.insert(*next) {
                    open.push(*next);
                }
            }
        }
        let silent = |state: &StateId| {
            let known = plan.state(*state);
            known.form.end && state != to && !known.then.contains(to) && !known.reacts_to.contains(&moment)
        };
        ends.extend(seen.into_iter().filter(silent));
    }
    ends.sort_by_key(|state| (state.entity.index(), state.index));
    ends.dedup();
    Some(Reopened::Sent { system, index, to: *entered.first()?, ends })
        .filter(|found| !matches!(found, Reopened::Sent { ends, .. } if ends.is_empty()))
}

fn is_moved(plan: &Plan, state: StateId) -> bool {
    !plan.state(state).entered_by.is_empty()
}
