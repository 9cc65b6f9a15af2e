//! `flowcheck report`

use std::path::{Path, PathBuf};

use super::reported::reported;
use super::terminal::Terminal;
use super::{Ending, complain, day, print};
use crate::report::{markdown, terminal};
use crate::source::{WriteError, create, replace};

/// The form of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// Tables for this terminal
    Terminal,
    /// Markdown, for a code host
    Markdown,
    /// One HTML file that opens from the disk, to walk through the journey
    Html,
}

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A plan, a folder with one plan, or - for standard input
    #[arg(default_value = ".", value_name = "PATH")]
    path: PathBuf,

    /// The form; without it, that of the file's name, and tables for the terminal
    #[arg(long, value_enum, value_name = "FORM")]
    to: Option<Form>,

    /// Write to this file, which must not be there yet
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Write over a file that is there
    #[arg(long, requires = "output")]
    force: bool,

    /// The day against which `until` and `by` are judged, instead of today
    #[arg(long, value_name = "DAY")]
    today: Option<jiff::civil::Date>,
}

pub(super) fn run(arguments: &Arguments, terminal_of: &Terminal) -> Ending {
    let reported = match reported(&arguments.path, day(arguments.today)) {
        Ok(reported) => reported,
        Err((_, reasons)) => {
            for reason in &reasons {
                complain(reason);
            }
            return Ending::NotChecked;
        }
    };
    for reason in &reported.loaded.unread {
        complain(reason);
    }
    let text = match form(arguments) {
        Form::Terminal if arguments.output.is_some() => terminal(&reported.document, terminal_of.width, false),
        Form::Terminal => terminal(&reported.document, terminal_of.width, terminal_of.color),
        Form::Markdown => markdown(&reported.document),
        Form::Html => reported.page(None),
    };
    match &arguments.output {
        None => print(&text),
        Some(path) => {
            if let Err(error) = write(path, &text, arguments.force) {
                complain(&error);
                return Ending::NotChecked;
            }
        }
    }
    if reported.faults().is_empty() { Ending::Clean } else { Ending::NotChecked }
}

/// The form that is asked for, or that the file's name says.
fn form(arguments: &Arguments) -> Form {
    let by_name = arguments.output.as_deref().and_then(Path::extension).map(|extension| match extension.to_str() {
        Some("md" | "markdown") => Form::Markdown,
        Some("html" | "htm") => Form::Html,
        _ => Form::Terminal,
    });
    arguments.to.or(by_name).unwrap_or(Form::Terminal)
}

/// Writes a file, and never over one that is there unless that is asked for.
fn write(path: &Path, text: &str, force: bool) -> Result<(), String> {
    let written = if force { replace(path, text) } else { create(path, text) };
    written.map_err(|error| match error {
        WriteError::Exists(_) => format!("{error}; --force writes over it"),
        WriteError::Io { .. } => error.to_string(),
    })
}
