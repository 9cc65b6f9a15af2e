//! What `--fix` writes reads as a plan, answers what it was to answer, and keeps every comment; else nothing is written.

use std::collections::HashMap;
use std::process::Command;

use flowcheck::lint::{self, Mend, Mended, Orders, Stub};
use flowcheck::model::{self, Input};
use flowcheck::rules::{Group, RULES, find};
use flowcheck::source::{Source, Sources};
use flowcheck::spec::{self, File};
use proptest::prelude::*;

use crate::common::{example_plans, folder_with, run, today};

const SLIPS: &str = include_str!("plans/slips.flow.yaml");

/// Everything that can be mended, and decisions for nothing.
fn everything() -> Mend {
    Mend { safe: true, rules: RULES.iter().map(|rule| rule.name).collect(), ..Mend::default() }
}

/// A plan of one file after mending.
fn mended(text: &str, what: &Mend) -> String {
    let mut sources = Sources::default();
    let file = sources.add(Source::from_text("plan.flow.yaml", text));
    let (form, faults) = spec::read::<File>(file, text);
    let plan = model::build(Input { files: vec![(file, form)], faults, ..Input::default() });
    let mut mended = Mended::default();
    lint::mend(&plan, &sources, &Orders::on(today()), what, &mut mended);
    mended.texts.remove(&file).unwrap_or_else(|| text.to_owned())
}

/// How often each finding of form is there; by its message, because places move.
fn of_form(text: &str) -> HashMap<(&'static str, String), usize> {
    let (_, verdict) = crate::common::check(text);
    let mut counts = HashMap::new();
    for finding in verdict.findings.into_iter().chain(verdict.held_back) {
        if find(finding.rule).is_some_and(|rule| rule.group == Group::Language) {
            *counts.entry((finding.rule, finding.message)).or_default() += 1;
        }
    }
    counts
}

/// Every comment of a text, in order.
fn comments(text: &str) -> Vec<String> {
    let is_comment = |line: &str| line.find(" #").or(line.starts_with('#').then_some(0)).map(|at| line[at..].trim().to_owned());
    text.lines().filter_map(is_comment).collect()
}

fn check_mended(name: &str, text: &str, what: &Mend) -> bool {
    let after = mended(text, what);
    let (before_form, after_form) = (of_form(text), of_form(&after));
    for (finding, count) in &after_form {
        assert!(*count <= before_form.get(finding).copied().unwrap_or(0), "{name}: {finding:?} is new in\n{after}");
    }
    assert_eq!(comments(&after), comments(text), "{name}: a comment is gone or moved in\n{after}");
    // What is put right may show more that can be; that comes to an end soon.
    let steady = (0..4).fold(after.clone(), |text, _| mended(&text, what));
    assert_eq!(mended(&steady, what), steady, "{name}: mending does not come to an end");
    after != text
}

#[test]
fn every_plan_on_every_page_can_be_mended_without_harm() {
    let (mut changed, mut answered) = (0, std::collections::BTreeSet::new());
    for rule in RULES {
        for fence in rule.read_page().sections.iter().flat_map(|section| &section.fences) {
            if check_mended(rule.name, fence.text, &everything()) {
                changed += 1;
                answered.insert(rule.name);
            }
            check_mended(rule.name, fence.text, &Mend { safe: true, ..Mend::default() });
        }
    }
    assert!(changed >= 15 && answered.len() >= 15, "{changed} plans, {answered:?}");
}

