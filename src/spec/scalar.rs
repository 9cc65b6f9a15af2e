//! Plain values: texts, names, durations, dates, mentions of things, targets of steps. Each keeps its span.

use serde_json::Value as Data;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::fault::FaultKind;
use super::form::{Form, Lowering, Scalar, Shape};
use super::tree::{Node, Value};
use crate::source::Span;

/// Words that have a meaning of their own where names stand, and so name nothing.
pub const RESERVED: [&str; 24] = [
    "back",
    "becomes",
    "before",
    "by",
    "creates",
    "decided",
    "end",
    "exhausted",
    "holds",
    "ignore",
    "in",
    "interim",
    "means",
    "none",
    "note",
    "question",
    "releases",
    "sets",
    "stay",
    "steps",
    "timeout",
    "to",
    "uses-up",
    "when",
];

/// Stands in ready-made YAML where only the planner knows what to write.
pub const GAP: &str = "..";

/// Declares a scalar form whose value is text.
macro_rules! text_form {
    ($name:ident, $what:literal, $json:literal, $pattern:literal, $example:literal) => {
        impl Form for $name {
            fn shape() -> Shape {
                Shape::Scalar(Scalar { what: $what, json: $json, pattern: $pattern, example: $example })
            }

            fn fits(node: Node<'_>) -> bool {
                matches!(node.value(), Value::Scalar { .. })
            }

            fn lower(node: Node<'_>, cx: &mut Lowering) -> Option<Self> {
                let Value::Scalar { text, .. } = node.value() else {
                    cx.wrong_type::<Self>(node);
                    return None;
                };
                if text == GAP {
                    cx.fault(node.span(), FaultKind::Gap { expected: $what.to_owned(), example: $example.to_owned() });
                    return None;
                }
                Self::parse(text, node.span(), cx)
            }

            fn write(&self) -> Option<Data> {
                Some(Data::String(self.to_string()))
            }
        }
    };
}

/// Any text. Numbers and words such as `true` are taken as the text they are.
#[derive(Clone, Debug, Default, Eq)]
pub struct Text {
    /// After escapes.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl Text {
    #[allow(clippy::unnecessary_wraps)] // the shape that `text_form!` asks for
    fn parse(text: &str, span: Span, _: &mut Lowering) -> Option<Self> {
        Some(Self { text: text.to_owned(), span })
    }
}

text_form!(Text, "a text", "string|number|boolean", "", "In your own words");

/// The name of something: letters, digits and single hyphens.
#[derive(Clone, Debug, Default, Eq)]
pub struct Name {
    /// As written.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl Name {
    fn parse(text: &str, span: Span, cx: &mut Lowering) -> Option<Self> {
        if !is_kebab(text) {
            cx.fault(span, FaultKind::BadName { name: text.to_owned(), suggestion: kebab(text), reserved: false });
            return None;
        }
        Some(Self { text: text.to_owned(), span })
    }
}

text_form!(Name, "a name", "string|number", "^[a-z0-9]+(-[a-z0-9]+)*$", "place-order");

/// A name that is declared here: as [`Name`], and none of the [`RESERVED`] words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Id(pub Name);

impl Id {
    #[allow(clippy::unnecessary_wraps)] // the shape that `text_form!` asks for
    fn parse(text: &str, span: Span, cx: &mut Lowering) -> Option<Self> {
        let reserved = RESERVED.contains(&text);
        if reserved || !is_kebab(text) {
            let suggestion = if reserved { format!("{text}-it") } else { kebab(text) };
            cx.fault(span, FaultKind::BadName { name: text.to_owned(), suggestion, reserved });
        }
        // Kept even when it is at fault: what names it should not be told as unknown as well.
        Some(Self(Name { text: text.to_owned(), span }))
    }
}

text_form!(Id, "a name of your own", "string|number", "^[a-z0-9]+(-[a-z0-9]+)*$", "place-order");

impl std::ops::Deref for Id {
    type Target = Name;

