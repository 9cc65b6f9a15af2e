//! `flowcheck report` from outside: forms, files, codes.

use std::path::Path;
use std::process::{Command, Output};

use crate::common::root;

fn report(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_flowcheck"));
    command.arg("report").args(arguments).current_dir(folder).env("COLUMNS", "80").output().expect("the program runs")
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

#[test]
fn a_file_is_never_written_over_unless_that_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = root().join("examples/coffee-preorder.flow.yaml");
    let plan = plan.to_string_lossy();
    let file = folder.path().join("report.html");
    assert_eq!(report(folder.path(), &[&plan, "-o", "report.html"]).status.code(), Some(0));
    let first = std::fs::read_to_string(&file).expect("written");
    assert!(first.starts_with("<!doctype html>"), "the name says the form");
    std::fs::write(&file, "mine").expect("written");
    let second = report(folder.path(), &[&plan, "-o", "report.html"]);
    assert_eq!(second.status.code(), Some(2));
    assert_eq!(told(&second), "flowcheck: report.html is there already, and was left as it is; --force writes over it\n");
    assert_eq!(std::fs::read_to_string(&file).expect("there"), "mine");
    assert_eq!(report(folder.path(), &[&plan, "-o", "report.html", "--force"]).status.code(), Some(0));
    assert_eq!(std::fs::read_to_string(&file).expect("there"), first);
    assert_eq!(report(folder.path(), &[&plan, "-o", "nowhere/report.html"]).status.code(), Some(2));
    assert_eq!(report(folder.path(), &[&plan, "--force"]).status.code(), Some(2), "--force is for a file");
}

#[test]
fn a_report_is_of_one_plan() {
    let several = report(root(), &["examples/real"]);
    assert_eq!(several.status.code(), Some(2));
    assert!(
        told(&several).starts_with("flowcheck: there are 4 plans in examples/real, and a report is of one; name it: "),
        "{}",
        told(&several)
    );
    assert!(several.stdout.is_empty());
    assert_eq!(report(root(), &["examples/web-shop"]).status.code(), Some(0), "one plan in several files");
    assert_eq!(report(root(), &["missing.flow.yaml"]).status.code(), Some(2));
}

#[test]
fn each_form_is_written_and_findings_are_no_failure() {
    for (form, begins) in [("terminal", "Order in a Vendure shop"), ("markdown", "# Order in a Vendure shop"), ("html", "<!doctype html>")]
    {
        let output = report(root(), &["examples/real/vendure-order.flow.yaml", "--to", form]);
        assert_eq!(output.status.code(), Some(0));
        assert!(String::from_utf8_lossy(&output.stdout).starts_with(begins), "{form}");
    }
}

#[test]
fn a_torn_plan_is_reported_as_far_as_it_was_read() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("torn.flow.yaml"), "flowcheck: 1\njourney: order\nroles: {\n").expect("written");
    for form in ["terminal", "markdown", "html"] {
        let output = report(folder.path(), &["torn.flow.yaml", "--to", form]);
        assert_eq!(output.status.code(), Some(2), "{form}");
        assert!(!output.stdout.is_empty(), "{form}");
    }
}
