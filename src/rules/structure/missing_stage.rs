//! See `missing_stage.md`.

use std::collections::HashSet;

use crate::analysis::is_only_used;
use crate::finding::{Finding, Level};
use crate::model::{Journey, JourneyId, Subject};
use crate::rules::words::quoted;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule, snippet};
use crate::spec::{Demand, list_with};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "missing-stage",
    group: Group::Structure,
    level: Level::Warning,
    page: include_str!("missing_stage.md"),
    follows_from: &[
        FollowsFrom::in_journey("unknown-name"),
        FollowsFrom::in_journey("unknown-key"),
        FollowsFrom::in_journey("wrong-type"),
        FollowsFrom::in_journey("bad-name"),
    ],
    phase: Phase::Plan,
    check,
};

/// A kind of stage, and one that stands for it as well: a booking hands in what a person wants.
const INSTEAD: (&str, &str) = ("submit", "book");

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let asked = cx.plan.journeys.iter().filter(|(id, journey)| {
        // A journey without steps is told as one that nobody gets into.
        !journey.is_operations() && !journey.steps.is_empty() && !is_only_used(cx.plan, *id)
    });
    asked.filter_map(|(id, journey)| check_journey(cx, id, journey)).collect()
}

fn check_journey(cx: &Context<'_>, id: JourneyId, journey: &Journey) -> Option<Finding> {
    let stages = journey.stages.iter().map(|stage| &cx.plan.stages[*stage]);
    let drawn = stages.clone().filter(|stage| !stage.steps.is_empty()).filter_map(|stage| stage.kind.as_deref());
    let known: HashSet<&str> = drawn.chain(journey.form.without.iter().map(|(stage, _)| stage.text.as_str())).collect();
    let is_answered = |kind: &str| known.contains(kind) || (kind == INSTEAD.0 && known.contains(INSTEAD.1));
    let demanded = cx.plan.catalogue.stages().filter(|(_, stage)| stage.demand == Some(Demand::Required));
    let missing: Vec<&str> = demanded.map(|(kind, _)| kind).filter(|kind| !is_answered(kind)).collect();
    if missing.is_empty() {
        return None;
    }
    let mut finding = Finding::new(Subject::Journey(id), journey.name.span, message(journey, &missing)).help(help(cx, journey, &missing));
    for stage in stages.filter(|stage| stage.steps.is_empty() && stage.kind.as_deref().is_some_and(|kind| missing.contains(&kind))) {
        finding = finding.label(stage.name.span, "has no steps");
    }
    Some(finding)
}

fn message(journey: &Journey, missing: &[&str]) -> String {
    let kinds: Vec<String> = missing
        .iter()
        .map(|kind| if *kind == INSTEAD.0 { format!("{} (or {})", quoted([INSTEAD.0]), quoted([INSTEAD.1])) } else { quoted([kind]) })
        .collect();
    let stages = if missing.len() == 1 { "stage" } else { "stages" };
    format!("`{}` has no {stages} {}, and does not say why", journey.name, list_with(&kinds, "and"))
}

fn help(cx: &Context<'_>, journey: &Journey, missing: &[&str]) -> String {
    let doc = |kind: &str| cx.plan.catalogue.stage(kind).and_then(|stage| stage.doc.as_ref()).map_or("", |doc| &doc.text);
    let docs: Vec<String> = missing.iter().map(|kind| format!("`{kind}`: {}", doc(kind))).collect();
    let yaml = snippet::under(&["without"], missing.iter().map(|kind| snippet::entry(kind, snippet::OPEN)));
    let it = if missing.len() == 1 { "it" } else { "them" };
    let staff = journey.role.filter(|role| cx.plan.roles[*role].form.staff).map_or(String::new(), |role| {
        let role = &cx.plan.roles[role].name;
        format!("\nIf this is work that `{role}` does for others, no stage is asked for:\nkind: operations")
    });
    format!("{}\nDraw {it}, or give the reason for doing without:\n{yaml}{staff}", docs.join("\n"))
}
