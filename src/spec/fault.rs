//! Faults of form and of names, as data. Knows nothing of how they are worded: the rules of the group `language` do that.

use crate::source::Span;

/// One thing in a file that the language does not allow, at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: FaultKind,
}

/// What is at fault, with everything its wording needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The text is not the YAML that a plan is written in. What stands before the place has still been read.
    Unreadable {
        /// What is wrong, as one sentence without a period.
        problem: String,
        /// What to write instead.
        help: String,
    },
    /// A key that its place does not have.
    UnknownKey {
        /// The key as written.
        key: String,
        /// What the place is called, such as `a step`.
        place: &'static str,
        /// The keys that the place has, in declared order.
        known: Vec<&'static str>,
        /// The key that was probably meant.
        nearest: Option<&'static str>,
        /// Another place that has this key, such as `a state`.
        belongs_to: Option<&'static str>,
    },
    /// A key without which its place means nothing.
    MissingKey {
        /// The key.
        key: &'static str,
        /// What the place is called.
        place: &'static str,
        /// What could stand there.
        example: &'static str,
        /// What the key is for.
        doc: &'static str,
    },
    /// A value of another kind than its place takes.
    WrongType {
        /// What was found, such as `a list`.
        found: String,
        /// What the place takes, such as `a step, or a list of steps`.
        expected: String,
        /// What could stand there; empty when nothing better than `expected` can be said.
        example: String,
    },
    /// A value that is none of the words its place knows.
    UnknownWord {
        /// The word as written.
        word: String,
        /// What the words are, such as `a kind of backend action`.
        what: String,
        /// All words of the place.
        known: Vec<String>,
        /// The word that was probably meant.
        nearest: Option<String>,
    },
    /// A length of time that cannot be read.
    BadDuration {
        /// As written.
        text: String,
        /// As it should be written, when that can be told.
        meant: Option<String>,
    },
    /// A name that is not kebab-case, or that the language needs for itself.
    BadName {
        /// As written.
        name: String,
        /// A name that would do.
        suggestion: String,
        /// Whether the name is fine in form, but is a word of the language.
        reserved: bool,
    },
    /// `..`, which our own texts put where only the planner knows what to write.
    Gap {
        /// What belongs there, such as `a step to go to`.
        expected: String,
        /// What could stand there.
        example: String,
    },
    /// A name or key that stands twice.
    DuplicateName {
        /// The name.
        name: String,
        /// Where it stood first.
        first: Span,
    },
    /// A name that nothing in the plan has.
    UnknownName {
        /// As written.
        name: String,
        /// What was looked for, such as `a step of this journey`.
        wanted: String,
        /// The names that were probably meant, nearest first.
        nearest: Vec<String>,
        /// What else has this name, such as `a role`.
        other: Option<String>,
        /// How such a thing is declared, as YAML; empty when it cannot be said.
        declare: String,
    },
    /// Two answers to one question in one place.
    Conflict {
        /// What contradicts what, as one sentence without a period.
        problem: String,
        /// What to write instead.
        help: String,
    },
}

impl Fault {
    /// A fault at a place.
    pub fn new(span: Span, kind: FaultKind) -> Self {
        Self { span, kind }
    }

    /// Text that is not the YAML of a plan.
    pub fn unreadable(span: Span, problem: impl Into<String>, help: impl Into<String>) -> Self {
        Self::new(span, FaultKind::Unreadable { problem: problem.into(), help: help.into() })
    }
}
