//! See `bad_duration.md`.

use crate::finding::{Finding, Level};
use crate::rules::faults::{at, faults};
use crate::rules::{Context, Group, Phase, Rule};
use crate::spec::FaultKind;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "bad-duration",
    group: Group::Language,
    level: Level::Error,
    page: include_str!("bad_duration.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    faults(cx, |fault| match &fault.kind {
        FaultKind::BadDuration { text, meant } => {
            let help = match meant {
                Some(meant) => format!("Write `{meant}`."),
                None => "Write a number and one of `s`, `m`, `h`, `d`: `30s`, `15m`, `2h`, `7d`.".to_owned(),
            };
            Some(at(cx, fault, format!("`{text}` is no length of time")).help(help))
        }
        _ => None,
    })
}
