//! The run as Markdown, for the page of a merge request or the summary of a job.

use std::fmt::Write as _;

use super::{Run, Summary, not_shown};
use crate::finding::Finding;

/// The run: what was found, a table, and what to answer next. At most so many findings stand in the table.
pub fn markdown(run: &Run, max_findings: usize) -> String {
    let mut out = String::from("## flowcheck\n\n");
    let sentences = Summary::of(run).sentences(run);
    let _ = writeln!(out, "{}", sentences.iter().map(|sentence| running(sentence)).collect::<Vec<_>>().join("\n"));
    for reason in &run.unread {
        let _ = writeln!(out, "\n- {}", running(reason));
    }
    let findings: Vec<&Finding> = run.findings().collect();
    if !findings.is_empty() {
        out.push_str("\n| | rule | where | what |\n|---|---|---|---|\n");
    }
    for finding in findings.iter().take(max_findings) {
        let (name, at) = (run.sources.get(finding.span().file).name(), run.sources.place(finding.span()));
        let place = code(&format!("{name}:{}", at.line));
        let _ = writeln!(out, "| {} | {} | {place} | {} |", finding.level.word(), code(finding.rule), cell(&finding.message));
    }
    let more = not_shown(run, max_findings);
    if !more.is_empty() {
        let _ = write!(out, "\n{more}");
    }
    out
}

/// A text in code marks, as a cell.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'").replace('|', "\\|"))
}

/// Running text as a cell: what stands in backticks stays, and nothing else is read as Markdown.
fn cell(text: &str) -> String {
    running(text).replace('|', "\\|").replace(['\n', '\r'], " ")
}

/// Running text, with what Markdown would read as something else escaped outside of code marks.
fn running(text: &str) -> String {
    let mut out = String::new();
    let mut in_code = false;
    // A single backtick opens no code, and is shown as it is.
    let pairs = text.matches('`').count() / 2 * 2;
    let mut seen = 0;
    for c in text.chars() {
        if c == '`' {
            seen += 1;
            in_code = seen <= pairs && !in_code;
            if seen > pairs {
                out.push('\\');
            }
        } else if !in_code && matches!(c, '\\' | '*' | '_' | '<' | '>' | '[' | ']' | '#' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
