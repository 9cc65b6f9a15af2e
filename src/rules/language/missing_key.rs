//! See `missing_key.md`.

use crate::finding::{Finding, Level};
use crate::rules::faults::{at, faults};
use crate::rules::{Context, Group, Phase, Rule};
use crate::spec::FaultKind;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "missing-key",
    group: Group::Language,
    level: Level::Error,
    page: include_str!("missing_key.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    faults(cx, |fault| match &fault.kind {
        FaultKind::MissingKey { key, place, example, doc } => {
            Some(at(cx, fault, format!("{place} needs `{key}`")).why(*doc).help(format!("For example:\n{key}: {example}")))
        }
        _ => None,
    })
}
