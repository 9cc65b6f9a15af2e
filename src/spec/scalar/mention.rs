//! Mentions of things in the plan, or of parts of them.

use serde_json::Value as Data;

use super::{GAP, Name, is_kebab, kebab, text_form};
use crate::source::Span;
use crate::spec::fault::FaultKind;
use crate::spec::form::{Form, Lowering, Scalar, Shape};
use crate::spec::tree::{Node, Value};

/// Something in the plan, or a part of it: `order`, `order.paid`, `pay-order.declined`, or the move `order -> paid`.
#[derive(Clone, Debug, Default, Eq)]
pub struct Mention {
    /// `order`.
    pub owner: String,
    /// `paid`.
    pub member: Option<String>,
    /// Written as a move, with an arrow.
    pub is_move: bool,
    /// Where it stands.
    pub span: Span,
}

impl Mention {
    fn parse(text: &str, span: Span, cx: &mut Lowering) -> Option<Self> {
        let (owner, member, is_move) = match (text.split_once("->"), text.split_once('.')) {
            (Some((owner, member)), _) => (owner.trim(), Some(member.trim()), true),
            (None, Some((owner, member))) => (owner, Some(member), false),
            (None, None) => (text, None, false),
        };
        if !is_kebab(owner) || member.is_some_and(|member| !is_kebab(member)) {
            let suggestion = member.map_or_else(|| kebab(owner), |member| format!("{}.{}", kebab(owner), kebab(member)));
            cx.fault(span, FaultKind::BadName { name: text.to_owned(), suggestion, reserved: false });
            return None;
        }
        Some(Self { owner: owner.to_owned(), member: member.map(str::to_owned), is_move, span })
    }

    /// The shape of a mention that names a part, such as `order.paid`.
    pub fn shape_with_part() -> Shape {
        Shape::Scalar(Scalar {
            what: "`name.part`",
            json: "string",
            pattern: "^[a-z0-9]+(-[a-z0-9]+)*( *-> *|\\.)[a-z0-9]+(-[a-z0-9]+)*$",
            example: "order.paid",
        })
    }

    /// The owner as a name at its place.
    pub fn owner_name(&self) -> Name {
        let end = (self.span.start + u32::try_from(self.owner.len()).unwrap_or(0)).min(self.span.end);
        Name { text: self.owner.clone(), span: Span { end, ..self.span } }
    }
}

text_form!(
    Mention,
    "a name, or `name.part`",
    "string|number",
    "^[a-z0-9]+(-[a-z0-9]+)*(( *-> *|\\.)[a-z0-9]+(-[a-z0-9]+)*)?$",
    "order.paid"
);

impl std::fmt::Display for Mention {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.member, self.is_move) {
            (Some(member), true) => write!(f, "{} -> {member}", self.owner),
            (Some(member), false) => write!(f, "{}.{member}", self.owner),
            (None, _) => f.write_str(&self.owner),
        }
    }
}

// The same when it says the same, wherever it stands.
impl PartialEq for Mention {
    fn eq(&self, other: &Self) -> bool {
        (&self.owner, &self.member, self.is_move) == (&other.owner, &other.member, other.is_move)
    }
}
