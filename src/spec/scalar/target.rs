//! Where a way on leads.

use serde_json::Value as Data;

use super::{GAP, is_kebab, kebab, text_form};
use crate::source::Span;
use crate::spec::fault::FaultKind;
use crate::spec::form::{Form, Lowering, Scalar, Shape};
use crate::spec::tree::{Node, Value};

/// Where a way on leads.
#[derive(Clone, Debug, Default, Eq)]
pub struct Target {
    /// What it means.
    pub to: To,
    /// Where it stands.
    pub span: Span,
}

/// What a [`Target`] means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum To {
    /// `stay`: the same step again.
    #[default]
    Stay,
    /// `back`: the step one came from.
    Back,
    /// A step of the same journey.
    Step(String),
    /// `renew/` or `renew/step`: a step of another journey, the first one where none is named.
    Journey(String, Option<String>),
}

impl Target {
    fn parse(text: &str, span: Span, cx: &mut Lowering) -> Option<Self> {
        let to = match (text, text.split_once('/')) {
            ("stay", _) => To::Stay,
            ("back", _) => To::Back,
            (_, Some((journey, ""))) if is_kebab(journey) => To::Journey(journey.to_owned(), None),
            (_, Some((journey, step))) if is_kebab(journey) && is_kebab(step) => To::Journey(journey.to_owned(), Some(step.to_owned())),
            (step, None) if is_kebab(step) => To::Step(step.to_owned()),
            _ => {
                let suggestion = text.split('/').map(kebab).collect::<Vec<_>>().join("/");
                cx.fault(span, FaultKind::BadName { name: text.to_owned(), suggestion, reserved: false });
                return None;
            }
        };
        Some(Self { to, span })
    }
}

text_form!(
    Target,
    "a step to go to (or `stay`, `back`, `other-journey/step`)",
    "string|number",
    "^[a-z0-9]+(-[a-z0-9]+)*(/([a-z0-9]+(-[a-z0-9]+)*)?)?$",
    "order-page"
);

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.to {
            To::Stay => f.write_str("stay"),
            To::Back => f.write_str("back"),
            To::Step(step) => f.write_str(step),
            To::Journey(journey, step) => write!(f, "{journey}/{}", step.as_deref().unwrap_or("")),
        }
    }
}

// The same when it says the same, wherever it stands.
impl PartialEq for Target {
    fn eq(&self, other: &Self) -> bool {
        self.to == other.to
    }
}
