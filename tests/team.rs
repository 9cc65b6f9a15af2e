//! A repository of many plans, as a team has it: one run tells of the broken ones in every format, a baseline makes it green, and what is
//! new makes it red.

use std::path::Path;

use serde_json::Value;

use crate::common::{folder_with, run};

const PLANS: usize = 300;
const FORMATS: [&str; 9] = ["text", "concise", "json", "sarif", "github", "gitlab", "junit", "checkstyle", "markdown"];

/// A plan with nothing open, and the same one with a step that leads nowhere.
fn plans() -> (String, String) {
    let rule = flowcheck::rules::find("unused-decision").expect("it is there");
    let page = rule.read_page();
    let clean = page.section("Use instead").expect("it is there").fences[0].text.to_owned();
    let broken = clean.replace("      choices: {Other classes: classes}\n  follow-up:", "  follow-up:");
    assert_ne!(clean, broken);
    (clean, broken)
}

fn repository() -> tempfile::TempDir {
    let (clean, broken) = plans();
    let is_broken = |index| matches!(index, 7 | 150 | 299);
    let folder = folder_with(&[("flowcheck.toml", "plans = [\"plans\"]\nbaseline = \"known.json\"\n")]);
    for index in 0..PLANS {
        let path = folder.path().join(format!("plans/{:02}/p{index:03}.flow.yaml", index % 20));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, if is_broken(index) { &broken } else { &clean }).expect("written");
    }
    folder
}

fn validate(folder: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = run(folder, &[&["validate"], arguments].concat());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr), output.status.code())
}

#[test]
fn of_300_plans_the_broken_ones_are_told_a_baseline_knows_them_and_what_is_new_is_told() {
    let folder = repository();
    let root = folder.path();
    let without = |arguments: &[&str]| validate(root, &[&["--no-config", "plans"], arguments].concat());
    for format in FORMATS {
        let (out, _, code) = without(&["--format", format]);
        assert_eq!(code, Some(1), "{format}");
        for broken in ["p007", "p150", "p299"] {
            assert!(out.contains(broken), "{format} does not name {broken}");
        }
        assert!(!out.contains("p008") || format == "junit", "{format} names a plan that holds");
        if format == "junit" {
            assert_eq!((out.matches("<failure").count(), out.matches("<testsuite ").count()), (3, PLANS));
        }
    }
    // The order is the same on every run.
    assert_eq!(without(&["--format", "json"]), without(&["--format", "json"]));

    let (_, said, code) = validate(root, &[]);
    assert_eq!(
        (said.as_str(), code),
        ("flowcheck: there is no baseline known.json; `flowcheck validate --write-baseline` writes it\n", Some(2))
    );
    let (out, said, code) = validate(root, &["--write-baseline"]);
    assert_eq!((said.as_str(), code), ("flowcheck: wrote known.json: it knows 3 findings\n", Some(0)));
    assert!(out.starts_with("Nothing is open in 300 plans") && out.contains("3 findings are known from the baseline."), "{out}");
    for format in ["json", "sarif", "junit"] {
        assert_eq!(validate(root, &["--format", format]).2, Some(0), "{format}");
    }

    // A second one in a file that has one, and one in a file that had none.
    let (clean, broken) = plans();
    let path = root.join("plans/07/p007.flow.yaml");
    std::fs::write(&path, broken.replace("Leave: left}}", "Leave: left, Lost: lost}}\n    lost: {screen: Lost}")).expect("written");
    let (out, _, code) = validate(root, &["--format", "concise"]);
    assert_eq!((out.matches("error[dead-end]").count(), code), (2, Some(1)), "{out}");
    assert!(out.contains("plans/07/p007.flow.yaml has 2 findings of `dead-end`, and the baseline knows 1: all are told"), "{out}");
    std::fs::write(&path, &broken).expect("written");
    assert_eq!(validate(root, &[]).2, Some(0));
    std::fs::write(root.join("plans/08/p008.flow.yaml"), &broken).expect("written");
    let (out, _, code) = validate(root, &["--format", "concise"]);
    assert_eq!((out.lines().count(), code), (2, Some(1)), "{out}");
    std::fs::write(root.join("plans/08/p008.flow.yaml"), &clean).expect("written");

    // What is mended is told, and taken out when that is asked.
    std::fs::write(&path, &clean).expect("written");
    let (out, _, code) = validate(root, &["--format", "concise"]);
    assert_eq!(code, Some(0));
    assert!(out.contains("1 finding that the baseline knows is not there any more: `--prune-baseline` takes that out."), "{out}");
    let (_, said, code) = validate(root, &["--prune-baseline"]);
    assert_eq!((said.as_str(), code), ("flowcheck: wrote known.json: it knows 2 findings\n", Some(0)));
    std::fs::write(&path, &broken).expect("written");
    assert_eq!(validate(root, &[]).2, Some(1), "what was taken out is new when it comes back");
}

