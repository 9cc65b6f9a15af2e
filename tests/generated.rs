//! What the generator of plans promises: nothing is open in its plans, and what it breaks is found.

use crate::common::check;
use crate::generator::{FAULTS, plan, plan_with, product};

#[test]
fn nothing_is_open_in_a_generated_plan() {
    for steps in [1, 40, 41, 100, 400] {
        let (_, verdict) = check(&plan(steps));
        assert!(verdict.findings.is_empty(), "{steps} steps: {:#?}", verdict.findings);
    }
}

#[test]
fn a_generated_plan_has_the_steps_that_were_asked_for() {
    for steps in [40, 99, 400] {
        assert_eq!(crate::common::plan(&plan(steps)).1.steps.len(), steps);
    }
}

#[test]
fn nothing_is_open_in_a_generated_product_of_many_files() {
    let files = product(120);
    let named: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = crate::common::folder_with(&named);
    let output = crate::common::run(folder.path(), &["validate", "--strict"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn what_is_broken_in_a_generated_plan_is_found() {
    for fault in FAULTS {
        let (_, verdict) = check(&plan_with(fault, 80));
        let found: Vec<&str> = verdict.findings.iter().map(|finding| finding.rule).collect();
        assert!(found.contains(&fault.rule), "{} is not among {found:?}", fault.rule);
    }
}
