//! The same input gives the same bytes, whatever the order of files and the number of threads.

use crate::common::{command, folder_with};
use crate::generator::{FAULTS, broken_all, plan, product};

/// Files of which each has something open: a product of several journeys, and plans of their own.
fn files() -> Vec<(String, String)> {
    let mut files = product(160);
    let fault = |rule: &str| FAULTS.iter().find(|fault| fault.rule == rule).expect("in the list");
    for (index, rule) in ["screen-state-missing", "needs-unmet", "dead-end", "unknown-name"].iter().cycle().take(20).enumerate() {
        files.push((format!("plans/p{index}.flow.yaml"), broken_all(&plan(80), fault(rule), 80)));
    }
    files
}

fn said(folder: &std::path::Path, threads: &str, arguments: &[&str]) -> Vec<u8> {
    let output = command(folder, arguments).env("RAYON_NUM_THREADS", threads).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn threads_and_repetition_change_nothing() {
    let files = files();
    let named: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = folder_with(&named);
    for format in ["text", "json", "sarif", "markdown"] {
        let arguments = ["validate", "--format", format];
        let first = said(folder.path(), "1", &arguments);
        for threads in ["2", "7", "2"] {
            assert!(said(folder.path(), threads, &arguments) == first, "{format} with {threads} threads is another");
        }
    }
}

#[test]
fn the_order_in_which_files_were_made_changes_nothing() {
    let mut files = files();
    let named: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let first = said(folder_with(&named).path(), "2", &["validate", "--format", "json"]);
    files.reverse();
    let named: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert!(said(folder_with(&named).path(), "2", &["validate", "--format", "json"]) == first);
}

#[test]
fn files_that_are_named_twice_or_in_another_order_are_checked_once() {
    let folder = folder_with(&[("a.flow.yaml", "flowcheck: 1\njourney: a\n"), ("b.flow.yaml", "flowcheck: 1\njourney: b\n")]);
    let once = said(folder.path(), "2", &["validate", "--format", "concise", "a.flow.yaml", "b.flow.yaml"]);
    let twice =
        said(folder.path(), "2", &["validate", "--format", "concise", "a.flow.yaml", "b.flow.yaml", "a.flow.yaml", "./b.flow.yaml"]);
    assert_eq!(String::from_utf8_lossy(&once), String::from_utf8_lossy(&twice));
}
