//! `cargo bench --bench ratios`: the table of ratios. Each is between two times, or a peak of memory and a size, of one run, so that
//! it says the same on a slow machine and on a fast one; what both are in milliseconds stands beside it.
//!
//! `cargo bench --bench ratios -- --large` measures 100,000 steps as well. `-- --write STEPS FILE` writes the plan that is measured.

#![allow(clippy::print_stdout)] // the table is what it is for

#[path = "../tests/generator/mod.rs"]
mod generator;

use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use flowcheck::lint::{self, Orders};
use flowcheck::model::{self, Input};
use flowcheck::output::{Checked, Run, Style, text};
use flowcheck::source::{Source, Sources};
use flowcheck::spec::{self, File};
use wait4::Wait4 as _;

const PROGRAM: &str = env!("CARGO_BIN_EXE_flowcheck");
/// The example that the whole process is measured on.
const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/coffee-preorder.flow.yaml");

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--write") {
        let steps = arguments.get(at + 1).and_then(|steps| steps.parse().ok()).expect("--write STEPS FILE");
        let file = arguments.get(at + 2).expect("--write STEPS FILE");
        std::fs::write(file, generator::plan(steps)).expect("the file can be written");
        return;
    }
    let is_large = arguments.iter().any(|argument| argument == "--large");
    println!("{:<58} {:>10} {:>10} {:>8} {:>8}", "what", "this", "over that", "ratio", "goal");
    let sizes: &[usize] = if is_large { &[1_000, 10_000, 100_000] } else { &[1_000, 10_000] };
    // First, because what a program is started by counts as its peak where that had more.
    for steps in sizes {
        memory(*steps);
    }
    let mut before: Option<Duration> = None;
    for steps in sizes {
        let plan = generator::plan(*steps);
        let [validate, events] = medians(runs(*steps), [&|| drop(black_box(check(&plan))), &|| _ = black_box(events(&plan))]);
        row(&format!("validate over the bare events, {steps} steps"), validate, events, Some(2.0));
        if let Some(before) = before {
            row(&format!("validate, {steps} steps over a tenth of them"), validate, before, Some(11.0));
        }
        before = Some(validate);
    }
    whole_process();
    rendering();
}

/// Checking a text, as the program does with a file.
fn check(plan: &str) -> Run {
    let mut sources = Sources::default();
    let file = sources.add(Source::from_text("plan.flow.yaml", plan));
    let (form, faults) = spec::read::<File>(file, plan);
    let plan = model::build(Input { files: vec![(file, form)], faults, ..Input::default() });
    let verdict = lint::run(&plan, &Orders::on("2026-11-22".parse().expect("a day")));
    Run { sources, plans: vec![Checked { plan, verdict }], ..Run::default() }
}

/// The events of a text, and nothing else.
fn events(plan: &str) -> usize {
    let mut parser = granit_parser::Parser::new_from_str(plan);
    let mut count = 0;
    while let Some(event) = parser.next_event() {
        count += usize::from(black_box(event).is_ok());
    }
    count
}

/// How often something of this size is measured.
fn runs(steps: usize) -> usize {
    if steps > 1_000 { 5 } else { 25 }
}

/// The median times of two things that are done in turn, so that what else the machine does meets both.
fn medians(runs: usize, things: [&dyn Fn(); 2]) -> [Duration; 2] {
    let mut times = [Vec::new(), Vec::new()];
    for run in 0..=runs {
        for (thing, times) in things.iter().zip(&mut times) {
            let begin = Instant::now();
            thing();
            // The first one meets cold caches.
            if run > 0 {
                times.push(begin.elapsed());
            }
        }
    }
    times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2]
    })
}

fn row(what: &str, this: Duration, that: Duration, goal: Option<f64>) {
    let milliseconds = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1e3);
    let goal = goal.map_or_else(String::new, |goal| format!("{goal:.1}"));
    let ratio = this.as_secs_f64() / that.as_secs_f64();
    println!("{what:<58} {:>10} {:>10} {ratio:>8.2} {goal:>8}", milliseconds(this), milliseconds(that));
}

/// Peak memory of the whole program over the bytes of its input.
#[allow(clippy::cast_precision_loss)] // megabytes
fn memory(steps: usize) {
    let plan = generator::plan(steps);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("plan.flow.yaml");
    std::fs::write(&file, &plan).expect("the file can be written");
    let bytes = plan.len();
    let mut child = Command::new(PROGRAM).arg("validate").arg(&file).stdout(Stdio::null()).spawn().expect("the program starts");
    let peak = child.wait4().expect("the program ends").rusage.maxrss as f64;
    let (peak, bytes) = (peak / 1e6, bytes as f64 / 1e6);
    let what = format!("peak memory over the bytes of the input, {steps} steps");
    println!("{what:<58} {peak:>7.1} MB {bytes:>7.2} MB {:>8.2} {:>8.1}", peak / bytes, 12.0);
}

fn whole_process() {
    let run = |arguments: &[&str]| {
        let status = Command::new(PROGRAM).args(arguments).stdout(Stdio::null()).status().expect("the program runs");
        assert!(status.success(), "{arguments:?}");
    };
    let [validate, version] = medians(100, [&|| run(&["validate", EXAMPLE]), &|| run(&["--version"])]);
    row("the whole process on an example over --version", validate, version, Some(1.5));
}

fn rendering() {
    let mut plan = generator::plan(10_000);
    let faults = generator::FAULTS.iter().filter(|fault| {
        ["screen-state-missing", "callback-unverified", "unused-declaration", "hold-without-release"].contains(&fault.rule)
    });
    for fault in faults {
        plan = generator::broken_all(&plan, fault, 10_000);
    }
    let run = check(&plan);
    let count = run.findings().count().min(1_000);
    let style = Style { color: true, unicode: true, width: 100, max_findings: 1_000 };
    let [render, find] = medians(3, [&|| drop(black_box(text(&run, style))), &|| drop(black_box(check(&plan)))]);
    row(&format!("rendering {count} findings as text over finding them"), render, find, Some(3.0));
}
