//! See `unknown_name.md`.

use crate::finding::{Finding, Level};
use crate::rules::faults::{at, faults};
use crate::rules::{Context, Group, Phase, Rule};
use crate::spec::FaultKind;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unknown-name",
    group: Group::Language,
    level: Level::Error,
    page: include_str!("unknown_name.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    faults(cx, |fault| match &fault.kind {
        FaultKind::UnknownName { name, wanted, nearest, other, declare } => {
            let meant = crate::spec::list_with(&nearest.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>(), "or");
            let mut help = Vec::new();
            if let Some(other) = other {
                help.push(format!("`{name}` is {other}."));
            }
            if !meant.is_empty() {
                help.push(format!("Did you mean {meant}?"));
            }
            if !declare.is_empty() {
                help.push(format!("{}\n{declare}", if meant.is_empty() { "Declare it:" } else { "Or declare it:" }));
            }
            Some(at(cx, fault, format!("`{name}` is not {wanted}")).help(help.join(" ")))
        }
        _ => None,
    })
}
