//! Verdicts as text and data: one file for each format.
//!
//! Must not know: the insides of rules.

mod checkstyle;
mod concise;
mod diff;
mod github;
mod gitlab;
mod json;
mod junit;
mod markdown;
mod place;
mod sarif;
mod snippet;
mod summary;
mod table;
mod text;
mod xml;

pub use checkstyle::checkstyle;
pub use concise::concise;
pub use diff::diff;
pub use github::{github, workflow_command};
pub use gitlab::gitlab;
pub use json::{JsonReport, json, json_schema};
pub use junit::junit;
pub use markdown::markdown;
pub use sarif::sarif;
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
    /// The folder of the run from that of its repository, for services that know files from there; empty where they are one.
    pub prefix: String,
    /// What the run found out about the baseline, where there is one.
    pub baseline: Option<crate::lint::Comparison>,
    /// How many of the open findings `--fix` may mend.
    pub mendable: usize,
}

impl Run {
    /// What is open, plan by plan.
    pub fn findings(&self) -> impl Iterator<Item = &crate::finding::Finding> {
        self.plans.iter().flat_map(|checked| &checked.verdict.findings)
    }

    /// The rules that were switched off in some file, in the order in which rules are shown.
    pub fn not_asked(&self) -> Vec<&'static str> {
        let is_off = |rule: &str| self.plans.iter().any(|checked| checked.verdict.not_asked.contains(&rule));
        crate::rules::RULES.iter().map(|rule| rule.name).filter(|rule| is_off(rule)).collect()
    }
}

/// A line that says how many findings are not shown, where some are not.
fn not_shown(run: &Run, max_findings: usize) -> String {
    match run.findings().count().saturating_sub(max_findings) {
        0 => String::new(),
        hidden => format!("{hidden} more are not shown; `--max-findings` shows more.\n"),
    }
}
