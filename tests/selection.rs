//! Which rules are asked, how much their findings weigh, and what fails.

use crate::common::{folder_with, run, today};

/// One error, one warning, one info.
const PLAN: &str = "flowcheck: 1
journey: order
goal: A guest has a coffee
role: guest
surface: app
roles: {guest: {}}
surfaces: {app: {job: Order}}
systems: {shop: {}}
backend:
  place-order: {kind: other, system: shop, outcomes: [placed, sold-out]}
stages:
  entry:
    open: {screen: Home, from: search, next: menu}
  browse:
    menu: {screen: Menu, question: Which drinks come first?, next: checkout}
  submit:
    checkout: {screen: Checkout, backend: place-order, on: {placed: thanks}}
  follow-up:
    thanks: {screen: Your order, ends: success}
";

/// The rules that speak, each with its level, and the exit code.
fn found(arguments: &[&str]) -> (Vec<String>, Option<i32>) {
    let folder = folder_with(&[("plan.flow.yaml", PLAN)]);
    let day = today().to_string();
    let output = run(folder.path(), &[&["validate", "--format", "json", "--today", &day], arguments].concat());
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let findings = report["findings"].as_array().cloned().unwrap_or_default();
    let line =
        |finding: &serde_json::Value| format!("{} {}", finding["level"].as_str().unwrap_or(""), finding["rule"].as_str().unwrap_or(""));
    (findings.iter().map(line).collect(), output.status.code())
}

const ALL: [&str; 3] = ["error unhandled-outcome", "warning missing-stage", "info open-question"];

#[test]
fn rules_and_groups_are_chosen_and_left_out() {
    assert_eq!(found(&[]), (ALL.map(str::to_owned).to_vec(), Some(1)));
    assert_eq!(found(&["--only", "outcomes"]).0, ["error unhandled-outcome"]);
    assert_eq!(found(&["--only", "structure,open-question"]).0, ["warning missing-stage", "info open-question"]);
    assert_eq!(found(&["--skip", "outcomes", "--skip", "plan"]), (vec!["warning missing-stage".to_owned()], Some(0)));
    assert_eq!(found(&["--only", "outcomes", "--skip", "unhandled-outcome"]), (vec![], Some(0)));
}

#[test]
fn of_levels_the_last_one_wins_and_holds_for_all_findings_of_a_rule() {
    assert_eq!(
        found(&["-W", "unhandled-outcome"]),
        (vec!["warning missing-stage".to_owned(), "warning unhandled-outcome".into(), "info open-question".into()], Some(0))
    );
    assert_eq!(found(&["-A", "outcomes", "-D", "unhandled-outcome"]).1, Some(1));
    assert_eq!(found(&["-D", "unhandled-outcome", "-A", "outcomes"]).1, Some(0));
    assert_eq!(found(&["-A", "structure", "-A", "outcomes", "-D", "open-question"]), (vec!["error open-question".to_owned()], Some(1)));
}

/// `open-question` is an info that weighs more in a core journey: what somebody says of the rule holds there too.
#[test]
fn a_level_that_somebody_gives_is_the_level_also_of_what_weighs_more_by_itself() {
    let core = PLAN.replace("journey: order\n", "journey: order\ncore: true\n");
    let folder = folder_with(&[("plan.flow.yaml", &core)]);
    let levels = |arguments: &[&str]| {
        let output = run(folder.path(), &[&["validate", "--only", "open-question", "--format", "concise"], arguments].concat());
        String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or("").to_owned()
    };
    assert!(levels(&[]).contains(" warning[open-question] "), "{}", levels(&[]));
    assert!(levels(&["-D", "plan"]).contains(" error[open-question] "));
}

#[test]
fn what_fails_can_be_said() {
    assert_eq!(found(&["--skip", "outcomes"]).1, Some(0));
    assert_eq!(found(&["--skip", "outcomes", "--strict"]).1, Some(1));
    assert_eq!(found(&["--skip", "outcomes", "--fail-on", "warning"]).1, Some(1));
    assert_eq!(found(&["--only", "plan", "--fail-on", "info"]).1, Some(1));
    assert_eq!(found(&["--only", "plan", "--strict"]).1, Some(0));
    assert_eq!(found(&["--skip", "outcomes", "--max-warnings", "1"]).1, Some(0));
    assert_eq!(found(&["--skip", "outcomes", "--max-warnings", "0"]).1, Some(1));
    assert_eq!(found(&["--exit-zero"]).1, Some(0));
    assert_eq!(found(&["--exit-zero", "--max-warnings", "0"]).1, Some(0));
    assert_eq!(found(&["--exit-zero", "nowhere.flow.yaml"]).1, Some(2));
}

#[test]
fn a_decision_on_a_rule_that_was_not_asked_is_not_called_unused() {
    let decided = PLAN.replace("goal:", "decided: {dead-end: The last page is a poster}\ngoal:");
    let folder = folder_with(&[("plan.flow.yaml", &decided)]);
    let speaks = |arguments: &[&str]| {
        let output = run(folder.path(), &[&["validate", "--format", "concise"], arguments].concat());
        String::from_utf8_lossy(&output.stdout).contains("unused-decision")
    };
    assert!(speaks(&[]));
    assert!(!speaks(&["-A", "dead-end"]));
    assert!(!speaks(&["--only", "plan"]));
}

#[test]
fn wrong_names_are_met_with_the_right_ones() {
    let folder = folder_with(&[("plan.flow.yaml", PLAN)]);
    let said = |arguments: &[&str]| {
        let output = run(folder.path(), &[&["validate"], arguments].concat());
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert_eq!(
        said(&["--only", "outcome"]),
        "flowcheck: --only outcome: there is no rule and no group of this name; did you mean outcomes or unhandled-outcome?\n"
    );
    assert_eq!(
        said(&["-A", "ded-end"]),
        "flowcheck: --allow ded-end: there is no rule and no group of this name; did you mean dead-end?\n"
    );
    assert!(said(&["-A", "unreadable-file"]).contains("always asked"));
}

#[test]
fn a_result_says_what_was_not_asked() {
    let folder = folder_with(&[("plan.flow.yaml", PLAN)]);
    let last = |arguments: &[&str]| {
        let output = run(folder.path(), &[&["validate", "--format", "concise"], arguments].concat());
        String::from_utf8_lossy(&output.stdout).lines().last().unwrap_or("").to_owned()
    };
    assert!(last(&["-A", "missing-stage"]).contains("`missing-stage` was switched off."));
    assert!(last(&["-A", "missing-stage,dead-end"]).contains("`dead-end` and `missing-stage` were switched off."));
    assert!(last(&["--only", "no-end"]).starts_with("Nothing is open in 1 plan, by 2 rules on language and structure. "));
}
