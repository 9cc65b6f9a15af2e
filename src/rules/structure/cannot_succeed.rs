//! See `cannot_succeed.md`.

use std::collections::HashMap;

use crate::analysis::{entrances, walk, walk_back};
use crate::finding::{Finding, Level};
use crate::model::{End, Id as _, Journey, JourneyId, RoleId, StepId, Subject};
use crate::rules::words::journey_role;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule, snippet};
use crate::spec::{EndKind, list_with};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "cannot-succeed",
    group: Group::Structure,
    level: Level::Error,
    page: include_str!("cannot_succeed.md"),
    follows_from: &[
        // The way there may be the answer that is missing.
        FollowsFrom::in_journey("unhandled-outcome"),
        FollowsFrom::in_journey("branch-missing"),
        FollowsFrom::in_journey("unknown-name"),
        FollowsFrom::in_journey("unknown-key"),
        FollowsFrom::in_journey("missing-key"),
        FollowsFrom::in_journey("wrong-type"),
        FollowsFrom::in_journey("bad-name"),
        FollowsFrom::in_journey("duplicate-name"),
        FollowsFrom::in_journey("conflicting-keys"),
        FollowsFrom::in_journey("no-entrance"),
        FollowsFrom::in_journey("no-end"),
        FollowsFrom::in_journey("dead-end"),
        FollowsFrom::in_journey("cannot-finish"),
    ],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    // From where a good end is in reach, for each kind of people: once, however many journeys there are.
    let mut succeeding: HashMap<Whose, Vec<bool>> = HashMap::new();
    let mut found = Vec::new();
    for (id, journey) in cx.plan.journeys.iter() {
        let starts = entrances(cx.plan, id);
        let whose = Whose::of(cx, journey);
        let good = succeeding.entry(whose).or_insert_with(|| {
            let ends = whose.ends(cx).filter(|(_, end)| whose.is_good(end)).map(|(step, _)| step);
            walk_back(cx.plan, cx.reach(), ends)
        });
        if !starts.is_empty() && !starts.iter().any(|start| good[start.index()]) {
            found.push(of_journey(cx, id, journey, starts));
        }
    }
    found
}

fn of_journey(cx: &Context<'_>, id: JourneyId, journey: &Journey, starts: Vec<StepId>) -> Finding {
    let whose = Whose::of(cx, journey);
    let seen = walk(cx.plan, cx.reach(), starts, |_| true);
    let in_reach: Vec<(StepId, &End)> = whose.ends(cx).filter(|(step, _)| seen[step.index()]).collect();
    let is_missed = |step: &StepId| cx.plan.steps[*step].end.as_ref().is_some_and(|end| whose.has(cx, *step) && whose.is_good(end));
    let missed = journey.steps.iter().copied().find(is_missed);
    finding(cx, id, &in_reach, missed)
}

/// Whose journey it is: everybody's where it is staff work, else those of a role.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Whose {
    Work,
    Role(Option<RoleId>),
}

impl Whose {
    fn of(cx: &Context<'_>, journey: &Journey) -> Self {
        if is_staff_work(cx, journey) { Self::Work } else { Self::Role(journey.role) }
    }

    fn has(self, cx: &Context<'_>, step: StepId) -> bool {
        match self {
            Self::Work => true,
            Self::Role(role) => cx.plan.steps[step].role == role,
        }
    }

    fn is_good(self, end: &End) -> bool {
        end.kind == EndKind::Success || (end.kind == EndKind::Done && self == Self::Work)
    }

    fn ends<'c>(self, cx: &'c Context<'_>) -> impl Iterator<Item = (StepId, &'c End)> {
        let ends = cx.plan.steps.iter().filter_map(|(step, of)| Some((step, of.end.as_ref()?)));
        ends.filter(move |(step, _)| self.has(cx, *step))
    }
}

/// Whether the journey is work, whose good end is that it is done.
fn is_staff_work(cx: &Context<'_>, journey: &Journey) -> bool {
    journey.is_operations() || journey.role.is_some_and(|role| cx.plan.roles[role].form.staff)
}

fn finding(cx: &Context<'_>, id: JourneyId, in_reach: &[(StepId, &End)], missed: Option<StepId>) -> Finding {
    let journey = &cx.plan.journeys[id];
    let name = |step: StepId| &cx.plan.steps[step].name;
    let told: Vec<String> = in_reach.iter().take(4).map(|(step, end)| format!("`{}` ({})", name(*step), end.name)).collect();
    let ends = match told.len() {
        0 => "no end is in reach".to_owned(),
        1 => format!("the only end in reach is {}", told[0]),
        _ if told.len() < in_reach.len() => format!("none of the {} ends in reach is a success", in_reach.len()),
        _ => format!("the ends in reach are {}", list_with(&told, "and")),
    };
    let message = format!("{} cannot succeed in `{}`: {ends}", journey_role(cx.plan, journey), journey.name);
    let mut finding = Finding::new(Subject::Journey(id), journey.name.span, message);
    if let Some(missed) = missed {
        let at = name(missed);
        let lead = format!("`{at}` would be the good end. Lead to it from a step that is in reach.");
        return finding.label(at.span, "nothing leads to this good end").about(Subject::Step(missed)).help(lead);
    }
    let done = in_reach.iter().find(|(_, end)| end.kind == EndKind::Done);
    for (step, end) in in_reach.iter().take(4) {
        finding = finding.label(end.name.span, format!("`{}` is {}", name(*step), meaning(end.kind)));
    }
    match done {
        Some((step, _)) => finding
            .help(format!("`done` is for staff and systems. If this is the good end, say so:\n{}", ends_well(&name(*step).text)))
            .path(cx.shortest_path(*step)),
        None => finding.help(format!("Say which step is the good end:\n{}", ends_well(snippet::OPEN))),
    }
}

fn ends_well(step: &str) -> String {
    snippet::under(&[step], ["ends: success".to_owned()])
}

fn meaning(kind: EndKind) -> &'static str {
    match kind {
        EndKind::Success => "a success",
        EndKind::Failure => "a failure",
        EndKind::Abandoned => "where people give up",
        EndKind::Done => "for staff and systems",
    }
}
