//! Every fault of form of a file is told in one run, each at its exact place, with text of several bytes before it.

use std::collections::BTreeSet;

use crate::common::check;

const PLAN: &str = include_str!("plans/faults-of-form.flow.yaml");

/// What the comments of the plan say must be found: line, column in characters, rule.
///
/// The place of a word is searched from the end of the line, because the texts before it may hold the same letters.
fn expected() -> BTreeSet<(usize, usize, String)> {
    let mut places = BTreeSet::new();
    for (index, line) in PLAN.lines().enumerate() {
        let Some((code, comment)) = line.split_once("# finds ") else { continue };
        for part in comment.split("; ") {
            let (rule, word) = part.split_once(" at ").expect("a rule and a word");
            let byte = code.rfind(word).unwrap_or_else(|| panic!("{word} is not in line {}", index + 1));
            // A quoted text begins with its quote.
            let byte = if code[..byte].ends_with('"') { byte - 1 } else { byte };
            places.insert((index + 1, code[..byte].chars().count() + 1, rule.to_owned()));
        }
    }
    places
}

#[test]
fn every_fault_of_form_is_told_at_its_place() {
    let (sources, verdict) = check(PLAN);
    let place = |finding: &flowcheck::finding::Finding| {
        let at = sources.place(finding.span());
        (at.line, at.column, finding.rule.to_owned())
    };
    let found: BTreeSet<_> = verdict.findings.iter().map(place).collect();
    let expected = expected();
    assert!(expected.len() >= 20, "{} faults", expected.len());
    let missing: Vec<_> = expected.difference(&found).collect();
    let surplus: Vec<_> = found.difference(&expected).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "missing {missing:#?}\nsurplus {surplus:#?}");
}

#[test]
fn what_is_said_of_them() {
    let (sources, verdict) = check(PLAN);
    let line = |finding: &flowcheck::finding::Finding| {
        let at = sources.place(finding.span());
        format!("{}:{} [{}] {}\n    {}", at.line, at.column, finding.rule, finding.message, finding.help.replace('\n', "\n    "))
    };
    insta::assert_snapshot!(verdict.findings.iter().map(line).collect::<Vec<_>>().join("\n"));
}
