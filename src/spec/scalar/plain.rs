//! Values without a form of their own: texts, `true` and `false`, numbers, the version.

use serde_json::Value as Data;

use super::{GAP, text_form};
use crate::source::Span;
use crate::spec::fault::FaultKind;
use crate::spec::form::{Form, Lowering, Scalar, Shape};
use crate::spec::tree::{Node, Value};

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

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

// The same when it says the same, wherever it stands.
impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}
