//! What the plan is for, and how ready each area is.

use super::{Block, Section, Table, count, one};
use crate::finding::Level;
use crate::report::content::{Outline, Report};
use crate::spec::list_with;

/// What each journey is for, and the numbers.
pub(super) fn section(report: &Report) -> Section {
    let mut blocks = Vec::new();
    for journey in &report.journeys {
        if report.journeys.len() > 1 {
            blocks.push(Block::Heading(journey.title.clone()));
        }
        blocks.push(Block::Facts(facts(journey)));
    }
    blocks.push(Block::Text(numbers(report)));
    Section { id: "in-short", title: "In short", lead: String::new(), blocks }
}

fn facts(journey: &Outline) -> Vec<(&'static str, Vec<String>)> {
    let mut kinds = Vec::new();
    if journey.is_core {
        kinds.push("part of the core loop".to_owned());
    }
    if journey.is_operations {
        kinds.push("staff work".to_owned());
    }
    kinds.push(count(journey.steps, "step"));
    let ends = journey.ends.iter().map(|(kind, steps)| format!("{kind}: {}", steps.join(", "))).collect();
    let all = [
        ("for", one(&journey.role)),
        ("goal", one(&journey.goal)),
        ("guarantee", one(if journey.guarantee.is_empty() { "not said yet" } else { &journey.guarantee })),
        ("where", one(journey.surfaces.join(", "))),
        ("size", one(kinds.join(", "))),
        ("begins", journey.entrances.clone()),
        ("ends", ends),
    ];
    all.into_iter().filter(|(_, lines)| lines.iter().any(|line| !line.is_empty())).collect()
}

/// What is open, in numbers.
pub(in crate::report) fn numbers(report: &Report) -> String {
    let number = |level: Level| report.gaps.iter().filter(|gap| gap.level == level).count();
    let levels = [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Info, "info")];
    let parts: Vec<String> = levels
        .into_iter()
        .map(|(level, word)| (number(level), word))
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| count(number, word))
        .collect();
    let mut sentences =
        vec![if parts.is_empty() { "Nothing is open by the rules.".to_owned() } else { format!("Open: {}.", list_with(&parts, "and")) }];
    if report.held_back > 0 {
        let wait = if report.held_back == 1 { "waits" } else { "wait" };
        sentences.push(format!("{} more {wait} until these are answered.", report.held_back));
    }
    if report.decided > 0 {
        let are = if report.decided == 1 { "is" } else { "are" };
        sentences.push(format!("{} {are} answered by decisions.", count(report.decided, "finding")));
    }
    if !report.questions.is_empty() {
        let wait = if report.questions.len() == 1 { "waits" } else { "wait" };
        sentences.push(format!("{} {wait} for an answer.", count(report.questions.len(), "question")));
    }
    sentences.join(" ")
}

/// How ready each area is.
pub(super) fn readiness(report: &Report) -> Section {
    let rows = report.readiness.iter().map(|area| {
        let answered = if area.required == 0 { "none in this plan".to_owned() } else { format!("{} of {}", area.answered, area.required) };
        vec![one(area.area.word()), one(area.area.question()), one(answered), area.open.clone()]
    });
    Section {
        id: "readiness",
        title: "Readiness",
        lead: "For each area, how many of its things have no open error and no open warning, and which ones have.".to_owned(),
        blocks: vec![Table::block(&["area", "the question", "answered", "still open"], rows.collect())],
    }
}