    fn deref(&self) -> &Name {
        &self.0
    }
}

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

/// A length of time: `30s`, `15m`, `2h`, `7d`.
#[derive(Clone, Debug, Default, Eq)]
pub struct Duration {
    /// In seconds.
    pub seconds: u64,
    /// As written.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl Duration {
    fn parse(text: &str, span: Span, cx: &mut Lowering) -> Option<Self> {
        if let Some(seconds) = seconds(text) {
            return Some(Self { seconds, text: text.to_owned(), span });
        }
        cx.fault(span, FaultKind::BadDuration { text: text.to_owned(), meant: meant_duration(text) });
        None
    }
}

text_form!(Duration, "a duration", "string", "^[0-9]+[smhd]$", "15m");

/// The seconds of `15m`; nothing when the text is no duration.
pub(super) fn seconds(text: &str) -> Option<u64> {
    let unit = match text.chars().last()? {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => return None,
    };
    let digits = &text[..text.len() - 1];
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.parse::<u64>().ok()?.checked_mul(unit))
        .flatten()
}

/// Whether somebody who wrote this meant a length of time, rightly written or not: a number and, if anything, a unit.
pub(super) fn is_like_duration(text: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let unit = text.trim_start_matches(number).trim_start_matches([' ', '-']).to_lowercase();
    text.starts_with(|c: char| c.is_ascii_digit()) && (unit.is_empty() || UNITS.iter().any(|(words, ..)| words.contains(&unit.as_str())))
}

/// Units as people write them, each with the number and letter that the language has for it.
const UNITS: [(&[&str], u64, char); 7] = [
    (&["s", "sec", "secs", "second", "seconds"], 1, 's'),
    (&["m", "min", "mins", "minute", "minutes"], 1, 'm'),
    (&["h", "hr", "hrs", "hour", "hours"], 1, 'h'),
    (&["d", "day", "days"], 1, 'd'),
    (&["w", "wk", "week", "weeks"], 7, 'd'),
    (&["mo", "month", "months"], 30, 'd'),
    (&["y", "year", "years"], 365, 'd'),
];

fn meant_duration(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let count: u64 = digits.parse().ok()?;
    let unit = text[digits.len()..].trim_start_matches([' ', '-']);
    let (_, factor, letter) = UNITS.iter().find(|(words, ..)| words.contains(&unit))?;
    Some(format!("{}{letter}", count.checked_mul(*factor)?))
}

/// A day: `2026-12-31`.
#[derive(Clone, Debug, Default, Eq)]
pub struct Date {
    /// The day.
    pub date: jiff::civil::Date,
    /// Where it stands.
    pub span: Span,
}

impl Date {
    fn parse(text: &str, span: Span, cx: &mut Lowering) -> Option<Self> {
        if text.len() == 10
            && let Ok(date) = text.parse()
        {
            return Some(Self { date, span });
        }
        let kind = FaultKind::WrongType { found: format!("`{text}`"), expected: "a day".to_owned(), example: "2026-12-31".to_owned() };
        cx.fault(span, kind);
        None
    }
}

text_form!(Date, "a day", "string", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "2026-12-31");

impl Form for bool {
    fn shape() -> Shape {
        Shape::Scalar(Scalar { what: "`true` or `false`", json: "boolean", pattern: "", example: "true" })
    }

    fn fits(node: Node<'_>) -> bool {
        matches!(node.value(), Value::Scalar { text: "true" | "false", plain: true })
    }

    fn lower(node: Node<'_>, cx: &mut Lowering) -> Option<Self> {
        match node.value() {
            Value::Scalar { text: "true", plain: true } => Some(true),
            Value::Scalar { text: "false", plain: true } => Some(false),
            _ => {
                cx.wrong_type::<Self>(node);
                None
            }
        }
    }

    fn absent() -> Option<Self> {
        Some(false)
    }

    fn write(&self) -> Option<Data> {
        self.then_some(Data::Bool(true))
    }
}

