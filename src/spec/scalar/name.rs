//! Names: what may be one, and what a text becomes as one.

use serde_json::Value as Data;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::{GAP, text_form};
use crate::source::Span;
use crate::spec::fault::FaultKind;
use crate::spec::form::{Form, Lowering, Scalar, Shape};
use crate::spec::tree::{Node, Value};

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

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

// The same when it says the same, wherever it stands.
impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_any_text() {
        assert_eq!(kebab("Place_Order!"), "place-order");
        assert_eq!(kebab("placeOrder"), "place-order");
        assert_eq!(kebab("Café à l'heure"), "cafe-a-l-heure");
        assert_eq!(kebab("支付"), "a-name-in-english-letters");
        assert!(is_kebab("3-d-secure") && !is_kebab("-a") && !is_kebab("a--b"));
    }
}
