//! See `surface_overlap.md`.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Level};
use crate::model::{Action, ActionId, How, Plan, RoleId, StateId, StepId, Subject, SurfaceId};
use crate::rules::words::some_of;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::source::Span;
use crate::spec::Class;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "surface-overlap",
    group: Group::Surfaces,
    level: Level::Warning,
    page: include_str!("surface_overlap.md"),
    // Once each surface has its job, most of what stands twice falls to one side.
    follows_from: &[FollowsFrom::on_subject("surface-without-job")],
    phase: Phase::Plan,
    check,
};

/// Kinds of actions that people expect wherever they are.
const NO_DEEDS: [&str; 3] = ["read", "sign-in", "message"];

/// What is offered, told apart by what comes of it, so that two actions that do the same count as one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Deed {
    /// It brings things into these states.
    Sets(String, Vec<StateId>),
    /// It changes something without moving it.
    Writes(ActionId),
}

/// A place where something is offered.
#[derive(Clone, Copy)]
struct Offer {
    action: ActionId,
    step: StepId,
    span: Span,
}

/// Where a role is offered something: the first place on each surface.
type Offers = BTreeMap<SurfaceId, Offer>;

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut pairs: BTreeMap<(SurfaceId, SurfaceId), Vec<(Offer, Offer)>> = BTreeMap::new();
    for offers in offers(cx.plan).into_values() {
        let mut surfaces = offers.into_iter();
        let Some((first, offer)) = surfaces.next() else { continue };
        for (second, again) in surfaces {
            pairs.entry((first, second)).or_default().push((offer, again));
        }
    }
    let mut found = Vec::new();
    for ((first, second), twice) in pairs {
        let groups = cx.together(RULE.name, twice, |(offer, _)| Subject::Action(offer.action));
        found.extend(groups.iter().map(|twice| finding(cx.plan, first, second, twice)));
    }
    found
}

fn offers(plan: &Plan) -> BTreeMap<(Option<RoleId>, Deed), Offers> {
    let mut offers: BTreeMap<(Option<RoleId>, Deed), Offers> = BTreeMap::new();
    for (id, action) in plan.actions.iter() {
        let Some(deed) = deed(id, action) else { continue };
        for (step, run) in action.runs.iter().filter(|(_, run)| matches!(run.how, How::Backend | How::Choice(_))) {
            let offered = offers.entry((plan.steps[*step].role, deed.clone())).or_default();
            for surface in &plan.steps[*step].surfaces {
                offered.entry(*surface).or_insert(Offer { action: id, step: *step, span: run.span });
            }
        }
    }
    offers
}

fn deed(id: ActionId, action: &Action) -> Option<Deed> {
    if NO_DEEDS.contains(&action.kind()) {
        return None;
    }
    let successes = action.outcomes.iter().filter(|outcome| outcome.class == Class::Success);
    let sets: BTreeSet<StateId> = successes.flat_map(|outcome| outcome.sets.iter().copied()).collect();
    match (sets.is_empty(), action.writes.is_empty()) {
        (false, _) => Some(Deed::Sets(action.kind().to_owned(), sets.into_iter().collect())),
        (true, false) => Some(Deed::Writes(id)),
        (true, true) => None,
    }
}

fn finding(plan: &Plan, first: SurfaceId, second: SurfaceId, twice: &[(Offer, Offer)]) -> Finding {
    let (one, other) = (&plan.surfaces[first].name, &plan.surfaces[second].name);
    let mut names: Vec<&str> = Vec::new();
    for offer in twice.iter().flat_map(|(offer, again)| [offer, again]) {
        let name = plan.actions[offer.action].name.text.as_str();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let message = format!("`{one}` and `{other}` both offer the same people {}", some_of(&names));
    let mut finding =
        Finding::new(Subject::Surface(second), other.span, message).about(Subject::Surface(first)).help(help(plan, first, second));
    finding = finding.here("again here").label(one.span, "offered here");
    for (offer, again) in twice {
        finding = finding.about(Subject::Action(offer.action));
        if again.step == offer.step {
            finding = finding.label(offer.span, "on both");
        } else {
            finding = finding.label(offer.span, format!("on {one}")).label(again.span, format!("on {other}"));
        }
    }
    finding
}

fn help(plan: &Plan, first: SurfaceId, second: SurfaceId) -> String {
    let (one, other) = (&plan.surfaces[first].name, &plan.surfaces[second].name);
    format!(
        "Leave it to the surface whose job it is, and lead people there from the other. Where people need it on both, say why:\nsurfaces:\n  \
         {other}:\n    decided: {{surface-overlap: ..}}\nWhere both are one product on two kinds of device, make `{one}` and `{other}` one surface with a \
         `platform`."
    )
}
