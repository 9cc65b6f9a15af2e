//! With which code a run ends. Knows no format, because the code never depends on one.

use super::arguments::Arguments;
use crate::cli::Ending;
use crate::cli::settings::InForce;
use crate::finding::Level;
use crate::output::{Run, Summary};

/// What makes a run fail.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// The lowest level that fails, if any does.
    pub(super) level: Option<Level>,
    /// More warnings than this fail.
    warnings: Option<usize>,
}

impl Limits {
    pub(super) fn of(arguments: &Arguments, in_force: &InForce) -> Self {
        if arguments.exit_zero {
            return Self { level: None, warnings: None };
        }
        Self { level: in_force.fail_on.0.level(), warnings: in_force.max_warnings.0 }
    }

    /// What came of a run.
    pub(super) fn ending(self, run: &Run) -> Ending {
        if !run.unread.is_empty() || run.plans.iter().any(|checked| checked.verdict.is_unreadable()) {
            return Ending::NotChecked;
        }
        let mut findings = run.plans.iter().flat_map(|checked| &checked.verdict.findings);
        let too_heavy = self.level.is_some_and(|level| findings.any(|finding| finding.level >= level));
        let too_many = self.warnings.is_some_and(|most| Summary::of(run).warnings > most);
        if too_heavy || too_many { Ending::Findings } else { Ending::Clean }
    }
}
