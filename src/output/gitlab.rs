//! A code quality report, which GitLab shows at a merge request.

use serde::Serialize;

use super::Run;
use super::place::{Fingerprints, Place};
use crate::finding::{Finding, Level};

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
    content: Content,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

#[derive(Serialize)]
struct Content {
    body: String,
}

/// The open findings of a run.
pub fn gitlab(run: &Run) -> String {
    let mut fingerprints = Fingerprints::default();
    let issues: Vec<Issue> = run.findings().map(|finding| issue(run, finding, &mut fingerprints)).collect();
    let mut text = serde_json::to_string_pretty(&issues).unwrap_or_default();
    text.push('\n');
    text
}

fn issue(run: &Run, finding: &Finding, fingerprints: &mut Fingerprints) -> Issue {
    let place = Place::of(run, finding.span());
    Issue {
        fingerprint: fingerprints.next(&[finding.rule, &place.file, &finding.message]),
        description: finding.message.clone(),
        check_name: finding.rule,
        severity: match finding.level {
            Level::Error => "major",
            Level::Warning => "minor",
            Level::Info => "info",
        },
        location: Location { path: place.file, lines: Lines { begin: place.start.line, end: place.end.line } },
        content: Content { body: [finding.why.as_str(), &finding.help].join("\n").trim().to_owned() },
    }
}
