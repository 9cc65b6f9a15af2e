//! Two things that belong together and come to ends that contradict each other: one is closed, and the other goes on.
//!
//! Things belong together where something moves both at once. For each such pair their states are followed together, with what each
//! move says of both, up to a budget; past it nothing more is told.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{FollowUp, Money, Move, Reach, States, moves};
use crate::model::{Cause, EntityId, GuardTerm, How, Id as _, MoveBy, OutcomeId, Plan, StateId, Way};

/// One thing is closed, and the other one stays as it is for good.
#[derive(Clone, Copy, Debug)]
pub struct Disagreement {
    /// What closes the one.
    pub by: MoveBy,
    /// How it is closed.
    pub closed: StateId,
    /// How the other one stays.
    pub left: StateId,
}

/// How many steps of all pairs together are looked at.
const BUDGET: usize = 500_000;

/// The states of both things, each by its position and one more; nothing for *none*.
type Both = [usize; 2];

/// Every such disagreement, in the order of the states that are left over. Money that is kept is told elsewhere.
pub fn disagreements(plan: &Plan, reach: &Reach, money: &Money<'_>) -> Vec<Disagreement> {
    let all: Vec<Vec<Move>> = plan.entities.ids().map(|entity| moves(plan, entity)).collect();
    let closes = |entity: &EntityId| plan.states(*entity).any(|(id, state)| is_closed(plan, money, id) && !state.entered_by.is_empty());
    let mut moved: HashMap<MoveBy, BTreeSet<EntityId>> = HashMap::new();
    for it in all.iter().flatten().filter(|it| moves_at_once(it.by) && closes(&it.to.entity)) {
        moved.entry(it.by).or_default().insert(it.to.entity);
    }
    let pairs: BTreeSet<(EntityId, EntityId)> = moved
        .values()
        .flat_map(|things| things.iter().flat_map(|one| things.iter().filter(move |other| *one < **other).map(|other| (*one, *other))))
        .collect();
    let mut sites: HashMap<OutcomeId, Vec<&Way>> = HashMap::new();
    for (_, way) in plan.ways() {
        if let Cause::Outcome(outcome) = way.cause {
            sites.entry(outcome).or_default().push(way);
        }
    }
    let mut budget = BUDGET;
    let mut found: BTreeMap<(StateId, StateId), Disagreement> = BTreeMap::new();
    for (one, other) in pairs {
        let pair = Pair::new(plan, money, &sites, [one, other], &all);
        for disagreement in pair.disagreements(reach, &mut budget) {
            found.entry((disagreement.left, disagreement.closed)).or_insert(disagreement);
        }
    }
    found.into_values().collect()
}

/// Whether all that a mover sets, it sets at once. What a system sends is one thing or another, and so are the values of a decision.
fn moves_at_once(by: MoveBy) -> bool {
    !matches!(by, MoveBy::Sent(_) | MoveBy::Decision(_))
}

fn is_closed(plan: &Plan, money: &Money<'_>, state: StateId) -> bool {
    plan.state(state).form.end && money.refuses(state)
}

