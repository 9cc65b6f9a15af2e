//! A report in the form of Checkstyle, which many services read.

use super::Run;
use super::place::Place;
use super::xml::Element;
use crate::finding::Finding;

/// The open findings of a run, file by file.
pub fn checkstyle(run: &Run) -> String {
    let mut files: Vec<(String, Vec<Element>)> = Vec::new();
    for finding in run.findings() {
        let place = Place::of(run, finding.span());
        let error = error(&place, finding);
        match files.iter_mut().find(|(file, _)| *file == place.file) {
            Some((_, errors)) => errors.push(error),
            None => files.push((place.file, vec![error])),
        }
    }
    let files = files.into_iter().map(|(file, errors)| Element::new("file").with("name", file).containing(errors));
    Element::new("checkstyle").with("version", "4.3").containing(files).document()
}

fn error(place: &Place, finding: &Finding) -> Element {
    Element::new("error")
        .with("line", place.start.line)
        .with("column", place.start.column)
        .with("severity", finding.level.word())
        .with("message", &finding.message)
        .with("source", format!("flowcheck.{}", finding.rule))
}
