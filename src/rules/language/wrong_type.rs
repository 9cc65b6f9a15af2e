//! See `wrong_type.md`.

use crate::finding::{Finding, Level};
use crate::rules::faults::{at, faults};
use crate::rules::{Context, Group, Phase, Rule};
use crate::spec::FaultKind;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "wrong-type",
    group: Group::Language,
    level: Level::Error,
    page: include_str!("wrong_type.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    faults(cx, |fault| match &fault.kind {
        FaultKind::WrongType { found, expected, example } => {
            let help = if example.is_empty() { String::new() } else { format!("For example: {example}") };
            Some(at(cx, fault, format!("here stands {found}, and what fits is {expected}")).help(help))
        }
        _ => None,
    })
}
