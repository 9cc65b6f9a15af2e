//! Messages, analytics events, and what comes later.

use super::moment::Trigger;
use super::words;
use crate::spec::record::record;
use crate::spec::{Duration, Name, OneOrMany, Target, Text};

record! {
    /// A message that somebody gets.
    "a notification" pub struct Notification {
        /// What people read.
        "title" title: Option<Text> = "Your order is ready",
        /// Who gets it.
        required "to" to: OneOrMany<Name> = "member",
        /// How it travels; the catalogue knows which channels need consent.
        required "channel" channel: Option<Name> = "wechat-subscribe",
        /// What sends it.
        required "when" when: Option<Trigger> = "{order: ready}",
        /// How long afterwards it is sent.
        "after" after: Option<Duration> = "10m",
        /// The step it leads to.
        "opens" opens: Option<Link> = "order-page",
        /// The step that asks whether it may be sent.
        "consent" consent: Option<Target> = "checkout",
        /// What happens when the person does not want it.
        "if-refused" if_refused: Option<Text> = "The order page shows the state; the barista calls the name",
        /// What makes it untrue, so that it is not sent any more.
        "cancel-when" cancel_when: Option<Trigger> = "{order: [collected, refunding]}",
        /// Sent once only, and for what.
        "once" once: Option<Text> = "per order",
        /// It advertises, so there must be a way out of it.
        "marketing" marketing: bool = "true",
    }
}

record! {
    /// A step that a message leads to.
    "a link" pub struct Link {
        /// The step.
        required "step" step: Option<Target> = "slots",
        /// How long it works.
        "expires" expires: Option<Duration> = "15m",
        /// It works once.
        "once" once: bool = "true",
    }
    short: Target,
}

impl From<Target> for Link {
    fn from(step: Target) -> Self {
        Self { step: Some(step), ..Self::default() }
    }
}

record! {
    /// Something that is counted.
    "an event" pub struct Event {
        /// What happened: an outcome, or an entity reaching a state.
        required "on" on: Option<Trigger> = "pay-order.succeeded",
        /// What is written down with it.
        "properties" properties: OneOrMany<Name> = "[order-id, value, currency]",
        /// Who looks at it.
        "owner" owner: Option<Text> = "Growth team",
    }
}

words! {
    /// Whether something comes later.
    "whether it comes" pub enum LaterStatus {
        /// It is on the way.
        "planned" Planned,
        /// Some day.
        "later" Later,
        /// Decided against.
        "never" Never,
    }
}

record! {
    /// Something that is not in this journey yet.
    "a later operation" pub struct Later {
        /// Whether it comes.
        required "status" status: Option<LaterStatus> = "planned",
        /// The step or entity it will attach to.
        "attaches-to" attaches_to: Option<Name> = "checkout",
    }
    short: LaterStatus,
}

impl From<LaterStatus> for Later {
    fn from(status: LaterStatus) -> Self {
        Self { status: Some(status), ..Self::default() }
    }
}
