//! What every fuzzer does with its bytes, and what must hold then. The tests do the same with the kept corpus, so that whatever was found
//! once is looked at on every run.

use flowcheck::config;
use flowcheck::lint::{self, Baseline, Mend, Mended, Orders, Stub};
use flowcheck::model::{self, Input};
use flowcheck::output::{self, Checked, Run, Style};
use flowcheck::rules::RULES;
use flowcheck::source::{FileId, Source, Sources};
use flowcheck::spec::{self, File};

/// Any bytes to a verdict. Every finding lies in its file.
pub(crate) fn verdict(bytes: &[u8]) {
    let Ok(source) = Source::from_bytes("plan.flow.yaml", bytes.to_vec()) else { return };
    let run = check(source);
    for finding in run.findings() {
        for label in &finding.labels {
            let text = run.sources.get(label.span.file).text();
            assert!(text.get(label.span.range()).is_some(), "{} lies outside of its file: {:?}", finding.rule, label.span);
        }
        assert!(!finding.message.is_empty() && !finding.why.is_empty(), "{} says nothing", finding.rule);
    }
}

/// Any plan to every format. What is data can be read as such.
pub(crate) fn formats(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let run = check(Source::from_text("plan.flow.yaml", text));
    for width in [40, 100] {
        output::text(&run, Style { color: width == 40, unicode: width == 100, width, max_findings: 50 });
    }
    output::concise(&run, 50);
    output::markdown(&run, 50);
    output::github(&run);
    output::junit(&run, None);
    output::checkstyle(&run);
    for data in [output::json(&run), output::sarif(&run), output::gitlab(&run)] {
        // A document of JSON is a YAML document as well.
        let tree = spec::Tree::read(FileId::default(), &data);
        assert!(tree.faults.is_empty() || data.len() > 100_000, "{:?}", tree.faults);
    }
}

/// Any text as configuration, as baseline and as the document of an API.
pub(crate) fn settings(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (_, problems) = config::read(text);
    for problem in problems {
        assert!(text.get(problem.span.clone()).is_some(), "outside of the file: {problem:?}");
    }
    if let Ok(baseline) = Baseline::read(text) {
        assert_eq!(Baseline::read(&baseline.write()).map(|again| again.write()), Ok(baseline.write()), "what is written is read again");
    }
    let _ = spec::operation_ids(text);
}

/// Any plan mended. What comes of it has no fault of form that was not there before.
pub(crate) fn fixes(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let run = check(Source::from_text("plan.flow.yaml", text));
    let everything = RULES.iter().map(|rule| rule.name).collect();
    let what = Mend { safe: true, rules: everything, decide: Vec::new(), stub: Stub { why: "Because".to_owned(), until: None } };
    let mut mended = Mended::default();
    for checked in &run.plans {
        lint::mend(&checked.plan, &run.sources, &orders(), &what, &mut mended);
    }
    let (_, before) = spec::read::<File>(FileId::default(), text);
    for text in mended.texts.values() {
        let (_, after) = spec::read::<File>(FileId::default(), text);
        let gaps = |fault: &&spec::Fault| !matches!(fault.kind, spec::FaultKind::Gap { .. });
        assert!(after.iter().filter(gaps).count() <= before.iter().filter(gaps).count(), "mending broke it: {after:?}\n{text}");
    }
}

fn orders() -> Orders {
    Orders::on(jiff::civil::date(2026, 11, 22))
}

fn check(source: Source) -> Run {
    let mut sources = Sources::default();
    let file = sources.add(source);
    let (form, faults) = spec::read::<File>(file, sources.get(file).text());
    let plan = model::build(Input { files: vec![(file, form)], faults, ..Input::default() });
    let verdict = lint::run(&plan, &orders());
    Run { sources, plans: vec![Checked { plan, verdict }], ..Run::default() }
}
