//! The arguments of `flowcheck validate`, as given.

use std::path::PathBuf;

use super::levels::Levels;
use crate::finding::Level;

/// The headings of the help.
pub(super) const RULES: &str = "Which rules";
const FAIL: &str = "What fails";
const RESULT: &str = "The result";

/// How the result is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// Reports with source lines, for people
    Text,
    /// One line a finding
    Concise,
    /// JSON, versioned; its schema: `flowcheck schema --of findings`
    Json,
}

/// The level that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum FailOn {
    /// Errors fail
    Error,
    /// Warnings fail too
    Warning,
    /// Infos fail too
    Info,
    /// No finding fails
    Never,
}

impl FailOn {
    /// The lowest level that fails.
    pub(super) fn level(self) -> Option<Level> {
        match self {
            Self::Error => Some(Level::Error),
            Self::Warning => Some(Level::Warning),
            Self::Info => Some(Level::Info),
            Self::Never => None,
        }
    }
}

#[derive(Clone, Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// Plans, folders with plans (*.flow.yaml, *.flow.yml), or - for standard input
    #[arg(default_value = ".", value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// Ask only these rules and groups
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',', help_heading = RULES)]
    pub(super) only: Vec<String>,

    /// Leave out these rules and groups
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',', help_heading = RULES)]
    pub(super) skip: Vec<String>,

    #[command(flatten)]
    pub(super) levels: Levels,

    /// The day against which `until` is judged, instead of today
    #[arg(long, value_name = "DAY", help_heading = RULES)]
    pub(super) today: Option<jiff::civil::Date>,

    /// The level of findings that makes the exit code 1 [default: error]
    #[arg(long, value_enum, value_name = "LEVEL", help_heading = FAIL)]
    pub(super) fail_on: Option<FailOn>,

    /// The same as --fail-on warning
    #[arg(long, conflicts_with = "fail_on", help_heading = FAIL)]
    pub(super) strict: bool,

    /// Make the exit code 1 as well where there are more warnings than this
    #[arg(long, value_name = "NUMBER", help_heading = FAIL)]
    pub(super) max_warnings: Option<usize>,

    /// End with 0 whatever is found; what could not be checked still ends with 2
    #[arg(long, help_heading = FAIL)]
    pub(super) exit_zero: bool,

    /// How the result is written
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT", help_heading = RESULT)]
    pub(super) format: Format,

    /// Show at most so many findings as text
    #[arg(long, default_value_t = 100, value_name = "NUMBER", help_heading = RESULT)]
    pub(super) max_findings: usize,
}
