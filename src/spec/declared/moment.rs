//! When: states that must hold, moments that start something, deadlines, waits.

use serde_json::Value as Data;

use crate::source::Span;
use crate::spec::record::record;
use crate::spec::scalar;
use crate::spec::{Duration, Form, Lowering, Map, Mention, Name, Node, OneOrMany, Shape, Value};

/// States that entities must be in, all of them: `{order: paid}`, `{order: [paid, making]}`, `order.paid`.
#[derive(Clone, Debug, Default)]
pub struct Condition {
    /// One for each entity.
    pub terms: Vec<Term>,
    /// The whole value.
    pub span: Span,
}

/// One entity's states, any of which will do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Term {
    /// The entity.
    pub entity: Name,
    /// The states.
    pub states: Vec<Name>,
}

type StatesOf = Map<Name, OneOrMany<Name>>;

impl PartialEq for Condition {
    fn eq(&self, other: &Self) -> bool {
        self.terms == other.terms
    }
}

impl Form for Condition {
    fn shape() -> Shape {
        Shape::Either(vec![StatesOf::shape(), Mention::shape_with_part(), Shape::List(Box::new(Mention::shape_with_part()))])
    }

    fn fits(node: Node<'_>) -> bool {
        StatesOf::fits(node) || OneOrMany::<Mention>::fits(node)
    }

    fn lower(node: Node<'_>, cx: &mut Lowering) -> Option<Self> {
        let mut terms: Vec<Term> = Vec::new();
        match node.value() {
            Value::Map => {
                terms.extend(StatesOf::lower(node, cx)?.0.into_iter().map(|(entity, states)| Term { entity, states: states.0 }));
            }
            Value::Scalar { .. } | Value::List => {
                for mention in OneOrMany::<Mention>::lower(node, cx)?.0 {
                    let Some(state) = &mention.member else {
                        cx.wrong_shape(node, &Self::shape());
                        continue;
                    };
                    let (entity, state) = (mention.owner_name(), Name { text: state.clone(), span: mention.span });
                    match terms.iter_mut().find(|term| term.entity == entity) {
                        Some(term) => term.states.push(state),
                        None => terms.push(Term { entity, states: vec![state] }),
                    }
                }
            }
            _ => {
                cx.wrong_type::<Self>(node);
                return None;
            }
        }
        Some(Self { terms, span: node.span() })
    }

    fn write(&self) -> Option<Data> {
        let states = |term: &Term| (term.entity.clone(), OneOrMany(term.states.clone()));
        Map(self.terms.iter().map(states).collect()).write()
    }
}

/// What starts something: `{order: paid}`, `pay-order.declined`, a list of such, or a time by the clock.
#[derive(Clone, Debug, Default)]
pub struct Trigger {
    /// Any of these: an entity reaching a state, an action ending in an outcome, something a system sends.
    pub moments: Vec<Mention>,
    /// A time by the clock.
    pub clock: Option<Clock>,
    /// The whole value.
    pub span: Span,
}

record! {
    /// A time by the clock, measured from a time that an entity holds.
    "a time by the clock" pub struct Clock {
        /// The time before which it happens: a field of an entity.
        "before" before: Option<Mention> = "booking.starts-at",
        /// The time after which it happens: a field of an entity.
        "after" after: Option<Mention> = "booking.ends-at",
        /// How long before or after.
        "by" by: Option<Duration> = "1d",
        /// Only while these states hold.
        "in" within: Option<Condition> = "{booking: confirmed}",
    }
}

impl PartialEq for Trigger {
    fn eq(&self, other: &Self) -> bool {
        self.moments == other.moments && self.clock == other.clock
    }
}

impl Form for Trigger {
    fn shape() -> Shape {
        Shape::Either(vec![StatesOf::shape(), Mention::shape(), Shape::List(Box::new(Mention::shape())), Shape::Record(Clock::record)])
    }

    fn fits(node: Node<'_>) -> bool {
        Condition::fits(node)
    }

    fn lower(node: Node<'_>, cx: &mut Lowering) -> Option<Self> {
        let span = node.span();
        match node.value() {
            Value::Map if ["before", "after", "by", "in"].iter().any(|key| node.get(key).is_some()) => {
                let clock = Clock::lower(node, cx)?;
                Some(Self { clock: Some(clock), span, ..Self::default() })
            }
            Value::Map => {
                let states = StatesOf::lower(node, cx)?;
                let moment = |entity: &Name, state: Name| Mention {
                    owner: entity.text.clone(),
                    member: Some(state.text),
                    is_move: false,
                    span: state.span,
                };
                let moments =
                    states.0.into_iter().flat_map(|(entity, states)| states.0.into_iter().map(move |state| moment(&entity, state)));
                Some(Self { moments: moments.collect(), clock: None, span })
            }
            Value::Scalar { .. } | Value::List => {
                let moments = OneOrMany::<Mention>::lower(node, cx)?.0;
                Some(Self { moments, clock: None, span })
            }
            _ => {
                cx.wrong_type::<Self>(node);
                None
            }
        }
    }

    fn write(&self) -> Option<Data> {
        self.clock.as_ref().map_or_else(|| self.moments.write(), Form::write)
    }

    fn metas(&self, show: &mut dyn FnMut(&crate::spec::Meta)) {
        self.clock.metas(show);
    }
}

/// How long something may take: `15m`, or `order.placed` for the deadline that this state has.
#[derive(Clone, Debug, PartialEq)]
pub enum Deadline {
    /// A length of time.
    After(Duration),
    /// The timeout of an entity's state.
    Of(Mention),
}

impl Deadline {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::After(duration) => duration.span,
            Self::Of(mention) => mention.span,
        }
    }
}

impl Form for Deadline {
    fn shape() -> Shape {
        Shape::Either(vec![Duration::shape(), Mention::shape_with_part()])
    }

    fn fits(node: Node<'_>) -> bool {
        Mention::fits(node)
    }

    fn lower(node: Node<'_>, cx: &mut Lowering) -> Option<Self> {
        match node.value() {
            Value::Scalar { text, .. } if text.contains('.') && !scalar::is_like_duration(text) => Mention::lower(node, cx).map(Self::Of),
            _ => Duration::lower(node, cx).map(Self::After),
        }
    }

    fn write(&self) -> Option<Data> {
        match self {
            Self::After(duration) => duration.write(),
            Self::Of(mention) => mention.write(),
        }
    }
}

/// What a step waits for.
#[derive(Clone, Debug, PartialEq)]
pub enum Wait {
    /// A time to pass.
    For(Duration),
    /// The outcome of an action, a state of an entity, or a role to act.
    On(Name),
}

impl Form for Wait {
    fn shape() -> Shape {
        Shape::Either(vec![Name::shape(), Duration::shape()])
    }

    fn fits(node: Node<'_>) -> bool {
        Name::fits(node)
    }

    fn lower(node: Node<'_>, cx: &mut Lowering) -> Option<Self> {
        match node.value() {
            Value::Scalar { text, .. } if scalar::is_like_duration(text) => Duration::lower(node, cx).map(Self::For),
            _ => Name::lower(node, cx).map(Self::On),
        }
    }

    fn write(&self) -> Option<Data> {
        match self {
            Self::For(duration) => duration.write(),
            Self::On(name) => name.write(),
        }
    }
}
