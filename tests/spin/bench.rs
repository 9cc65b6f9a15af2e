//! Runs models with SPIN: many of them in one program, because compiling costs more than looking.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// The variable of the environment that tells the program which of its models to run.
const CHOSEN: &str = "MODEL";

/// A model to look at.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) text: String,
    /// In how many ways it may begin.
    pub(super) starts: usize,
    /// How deep the search may have to go.
    pub(super) depth: usize,
}

/// What SPIN has found of a model.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) states: usize,
    pub(super) transitions: usize,
    /// The values with which assertions failed, by variable.
    pub(super) failed: BTreeSet<BTreeMap<String, usize>>,
}

/// Whether SPIN is there. Without it nothing is checked, which must not go unseen where it counts.
pub(super) fn is_there() -> bool {
    let is_there = Command::new("spin").arg("-V").output().is_ok_and(|output| output.status.success());
    if !is_there {
        crate::common::missing("spin");
    }
    is_there
}

/// Runs a command in a folder; its output, both kinds together.
pub(super) fn run(folder: &Path, command: &mut Command) -> String {
    let output = command.current_dir(folder).output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}: {text}");
    text
}

/// What SPIN finds of each model.
pub(super) fn search(models: &[&Model]) -> Vec<Found> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    std::fs::write(path.join("all.pml"), together(models)).expect("written");
    run(path, Command::new("spin").args(["-a", "all.pml"]));
    let flags = ["-O0", "-w", "-DSAFETY", "-DNOREDUCE", "-DVECTORSZ=65536", "-o", "pan", "pan.c"];
    run(path, Command::new("gcc").args(flags));
    let found = models.iter().enumerate().map(|(index, model)| {
        let depth = format!("-m{}", model.depth + 10);
        let mut pan = Command::new(path.join("pan"));
        let output = pan.args(["-c0", "-w16", &depth]).env(CHOSEN, index.to_string()).current_dir(path).output().expect("it runs");
        let output = String::from_utf8_lossy(&output.stdout);
        assert!(!output.contains("max search depth too small"), "{output}\n{}", model.text);
        assert!(!output.contains("invalid end state ("), "{output}\n{}", model.text);
        let mut found = read(&output);
        // One state before the model is chosen, and one more before it has chosen how to begin. Each state is come to by a transition,
        // the first one too.
        let chooses = model.starts > 1;
        found.states -= 1 + usize::from(chooses);
        found.transitions -= 2 + if chooses { model.starts } else { 0 };
        found
    });
    found.collect()
}

/// What a run says.
fn read(output: &str) -> Found {
    let number = |after: &str| {
        let line = output.lines().find(|line| line.contains(after)).unwrap_or_else(|| panic!("no `{after}` in\n{output}"));
        line.split_whitespace().next().and_then(|word| word.parse::<usize>().ok()).unwrap_or_else(|| panic!("{line}"))
    };
    let failed = output.lines().filter_map(|line| line.split_once("assertion violated")).map(|(_, rest)| {
        let values = rest.split("==").zip(rest.split("==").skip(1)).map(|(before, after)| {
            let name = before.rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default();
            let name = name.split_once("__").map_or(name, |(_, name)| name).to_owned();
            let value: String = after.chars().take_while(char::is_ascii_digit).collect();
            (name, value.parse().unwrap_or_else(|_| panic!("{rest}")))
        });
        values.collect()
    });
    let failed = failed.collect();
    Found { states: number("states, stored"), transitions: number("transitions (="), failed }
}

/// One model of many: each in a process of its own with names of its own, of which one is run.
fn together(models: &[&Model]) -> String {
    let mut out = String::new();
    let mut choice = String::new();
    for (index, model) in models.iter().enumerate() {
        out += &renamed(&model.text, index);
        let _ = writeln!(choice, "  :: atomic {{ c_expr {{ !(atoi(getenv(\"{CHOSEN}\")) - {index}) }} -> run plan_{index}() }}");
    }
    // The process that chooses stays where it is then, so that it adds nothing to the states.
    let _ = writeln!(out, "init {{\n  if\n{choice}  fi;\nend_chosen:\n  false\n}}");
    out
}

/// A model whose own names carry its number.
fn renamed(model: &str, index: usize) -> String {
    let declared = |line: &str| {
        let mut words = line.split_whitespace();
        let is_declaration = matches!(words.next(), Some("#define" | "byte" | "int"));
        words.next().filter(|_| is_declaration).map(str::to_owned)
    };
    let own: HashSet<String> = model.lines().filter_map(declared).collect();
    let mut out = String::new();
    let mut word = String::new();
    for letter in model.replace("active proctype plan()", &format!("proctype plan_{index}()")).chars() {
        if letter.is_ascii_alphanumeric() || letter == '_' {
            word.push(letter);
            continue;
        }
        if own.contains(&word) {
            let _ = write!(out, "m{index}__");
        }
        out += &std::mem::take(&mut word);
        out.push(letter);
    }
    out
}
