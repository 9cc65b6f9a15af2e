//! See `identity_not_joined.md`.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Level};
use crate::model::{ActionId, EntityId, How, Plan, RoleId, Step, StepId, Subject, SurfaceId};
use crate::rules::words::quoted;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "identity-not-joined",
    group: Group::Surfaces,
    level: Level::Error,
    page: include_str!("identity_not_joined.md"),
    // A misspelt surface may well be the one that an account joins.
    follows_from: &[FollowsFrom::in_plan("unknown-name")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let plan = cx.plan;
    if plan.surfaces.len() < 2 {
        return Vec::new();
    }
    let known = Known::new(plan);
    let joined = joined(plan);
    let mut apart: BTreeMap<(RoleId, SurfaceId, SurfaceId), Vec<EntityId>> = BTreeMap::new();
    for ((role, entity), surfaces) in &known.things {
        let mut signed = surfaces.iter().copied().filter(|surface| known.signs_in.contains_key(&(*role, *surface)));
        let Some(first) = signed.next() else { continue };
        for other in signed.filter(|other| joined[&first] != joined[other] && known.is_told_apart(plan, *role, first, *other)) {
            apart.entry((*role, first, other)).or_default().push(*entity);
        }
    }
    apart.into_iter().map(|((role, first, other), things)| finding(plan, role, [first, other], &things)).collect()
}

/// Where people of each role sign in, and on which surfaces they meet which things.
#[derive(Default)]
struct Known {
    /// By which actions they sign in there.
    signs_in: BTreeMap<(RoleId, SurfaceId), BTreeSet<ActionId>>,
    things: BTreeMap<(RoleId, EntityId), BTreeSet<SurfaceId>>,
}

impl Known {
    fn new(plan: &Plan) -> Self {
        let mut known = Self::default();
        for (id, step) in plan.steps.iter().filter(|(id, _)| plan.is_for_people(*id)) {
            let Some(role) = step.role else { continue };
            let surfaces = surfaces(plan, step);
            let runs = step.runs.iter().filter(|run| run.how != How::Shows).map(|run| run.action);
            for action in runs.filter(|action| plan.actions[*action].kind() == "sign-in") {
                for surface in &surfaces {
                    known.signs_in.entry((role, *surface)).or_default().insert(action);
                }
            }
            for entity in things(plan, id, step) {
                known.things.entry((role, entity)).or_default().extend(&surfaces);
            }
        }
        known
    }

    /// Whether signing in on two surfaces makes two people: by different ways, or on a platform that gives each product ids of its own.
    fn is_told_apart(&self, plan: &Plan, role: RoleId, first: SurfaceId, other: SurfaceId) -> bool {
        let ways = |surface: SurfaceId| self.signs_in.get(&(role, surface));
        let has_common = ways(first).zip(ways(other)).is_some_and(|(ways, others)| !ways.is_disjoint(others));
        let has_profile = |surface: SurfaceId| plan.surfaces[surface].form.profile.is_some();
        !has_common || has_profile(first) || has_profile(other)
    }
}

/// Where a step takes place: where it says so, or where the journeys that use its own are.
fn surfaces(plan: &Plan, step: &Step) -> Vec<SurfaceId> {
    if !step.surfaces.is_empty() {
        return step.surfaces.clone();
    }
    let users = &plan.journeys[step.journey].used_by;
    users.iter().flat_map(|user| plan.steps[*user].surfaces.iter().copied()).collect()
}

/// The things that people change or look at in a step.
fn things(plan: &Plan, id: StepId, step: &Step) -> BTreeSet<EntityId> {
    let mut things: BTreeSet<EntityId> = step.follows.iter().copied().collect();
    for run in step.runs.iter().filter(|run| run.how != How::Shows) {
        let action = &plan.actions[run.action];
        things.extend(action.outcomes.iter().flat_map(|outcome| &outcome.sets).map(|state| state.entity));
        things.extend(&action.writes);
    }
    things.extend(plan.ways_from(id).flat_map(|(_, way)| way.when.terms.iter().map(|term| term.entity)));
    things
}

/// For each surface, the first one with which it is joined; itself where it stands alone.
fn joined(plan: &Plan) -> BTreeMap<SurfaceId, SurfaceId> {
    let by_name: BTreeMap<&str, SurfaceId> = plan.surfaces.iter().map(|(id, surface)| (surface.name.text.as_str(), id)).collect();
    let mut joined: BTreeMap<SurfaceId, SurfaceId> = plan.surfaces.ids().map(|id| (id, id)).collect();
    for (_, account) in &plan.accounts {
        let members: Vec<SurfaceId> = account.joins.iter().filter_map(|name| by_name.get(name.text.as_str()).copied()).collect();
        let groups: BTreeSet<SurfaceId> = members.iter().map(|surface| joined[surface]).collect();
        let Some(first) = groups.first().copied() else { continue };
        for group in joined.values_mut().filter(|group| groups.contains(group)) {
            *group = first;
        }
    }
    joined
}

fn finding(plan: &Plan, role: RoleId, [first, other]: [SurfaceId; 2], things: &[EntityId]) -> Finding {
    let (one, two, role_name) = (&plan.surfaces[first].name, &plan.surfaces[other].name, &plan.roles[role].name);
    let names = quoted(things.iter().map(|entity| &plan.entities[*entity].name.text));
    let message = format!("`{one}` and `{two}` each sign `{role_name}` in and both know their {names}, and nothing makes them one person");
    let finding = Finding::new(Subject::Surface(other), two.span, message).label(one.span, "signed in here as well");
    let finding = finding.about(Subject::Surface(first)).about(Subject::Role(role)).help(format!(
        "Say by what somebody is known to be the same on both:\naccounts:\n  one-{role_name}:\n    joins: [{one}, {two}]\n    by: .."
    ));
    things.iter().fold(finding, |finding, entity| finding.about(Subject::Entity(*entity)))
}
