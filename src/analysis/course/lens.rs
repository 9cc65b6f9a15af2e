//! One entity of a plan, and what each way on does to it.

use std::collections::HashMap;
use std::rc::Rc;

use super::bits::{Held, MOST, States};
use super::changes::{Change, allowed, demanded, of_timeout, of_value};
use super::fault::{Fault, unmet};
use super::moves::{Actor, Move, Others, allowing, moves};
use crate::model::{Cause, EntityId, How, Id as _, Nature, Plan, Run, Start, State, StateId, Step, StepId, Way};
use crate::spec::{Deadline, EndKind};

/// One entity of a plan.
#[derive(Debug)]
pub(super) struct Lens<'p> {
    pub(super) plan: &'p Plan,
    pub(super) entity: EntityId,
    pub(super) moves: Vec<Move>,
    /// The states that anything brings it into, *none* among them.
    pub(super) brought: States,
    pub(super) allowing: Vec<States>,
    /// For each actor, by the position among all.
    others: Vec<Others>,
    /// For each step, who goes through it, by the position among all actors.
    actor_at: Rc<[u32]>,
    /// For whoever ends their way: the states that nobody else brings to an end.
    lost: HashMap<Actor, States>,
}

impl<'p> Lens<'p> {
    /// Nothing where the plan does not move the entity, or it has more states than can be followed.
    pub(super) fn new(plan: &'p Plan, entity: EntityId, actors: &[Actor], actor_at: &Rc<[u32]>, again: &[bool]) -> Option<Self> {
        let of = &plan.entities[entity];
        if of.states.len() > MOST || !of.is_moved() {
            return None;
        }
        let moves = moves(plan, entity);
        let others = actors.iter().map(|actor| Others::than(*actor, &moves, of.states.len())).collect();
        let is_brought = |(id, state): &(StateId, &State)| id.index == 0 || !state.entered_by.is_empty();
        let brought = States::NONE | States::of(plan.states(entity).filter(is_brought).map(|(id, _)| id.index));
        let allowing = plan.states(entity).map(|(id, _)| allowing(plan, id)).collect();
        let lost = actors.iter().map(|actor| (*actor, lost(plan, entity, &moves, *actor, again))).collect();
        Some(Self { plan, entity, moves, brought, allowing, others, actor_at: Rc::clone(actor_at), lost })
    }

    /// What may be on arriving at a step, once it is known what was on leaving the one before.
    pub(super) fn arrive(&self, step: StepId, held: Held, faults: &mut Vec<Fault>) -> Held {
        let at = &self.plan.steps[step];
        // Who gets in from outside may have one from before; so may whoever comes by there again.
        let is_outside = at.starts.iter().any(|start| matches!(start, Start::Outside | Start::First));
        let held = if is_outside { held.doubt(States::NONE) } else { held };
        let needs = allowed(&at.needs, self.entity);
        unmet(faults, step, None, held.sure.without(needs));
        let held = held.seen(needs);
        if is_good_end(self.plan, step) {
            let lost = self.lost.get(&Actor::of(at)).copied().unwrap_or_default();
            faults.extend((held.sure & lost).indices().flatten().map(|state| Fault::Unfinished { step, state }));
        }
        let waits = !matches!(at.nature, Nature::Decide | Nature::Plain);
        if waits { held | Held::maybe(self.by_others(step, held.all())) } else { held }
    }

    /// What may come of some states by the doing of others than whoever goes through a step.
    pub(super) fn by_others(&self, step: StepId, states: States) -> States {
        self.others[self.actor_at[step.index()] as usize].from(states)
    }

    /// What may be after a way was taken.
    pub(super) fn cross(&self, way: &Way, held: Held, faults: &mut Vec<Fault>) -> Held {
        let (after, before) = way.when.terms.split_at(way.asked_after);
        let held = held.seen(demanded(before, self.entity));
        let held = self.caused(way, held, faults);
        let held = if after.is_empty() { self.otherwise(way, held) } else { held.seen(demanded(after, self.entity)) };
        // Whoever goes back comes to the step they came from, and not to every step that leads here.
        if way.is_back { held.doubted() } else { held }
    }

    fn caused(&self, way: &Way, held: Held, faults: &mut Vec<Fault>) -> Held {
        let step = &self.plan.steps[way.from];
        match &way.cause {
            Cause::Outcome(outcome) => match run(step, way) {
                Some(run) if run.action == outcome.action => {
                    self.outcome(way.from, *outcome, self.asked(way.from, run, held, faults), faults)
                }
                _ => self.outcome(way.from, *outcome, held, faults),
            },
            Cause::Next | Cause::Choice(_) | Cause::ScreenState(_) => match run(step, way) {
                Some(run) => self.unanswered(way.from, run, self.asked(way.from, run, held, faults), faults),
                // A list may well show one from before.
                None if step.runs.iter().any(|run| run.how == How::Shows) => held.doubt(States::NONE),
                None => held,
            },
            Cause::State(state) if state.entity == self.entity => held.seen(States::one(state.index)),
            Cause::State(_) | Cause::End(_) => held,
            Cause::Timeout => self.timed_out(step, held),
            Cause::Exhausted => self.exhausted(way, held, faults),
            Cause::Value(value) => self.value(way.from, &of_value(self.plan, self.entity, way.from, value), held, faults),
        }
    }

