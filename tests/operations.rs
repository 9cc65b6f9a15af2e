//! `operation` of an action is held against the documents that come with the plan.

use flowcheck::finding::Finding;
use flowcheck::lint::{self, Orders};
use flowcheck::model::{self, Input, Operations};
use flowcheck::source::{Source, Sources};
use flowcheck::spec::{self, File};

use crate::common::today;

const DOCUMENT: &str = "api/clinic.yaml";

/// A plan whose one action names an operation.
fn plan(operation: &str) -> String {
    format!(
        "flowcheck: 1
journey: flu-shot
title: Book a flu shot
goal: A patient has a time for the shot
role: patient
roles: {{patient: {{}}}}
systems: {{clinic: {{}}}}
backend:
  book-visit:
    kind: other
    system: clinic
    operation: {operation}
    outcomes: [booked]
stages:
  entry:
    open: {{screen: Flu shots, from: search, backend: book-visit, on: {{booked: done}}}}
    done: {{ends: success}}
"
    )
}

/// What is found of unknown operations, with the text each finding stands at.
fn check(text: &str, operations: Operations) -> Vec<(String, Finding)> {
    let mut sources = Sources::default();
    let file = sources.add(Source::from_text("plan.flow.yaml", text));
    let (form, faults) = spec::read::<File>(file, text);
    let plan = model::build(Input { files: vec![(file, form)], faults, operations });
    let found = lint::run(&plan, &Orders::on(today())).findings.into_iter().filter(|finding| finding.rule == "unknown-operation");
    found.map(|finding| (text[finding.span().range()].to_owned(), finding)).collect()
}

/// The one finding where an operation is named and its document has some.
fn check_one(operation: &str, known: Result<&[&str], &str>) -> Finding {
    let known = known.map(|ids| ids.iter().map(|id| (*id).to_owned()).collect()).map_err(str::to_owned);
    let mut found = check(&plan(operation), Operations::from([(DOCUMENT.to_owned(), known)]));
    assert_eq!(found.len(), 1, "{operation}: {found:?}");
    let (at, finding) = found.remove(0);
    assert_eq!(at, operation);
    finding
}

#[test]
fn an_operation_that_is_there_is_silent() {
    let known = Ok(vec!["listVisits".to_owned(), "bookVisit".to_owned()]);
    let found = check(&plan("api/clinic.yaml#bookVisit"), Operations::from([(DOCUMENT.to_owned(), known)]));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn an_operation_that_is_not_there_is_told_with_the_nearest() {
    let finding = check_one("api/clinic.yaml#bokVisit", Ok(&["listVisits", "bookVisit"]));
    assert_eq!(finding.message, "`api/clinic.yaml` has no operation `bokVisit`, which `book-visit` names");
    assert_eq!(finding.help, "Did you mean this?\noperation: api/clinic.yaml#bookVisit");
}

#[test]
fn where_nothing_is_near_the_operations_are_listed() {
    let finding = check_one("api/clinic.yaml#sendReminder", Ok(&["listVisits", "bookVisit"]));
    assert!(finding.help.ends_with("It has `listVisits` and `bookVisit`."), "{}", finding.help);
    let finding = check_one("api/clinic.yaml#sendReminder", Ok(&[]));
    assert!(finding.help.ends_with("It has no operation with an `operationId` yet."), "{}", finding.help);
}

#[test]
fn an_operation_of_another_document_is_pointed_to() {
    let operations = [(DOCUMENT, "listVisits"), ("api/mail.yaml", "sendReminder")];
    let operations = operations.map(|(document, id)| (document.to_owned(), Ok(vec![id.to_owned()])));
    let found = check(&plan("api/clinic.yaml#sendReminder"), Operations::from(operations));
    assert_eq!(found[0].1.help, "It is in another document:\noperation: api/mail.yaml#sendReminder");
}

#[test]
fn a_document_that_could_not_be_read_is_told_with_the_reason() {
    let finding = check_one("api/clinic.yaml#bookVisit", Err("line 2: a bracket is opened and never closed"));
    assert_eq!(
        finding.message,
        "`api/clinic.yaml`, which `book-visit` names, could not be read: line 2: a bracket is opened and never closed"
    );
}

#[test]
fn a_document_that_is_not_there_is_told_once_for_all_actions() {
    let text = plan("api/clinic.yaml#bookVisit").replace(
        "stages:",
        "  list-visits: {kind: other, system: clinic, operation: api/clinic.yaml#listVisits, outcomes: [listed]}\nstages:",
    );
    let found = check(&text, Operations::new());
    let [(at, finding)] = &found[..] else { panic!("{found:?}") };
    assert_eq!(at, "api/clinic.yaml#bookVisit");
    assert_eq!(finding.message, "`book-visit` and 1 other action name an operation of `api/clinic.yaml`, and there is no such file");
    assert_eq!(&text[finding.labels[1].span.range()], "api/clinic.yaml#listVisits");
}

#[test]
fn a_decision_on_one_action_does_not_answer_for_the_others() {
    let text = plan("api/clinic.yaml#bookVisit").replace(
        "stages:",
        "  list-visits: {kind: other, system: clinic, operation: api/clinic.yaml#listVisits, decided: {unknown-operation: It comes in May}}\nstages:",
    );
    let found = check(&text, Operations::new());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].1.message, "`book-visit` names an operation of `api/clinic.yaml`, and there is no such file");
}

#[test]
fn a_document_alone_is_no_operation() {
    for operation in ["api/clinic.yaml", "api/clinic.yaml#"] {
        let finding = check_one(operation, Ok(&["bookVisit"]));
        assert_eq!(finding.message, "`book-visit` names the document `api/clinic.yaml` and no operation in it");
        assert!(finding.help.contains("It has `bookVisit`."), "{}", finding.help);
        assert!(finding.help.ends_with("operation: api/clinic.yaml#.."), "{}", finding.help);
    }
}
