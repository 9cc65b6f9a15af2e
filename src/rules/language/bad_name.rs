//! See `bad_name.md`.

use crate::finding::{Finding, Level};
use crate::rules::faults::{at, faults};
use crate::rules::{Context, Group, Phase, Rule};
use crate::spec::FaultKind;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "bad-name",
    group: Group::Language,
    level: Level::Error,
    page: include_str!("bad_name.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    faults(cx, |fault| match &fault.kind {
        FaultKind::BadName { name, suggestion, reserved: true } => Some(
            at(cx, fault, format!("`{name}` is a word of the language, so nothing can be called so"))
                .help(format!("Give it another name, such as `{suggestion}`.")),
        ),
        FaultKind::BadName { name, suggestion, reserved: false } => {
            Some(at(cx, fault, format!("`{name}` is no name")).help(format!(
                "Names are small letters and digits with single hyphens: `{suggestion}`. What people read goes into `title`."
            )))
        }
        _ => None,
    })
}
