//! Plain values. Each keeps its span.

mod mention;
mod name;
mod plain;
mod target;
mod time;

pub use mention::Mention;
pub use name::{Id, Name, RESERVED, is_kebab, kebab};
pub use plain::{Text, Version};
pub use target::{Target, To};
pub use time::{Date, Duration};

pub(super) use time::is_like_duration;

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

use text_form;
