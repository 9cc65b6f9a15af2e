//! Moments and guards with their names resolved.

use super::build::names::Names;
use super::{ActionId, EntityId, OutcomeId, StateId, SystemId};
use crate::source::Span;
use crate::spec::{Clock, Condition, FaultKind, Mention, Name, Trigger};

/// Something that happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// An entity comes into a state.
    State(StateId),
    /// An action ends in an outcome.
    Outcome(OutcomeId),
    /// An action ends, whatever the outcome.
    Action(ActionId),
    /// A system sends something unasked, by its position in `sends`.
    Sent(SystemId, usize),
}

/// What starts something.
#[derive(Clone, Debug, Default)]
pub struct Moments {
    /// Any of these, with their places.
    pub any: Vec<(Moment, Span)>,
    /// Or a time by the clock.
    pub clock: Option<Clock>,
    /// The states in which the time by the clock counts.
    pub clock_in: Guard,
}

/// States that must hold, all terms of it.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    /// One for each entity.
    pub terms: Vec<GuardTerm>,
}

/// One entity's states, any of which will do.
#[derive(Clone, Debug)]
pub struct GuardTerm {
    /// The entity.
    pub entity: EntityId,
    /// The positions of the states, with their places.
    pub states: Vec<(usize, Span)>,
}

impl Guard {
    /// Whether it demands nothing.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

impl Names {
    /// Resolves states that must hold.
    pub(super) fn guard(&mut self, condition: Option<&Condition>) -> Guard {
        let terms = condition.into_iter().flat_map(|condition| &condition.terms);
        Guard { terms: terms.filter_map(|term| self.guard_term(&term.entity, &term.states)).collect() }
    }

    fn guard_term(&mut self, entity: &Name, states: &[Name]) -> Option<GuardTerm> {
        let entity = self.entity(entity)?;
        let states = states.iter().filter_map(|state| Some((self.state(entity, state)?.index, state.span))).collect();
        Some(GuardTerm { entity, states })
    }

    /// Resolves what starts something.
    pub(super) fn moments(&mut self, trigger: Option<&Trigger>) -> Moments {
        let Some(trigger) = trigger else { return Moments::default() };
        let any = trigger.moments.iter().filter_map(|mention| Some((self.moment(mention)?, mention.span))).collect();
        let clock_in = self.guard(trigger.clock.as_ref().and_then(|clock| clock.within.as_ref()));
        if let Some(clock) = trigger.clock.as_ref().filter(|clock| clock.before.is_none() == clock.after.is_none()) {
            let help = "Name one time: `{before: booking.starts-at, by: 1d}` or `{after: booking.ends-at, by: 2h}`.";
            self.conflict(clock.span, "a time by the clock is either before or after a time that an entity holds", help);
        }
        for mention in trigger.clock.iter().flat_map(|clock| [&clock.before, &clock.after]).flatten() {
            self.time_field(mention);
        }
        Moments { any, clock: trigger.clock.clone(), clock_in }
    }

    /// Resolves a mention of something that happens.
    pub(super) fn moment(&mut self, mention: &Mention) -> Option<Moment> {
        let owner = mention.owner_name();
        let member = mention.member.as_ref().map(|member| Name { text: member.clone(), span: mention.span });
        if let Some(entity) = self.find_entity(&owner.text) {
            let Some(member) = member else {
                self.fault(
                    mention.span,
                    FaultKind::WrongType {
                        found: format!("`{}`", owner.text),
                        expected: "a state of that entity".to_owned(),
                        example: self.first_state(entity).map(|state| format!("{}.{state}", owner.text)).unwrap_or_default(),
                    },
                );
                return None;
            };
            return self.state(entity, &member).map(Moment::State);
        }
        if let Some(action) = self.find_action(&owner.text) {
            return match member {
                Some(member) => self.outcome(action, &member).map(Moment::Outcome),
                None => Some(Moment::Action(action)),
            };
        }
        if let Some(system) = self.find_system(&owner.text) {
            let sent = member.as_ref().and_then(|member| self.sent(system, member))?;
            return Some(Moment::Sent(system, sent));
        }
        self.unknown(&owner, "an entity, a backend action or a system", "entities: {order: {states: {placed: [paid], paid: end}}}");
        None
    }
}
