//! The arguments of `flowcheck validate`, as given.

use std::path::PathBuf;

use clap::builder::PossibleValue;

use super::formats::{Report, ReportParser};
use super::levels::Levels;
use crate::config::{FailOn, Profile};
use crate::source::MAX_MEGABYTES;

/// The headings of the help.
pub(super) const RULES: &str = "Which rules";
const CONFIG: &str = "The configuration";
const FAIL: &str = "What fails";
const BASELINE: &str = "What is known";
const FIX: &str = "What is mended";
const RESULT: &str = "The result";

/// Stands for what may be mended without being named.
pub(super) const SAFE: &str = "safe";

impl clap::ValueEnum for FailOn {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Error, Self::Warning, Self::Info, Self::Never]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        value(&Self::WORDS, *self)
    }
}

impl clap::ValueEnum for Profile {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Sketch, Self::Standard, Self::Strict]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        value(&Self::WORDS, *self)
    }
}

/// A word of the configuration as the value of a flag.
fn value<T: Copy + PartialEq>(words: &[(&'static str, T, &'static str)], value: T) -> Option<PossibleValue> {
    words.iter().find(|(_, known, _)| *known == value).map(|(word, _, doc)| PossibleValue::new(*word).help(*doc))
}

// Each flag is one of its own.
#[expect(clippy::struct_excessive_bools)]
#[derive(Clone, Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// Plans, folders with plans (*.flow.yaml, *.flow.yml), or - for standard input [default: `plans` of flowcheck.toml, or .]
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// Use this configuration instead of the nearest flowcheck.toml upwards
    #[arg(long, value_name = "FILE", help_heading = CONFIG)]
    pub(super) config: Option<PathBuf>,

    /// Use no configuration
    #[arg(long, conflicts_with = "config", help_heading = CONFIG)]
    pub(super) no_config: bool,

    /// Print what holds in this run and where it was said, and check nothing
    #[arg(long, help_heading = CONFIG)]
    pub(super) show_config: bool,

    /// How much is asked to begin with [default: standard]
    #[arg(long, value_enum, value_name = "PROFILE", help_heading = RULES)]
    pub(super) profile: Option<Profile>,

    /// Ask only these rules and groups
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',', help_heading = RULES)]
    pub(super) only: Vec<String>,

    /// Leave out these rules and groups
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',', help_heading = RULES)]
    pub(super) skip: Vec<String>,

    #[command(flatten)]
    pub(super) levels: Levels,

    /// Look at most at so many situations where ways, things and answers are checked together [default: 2000000]
    #[arg(long, value_name = "NUMBER", help_heading = RULES)]
    pub(super) max_states: Option<usize>,

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

    /// Do not tell the findings that this file knows
    #[arg(long, value_name = "FILE", help_heading = BASELINE)]
    pub(super) baseline: Option<PathBuf>,

    /// Write everything that is found to the baseline, so that only what is new is told from now on
    #[arg(long, help_heading = BASELINE)]
    pub(super) write_baseline: bool,

    /// Take out of the baseline what is not found any more
    #[arg(long, conflicts_with = "write_baseline", help_heading = BASELINE)]
    pub(super) prune_baseline: bool,

    /// Write what can be written mechanically: what leaves no doubt, or with =RULE everything that these rules find
    #[arg(long, value_name = "RULE|GROUP", num_args = 0..=1, require_equals = true, value_delimiter = ',', default_missing_value = SAFE, help_heading = FIX)]
    pub(super) fix: Vec<String>,

    /// Show what --fix would change, and change nothing
    #[arg(long, help_heading = FIX)]
    pub(super) diff: bool,

    /// Write a decision for each finding of these rules, to be asked again in two weeks
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',', help_heading = FIX)]
    pub(super) decide: Vec<String>,

    /// The reason for --decide; the decisions then hold for good
    #[arg(long, value_name = "TEXT", requires = "decide", help_heading = FIX)]
    pub(super) reason: Option<String>,

    /// Check again whenever a file is saved, and say what changed
    #[arg(long, conflicts_with_all = ["fix", "diff", "decide", "write_baseline", "prune_baseline", "show_config"], help_heading = RESULT)]
    pub(super) watch: bool,

    /// How the result is written, and to which file; may be given several times [default: text]
    #[arg(long, value_parser = ReportParser, value_name = "FORMAT[=FILE]", help_heading = RESULT)]
    pub(super) format: Vec<Report>,

    /// Read no file that is larger than this
    #[arg(long, value_name = "NUMBER", default_value_t = MAX_MEGABYTES, help_heading = RESULT)]
    pub(super) max_megabytes: u64,

    /// Show at most so many findings to people; data is always complete
    #[arg(long, default_value_t = 100, value_name = "NUMBER", help_heading = RESULT)]
    pub(super) max_findings: usize,
}
