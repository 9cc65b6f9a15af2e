//! What must happen behind the screens, and every result it can have.

use serde_json::Value as Data;

use super::moment::Condition;
use super::words;
use crate::source::Span;
use crate::spec::record::record;
use crate::spec::{FaultKind, Form, Id, Lowering, Map, Mention, Name, Named, Node, OneOrMany, Shape, Text, Value};

words! {
    /// When the result of an action is known.
    "when the result is known" pub enum Answers {
        /// On return.
        "now" Now,
        /// Later, by a message of the system; until then the action is outstanding.
        "later" Later,
    }
}

words! {
    /// Whether an action may be asked again while it is outstanding.
    "whether a second attempt may be open" pub enum Attempts {
        /// One at a time.
        "one-open" OneOpen,
        /// Several at a time.
        "many" Many,
    }
}

record! {
    /// Something that must happen behind the screens.
    "a backend action" pub struct Action {
        /// What people read.
        "title" title: Option<Text> = "Place the order",
        /// What kind of work it is: the catalogue knows what each kind must be able to answer. `other` demands nothing.
        required "kind" kind: Option<Name> = "submit",
        /// The system that does it.
        "system" system: Option<Name> = "shop",
        /// Whether the result is known on return, or later.
        "answers" answers: Option<Answers> = "later",
        /// States that must hold when it is asked.
        "needs" needs: Option<Condition> = "{order: placed}",
        /// Every result, and the entity states it sets. An outcome with a name of your own counts as success when it stands first,
        /// or says so with `means`.
        "outcomes" outcomes: Named<Id, Outcome> = "{placed: {order: placed}, sold-out: }",
        /// What it must do to be safe, and how it does it.
        "duties" duties: Map<Name, Text> = "{idempotent: order number}",
        /// Resources it takes when it succeeds; somebody must use them or give them back.
        "holds" holds: OneOrMany<Name> = "stock",
        /// Resources it uses for good when it succeeds.
        "uses-up" uses_up: OneOrMany<Name> = "stock",
        /// Resources it gives back when it succeeds.
        "releases" releases: OneOrMany<Name> = "stock",
        /// The operation of an OpenAPI document that it is: file, `#`, operation id.
        "operation" operation: Option<Text> = "api/openapi.yaml#payOrder",
        /// Entities it creates or changes without moving their state.
        "writes" writes: OneOrMany<Name> = "order",
        /// The entity of which it starts a fresh one.
        "creates" creates: OneOrMany<Name> = "order",
        /// Whether a second attempt may be open beside the first.
        "attempts" attempts: Option<Attempts> = "one-open",
        /// The ability of an existing system that it uses.
        "ability" ability: Option<Name> = "import-csv",
    }
}

record! {
    /// A result of an action.
    "an outcome" pub struct Outcome {
        /// What people read.
        "title" title: Option<Text> = "Sold out",
        /// The outcome of the catalogue that this is, where the name is your own.
        "means" means: Option<Name> = "declined",
        /// Possible only in these states.
        "when" when: Option<Condition> = "{order: paid}",
        /// The states it sets; per state where it depends on the state before.
        "sets" sets: Sets = "{order: paid}",
        /// Resources it takes.
        "holds" holds: OneOrMany<Name> = "stock",
        /// Resources it uses for good.
        "uses-up" uses_up: OneOrMany<Name> = "stock",
        /// Resources it gives back.
        "releases" releases: OneOrMany<Name> = "stock",
        /// Not the last word: the action still owes its answer.
        "interim" interim: bool = "true",
    }
    short: Sets,
}

impl From<Sets> for Outcome {
    fn from(sets: Sets) -> Self {
        Self { sets, ..Self::default() }
    }
}

/// The states that something sets: `{order: paid}`, `order.paid`, or per state before: `{claim: {submitted: second-check}}`.
#[derive(Clone, Debug, Default)]
pub struct Sets {
    /// Each entity and what it becomes.
    pub moves: Vec<(Name, Becomes)>,
    /// The whole value.
    pub span: Span,
}

/// What an entity becomes.
#[derive(Clone, Debug, PartialEq)]
pub enum Becomes {
    /// This state, whatever it was.
    State(Name),
    /// For each state before, the state after.
    PerState(Map<Name, Name>),
}

impl Default for Becomes {
    fn default() -> Self {
        Self::PerState(Map::default())
    }
}

impl Form for Becomes {
    fn shape() -> Shape {
        Shape::Either(vec![Name::shape(), Map::<Name, Name>::shape()])
    }

    fn fits(node: Node<'_>) -> bool {
        Name::fits(node) || matches!(node.value(), Value::Map)
    }

    fn lower(node: Node<'_>, cx: &mut Lowering) -> Option<Self> {
        match node.value() {
            Value::Scalar { .. } => Name::lower(node, cx).map(Self::State),
            Value::Map => Map::lower(node, cx).map(Self::PerState),
            _ => {
                cx.wrong_type::<Self>(node);
                None
            }
        }
    }

    fn write(&self) -> Option<Data> {
        match self {
            Self::State(name) => name.write(),
            Self::PerState(map) => map.write().or_else(|| Some(Data::Object(serde_json::Map::new()))),
        }
    }
}

impl PartialEq for Sets {
    fn eq(&self, other: &Self) -> bool {
        self.moves == other.moves
    }
}

impl Form for Sets {
    fn shape() -> Shape {
        Shape::Either(vec![Map::<Name, Becomes>::shape(), Mention::shape_with_part(), Shape::List(Box::new(Mention::shape_with_part()))])
    }

    fn fits(node: Node<'_>) -> bool {
        matches!(node.value(), Value::Map) || OneOrMany::<Mention>::fits(node)
    }

    fn lower(node: Node<'_>, cx: &mut Lowering) -> Option<Self> {
        let span = node.span();
        let moves = match node.value() {
            Value::Scalar { .. } | Value::List => {
                let mut moves = Vec::new();
                for mention in OneOrMany::<Mention>::lower(node, cx)?.0 {
                    match &mention.member {
                        Some(_) if moves.iter().any(|(entity, _): &(Name, Becomes)| entity.text == mention.owner) => {
                            let first =
                                moves.iter().find(|(entity, _)| entity.text == mention.owner).map_or(span, |(entity, _)| entity.span);
                            cx.fault(mention.span, FaultKind::DuplicateName { name: mention.owner.clone(), first });
                        }
                        Some(state) => {
                            moves.push((mention.owner_name(), Becomes::State(Name { text: state.clone(), span: mention.span })));
                        }
                        None => cx.wrong_shape(node, &Self::shape()),
                    }
                }
                moves
            }
            Value::Map | Value::Null => Map::<Name, Becomes>::lower(node, cx)?.0,
            Value::Broken => return None,
        };
        Some(Self { moves, span })
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn write(&self) -> Option<Data> {
        Map(self.moves.clone()).write()
    }
}