/// Two things and what moves them, each mover with its moves of either.
struct Pair<'a, 'p> {
    plan: &'p Plan,
    money: &'a Money<'p>,
    sites: &'a HashMap<OutcomeId, Vec<&'p Way>>,
    things: [EntityId; 2],
    movers: Vec<(MoveBy, [Vec<&'a Move>; 2])>,
}

impl<'a, 'p> Pair<'a, 'p> {
    fn new(
        plan: &'p Plan,
        money: &'a Money<'p>,
        sites: &'a HashMap<OutcomeId, Vec<&'p Way>>,
        things: [EntityId; 2],
        all: &'a [Vec<Move>],
    ) -> Self {
        let mut movers: Vec<(MoveBy, [Vec<&'a Move>; 2])> = Vec::new();
        let mut known: HashMap<MoveBy, usize> = HashMap::new();
        for (side, thing) in things.iter().enumerate() {
            for it in &all[thing.index()] {
                let fresh = movers.len();
                let at = if moves_at_once(it.by) { *known.entry(it.by).or_insert(fresh) } else { fresh };
                if at == fresh {
                    movers.push((it.by, [Vec::new(), Vec::new()]));
                }
                movers[at].1[side].push(it);
            }
        }
        Self { plan, money, sites, things, movers }
    }

    fn disagreements(&self, reach: &Reach, budget: &mut usize) -> Vec<Disagreement> {
        let Some(reached) = self.follow([0, 0], budget) else { return Vec::new() };
        let mut reached: Vec<Both> = reached.into_iter().collect();
        reached.sort_unstable();
        let follow_ups = self.things.map(|thing| {
            FollowUp::new(self.plan, reach, |run| {
                matches!(run.how, How::Backend | How::Choice(_))
                    && self.plan.actions[run.action].outcomes.iter().any(|outcome| outcome.sets.iter().any(|state| state.entity == thing))
            })
        });
        let mut found = Vec::new();
        let mut resolved: HashMap<Both, bool> = HashMap::new();
        for both in reached {
            for (side, other) in [(0, 1), (1, 0)] {
                for (by, moves) in self.movers.iter().filter(|(by, _)| moves_at_once(*by) && self.permits(*by, both)) {
                    let Some((closed, left)) = self.leaves_open(both, side, moves) else { continue };
                    let follow = &follow_ups[other];
                    let is_seen_to = follow.of_state(closed) || matches!(by, MoveBy::Outcome(outcome) if follow.of_outcome(*outcome));
                    let mut after = both;
                    after[side] = closed.index + 1;
                    // Where it is not known how it goes on, it may well go on.
                    let ends_well = *resolved.entry(after).or_insert_with(|| {
                        let ends = |then: Both| then[side] != after[side] || self.is_closed(other, then[other]);
                        self.follow(after, budget).is_none_or(|onward| onward.into_iter().any(ends))
                    });
                    if !is_seen_to && !ends_well {
                        found.push(Disagreement { by: *by, closed, left });
                    }
                }
            }
        }
        found
    }

    /// The state into which a mover closes one thing while it leaves the other one open.
    fn leaves_open(&self, both: Both, side: usize, moves: &[Vec<&Move>; 2]) -> Option<(StateId, StateId)> {
        let other = 1 - side;
        let index = both[other].checked_sub(1)?;
        let left = StateId { entity: self.things[other], index };
        let form = &self.plan.state(left).form;
        let is_left = !form.rest && form.draining.is_none() && !self.is_closed(other, both[other]) && !self.money.tells_of(left.entity);
        // What it sets without asking, it sets there too; whether it may is told elsewhere.
        let moves_it = moves[other].iter().any(|it| !it.is_named || it.from.meets(bit(both[other])));
        let closed = moves[side].iter().find(|it| it.from.meets(bit(both[side])) && self.is_closed(side, it.to.index + 1))?;
        (is_left && !moves_it && !self.is_closed(side, both[side])).then_some((closed.to, left))
    }

    fn is_closed(&self, side: usize, state: usize) -> bool {
        state.checked_sub(1).is_some_and(|index| is_closed(self.plan, self.money, StateId { entity: self.things[side], index }))
    }

    /// Everything that both may come to from somewhere; nothing once the budget is used up.
    fn follow(&self, from: Both, budget: &mut usize) -> Option<HashSet<Both>> {
        let mut seen = HashSet::from([from]);
        let mut open = vec![from];
        while let Some(both) = open.pop() {
            *budget = budget.checked_sub(self.movers.len())?;
            for (_, moves) in self.movers.iter().filter(|(by, _)| self.permits(*by, both)) {
                let after = |side: usize| {
                    let fits = moves[side].iter().filter(|it| it.from.meets(bit(both[side])));
                    let mut states: Vec<usize> = fits.map(|it| it.to.index + 1).collect();
                    if states.is_empty() {
                        states.push(both[side]);
                    }
                    states
                };
                let second = after(1);
                let next = after(0).into_iter().flat_map(|one| second.iter().map(move |other| [one, *other]));
                open.extend(next.filter(|next| seen.insert(*next)));
            }
        }
        Some(seen)
    }

    /// Whether a mover may act while both are so, for what it and the places where it is run say of them.
    fn permits(&self, by: MoveBy, both: Both) -> bool {
        let plan = self.plan;
        match by {
            MoveBy::Outcome(outcome) => {
                let action = &plan.actions[outcome.action];
                let asked = |terms: &[GuardTerm]| self.holds(terms, both);
                let at = |way: &&Way| {
                    asked(&way.when.terms[way.asked_after.min(way.when.terms.len())..]) && asked(&plan.steps[way.from].needs.terms)
                };
                let sites = self.sites.get(&outcome).map_or(&[][..], Vec::as_slice);
                let is_asked_now = || action.answers_later() || sites.is_empty() || sites.iter().any(at);
                asked(&plan.outcome(outcome).when.terms) && asked(&action.needs.terms) && is_asked_now()
            }
            MoveBy::Timeout(state) | MoveBy::Reaction(state) => {
                (0..2).all(|side| self.things[side] != state.entity || both[side] == state.index + 1)
            }
            MoveBy::Decision(_) | MoveBy::Sent(_) => true,
        }
    }

    fn holds(&self, terms: &[GuardTerm], both: Both) -> bool {
        terms.iter().filter(|term| !term.states.is_empty()).all(|term| {
            let side = self.things.iter().position(|thing| *thing == term.entity);
            side.is_none_or(|side| term.states.iter().any(|(index, _)| index + 1 == both[side]))
        })
    }
}

fn bit(state: usize) -> States {
    state.checked_sub(1).map_or(States::NONE, States::one)
}
