//! The plan's own laws, in the words of Declare.

use serde_json::Value as Data;

use crate::spec::record::record;
use crate::spec::{Form, Lowering, Mention, Node, OneOrMany, Shape, Text, Value};

/// What a template speaks of: for each place of the template, the things any of which will do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arguments(pub Vec<OneOrMany<Mention>>);

impl Form for Arguments {
    fn shape() -> Shape {
        Shape::Either(vec![Mention::shape(), Shape::List(Box::new(OneOrMany::<Mention>::shape()))])
    }

    fn fits(node: Node<'_>) -> bool {
        OneOrMany::<Mention>::fits(node)
    }

    fn lower(node: Node<'_>, cx: &mut Lowering) -> Option<Self> {
        match node.value() {
            Value::List => Vec::lower(node, cx).map(Self),
            Value::Scalar { .. } => Mention::lower(node, cx).map(|one| Self(vec![OneOrMany(vec![one])])),
            _ => {
                cx.wrong_type::<Self>(node);
                None
            }
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn write(&self) -> Option<Data> {
        self.0.write()
    }
}

/// The templates with the number of places each has.
pub const TEMPLATES: &[(&str, usize)] = &[
    ("existence", 1),
    ("absence", 1),
    ("exactly-once", 1),
    ("init", 1),
    ("precedence", 2),
    ("response", 2),
    ("succession", 2),
    ("alternate-response", 2),
    ("chain-response", 2),
    ("chain-precedence", 2),
    ("not-coexistence", 2),
    ("coexistence", 2),
    ("responded-existence", 2),
    ("not-succession", 2),
    ("exclusive-choice", 2),
    ("possible", 1),
];

record! {
    /// A law of the plan. It names one template, and speaks of steps, outcomes, moves and states of entities, roles and ends.
    "a policy" pub struct Policy {
        /// What people read.
        "title" title: Option<Text> = "Nothing is made before it is paid",
        /// It happens on every way.
        "existence" existence: Arguments = "order-page",
        /// It never happens.
        "absence" absence: Arguments = "order.lost",
        /// It happens exactly once.
        "exactly-once" exactly_once: Arguments = "pay-order.succeeded",
        /// It happens first.
        "init" init: Arguments = "open",
        /// The second only after the first.
        "precedence" precedence: Arguments = "[pay-order.succeeded, make-drinks]",
        /// The first is always followed by the second.
        "response" response: Arguments = "[order.paid, order-ready]",
        /// Precedence and response together.
        "succession" succession: Arguments = "[order.refunding, order.refunded]",
        /// Each first is followed by a second before the next first.
        "alternate-response" alternate_response: Arguments = "[place-order.placed, pay]",
        /// The second comes right after the first.
        "chain-response" chain_response: Arguments = "[pay-order.declined, pay]",
        /// The first comes right before the second.
        "chain-precedence" chain_precedence: Arguments = "[checkout, pay]",
        /// Never both.
        "not-coexistence" not_coexistence: Arguments = "[order.collected, order.refunded]",
        /// Both or none.
        "coexistence" coexistence: Arguments = "[order.paid, pay-order.succeeded]",
        /// If the first happens, the second happens too, before or after.
        "responded-existence" responded_existence: Arguments = "[order.refunded, refund-sent]",
        /// After the first, never the second.
        "not-succession" not_succession: Arguments = "[order.collected, refund-order]",
        /// Exactly one of the two.
        "exclusive-choice" exclusive_choice: Arguments = "[order.collected, order.refunded]",
        /// There is a way on which it happens.
        "possible" possible: Arguments = "done",
        /// Only after this.
        "after" after: OneOrMany<Mention> = "order.paid",
        /// Only before this.
        "before" before: OneOrMany<Mention> = "order.collected",
        /// Only between these two.
        "between" between: Arguments = "[order.paid, order.collected]",
        /// Why the law is there.
        "why" why: Option<Text> = "A drink that is not paid is thrown away",
    }
}

impl Policy {
    /// Everything that the policy speaks of.
    pub fn mentions(&self) -> impl Iterator<Item = &Mention> {
        let arguments = self.templates().into_iter().flat_map(|(_, arguments)| &arguments.0).chain(&self.between.0);
        arguments.flat_map(|any| any.iter()).chain(self.after.iter()).chain(self.before.iter())
    }

    /// The templates that are used, each with its arguments; a policy that is right has one.
    pub fn templates(&self) -> Vec<(&'static str, &Arguments)> {
        let all = [
            &self.existence,
            &self.absence,
            &self.exactly_once,
            &self.init,
            &self.precedence,
            &self.response,
            &self.succession,
            &self.alternate_response,
            &self.chain_response,
            &self.chain_precedence,
            &self.not_coexistence,
            &self.coexistence,
            &self.responded_existence,
            &self.not_succession,
            &self.exclusive_choice,
            &self.possible,
        ];
        TEMPLATES
            .iter()
            .zip(all)
            .filter(|(_, arguments)| !arguments.0.is_empty())
            .map(|((name, _), arguments)| (*name, arguments))
            .collect()
    }
}