#[test]
fn whatever_is_found_in_the_plan_of_a_page_can_be_decided_or_stays() {
    let mut decided = 0;
    for rule in RULES.iter().filter(|rule| rule.group != Group::Language) {
        let stub = Stub { why: "Not decided: \"yet\"".to_owned(), until: Some(today()) };
        let what = Mend { decide: vec![rule.name], stub, ..Mend::default() };
        let page = rule.read_page();
        for fence in &page.section("Example").expect("every page has it").fences {
            if check_mended(rule.name, fence.text, &what) {
                let (_, verdict) = crate::common::check(&mended(fence.text, &what));
                assert!(verdict.decided.iter().any(|(finding, _)| finding.rule == rule.name), "{}", rule.name);
                decided += 1;
            }
        }
    }
    assert!(decided >= 40, "{decided}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// Plans of products with letters lost and doubled in them.
    #[test]
    fn a_plan_with_slips_is_never_made_worse(which in 0..4_usize, slips in proptest::collection::vec((any::<u16>(), any::<bool>()), 1..5)) {
        let mut text: Vec<char> = example_plans()[which].1.chars().collect();
        for (at, is_lost) in slips {
            let at = usize::from(at) % text.len();
            if !text[at].is_alphabetic() {
                continue;
            }
            if is_lost {
                text.remove(at);
            } else {
                text.insert(at, text[at]);
            }
        }
        let text: String = text.into_iter().collect();
        check_mended("a damaged plan", &text, &Mend { safe: true, ..Mend::default() });
    }
}

#[test]
fn slips_are_mended_and_the_rest_stays_as_it_is() {
    let folder = folder_with(&[("slips.flow.yaml", SLIPS)]);
    let validate = |arguments: &[&str]| {
        let output = run(folder.path(), &[&["validate", "--today", "2026-11-22", "--format", "concise"], arguments].concat());
        (String::from_utf8_lossy(&output.stdout).into_owned(), String::from_utf8_lossy(&output.stderr).into_owned(), output.status.code())
    };
    let read = || std::fs::read_to_string(folder.path().join("slips.flow.yaml")).expect("there");
    let (diff, _, code) = validate(&["--diff"]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!(diff);
    assert_eq!(read(), SLIPS, "showing changes nothing");
    // The diff is one that others take.
    std::fs::write(folder.path().join("slips.diff"), &diff).expect("written");
    let (out, said, _) = validate(&["--fix"]);
    let fixed = read();
    assert!(said.starts_with("flowcheck: mended 8 findings in 1 of the files: "), "{said}");
    assert!(!out.contains("unknown-key") && !out.contains("--fix"), "{out}");
    std::fs::write(folder.path().join("slips.flow.yaml"), SLIPS).expect("written");
    if Command::new("git").args(["apply", "slips.diff"]).current_dir(folder.path()).status().is_ok_and(|status| status.success()) {
        assert_eq!(read(), fixed);
    } else {
        panic!("git does not take the diff");
    }
    assert_eq!(validate(&["--diff"]), (String::new(), String::new(), Some(0)), "there is nothing left to write");
    assert_eq!(std::fs::read_dir(folder.path()).expect("there").count(), 2, "nothing is left beside the file");
}

#[test]
fn what_is_a_guess_is_written_only_by_name() {
    let folder = folder_with(&[("slips.flow.yaml", SLIPS)]);
    let diff = |arguments: &[&str]| {
        let output = run(folder.path(), &[&["validate", "--today", "2026-11-22", "--diff"], arguments].concat());
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert!(!diff(&[]).contains("invalid: stay,"));
    assert!(diff(&["--fix=unhandled-outcome"]).contains("invalid: stay, duplicate: "));
    assert!(!diff(&["--fix=unhandled-outcome"]).contains("+goal"));
    assert!(diff(&["--fix=safe,unhandled-outcome"]).contains("+goal"));
    assert!(
        diff(&["--decide", "unhandled-outcome"]).contains("decided: {unhandled-outcome: {why: \"Not decided yet\", until: 2026-12-06}}")
    );
    assert!(diff(&["--decide", "outcomes", "--reason", "Asked in May"]).contains("decided: {unhandled-outcome: \"Asked in May\"}"));
    let output = run(folder.path(), &["validate", "--fix=unhandled"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("--fix unhandled: there is no rule"),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let output = run(folder.path(), &["validate", "--fix", "-"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
}

#[test]
fn a_file_with_the_line_ends_of_windows_keeps_them() {
    let after = mended(&SLIPS.replace('\n', "\r\n"), &everything());
    assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
    assert_eq!(after.replace("\r\n", "\n"), mended(SLIPS, &everything()));
}

#[test]
fn parts_are_mended_in_their_own_files() {
    let root = "flowcheck: 1\nparts: [a.flow.yaml, b.flow.yaml]\n";
    let shared = "flowcheck: 1\nroles: {guest: {}}\nsurfaces: {app: {jobb: Order}}\nsystems: {shop: {}}\n";
    let part = "flowcheck: 1\njourney: order\nrole: gest\nsurface: app\nstages:\n  entry:\n    open: {screen: Home, ends: success}\n";
    let folder = folder_with(&[("shop.flow.yaml", root), ("a.flow.yaml", shared), ("b.flow.yaml", part)]);
    run(folder.path(), &["validate", "--fix"]);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("there");
    assert_eq!(
        (read("shop.flow.yaml"), read("a.flow.yaml"), read("b.flow.yaml")),
        (root.to_owned(), shared.replace("jobb", "job"), part.replace("gest", "guest"))
    );
}
