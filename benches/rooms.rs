//! `cargo bench --bench rooms`: what each room of the house takes on generated plans, in time and in memory.

#[path = "../tests/generator/mod.rs"]
mod generator;

use divan::{AllocProfiler, Bencher};
use flowcheck::analysis::{Courses, Holds, Reach, traps};
use flowcheck::lint::{self, Orders};
use flowcheck::model::{self, Input, Plan};
use flowcheck::output::{self, Checked, Run};
use flowcheck::rules::{Context, RULES};
use flowcheck::source::{FileId, Source, Sources};
use flowcheck::spec::{self, File, Tree};

#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

const STEPS: [usize; 3] = [40, 1_000, 10_000];

fn main() {
    divan::main();
}

fn orders() -> Orders {
    Orders::on("2026-11-22".parse().expect("a day"))
}

fn input(text: &str) -> Input {
    let (form, faults) = spec::read::<File>(FileId::default(), text);
    Input { files: vec![(FileId::default(), form)], faults, ..Input::default() }
}

fn plan(steps: usize) -> Plan {
    model::build(input(&generator::plan(steps)))
}

#[divan::bench(args = STEPS)]
fn spec_tree(bencher: Bencher<'_, '_>, steps: usize) {
    let text = generator::plan(steps);
    bencher.bench_local(|| Tree::read(FileId::default(), &text).len());
}

#[divan::bench(args = STEPS)]
fn spec_form(bencher: Bencher<'_, '_>, steps: usize) {
    let text = generator::plan(steps);
    bencher.bench_local(|| spec::read::<File>(FileId::default(), &text));
}

#[divan::bench(args = STEPS)]
fn model_build(bencher: Bencher<'_, '_>, steps: usize) {
    let text = generator::plan(steps);
    bencher.with_inputs(|| input(&text)).bench_local_values(model::build);
}

#[divan::bench(args = STEPS)]
fn analysis_reach(bencher: Bencher<'_, '_>, steps: usize) {
    let plan = plan(steps);
    bencher.bench_local(|| Reach::new(&plan));
}

#[divan::bench(args = STEPS)]
fn analysis_traps(bencher: Bencher<'_, '_>, steps: usize) {
    let plan = plan(steps);
    let reach = Reach::new(&plan);
    bencher.bench_local(|| traps(&plan, &reach));
}

#[divan::bench(args = STEPS)]
fn analysis_courses(bencher: Bencher<'_, '_>, steps: usize) {
    let plan = plan(steps);
    let reach = Reach::new(&plan);
    bencher.bench_local(|| Courses::new(&plan, &reach));
}

#[divan::bench(args = STEPS)]
fn analysis_holds(bencher: Bencher<'_, '_>, steps: usize) {
    let plan = plan(steps);
    let reach = Reach::new(&plan);
    bencher.bench_local(|| Holds::new(&plan, &reach));
}

/// Each rule by itself, with what it asks the analyses for.
#[divan::bench(args = RULES.iter().map(|rule| rule.name), max_time = 1)]
fn rule(bencher: Bencher<'_, '_>, rule: &str) {
    let plan = plan(1_000);
    let rule = flowcheck::rules::find(rule).expect("a rule");
    let today = "2026-11-22".parse().expect("a day");
    bencher.bench_local(|| (rule.check)(&Context::new(&plan, today)));
}

#[divan::bench(args = STEPS)]
fn lint_all(bencher: Bencher<'_, '_>, steps: usize) {
    let plan = plan(steps);
    bencher.bench_local(|| lint::run(&plan, &orders()));
}

/// A format by its name.
type Format = (&'static str, fn(&Run) -> String);

const FORMATS: [Format; 8] = [
    ("text", |run| output::text(run, output::Style { color: true, unicode: true, width: 100, max_findings: 1_000 })),
    ("concise", |run| output::concise(run, 1_000)),
    ("json", output::json),
    ("sarif", output::sarif),
    ("gitlab", output::gitlab),
    ("junit", |run| output::junit(run, None)),
    ("checkstyle", output::checkstyle),
    ("markdown", |run| output::markdown(run, 1_000)),
];

#[divan::bench(args = FORMATS.map(|(name, _)| name))]
fn output(bencher: Bencher<'_, '_>, format: &str) {
    let fault = generator::FAULTS.iter().find(|fault| fault.rule == "screen-state-missing").expect("in the list");
    let text = generator::broken_all(&generator::plan(1_000), fault, 1_000);
    let plan = model::build(input(&text));
    let mut sources = Sources::default();
    sources.add(Source::from_text("plan.flow.yaml", text));
    let verdict = lint::run(&plan, &orders());
    let run = Run { sources, plans: vec![Checked { plan, verdict }], ..Run::default() };
    let (_, format) = FORMATS.iter().find(|(name, _)| *name == format).expect("in the list");
    bencher.bench_local(|| format(&run));
}
