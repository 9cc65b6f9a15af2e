//! Annotations for GitHub Actions: workflow commands, one a line.

use std::fmt::Write as _;

use super::Run;
use super::place::Place;
use crate::finding::{Finding, Level};

/// GitHub shows so many annotations of a kind for a step, and drops the others without a word.
const SHOWN: usize = 10;

/// The run as workflow commands. Where there are more of a kind than GitHub shows, the last one that is shown says how many.
pub fn github(run: &Run) -> String {
    let mut out = String::new();
    for level in [Level::Error, Level::Warning, Level::Info] {
        let findings: Vec<&Finding> = run.findings().filter(|finding| finding.level == level).collect();
        let unread: &[String] = if level == Level::Error { &run.unread } else { &[] };
        let lines = unread.iter().map(|reason| command(level, &[("title", "flowcheck")], reason));
        let mut lines: Vec<String> = lines.chain(findings.iter().map(|finding| annotation(run, finding))).collect();
        if lines.len() > SHOWN {
            let more = lines.len() - (SHOWN - 1);
            lines.truncate(SHOWN - 1);
            let word = if level == Level::Info { "infos" } else { &format!("{}s", level.word()) };
            let text = format!("{more} more {word} are not shown here, because GitHub shows {SHOWN} of a kind; the log has all of them");
            lines.push(command(level, &[("title", "flowcheck")], &text));
        }
        for line in lines {
            let _ = writeln!(out, "{line}");
        }
    }
    out
}

fn annotation(run: &Run, finding: &Finding) -> String {
    let place = Place::of(run, finding.span());
    let (line, end_line) = (place.start.line.to_string(), place.end.line.to_string());
    let (column, end_column) = (place.start.column.to_string(), place.end.column.to_string());
    let mut properties = vec![("file", place.file.as_str()), ("line", &line), ("endLine", &end_line)];
    // Columns of a stretch over several lines would be read as columns of one line.
    if place.start.line == place.end.line {
        properties.extend([("col", column.as_str()), ("endColumn", &end_column)]);
    }
    properties.push(("title", finding.rule));
    let mut text = format!("{}:{line}:{column}: {}", place.file, finding.message);
    for part in [&finding.why, &finding.help] {
        if !part.is_empty() {
            let _ = write!(text, "\n{part}");
        }
    }
    command(finding.level, &properties, &text)
}

fn command(level: Level, properties: &[(&str, &str)], message: &str) -> String {
    let name = match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "notice",
    };
    workflow_command(name, properties, message)
}

/// A workflow command, with everything escaped that the runner would read as something else.
pub fn workflow_command(name: &str, properties: &[(&str, &str)], message: &str) -> String {
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let properties: Vec<String> =
        properties.iter().map(|(key, value)| format!("{key}={}", data(value).replace(':', "%3A").replace(',', "%2C"))).collect();
    format!("::{name} {}::{}", properties.join(","), data(message))
}
