//! The document on large plans is true: its commands are run in order, and print what it shows.

use std::path::Path;
use std::process::Command;

use super::bench;
use crate::common::root;

const DOCUMENT: &str = include_str!("../../docs/checking-large-plans.md");

/// The states of the example, of which a small search finds some.
const STATES: usize = 241_847;

/// The fenced blocks: language and text.
fn blocks() -> Vec<(&'static str, &'static str)> {
    let fences = DOCUMENT.split("\n```").skip(1).step_by(2);
    fences.map(|fence| fence.split_once('\n').unwrap_or((fence, ""))).collect()
}

/// What a command prints in a folder. Where it leaves others behind, those are waited for, because they write to the same place.
fn run(folder: &Path, command: &str) -> String {
    let words: Vec<&str> = command.split_whitespace().collect();
    let (program, arguments) = words.split_first().expect("a command");
    let program = match *program {
        "flowcheck" => env!("CARGO_BIN_EXE_flowcheck").to_owned(),
        "./pan" => folder.join("pan").display().to_string(),
        known @ ("spin" | "gcc") => known.to_owned(),
        other => panic!("the document shows `{other}`, which no test runs"),
    };
    bench::run(folder, Command::new(program).args(arguments))
}

#[test]
fn every_command_of_the_document_prints_what_it_shows() {
    if !bench::is_there() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let example = "examples/membership.flow.yaml";
    std::fs::create_dir(path.join("examples")).expect("made");
    std::fs::copy(root().join(example), path.join(example)).expect("copied");
    let mut commands = 0;
    for (language, text) in blocks() {
        match language {
            "promela" => {
                if let Some((name, text)) = text.strip_prefix("# file: ").and_then(|text| text.split_once('\n')) {
                    std::fs::write(path.join(name), text).expect("written");
                } else {
                    let model = std::fs::read_to_string(path.join("membership.pml")).expect("exported before");
                    assert!(model.contains(text), "the model has no\n{text}\nin\n{model}");
                }
            }
            "console" => {
                for (command, shown) in text.split("$ ").skip(1).map(|part| part.split_once('\n').unwrap_or((part, ""))) {
                    let printed = run(path, command);
                    let mut rest = printed.as_str();
                    for piece in shown.split("...").map(str::trim).filter(|piece| !piece.is_empty()) {
                        let at =
                            rest.find(piece).unwrap_or_else(|| panic!("`{command}` prints\n{printed}\nand the document shows\n{piece}"));
                        rest = &rest[at + piece.len()..];
                    }
                    if command.contains("-swarm") {
                        swarmed(&printed);
                    }
                    commands += 1;
                }
            }
            _ => {}
        }
    }
    assert!(commands >= 10, "{commands}");
}

/// Each search of a swarm finds some states, never more than there are.
fn swarmed(printed: &str) {
    let stored = printed.lines().filter_map(|line| line.trim().strip_suffix(" states, stored"));
    let stored: Vec<usize> = stored.filter_map(|number| number.parse().ok()).collect();
    assert!(stored.len() == 4 && stored.iter().all(|states| (1..=STATES).contains(states)), "{stored:?}\n{printed}");
}
