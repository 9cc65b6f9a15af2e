//! Verdicts as text and data: one file for each format.
//!
//! Must not know: the insides of rules.

mod concise;
mod json;
mod snippet;
mod summary;
mod table;
mod text;

pub use concise::concise;
pub use json::{JsonReport, json, json_schema};
pub use summary::Summary;
pub use table::table;
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
