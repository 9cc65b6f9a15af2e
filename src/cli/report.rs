//! `flowcheck report`

use std::path::{Path, PathBuf};

use super::load::{Loaded, load};
use super::settings::orders_near;
use super::terminal::Terminal;
use super::{Ending, complain, print};
use crate::diagram::paint::{Carry, svg};
use crate::diagram::palette::Theme;
use crate::diagram::{self, Showing};
use crate::finding::Finding;
use crate::lint;
use crate::model::Plan;
use crate::report::{Document, Picture, Report, Walk, html, markdown, terminal};
use crate::source::{WriteError, create, display_name, replace};

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
    let today = arguments.today.unwrap_or_else(|| jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date());
    let loaded = load(std::slice::from_ref(&arguments.path));
    for reason in &loaded.unread {
        complain(reason);
    }
    let [plan] = loaded.plans.as_slice() else {
        if loaded.plans.len() > 1 {
            complain(&several(&loaded, &arguments.path));
        }
        return Ending::NotChecked;
    };
    // The meeting sees what `validate` tells. A baseline hides nothing from it.
    let orders = match orders_near(&arguments.path, today, &loaded.sources) {
        Ok(orders) => orders,
        Err(problems) => {
            for problem in &problems {
                complain(problem);
            }
            return Ending::NotChecked;
        }
    };
    let verdict = lint::run(plan, &orders);
    let report = Report::new(&loaded.sources, plan, &verdict, today);
    let document = Document::new(&report);
    let text = match form(arguments) {
        Form::Terminal if arguments.output.is_some() => terminal(&document, terminal_of.width, false),
        Form::Terminal => terminal(&document, terminal_of.width, terminal_of.color),
        Form::Markdown => markdown(&document),
        Form::Html => {
            let svg = drawn(plan, &verdict.findings);
            let picture = svg.as_deref().map(|svg| Picture { title: "The journeys, and what was found in them", svg });
            html(&report, &document, &Walk::new(plan, &report), picture)
        }
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
    if loaded.unread.is_empty() && !verdict.is_unreadable() { Ending::Clean } else { Ending::NotChecked }
}

/// The journeys as pictures, one below the other, with one font for all of them; nothing where there is nothing to draw yet.
fn drawn(plan: &Plan, findings: &[Finding]) -> Option<String> {
    let (journeys, showing) = (plan.journeys.ids().collect::<Vec<_>>(), Showing { findings, pages: false });
    let mut scenes = if journeys.len() > 1 { diagram::journeys(plan, &journeys, showing).unwrap_or_default() } else { Vec::new() };
    // A journey without steps has no picture, and keeps none of the others from having one.
    scenes.extend(journeys.iter().filter_map(|journey| diagram::flow(plan, &[*journey], showing).ok()).flatten());
    let carry = |first: bool| if first { Carry::Font } else { Carry::Nothing };
    let svgs = scenes.iter().enumerate().map(|(index, scene)| svg(scene, Theme::Light, carry(index == 0)));
    (!scenes.is_empty()).then(|| svgs.collect())
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

/// A report is of one plan: which ones there are to choose from.
fn several(loaded: &Loaded, path: &Path) -> String {
    let names: Vec<&str> =
        loaded.plans.iter().filter_map(|plan| plan.files.first()).map(|file| loaded.sources.get(*file).name()).take(5).collect();
    let more = if loaded.plans.len() > names.len() { ", .." } else { "" };
    format!("there are {} plans in {}, and a report is of one; name it: {}{more}", loaded.plans.len(), display_name(path), names.join(", "))
}

/// Writes a file, and never over one that is there unless that is asked for.
fn write(path: &Path, text: &str, force: bool) -> Result<(), String> {
    let written = if force { replace(path, text) } else { create(path, text) };
    written.map_err(|error| match error {
        WriteError::Exists(_) => format!("{error}; --force writes over it"),
        WriteError::Io { .. } => error.to_string(),
    })
}
