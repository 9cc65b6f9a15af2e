//! See `unreadable_file.md`.

use crate::finding::{Finding, Level};
use crate::rules::faults::{at, faults};
use crate::rules::{Context, Group, Phase, Rule};
use crate::spec::FaultKind;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unreadable-file",
    group: Group::Language,
    level: Level::Error,
    page: include_str!("unreadable_file.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    faults(cx, |fault| match &fault.kind {
        FaultKind::Unreadable { problem, help } => Some(at(cx, fault, problem.clone()).help(help)),
        _ => None,
    })
}