impl Form for u32 {
    fn shape() -> Shape {
        Shape::Scalar(Scalar { what: "a whole number", json: "integer", pattern: "", example: "3" })
    }

    fn fits(node: Node<'_>) -> bool {
        matches!(node.value(), Value::Scalar { plain: true, .. })
    }

    fn lower(node: Node<'_>, cx: &mut Lowering) -> Option<Self> {
        if let Value::Scalar { text, plain: true } = node.value()
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && let Ok(number) = text.parse()
        {
            return Some(number);
        }
        cx.wrong_type::<Self>(node);
        None
    }

    fn write(&self) -> Option<Data> {
        Some(Data::from(*self))
    }
}

/// The version of the language that a file is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Version(pub u32);

/// The version that this program reads.
const VERSION: u32 = 1;

impl Form for Version {
    fn shape() -> Shape {
        Shape::Scalar(Scalar { what: "1, the version of the language that this program reads", json: "integer", pattern: "", example: "1" })
    }

    fn fits(node: Node<'_>) -> bool {
        u32::fits(node)
    }

    fn lower(node: Node<'_>, cx: &mut Lowering) -> Option<Self> {
        if let Value::Scalar { text: "1", plain: true } = node.value() {
            Some(Self(VERSION))
        } else {
            cx.wrong_type::<Self>(node);
            None
        }
    }

    fn write(&self) -> Option<Data> {
        Some(Data::from(self.0))
    }
}

/// Whether a text is lower-case words joined by single hyphens.
pub fn is_kebab(text: &str) -> bool {
    !text.is_empty()
        && text.split('-').all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}

/// A name that is like a text: `Place order!` becomes `place-order`, and `Café` becomes `cafe`.
pub fn kebab(text: &str) -> String {
    let mut name = String::new();
    let mut previous_is_lower = false;
    for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
        if c.is_ascii_alphanumeric() {
            if c.is_ascii_uppercase() && previous_is_lower {
                name.push('-');
            }
            name.push(c.to_ascii_lowercase());
        } else if !name.ends_with('-') && !name.is_empty() {
            name.push('-');
        }
        previous_is_lower = c.is_ascii_lowercase();
    }
    let name = name.trim_matches('-');
    if name.is_empty() { "a-name-in-english-letters".to_owned() } else { name.to_owned() }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::fmt::Display for Duration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.date.fmt(f)
    }
}

impl std::fmt::Display for Mention {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.member, self.is_move) {
            (Some(member), true) => write!(f, "{} -> {member}", self.owner),
            (Some(member), false) => write!(f, "{}.{member}", self.owner),
            (None, _) => f.write_str(&self.owner),
        }
    }
}

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

// Two values are the same when they say the same, wherever they stand.
impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl PartialEq for Mention {
    fn eq(&self, other: &Self) -> bool {
        (&self.owner, &self.member, self.is_move) == (&other.owner, &other.member, other.is_move)
    }
}

impl PartialEq for Target {
    fn eq(&self, other: &Self) -> bool {
        self.to == other.to
    }
}

impl PartialEq for Duration {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl PartialEq for Date {
    fn eq(&self, other: &Self) -> bool {
        self.date == other.date
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(seconds("15m"), Some(900));
        assert_eq!(seconds("m"), None);
        assert_eq!(seconds("99999999999999999999d"), None);
        assert_eq!(meant_duration("15 minutes").as_deref(), Some("15m"));
        assert_eq!(meant_duration("2 weeks").as_deref(), Some("14d"));
        assert_eq!(meant_duration("soon"), None);
    }

    #[test]
    fn names_from_any_text() {
        assert_eq!(kebab("Place_Order!"), "place-order");
        assert_eq!(kebab("placeOrder"), "place-order");
        assert_eq!(kebab("Café à l'heure"), "cafe-a-l-heure");
        assert_eq!(kebab("支付"), "a-name-in-english-letters");
        assert!(is_kebab("3-d-secure") && !is_kebab("-a") && !is_kebab("a--b"));
    }
}
