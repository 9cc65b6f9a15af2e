//! See `unknown_key.md`.

use crate::finding::{Finding, Level};
use crate::rules::faults::{at, faults};
use crate::rules::{Context, Group, Phase, Rule};
use crate::spec::FaultKind;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unknown-key",
    group: Group::Language,
    level: Level::Error,
    page: include_str!("unknown_key.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    faults(cx, |fault| match &fault.kind {
        FaultKind::UnknownKey { key, place, known, nearest, belongs_to } => {
            let help = match (nearest, belongs_to) {
                (Some(nearest), _) => format!("Did you mean `{nearest}`?"),
                (None, Some(other)) => format!("`{key}` is a key of {other}. {}", keys(place, known)),
                (None, None) => match home(place) {
                    Some(home) => format!("Beside other keys, what the short form holds goes under `{home}`:\n{home}: {{{key}: ..}}"),
                    None => keys(place, known),
                },
            };
            Some(at(cx, fault, format!("{place} has no key `{key}`")).help(help))
        }
        _ => None,
    })
}

/// What may be written instead; the keys that everything has are left out.
fn keys(place: &str, known: &[&str]) -> String {
    let own: Vec<String> =
        known.iter().filter(|key| !matches!(**key, "note" | "question" | "decided")).map(|key| format!("`{key}`")).collect();
    format!("The keys of {place} are {}.", crate::spec::list_with(&own, "and"))
}

/// The key of the long form that holds what a short form writes alone, where that is a map of names.
fn home(place: &str) -> Option<&'static str> {
    match place {
        "an outcome" => Some("sets"),
        "a stage" => Some("steps"),
        _ => None,
    }
}
