//! What several tests need.

use flowcheck::lint::{self, Orders, Verdict};
use flowcheck::model::{self, Input, Plan};
use flowcheck::source::{Source, Sources};
use flowcheck::spec::{self, File};

/// The day on which all tests take place.
pub(crate) fn today() -> jiff::civil::Date {
    "2026-11-22".parse().expect("a date")
}

/// A plan of one file.
pub(crate) fn plan(text: &str) -> (Sources, Plan) {
    let mut sources = Sources::default();
    let file = sources.add(Source::from_text("plan.flow.yaml", text));
    let (form, faults) = spec::read::<File>(file, text);
    let plan = model::build(Input { files: vec![(file, form)], faults, ..Input::default() });
    (sources, plan)
}

/// Checks a plan of one file, with the bound that its first line may name.
pub(crate) fn check(text: &str) -> (Sources, Verdict) {
    let (sources, plan) = plan(text);
    let mut orders = Orders::on(today());
    let bound = text.lines().next().and_then(|line| line.strip_prefix("# flowcheck validate --max-states "));
    if let Some(bound) = bound {
        orders.limits.configurations = bound.parse().expect("a number");
    }
    (sources, lint::run(&plan, &orders))
}

/// The folder of the project.
pub(crate) fn root() -> &'static std::path::Path {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every plan file of the examples, with its path from the project's folder and its text.
pub(crate) fn example_plans() -> Vec<(String, String)> {
    let found = flowcheck::source::discover(&root().join("examples")).expect("the examples are there");
    let plan = |path: std::path::PathBuf| {
        let name = path.strip_prefix(root()).expect("below the project").to_string_lossy().into_owned();
        (name, std::fs::read_to_string(&path).expect("an example"))
    };
    found.into_iter().map(plan).collect()
}

/// Runs the program in a folder.
pub(crate) fn run(folder: &std::path::Path, arguments: &[&str]) -> std::process::Output {
    command(folder, arguments).output().expect("the program runs")
}

/// The program, ready to run in a folder, away from what the machine says of itself.
pub(crate) fn command(folder: &std::path::Path, arguments: &[&str]) -> std::process::Command {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_flowcheck"));
    command.args(arguments).current_dir(folder).env("COLUMNS", "100").stdin(std::process::Stdio::null());
    for variable in ["NO_COLOR", "GITHUB_ACTIONS", "CI"] {
        command.env_remove(variable);
    }
    command
}

/// A folder with these files in it.
pub(crate) fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    folder
}

/// Says that a tool is not installed, so that what is meant for it was not held against it. Where `CI` is set that is a failure:
/// the gate installs every tool.
pub(crate) fn missing(tool: &str) {
    use std::io::Write as _;
    let is_gate = std::env::var_os("CI").is_some_and(|value| !value.is_empty());
    assert!(!is_gate, "{tool} is not installed; .ci/run installs it");
    // Straight to the terminal: what a test prints is shown only where it fails.
    let _ = writeln!(std::io::stderr(), "\n*** {tool} is not installed, so what is meant for it is NOT held against it ***\n");
}
