//! See `duplicate_name.md`.

use crate::finding::{Finding, Level};
use crate::rules::faults::{at, faults};
use crate::rules::{Context, Group, Phase, Rule};
use crate::spec::FaultKind;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "duplicate-name",
    group: Group::Language,
    level: Level::Error,
    page: include_str!("duplicate_name.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    faults(cx, |fault| match &fault.kind {
        FaultKind::DuplicateName { name, first } => {
            let finding = at(cx, fault, format!("`{name}` stands twice")).here("and again here").label(*first, "first here");
            Some(finding.help("Give one of them another name, or make one of both. Until then only the first one counts."))
        }
        _ => None,
    })
}
