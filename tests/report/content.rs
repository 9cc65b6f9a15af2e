//! What the report says agrees with the plan.

use flowcheck::report::{Area, Does};

use super::{examples, of_text, reported};
use crate::common::root;

#[test]
fn everything_of_the_plan_stands_in_the_report_once() {
    for path in examples() {
        let of = reported(&path);
        let (plan, report) = (&of.loaded.plans[0], &of.report);
        assert_eq!(report.blueprint.iter().map(|lane| lane.rows.len()).sum::<usize>(), plan.steps.len(), "{path}");
        assert_eq!(report.work.len(), plan.actions.len(), "{path}");
        assert_eq!(report.messages.len(), plan.notifications.len(), "{path}");
        assert_eq!(report.things.len(), plan.entities.len(), "{path}");
        assert_eq!(report.questions.len(), plan.questions.len(), "{path}");
        assert!(report.decisions.len() >= plan.decisions.len(), "{path}");
        assert_eq!(report.gaps.len(), of.verdict.findings.len(), "{path}");
        assert_eq!(report.decisions.iter().map(|decision| decision.answers).sum::<usize>(), of.verdict.decided.len(), "{path}");
        for (row, (_, step)) in report.blueprint.iter().flat_map(|lane| &lane.rows).zip(plan.steps.iter()) {
            assert_eq!(row.name, step.name.text, "{path}");
            assert_eq!(row.behind.len(), step.runs.len(), "{path}: {}", row.name);
        }
    }
}

#[test]
fn readiness_counts_things_and_names_the_rest() {
    for path in examples() {
        let of = reported(&path);
        let areas: Vec<Area> = of.report.readiness.iter().map(|area| area.area).collect();
        assert_eq!(areas, Area::ALL, "{path}");
        for area in &of.report.readiness {
            assert_eq!(area.required, area.answered + area.open.len(), "{path}: {area:?}");
        }
        let is_clean = of.verdict.findings.iter().all(|finding| finding.level < flowcheck::finding::Level::Warning);
        assert_eq!(of.report.readiness.iter().all(|area| area.open.is_empty()), is_clean, "{path}");
    }
}

#[test]
fn a_thing_that_is_found_twice_is_open_once() {
    let (report, _) = of_text(
        "flowcheck: 1\njourney: order\nsystems: {shop: {}}\nbackend:\n  place-order: {kind: submit, system: shop, outcomes: [placed, sold-out]}\n\
         stages:\n  entry:\n    open: {screen: Home, from: [search], backend: place-order, on: {placed: done-well}}\n    done-well: {ends: success}\n",
    );
    let path = report.readiness.iter().find(|area| area.area == Area::Path).expect("the area");
    assert_eq!(path.open.iter().filter(|name| name.contains("`open`")).count(), 1, "{path:?}");
    assert!(report.gaps.iter().filter(|gap| gap.area == Area::Path).count() > 1);
}

#[test]
fn what_is_asked_and_decided_is_told_with_its_owner_and_day() {
    let (report, _) = of_text(
        "flowcheck: 1\njourney: order\nrole: member\nroles: {member: {title: Member}}\nwithout: {pay: Members pay by month}\nstages:\n  entry:\n    open:\n\
         \x20     screen: Home\n      ends: success\n      question: {ask: Who opens the bar?, owner: Mei, by: 2026-01-31}\n\
         \x20     decided: {dead-end: {why: Only for now, by: Ana, until: 2026-02-01}}\n",
    );
    let question = &report.questions[0];
    assert_eq!((question.ask.as_str(), question.owner.as_str(), question.by.as_str()), ("Who opens the bar?", "Mei", "2026-01-31"));
    assert!(question.is_late && question.about.contains("Home"));
    let decision = &report.decisions[0];
    assert_eq!((decision.why.as_str(), decision.by.as_str(), decision.until.as_str()), ("Only for now", "Ana", "2026-02-01"));
    assert!(decision.has_passed);
    assert_eq!(report.decisions[1].why, "Members pay by month");
}

#[test]
fn the_states_of_the_coffee_say_who_and_how_long() {
    let of = reported(&root().join("examples/coffee-preorder.flow.yaml").to_string_lossy());
    let order = &of.report.things[0];
    let state = |name: &str| order.states.iter().find(|state| state.name == name).expect("a state");
    assert_eq!(order.owner, "Shop backend");
    assert_eq!(state("placed").moved_by, ["Member: `place-order.placed`"]);
    assert!(state("placed").goes_on.contains(&"after 15m becomes `expired`, asks `pay-order` first".to_owned()));
    assert!(state("paid").moved_by[0].ends_with("when WeChat Pay says so"));
    assert!(state("paid").goes_on.contains(&"waits for Barista".to_owned()));
    assert!(state("collected").is_final && !state("ready").is_final);
    assert!(state("ready").seen_at.contains(&"Your order (Member)".to_owned()));
    let wait = of.report.waits.iter().find(|wait| wait.what.contains("`make-drinks`")).expect("the task has a deadline");
    assert_eq!((wait.on.as_str(), wait.long.as_str(), wait.then.as_str()), ("Barista", "10m", "Finish the late order, or give it up"));
}

#[test]
fn the_matrix_says_what_each_event_does_and_where_nothing_is_said() {
    let of = reported(&root().join("examples/coffee-preorder.flow.yaml").to_string_lossy());
    let order = &of.report.events[0];
    let does = |report: &flowcheck::report::Matrix, event: &str, state: &str| {
        let row = report.rows.iter().find(|(name, _)| name == event).unwrap_or_else(|| panic!("{event} is no row of {report:?}"));
        let column = report.states.iter().position(|name| name == state).expect("a state");
        row.1[column].clone()
    };
    let so = |text: &str| Does::So(text.to_owned());
    assert!(order.is_complete);
    assert_eq!(does(order, "`pay-order.succeeded`", "placed"), so("→ `paid`"));
    assert_eq!(does(order, "`pay-order.succeeded`", "expired"), so("→ `refunding`"), "what the state says itself");
    assert_eq!(does(order, "`pay-order.succeeded`", "ready"), Does::Nothing);
    assert_eq!(does(order, "time", "placed"), so("after 15m → `expired`"));
    assert!(order.rows.iter().all(|(_, cells)| !cells.contains(&Does::Unsaid)), "a plan with nothing open");
    let vendure = reported(&root().join("examples/real/vendure-order.flow.yaml").to_string_lossy());
    let unsaid =
        vendure.report.events.iter().flat_map(|matrix| &matrix.rows).flat_map(|(_, cells)| cells).filter(|does| **does == Does::Unsaid);
    assert!(unsaid.count() > 0, "the gaps of a real system show in it");
}