    /// What an action needs when it is run.
    fn asked(&self, step: StepId, run: &Run, held: Held, faults: &mut Vec<Fault>) -> Held {
        let needs = allowed(&self.plan.actions[run.action].needs, self.entity);
        unmet(faults, step, Some(run.action), held.sure.without(needs));
        held.seen(needs)
    }

    /// After too long. Where the step has the deadline of a state, that state's own timeout has moved it.
    fn timed_out(&self, step: &Step, held: Held) -> Held {
        let Some(Deadline::Of(mention)) = &step.form.within else { return held };
        let of = &self.plan.entities[self.entity];
        let state = mention.member.as_ref().filter(|_| mention.owner == of.name.text).and_then(|name| of.state(name));
        let Some(index) = state else { return held };
        let changes = of_timeout(self.plan, StateId { entity: self.entity, index }, self.entity);
        let becomes = States::of(changes.iter().flat_map(Change::targets).map(|(to, _)| to));
        let (left, late) = (States::one(index), held.all().has(States::one(index)));
        if becomes.is_empty() || !late {
            return held;
        }
        Held { sure: held.sure.without(left) | becomes, maybe: held.maybe.without(left) }
    }

    /// After the last of so many tries, which came to its result like the others.
    fn exhausted(&self, way: &Way, held: Held, faults: &mut Vec<Fault>) -> Held {
        let siblings = self.plan.ways_from(way.from).map(|(_, other)| other);
        let tried: Vec<&Way> =
            siblings.filter(|other| other.times.is_some() && other.cause != Cause::Exhausted && other.choice == way.choice).collect();
        if tried.is_empty() {
            return held;
        }
        tried.into_iter().fold(Held::default(), |all, other| all | self.caused(other, held, faults))
    }

    /// An answer without a demand of its own beside others that have one: it is for what those leave over.
    fn otherwise(&self, way: &Way, held: Held) -> Held {
        let siblings = self.plan.ways_from(way.from).map(|(_, other)| other);
        let rivals = siblings.filter(|other| other.asked_after > 0 && other.cause == way.cause && other.choice == way.choice);
        rivals.fold(held, |held, other| {
            let terms = &other.when.terms[..other.asked_after];
            let demanded = demanded(terms, self.entity);
            if terms.iter().all(|term| term.entity == self.entity) {
                held.except(demanded)
            } else if demanded == States::ANY {
                held
            } else {
                held.doubt(demanded)
            }
        })
    }
}

/// The states that are not final, and that come to no final one by others, nor by what somebody does on steps that they may come to again.
fn lost(plan: &Plan, entity: EntityId, moves: &[Move], actor: Actor, again: &[bool]) -> States {
    let comes = |it: &&Move| it.is_of_others(actor) || it.steps(plan).any(|step| again[step.index()]);
    let onward = Others::by(moves.iter().filter(comes), plan.entities[entity].states.len());
    let is_final = |(_, state): &(StateId, &State)| state.is_final() || state.form.draining.is_some();
    let finals = States::of(plan.states(entity).filter(is_final).map(|(id, _)| id.index));
    let open = plan.states(entity).map(|(id, _)| States::one(id.index)).filter(|state| !finals.has(*state));
    open.filter(|state| !onward.from(*state).meets(finals)).fold(States::default(), |all, state| all | state)
}

/// Whether a way of the journey's own role ends well here.
fn is_good_end(plan: &Plan, step: StepId) -> bool {
    let (at, journey) = (&plan.steps[step], plan.journey_of(step));
    let ends_well = at.end.as_ref().is_some_and(|end| end.kind == EndKind::Success) && !at.has_way();
    ends_well && at.role == journey.role && journey.used_by.is_empty()
}

/// What a way runs behind it: the action of its choice, or of the step's main way on.
pub(in crate::analysis) fn run<'s>(step: &'s Step, way: &Way) -> Option<&'s Run> {
    step.runs.iter().find(|run| match (&run.how, &way.choice) {
        (How::Choice(of), Some(label)) => of == label,
        (How::Backend, None) => !matches!(way.cause, Cause::ScreenState(_) | Cause::Choice(_)),
        _ => false,
    })
}
