//! The words that configuration and flags take, each with what it means.

use crate::finding::Level;
use crate::lint::{Setting, Settings};
use crate::rules::{Group, RULES};

/// The level that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// Errors fail.
    Error,
    /// Warnings fail too.
    Warning,
    /// Infos fail too.
    Info,
    /// No finding fails.
    Never,
}

impl FailOn {
    /// Every word with its value and what it means.
    pub const WORDS: [(&'static str, Self, &'static str); 4] = [
        ("error", Self::Error, "Errors fail"),
        ("warning", Self::Warning, "Warnings fail too"),
        ("info", Self::Info, "Infos fail too"),
        ("never", Self::Never, "No finding fails"),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        word(&Self::WORDS, self)
    }

    /// The lowest level that fails, if any does.
    pub fn level(self) -> Option<Level> {
        match self {
            Self::Error => Some(Level::Error),
            Self::Warning => Some(Level::Warning),
            Self::Info => Some(Level::Info),
            Self::Never => None,
        }
    }
}

/// How much is asked of a plan to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Profile {
    /// What can be answered while the first draft is written.
    Sketch,
    /// Every rule as it declares itself.
    #[default]
    Standard,
    /// Warnings weigh as errors, and infos as warnings.
    Strict,
}

impl Profile {
    /// Every word with its value and what it means.
    pub const WORDS: [(&'static str, Self, &'static str); 3] = [
        ("sketch", Self::Sketch, "Only form, ways and answers, and the decisions and questions of the plan"),
        ("standard", Self::Standard, "Every rule as it declares itself"),
        ("strict", Self::Strict, "Warnings weigh as errors, and infos as warnings"),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        word(&Self::WORDS, self)
    }

    /// Says of each rule what the profile says.
    pub fn apply(self, settings: &mut Settings) {
        for rule in RULES {
            match self {
                Self::Standard => {}
                Self::Sketch if matches!(rule.group, Group::Language | Group::Structure | Group::Outcomes | Group::Plan) => {}
                Self::Sketch => settings.set(rule, Setting::Off),
                Self::Strict => {
                    settings.set(rule, Setting::Level(if rule.level == Level::Info { Level::Warning } else { Level::Error }));
                }
            }
        }
    }
}

fn word<T: Copy + PartialEq>(words: &[(&'static str, T, &'static str)], value: T) -> &'static str {
    words.iter().find(|(_, known, _)| *known == value).map_or("", |(word, ..)| word)
}
