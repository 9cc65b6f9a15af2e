//! Ways on: what follows an outcome, and what a person can choose.

use super::moment::Condition;
use crate::spec::record::record;
use crate::spec::{Map, Mention, Name, OneOrMany, Target};

record! {
    /// What follows an outcome, a state or a timeout.
    "an answer" pub struct Answer {
        /// The step that follows.
        required "to" to: Option<Target> = "order-page",
        /// Only in these states.
        "when" when: Option<Condition> = "{order: paid}",
        /// How often this way may be taken; afterwards `exhausted` must be answered.
        "times" times: Option<u32> = "3",
    }
    short: Target,
}

impl From<Target> for Answer {
    fn from(to: Target) -> Self {
        Self { to: Some(to), ..Self::default() }
    }
}

record! {
    /// Something a person can do on a step.
    "a choice" pub struct Choice {
        /// The step that follows, when nothing has to happen behind.
        "to" to: Option<Target> = "menu",
        /// The backend action that runs.
        "backend" backend: Option<Name> = "withdraw-claim",
        /// What follows each outcome of that action.
        "on" on: Map<Mention, OneOrMany<Answer>> = "{withdrawn: claims, too-late: stay}",
        /// Sets of answers to take for what `on` leaves open.
        "handles" handles: OneOrMany<Name> = "connection-trouble",
        /// Offered only in these states.
        "when" when: Option<Condition> = "{order: placed}",
        /// How often it may be chosen; afterwards `exhausted` must be answered.
        "times" times: Option<u32> = "3",
    }
    short: Target,
}

impl From<Target> for Choice {
    fn from(to: Target) -> Self {
        Self { to: Some(to), ..Self::default() }
    }
}
