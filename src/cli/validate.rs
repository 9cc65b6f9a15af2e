//! `flowcheck validate`

use std::path::PathBuf;

use super::load::load;
use super::terminal::Terminal;
use super::{Ending, complain, print};
use crate::analysis::Limits;
use crate::finding::Level;
use crate::lint;
use crate::output::{Checked, Run, Style, concise, json, text};

/// How the result is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Reports with source lines, for people
    Text,
    /// One line a finding
    Concise,
    /// JSON, versioned; its schema: `flowcheck schema --of findings`
    Json,
}

/// The level that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum FailOn {
    /// Errors fail
    Error,
    /// Warnings fail too
    Warning,
    /// Infos fail too
    Info,
    /// No finding fails
    Never,
}

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Plans, folders with plans (*.flow.yaml, *.flow.yml), or - for standard input
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How the result is written
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,

    /// The level of findings that makes the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "LEVEL")]
    fail_on: FailOn,

    /// The same as --fail-on warning
    #[arg(long, conflicts_with = "fail_on")]
    strict: bool,

    /// Show at most so many findings as text
    #[arg(long, default_value_t = 100, value_name = "NUMBER")]
    max_findings: usize,

    /// Look at most at so many situations where ways, things and answers are checked together
    #[arg(long, value_name = "NUMBER", default_value_t = Limits::default().configurations)]
    max_states: usize,

    /// The day against which `until` is judged, instead of today
    #[arg(long, value_name = "DAY")]
    today: Option<jiff::civil::Date>,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Ending {
    let today = arguments.today.unwrap_or_else(|| jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date());
    let loaded = load(&arguments.paths);
    let limits = Limits { configurations: arguments.max_states };
    let plans = loaded.plans.into_iter().map(|plan| Checked { verdict: lint::run_within(&plan, today, limits), plan }).collect();
    let run = Run { sources: loaded.sources, plans, unread: loaded.unread };
    match arguments.format {
        Format::Text => {
            let style = Style { color: terminal.color, unicode: true, width: terminal.width, max_findings: arguments.max_findings };
            if !run.plans.is_empty() {
                print(&text(&run, style));
            }
        }
        Format::Concise => print(&concise(&run)),
        Format::Json => print(&json(&run)),
    }
    run.unread.iter().for_each(|reason| complain(reason));
    ending(&run, arguments)
}

fn ending(run: &Run, arguments: &Arguments) -> Ending {
    if !run.unread.is_empty() || run.plans.iter().any(|checked| checked.verdict.is_unreadable()) {
        return Ending::NotChecked;
    }
    let fails = match arguments.fail_on {
        _ if arguments.strict => Some(Level::Warning),
        FailOn::Error => Some(Level::Error),
        FailOn::Warning => Some(Level::Warning),
        FailOn::Info => Some(Level::Info),
        FailOn::Never => None,
    };
    let mut findings = run.plans.iter().flat_map(|checked| &checked.verdict.findings);
    if fails.is_some_and(|fails| findings.any(|finding| finding.level >= fails)) { Ending::Findings } else { Ending::Clean }
}
