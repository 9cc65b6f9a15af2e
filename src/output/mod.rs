//! Verdicts as text and data: one file for each format.
//!
//! Must not know: the insides of rules.

mod concise;
mod json;
mod snippet;
mod summary;
mod text;

pub use concise::concise;
pub use json::{JsonReport, json, json_schema};
pub use summary::Summary;
pub use text::{Style, text};

use crate::lint::Verdict;
use crate::model::Plan;

/// A plan with what came of it.
#[derive(Debug)]
pub struct Checked {
    /// The plan.
    pub plan: Plan,
    /// Its findings.
    pub verdict: Verdict,
}

/// What came of a run: every plan, in order, and the files that could not be read.
#[derive(Debug, Default)]
pub struct Run {
    /// The text of every file.
    pub sources: crate::source::Sources,
    /// Every plan.
    pub plans: Vec<Checked>,
    /// Why files could not be read, a sentence each.
    pub unread: Vec<String>,
}

impl Run {
    /// The rules that were switched off in some file, in the order in which rules are shown.
    pub fn not_asked(&self) -> Vec<&'static str> {
        let is_off = |rule: &str| self.plans.iter().any(|checked| checked.verdict.not_asked.contains(&rule));
        crate::rules::RULES.iter().map(|rule| rule.name).filter(|rule| is_off(rule)).collect()
    }
}
