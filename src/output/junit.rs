//! The report of a test run: a suite for each plan, and in it a case for each finding. What does not fail the run counts as skipped.

use super::Run;
use super::place::Place;
use super::xml::Element;
use crate::finding::{Finding, Level};

/// The run, of which findings from this level on fail.
pub fn junit(run: &Run, fails: Option<Level>) -> String {
    let mut suites: Vec<Suite> = run
        .plans
        .iter()
        .map(|checked| {
            let name = checked.plan.files.first().map_or("plan", |file| run.sources.get(*file).name());
            let mut suite = Suite::new(name);
            for finding in &checked.verdict.findings {
                suite.finding(run, finding, fails);
            }
            if suite.cases.is_empty() {
                suite.cases.push(case("nothing is open", name));
            }
            suite
        })
        .collect();
    if !run.unread.is_empty() {
        let mut suite = Suite::new("files that could not be read");
        for reason in &run.unread {
            suite.errors += 1;
            suite.cases.push(case(reason, "unread").containing([Element::new("error").with("type", "unread").with("message", reason)]));
        }
        suites.push(suite);
    }
    let sum = |count: fn(&Suite) -> usize| suites.iter().map(count).sum::<usize>();
    Element::new("testsuites")
        .with("name", "flowcheck")
        .with("tests", sum(|suite| suite.cases.len()))
        .with("failures", sum(|suite| suite.failures))
        .with("errors", sum(|suite| suite.errors))
        .containing(suites.into_iter().map(Suite::element))
        .document()
}

struct Suite {
    name: String,
    cases: Vec<Element>,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Suite {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), cases: Vec::new(), failures: 0, errors: 0, skipped: 0 }
    }

    fn finding(&mut self, run: &Run, finding: &Finding, fails: Option<Level>) {
        let place = Place::of(run, finding.span());
        let at = format!("{}:{}:{}", place.file, place.start.line, place.start.column);
        let message = format!("{at}: {}", finding.message);
        let text = [message.as_str(), &finding.why, &finding.help].join("\n");
        let came = if fails.is_some_and(|fails| finding.level >= fails) {
            self.failures += 1;
            Element::new("failure").with("type", finding.level.word())
        } else {
            self.skipped += 1;
            Element::new("skipped").with("type", finding.level.word())
        };
        let came = came.with("message", message).text(text.trim());
        self.cases.push(case(&format!("{} at {at}", finding.rule), &place.file).containing([came]));
    }

    fn element(self) -> Element {
        Element::new("testsuite")
            .with("name", self.name)
            .with("tests", self.cases.len())
            .with("failures", self.failures)
            .with("errors", self.errors)
            .with("skipped", self.skipped)
            .containing(self.cases)
    }
}

fn case(name: &str, file: &str) -> Element {
    Element::new("testcase").with("name", name).with("classname", file)
}
