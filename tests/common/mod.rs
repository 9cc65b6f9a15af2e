//! What several tests need.

use flowcheck::lint::{self, Verdict};
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

/// Checks a plan of one file.
pub(crate) fn check(text: &str) -> (Sources, Verdict) {
    let (sources, plan) = plan(text);
    let verdict = lint::run(&plan, today());
    (sources, verdict)
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
