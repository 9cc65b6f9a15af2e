//! The things whose state must be tracked.

use serde_json::Value as Data;

use super::action::Sets;
use super::step::{Draining, Escalate};
use super::words;
use crate::spec::record::record;
use crate::spec::{Duration, Form, Id, Lowering, Map, Mention, Name, Node, OneOrMany, Shape, Text, Value};

record! {
    /// A thing whose state must be tracked: an order, a booking, a claim.
    "an entity" pub struct Entity {
        /// What people read.
        "title" title: Option<Text> = "Order",
        /// Its states; the first one is how it starts.
        required "states" states: Map<Id, State> = "{placed: [paid, expired], paid: end, expired: end}",
        /// The one system that keeps it.
        "owner" owner: Option<Name> = "shop",
        /// Who may move it into which state.
        "moved-by" moved_by: Map<Name, Mover> = "{approved: {role: manager, not: submit-claim}}",
        /// Who may see it, unless a state says otherwise.
        "seen-by" seen_by: OneOrMany<Name> = "[member, barista]",
        /// What it holds; times among them can start something.
        "fields" fields: Map<Id, FieldKind> = "{starts-at: time}",
    }
}

words! {
    /// What a field of an entity holds.
    "what a field holds" pub enum FieldKind {
        /// A point in time.
        "time" Time,
        /// A text.
        "text" Text,
        /// A number.
        "number" Number,
        /// Money.
        "money" Money,
        /// A file.
        "file" File,
        /// Yes or no.
        "flag" Flag,
    }
}

record! {
    /// Who may move an entity into a state.
    "a permission" pub struct Mover {
        /// The roles that may.
        "role" role: OneOrMany<Name> = "manager",
        /// Actions whose actor may not: who did that may not do this.
        "not" not: OneOrMany<Name> = "submit-claim",
    }
    short: OneOrMany<Name>,
}

impl From<OneOrMany<Name>> for Mover {
    fn from(role: OneOrMany<Name>) -> Self {
        Self { role, ..Self::default() }
    }
}

words! {
    /// What it means to people that an entity is in a state.
    "what a state means" pub enum Meaning {
        /// Something did not work.
        "failure" Failure,
        /// Somebody said no.
        "rejection" Rejection,
        /// It is over.
        "closed" Closed,
    }
}

record! {
    /// A state of an entity.
    "a state" pub struct State {
        /// What people read.
        "title" title: Option<Text> = "Being made",
        /// The states that may follow.
        "then" then: OneOrMany<Name> = "[making, refunding]",
        /// It may last for ever: the entity is finished.
        "end" end: bool = "true",
        /// It may last for ever, though something may still follow.
        "rest" rest: bool = "true",
        /// What happens when nothing happens.
        "timeout" timeout: Option<Timeout> = "{after: 15m, becomes: expired, checks: pay-order}",
        /// What an answer does that arrives in this state.
        "on" on: Map<Mention, Reaction> = "{pay-order.succeeded: refunding}",
        /// The role or system that must act next.
        "waits-for" waits_for: OneOrMany<Name> = "barista",
        /// What it means to people.
        "means" means: Option<Meaning> = "failure",
        /// Resources that are kept while it lasts.
        "holds" holds: OneOrMany<Name> = "stock",
        /// Resources that are used for good on entering it.
        "uses-up" uses_up: OneOrMany<Name> = "stock",
        /// Resources that are given back on entering it.
        "releases" releases: OneOrMany<Name> = "stock",
        /// Who may see it here.
        "seen-by" seen_by: OneOrMany<Name> = "[member, barista]",
        /// Who is called when nobody acts.
        "escalate" escalate: Option<Escalate> = "{after: 2d, to: team-lead}",
        /// Kept only for what is still in it, so nothing need lead here.
        "draining" draining: Option<Draining> = "Orders from before the change",
    }
    short: StateShort,
}

/// What may stand for a whole state.
#[derive(Clone, Debug, PartialEq)]
pub enum StateShort {
    /// `end`
    End,
    /// The states that may follow.
    Then(Vec<Name>),
}

const END: &[(&str, &str)] = &[("end", "The entity is finished.")];

impl Form for StateShort {
    fn shape() -> Shape {
        let Shape::Either(mut shapes) = OneOrMany::<Name>::shape() else { unreachable!("one, or many") };
        shapes.insert(0, Shape::Words { what: "a finished state", words: END });
        Shape::Either(shapes)
    }

    fn fits(node: Node<'_>) -> bool {
        OneOrMany::<Name>::fits(node)
    }

    fn lower(node: Node<'_>, cx: &mut Lowering) -> Option<Self> {
        match node.value() {
            Value::Scalar { text: "end", .. } => Some(Self::End),
            _ => OneOrMany::lower(node, cx).map(|names| Self::Then(names.0)),
        }
    }

    fn write(&self) -> Option<Data> {
        match self {
            Self::End => Some(Data::from("end")),
            Self::Then(names) => names.write(),
        }
    }
}

impl From<StateShort> for State {
    fn from(short: StateShort) -> Self {
        match short {
            StateShort::End => Self { end: true, ..Self::default() },
            StateShort::Then(names) => Self { then: OneOrMany(names), ..Self::default() },
        }
    }
}

record! {
    /// What happens to an entity when nothing happens for a while.
    "a timeout" pub struct Timeout {
        /// How long the state may last.
        required "after" after: Option<Duration> = "15m",
        /// The state that follows.
        "becomes" becomes: Option<Name> = "expired",
        /// The action that is asked first, so that a late answer is not overlooked.
        "checks" checks: Option<Name> = "query-payment",
        /// What the outcomes of that action do; `stay` keeps waiting.
        "on" on: Map<Mention, Reaction> = "{paid: paid, unknown: stay}",
        /// What else it sets.
        "sets" sets: Sets = "{refund: pending}",
        /// The system that runs it; otherwise the owner of the entity.
        "by" by: Option<Name> = "shop",
    }
}

record! {
    /// What an answer does that arrives in a state.
    "a reaction" pub struct Reaction {
        /// The state that follows; `stay` keeps this one.
        "becomes" becomes: Option<Name> = "refunding",
        /// What else it sets.
        "sets" sets: Sets = "{refund: pending}",
        /// Nothing, and why.
        "ignore" ignore: Option<Text> = "The same answer, delivered twice",
    }
    short: Name,
}

impl From<Name> for Reaction {
    fn from(name: Name) -> Self {
        Self { becomes: Some(name), ..Self::default() }
    }
}
