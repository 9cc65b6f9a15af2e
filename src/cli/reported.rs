//! One plan with everything that the report says of it, for the commands that show it.

use std::path::Path;

use jiff::civil::Date;

use super::load::{Loaded, load};
use super::settings::orders_near;
use crate::finding::Finding;
use crate::lint::{self, Verdict};
use crate::report::{Document, Page, Report, Walk, html, views};
use crate::source::{Sources, display_name};

/// A plan as it is reported.
#[derive(Debug)]
pub(super) struct Reported {
    /// What was read.
    pub(super) loaded: Loaded,
    pub(super) verdict: Verdict,
    pub(super) report: Report,
    pub(super) document: Document,
}

/// Reads the one plan at a path and asks the rules; what was read, and why there is nothing to report, where there is not.
pub(super) fn reported(path: &Path, today: Date) -> Result<Reported, (Sources, Vec<String>)> {
    let loaded = load(&[path.to_path_buf()]);
    let [plan] = loaded.plans.as_slice() else {
        let several = (loaded.plans.len() > 1).then(|| several(&loaded, path));
        let reasons = loaded.unread.iter().cloned().chain(several).collect();
        return Err((loaded.sources, reasons));
    };
    // The meeting sees what `validate` tells. A baseline hides nothing from it.
    match orders_near(path, today, &loaded.sources) {
        Ok(orders) => {
            let verdict = lint::run(plan, &orders);
            let report = Report::new(&loaded.sources, plan, &verdict, today);
            let document = Document::new(&report);
            Ok(Reported { loaded, verdict, report, document })
        }
        Err(reasons) => Err((loaded.sources, reasons)),
    }
}

impl Reported {
    /// The report as one page; in a preview, the so many-eth.
    pub(super) fn page(&self, edition: Option<u64>) -> String {
        let [plan] = self.loaded.plans.as_slice() else { return String::new() };
        let walk = Walk::new(plan, &self.report);
        let views = views(plan, &self.verdict.findings);
        html(&Page { report: &self.report, document: &self.document, walk: &walk, views: &views, edition })
    }

    /// Why something of the plan could not be read, a sentence each: then the report is of what was.
    pub(super) fn faults(&self) -> Vec<String> {
        let place = |finding: &Finding| {
            let (source, at) = (self.loaded.sources.get(finding.span().file), self.loaded.sources.place(finding.span()));
            format!("{}:{}:{}: {}", source.name(), at.line, at.column, finding.message)
        };
        self.loaded.unread.iter().cloned().chain(self.verdict.unreadable().map(place)).collect()
    }
}

/// A report is of one plan: which ones there are to choose from.
fn several(loaded: &Loaded, path: &Path) -> String {
    let names: Vec<&str> =
        loaded.plans.iter().filter_map(|plan| plan.files.first()).map(|file| loaded.sources.get(*file).name()).take(5).collect();
    let more = if loaded.plans.len() > names.len() { ", .." } else { "" };
    format!("there are {} plans in {}, and a report is of one; name it: {}{more}", loaded.plans.len(), display_name(path), names.join(", "))
}
