//! One line a finding: `file:line:column: level[rule] message`.

use std::fmt::Write as _;

use super::{Run, Summary, not_shown};

/// The whole run in lines, the summary last; of findings, at most so many.
pub fn concise(run: &Run, max_findings: usize) -> String {
    let mut out = String::new();
    for finding in run.findings().take(max_findings) {
        let (name, at) = (run.sources.get(finding.span().file).name(), run.sources.place(finding.span()));
        let (level, rule, message) = (finding.level.word(), finding.rule, &finding.message);
        let _ = writeln!(out, "{name}:{}:{}: {level}[{rule}] {message}", at.line, at.column);
    }
    out.push_str(&not_shown(run, max_findings));
    let _ = writeln!(out, "{}", Summary::of(run).sentences(run).join(" "));
    out
}
