//! See `open_gap.md`.

use crate::finding::{Finding, Level};
use crate::rules::faults::{at, faults};
use crate::rules::{Context, Group, Phase, Rule};
use crate::spec::FaultKind;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "open-gap",
    group: Group::Language,
    level: Level::Error,
    page: include_str!("open_gap.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    faults(cx, |fault| match &fault.kind {
        FaultKind::Gap { expected, example } => {
            let help = if example.is_empty() { String::new() } else { format!("For example: {example}") };
            Some(at(cx, fault, format!("`..` is still to be filled: {expected} belongs here")).help(help))
        }
        _ => None,
    })
}
