//! The finding as data: what is wrong, where, why it hurts, what to write.
//!
//! Must not know: how it is printed.

use crate::model::Subject;
use crate::source::Span;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Good to know.
    Info,
    /// Likely to hurt.
    Warning,
    /// Will hurt.
    Error,
}

impl Level {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Something that a plan leaves open.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that speaks; set when the rule has run.
    pub rule: &'static str,
    /// How much it weighs: as much as its rule, or more.
    pub level: Level,
    /// What is wrong, in the plan's own words: one sentence without a period.
    pub message: String,
    /// What happens to a person, in full sentences; empty for what the rule's page says.
    pub why: String,
    /// What to write instead, in full sentences, with YAML on lines of its own; may be empty.
    pub help: String,
    /// The places, the main one first.
    pub labels: Vec<Label>,
    /// The shortest way there, where the finding speaks of one.
    pub path: Vec<PathStep>,
    /// What it is about, the main thing first; a decision on any of these, or on what encloses them, answers it.
    pub subjects: Vec<Subject>,
}

/// A place with a word on it.
#[derive(Clone, Debug)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is there, in a few words; may be empty.
    pub text: String,
}

/// A step on the way to what is wrong.
#[derive(Clone, Debug)]
pub struct PathStep {
    /// Why one gets here from the step before, such as `pay-order.declined`; empty for the first.
    pub cause: String,
    /// The name of the step.
    pub step: String,
    /// Where it is declared.
    pub span: Span,
}

impl Finding {
    /// A finding about something, at its main place.
    pub fn new(subject: Subject, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule: "",
            level: Level::Info,
            message: message.into(),
            why: String::new(),
            help: String::new(),
            labels: vec![Label { span, text: String::new() }],
            path: Vec::new(),
            subjects: vec![subject],
        }
    }

    /// Weighs it more than its rule does otherwise.
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// Says in a few words what is at the main place.
    #[must_use]
    pub fn here(mut self, text: impl Into<String>) -> Self {
        self.labels[0].text = text.into();
        self
    }

    /// Says what happens to a person, where the rule's page is not exact enough.
    #[must_use]
    pub fn why(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }

    /// Says what to write.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds the way there.
    #[must_use]
    pub fn path(mut self, path: Vec<PathStep>) -> Self {
        self.path = path;
        self
    }

    /// Adds something else that it is about.
    #[must_use]
    pub fn about(mut self, subject: Subject) -> Self {
        self.subjects.push(subject);
        self
    }

    /// The main place.
    pub fn span(&self) -> Span {
        self.labels[0].span
    }

    /// The main thing it is about.
    pub fn subject(&self) -> Subject {
        self.subjects[0]
    }
}
