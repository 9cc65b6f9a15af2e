//! One line a finding: `file:line:column: level[rule] message`.

use std::fmt::Write as _;

use super::{Run, Summary};

/// The whole run in lines, the summary last.
pub fn concise(run: &Run) -> String {
    let mut out = String::new();
    for finding in run.plans.iter().flat_map(|checked| &checked.verdict.findings) {
        let (name, at) = (run.sources.get(finding.span().file).name(), run.sources.place(finding.span()));
        let (level, rule, message) = (finding.level.word(), finding.rule, &finding.message);
        let _ = writeln!(out, "{name}:{}:{}: {level}[{rule}] {message}", at.line, at.column);
    }
    let _ = writeln!(out, "{}", Summary::of(run).sentences(run).join(" "));
    out
}