fn baseline(root: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(root.join("known.json")).expect("there")).expect("JSON")
}

#[test]
fn a_run_that_sees_a_part_judges_only_that_part() {
    let (clean, broken) = plans();
    let folder = folder_with(&[("a/one.flow.yaml", &broken), ("b/two.flow.yaml", &broken)]);
    let root = folder.path();
    let with = |arguments: &[&str]| validate(root, &[&["--baseline", "known.json", "--format", "concise"], arguments].concat());
    assert_eq!(with(&["--write-baseline"]).2, Some(0));
    let whole = baseline(root);
    assert_eq!(whole["findings"]["a/one.flow.yaml"]["dead-end"], 1);
    std::fs::write(root.join("a/one.flow.yaml"), &clean).expect("written");
    for part in [&["b"][..], &["--only", "outcomes"], &["-A", "dead-end"], &["--skip", "structure"]] {
        let (out, _, code) = with(part);
        assert!(code == Some(0) && !out.contains("any more"), "{part:?}: {out}");
        assert_eq!(with(&[part, &["--prune-baseline"]].concat()).2, Some(0));
        assert_eq!(baseline(root), whole, "{part:?}");
        assert_eq!(with(&[part, &["--write-baseline"]].concat()).2, Some(0));
        assert_eq!(baseline(root), whole, "{part:?}");
    }
    assert!(with(&[]).0.contains("1 finding that the baseline knows is not there any more"));
    // A plan that stops being YAML is not a plan that was mended.
    std::fs::write(root.join("a/one.flow.yaml"), "flowcheck: 1\nroles: {\n").expect("written");
    let (out, _, code) = with(&[]);
    assert!(code == Some(2) && !out.contains("any more"), "{out}");
    for flag in ["--prune-baseline", "--write-baseline"] {
        let (_, said, code) = with(&[flag]);
        assert_eq!(code, Some(2));
        assert!(said.contains("known.json was left as it is, because not everything could be read"), "{said}");
        assert_eq!(baseline(root), whole);
    }
    // A file that is gone is forgotten when that is asked.
    std::fs::remove_file(root.join("a/one.flow.yaml")).expect("removed");
    assert_eq!(with(&["--prune-baseline"]).2, Some(0));
    assert!(baseline(root)["findings"].get("a/one.flow.yaml").is_none());
}

#[test]
fn what_waits_for_another_finding_stays_known() {
    let (clean, broken) = plans();
    let folder = folder_with(&[("one.flow.yaml", &broken)]);
    let root = folder.path();
    let with = |arguments: &[&str]| validate(root, &[&["--baseline", "known.json", "--format", "concise"], arguments].concat());
    assert_eq!(with(&["--write-baseline"]).2, Some(0));
    let before = baseline(root);
    // A name that nothing has holds everything at that step back.
    std::fs::write(root.join("one.flow.yaml"), broken.replace("    full:\n", "    full:\n      surface: wbsite\n")).expect("written");
    let (out, _, _) = with(&["--prune-baseline"]);
    assert!(!out.contains("any more"), "{out}");
    assert_eq!(baseline(root), before);
    drop(clean);
}

#[test]
fn a_baseline_that_is_none_is_told() {
    let (clean, _) = plans();
    let folder = folder_with(&[("one.flow.yaml", &clean), ("a.json", "[]"), ("b.json", "{\"version\": 9, \"findings\": {}}")]);
    let said = |file: &str| {
        let (out, said, code) = validate(folder.path(), &["--baseline", file]);
        assert_eq!((out.as_str(), code), ("", Some(2)));
        said
    };
    assert!(said("a.json").starts_with("flowcheck: a.json is no baseline: "), "{}", said("a.json"));
    assert_eq!(said("b.json"), "flowcheck: b.json has the version 9, and this program reads version 1\n");
    let (_, said, code) = validate(folder.path(), &["--write-baseline"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("name it with --baseline"), "{said}");
}
