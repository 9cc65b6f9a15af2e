//! What every part of a plan may carry: a note, open questions, decisions on findings.

use serde_json::Value as Data;

use crate::source::Span;
use crate::spec::{Date, Field, Form, Lowering, Map, Name, Node, OneOrMany, Text};

/// The keys that every record has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meta {
    /// `note`
    pub note: Option<Text>,
    /// `question`
    pub question: OneOrMany<Question>,
    /// `decided`
    pub decided: Map<Name, Decision>,
}

impl Meta {
    /// The keys, described.
    pub fn fields() -> Vec<Field> {
        vec![
            Field {
                key: "note",
                doc: "A remark for readers of the file.",
                example: "Agreed in the first meeting",
                required: false,
                shape: Text::shape(),
            },
            Field {
                key: "question",
                doc: "An open point for the meeting. It is listed with the place it belongs to until it is answered and removed.",
                example: "{ask: Who calls the member when the machine breaks?, owner: Operations, by: 2026-12-01}",
                required: false,
                shape: OneOrMany::<Question>::shape(),
            },
            Field {
                key: "decided",
                doc: "Answers to findings: the rule, and why this plan does otherwise. Closes the finding here, and stays in the report.",
                example: "{wait-without-timeout: The table stays reserved all evening}",
                required: false,
                shape: Map::<Name, Decision>::shape(),
            },
        ]
    }

    /// Whether a node is one of these keys.
    pub fn is_key(key: Node<'_>) -> bool {
        matches!(key.value(), crate::spec::Value::Scalar { text: "note" | "question" | "decided", .. })
    }

    /// Reads the value of a key that is one of these; false where it is not.
    pub fn take(&mut self, key: &str, at: Node<'_>, value: Node<'_>, cx: &mut Lowering) -> bool {
        fn read<F: Form + Default>(at: Span, value: Node<'_>, cx: &mut Lowering) -> F {
            cx.held(at, |cx| F::lower(value, cx)).unwrap_or_default()
        }
        match key {
            "note" => self.note = read(at.span(), value, cx),
            "question" => self.question = read(at.span(), value, cx),
            "decided" => self.decided = read(at.span(), value, cx),
            _ => return false,
        }
        true
    }

    /// Writes the keys that say something.
    pub fn write_into(&self, map: &mut serde_json::Map<String, Data>) {
        let values = [("note", self.note.write()), ("question", self.question.write()), ("decided", self.decided.write())];
        map.extend(values.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))));
    }
}

// These two are written out, because a record carries `Meta` and `Meta` carries them.

/// Why a finding is not one here.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// The reason.
    pub why: Option<Text>,
    /// Who decided.
    pub by: Option<Text>,
    /// The last day on which it holds.
    pub until: Option<Date>,
    /// The whole value.
    pub span: Span,
}

/// An open point.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// The question.
    pub ask: Option<Text>,
    /// Who brings the answer.
    pub owner: Option<Text>,
    /// The day by which it is needed.
    pub by: Option<Date>,
    /// The whole value.
    pub span: Span,
}

/// Declares a record of texts and dates whose short form is the text of its first, required key, and that carries no `Meta`.
macro_rules! remark {
    ($name:ident, $place:literal, $doc:literal, $first:literal $first_field:ident $first_doc:literal $first_example:literal,
     $($key:literal $field:ident : $type:ty, $key_doc:literal $example:literal;)*) => {
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.$first_field == other.$first_field $(&& self.$field == other.$field)*
            }
        }

        impl $name {
            /// The keys, described.
            pub fn record() -> crate::spec::Record {
                crate::spec::Record {
                    place: $place,
                    doc: $doc,
                    fields: vec![
                        Field { key: $first, doc: $first_doc, example: $first_example, required: true, shape: Text::shape() },
                        $(Field { key: $key, doc: $key_doc, example: $example, required: false, shape: <$type>::shape() },)*
                    ],
                    short: Some(Text::shape()),
                }
            }
        }

        impl Form for $name {
            fn shape() -> crate::spec::Shape {
                crate::spec::Shape::Either(vec![Text::shape(), crate::spec::Shape::Record(Self::record)])
            }

            fn fits(node: Node<'_>) -> bool {
                matches!(node.value(), crate::spec::Value::Map) || Text::fits(node)
            }

            fn lower(node: Node<'_>, cx: &mut Lowering) -> Option<Self> {
                if Text::fits(node) {
                    return Some(Self { $first_field: Text::lower(node, cx), span: node.span(), ..Self::default() });
                }
                if !Self::fits(node) {
                    cx.wrong_type::<Self>(node);
                    return None;
                }
                let mut whole = Self { span: node.span(), ..Self::default() };
                for (key, value) in node.entries() {
                    let crate::spec::Value::Scalar { text, .. } = key.value() else {
                        crate::spec::record::refuse_key(key, cx);
                        continue;
                    };
                    cx.held(key.span(), |cx| match text {
                        $first => whole.$first_field = Text::lower(value, cx),
                        $($key => whole.$field = Form::lower(value, cx),)*
                        _ => crate::spec::record::unknown_key(text, key, &Self::record(), cx),
                    });
                }
                if node.get($first).is_none() && !node.is_cut() {
                    crate::spec::record::missing_key(node, $first, $place, $first_example, $first_doc, cx);
                }
                Some(whole)
            }

            fn write(&self) -> Option<Data> {
                let mut map = serde_json::Map::new();
                let values = [($first, self.$first_field.write()), $(($key, self.$field.write())),*];
                map.extend(values.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))));
                Some(Data::Object(map))
            }
        }
    };
}

remark!(Decision, "a decision", "An explicit answer to a finding.",
    "why" why "The reason, for whoever reads the plan in a year." "Every ticket costs the same, so the amount cannot differ",
    "by" by: Option<Text>, "Who decided." "Mei, product";
    "until" until: Option<Date>, "The last day on which the decision holds; afterwards it is asked again." "2027-03-31";
);

remark!(Question, "a question", "An open point for the meeting.",
    "ask" ask "The question." "Who calls the member when the machine breaks?",
    "owner" owner: Option<Text>, "Who brings the answer." "Operations";
    "by" by: Option<Date>, "The day by which it is needed." "2026-12-01";
);
