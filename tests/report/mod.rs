//! The kick-off report: what it says agrees with the plan, it reads well, and nothing from a plan acts in it.

mod browser;
mod command;
mod content;
mod forms;
mod hostile;
mod preview;

use std::path::PathBuf;

use flowcheck::cli::load::{Loaded, load};
use flowcheck::lint::{self, Orders, Verdict};
use flowcheck::report::{Document, Report};

use crate::common::{root, today};

/// A plan of a file or a folder, with what came of it.
struct Reported {
    loaded: Loaded,
    verdict: Verdict,
    report: Report,
}

fn reported(path: &str) -> Reported {
    let loaded = load(&[PathBuf::from(path)]);
    let plan = loaded.plans.first().unwrap_or_else(|| panic!("{path} holds a plan: {:?}", loaded.unread));
    let verdict = lint::run(plan, &Orders::on(today()));
    let report = Report::new(&loaded.sources, plan, &verdict, today());
    Reported { loaded, verdict, report }
}

fn of_text(text: &str) -> (Report, Document) {
    let (sources, plan) = crate::common::plan(text);
    let report = Report::new(&sources, &plan, &lint::run(&plan, &Orders::on(today())), today());
    let document = Document::new(&report);
    (report, document)
}

/// Every plan of the examples, by what names it on the command line.
fn examples() -> Vec<String> {
    let names = load(&[root().join("examples")]);
    names.plans.iter().filter_map(|plan| plan.files.first()).map(|file| names.sources.get(*file).name().to_owned()).collect()
}
