//! See `unknown_word.md`.

use crate::finding::{Finding, Level};
use crate::rules::faults::{at, faults};
use crate::rules::{Context, Group, Phase, Rule};
use crate::spec::FaultKind;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unknown-word",
    group: Group::Language,
    level: Level::Error,
    page: include_str!("unknown_word.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    faults(cx, |fault| match &fault.kind {
        FaultKind::UnknownWord { word, what, known, nearest } => {
            let words = crate::spec::list_with(&known.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>(), "and");
            let help = nearest
                .as_ref()
                .map_or_else(|| format!("The words are {words}."), |nearest| format!("Did you mean `{nearest}`? The words are {words}."));
            Some(at(cx, fault, format!("`{word}` does not say {what}")).help(help))
        }
        _ => None,
    })
}
