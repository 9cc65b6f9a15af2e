//! What was said about rules: which ones run, and how much their findings weigh.
//!
//! Must not know: where it was said. Flags and configuration are read elsewhere.

use std::collections::HashMap;

use jiff::civil::Date;

use super::hold_back::UNREADABLE;
use crate::analysis::Limits;
use crate::finding::Level;
use crate::rules::Rule;
use crate::source::FileId;

/// What was said about a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// It is not asked.
    Off,
    /// All its findings weigh this, also those that would weigh more or less by themselves.
    Level(Level),
}

impl Setting {
    /// Every word for a setting, with what it means.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("off", Self::Off),
        ("info", Self::Level(Level::Info)),
        ("warning", Self::Level(Level::Warning)),
        ("error", Self::Level(Level::Error)),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Level(level) => level.word(),
        }
    }
}

/// What was said about each rule. A rule of which nothing was said weighs what it declares.
#[derive(Clone, Debug, Default)]
pub struct Settings(HashMap<&'static str, Setting>);

impl Settings {
    /// Says something about a rule; the last word counts. Without the rule that tells of files that are no YAML, nothing past
    /// such a place would be checked in silence: it is always asked.
    pub fn set(&mut self, rule: &'static Rule, setting: Setting) {
        if rule.name != UNREADABLE {
            self.0.insert(rule.name, setting);
        }
    }

    /// What was said about a rule.
    pub fn get(&self, rule: &str) -> Option<Setting> {
        self.0.get(rule).copied()
    }

    /// Whether a rule is not asked.
    pub fn is_off(&self, rule: &str) -> bool {
        self.get(rule) == Some(Setting::Off)
    }

    /// Whether a rule can be switched off.
    pub fn can_be_off(rule: &Rule) -> bool {
        rule.name != UNREADABLE
    }
}

/// What a run is told: the day, and what was said about rules.
#[derive(Clone, Debug)]
pub struct Orders {
    /// The day against which `until` is judged.
    pub today: Date,
    /// How far to go where everything is looked at together.
    pub limits: Limits,
    /// What holds in every file.
    pub everywhere: Settings,
    /// What holds in a file of its own, everything that holds everywhere included.
    pub in_files: HashMap<FileId, Settings>,
}

impl Orders {
    /// Every rule as it declares itself.
    pub fn on(today: Date) -> Self {
        Self { today, limits: Limits::default(), everywhere: Settings::default(), in_files: HashMap::new() }
    }

    /// What holds in a file.
    pub fn of(&self, file: FileId) -> &Settings {
        self.in_files.get(&file).unwrap_or(&self.everywhere)
    }

    /// Whether a rule is asked in none of these files.
    pub(super) fn is_off_everywhere(&self, rule: &str, files: &[FileId]) -> bool {
        files.iter().all(|file| self.of(*file).is_off(rule))
    }

    /// Whether a rule is not asked in one of these files.
    pub(super) fn is_off_somewhere(&self, rule: &str, files: &[FileId]) -> bool {
        files.iter().any(|file| self.of(*file).is_off(rule))
    }
}
