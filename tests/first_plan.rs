//! A planner who knows nothing begins with an empty file, does what each report asks, and ends with nothing open.
//!
//! The files of `first-plan` are that series: each answers the report of the one before it.

use flowcheck::finding::Finding;
use flowcheck::lint::Verdict;
use flowcheck::source::Sources;

use crate::common::{check, root};

/// More than this on one screen, and nobody reads it.
const MOST_SHOWN: usize = 14;

/// The files of the series in order, each with its name and its text.
fn series() -> Vec<(String, String)> {
    let found = flowcheck::source::discover(&root().join("tests/first-plan")).expect("the series is there");
    let mut files: Vec<(String, String)> = found
        .into_iter()
        .map(|path| {
            let name = path.file_name().expect("a file").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("a file of the series"))
        })
        .collect();
    files.sort();
    files
}

/// The report of every file of the series.
fn reports() -> Vec<(String, Sources, Verdict)> {
    let report = |(name, text): (String, String)| {
        let (sources, verdict) = check(&text);
        (name, sources, verdict)
    };
    series().into_iter().map(report).collect()
}

/// What makes a finding the same one in the next file, where it may stand some lines further down.
fn identity(finding: &Finding) -> (&str, &str) {
    (finding.rule, &finding.message)
}

#[test]
fn what_is_said_on_the_way() {
    for (name, sources, verdict) in reports() {
        let line = |finding: &Finding| format!("[{}] {}: {}", finding.rule, sources.place(finding.span()).line, finding.message);
        let mut lines: Vec<_> = verdict.findings.iter().map(line).collect();
        lines.push(format!("held back: {}", verdict.held_back.len()));
        let step = name.trim_end_matches(".flow.yaml");
        insta::assert_snapshot!(step, lines.join("\n"));
    }
}

#[test]
fn it_begins_with_nothing_and_ends_with_nothing_open() {
    let files = series();
    let (first, last) = (files.first().expect("a first file"), files.last().expect("a last file"));
    assert!(files.len() >= 2, "{} files", files.len());
    assert!(first.1.is_empty(), "{} is not empty", first.0);
    let (_, verdict) = check(&last.1);
    let open: Vec<_> = verdict.findings.iter().chain(&verdict.held_back).map(identity).collect();
    assert!(open.is_empty(), "{} leaves open {open:#?}", last.0);
    assert!(verdict.decided.is_empty(), "{} ends by decisions instead of answers", last.0);
}

#[test]
fn each_step_answers_what_was_asked_first() {
    let reports = reports();
    for (before, after) in reports.iter().zip(reports.iter().skip(1)) {
        let asked = before.2.findings.first().unwrap_or_else(|| panic!("{} asks nothing, and {} follows it", before.0, after.0));
        let mut left = after.2.findings.iter().chain(&after.2.held_back);
        assert!(!left.any(|finding| identity(finding) == identity(asked)), "{} does not answer {}: {}", after.0, before.0, asked.message);
    }
}

#[test]
fn no_report_is_too_long_to_read() {
    for (name, _, verdict) in reports() {
        assert!(verdict.findings.len() <= MOST_SHOWN, "{name} shows {} findings", verdict.findings.len());
    }
}
