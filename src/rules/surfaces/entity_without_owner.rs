//! See `entity_without_owner.md`.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Level};
use crate::model::{ActionId, EntityId, MoveBy, Plan, Subject, SystemId};
use crate::rules::snippet::OPEN;
use crate::rules::words::quoted;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "entity-without-owner",
    group: Group::Surfaces,
    level: Level::Warning,
    page: include_str!("entity_without_owner.md"),
    follows_from: &[FollowsFrom::on_subject("unused-declaration")],
    phase: Phase::Plan,
    check,
};

/// The systems that change an entity, each with an action by which it does, where it is by one.
type Writers = BTreeMap<SystemId, Option<ActionId>>;

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let writers = writers(cx.plan);
    let ownerless = writers.into_iter().filter(|(entity, _)| cx.plan.entities[*entity].form.owner.is_none());
    ownerless.filter(|(_, writers)| is_contested(cx.plan, writers)).map(|(entity, writers)| finding(cx.plan, entity, &writers)).collect()
}

/// Where one system is our own, it is the one that keeps the thing: others only report to it.
fn is_contested(plan: &Plan, writers: &Writers) -> bool {
    let own = own(plan, writers).count();
    own > 1 || (own == 0 && writers.len() > 1)
}

fn own<'p>(plan: &'p Plan, writers: &'p Writers) -> impl Iterator<Item = SystemId> + 'p {
    writers.keys().copied().filter(|system| !plan.systems[*system].form.external)
}

fn writers(plan: &Plan) -> BTreeMap<EntityId, Writers> {
    let mut writers: BTreeMap<EntityId, Writers> = BTreeMap::new();
    for (id, action) in plan.actions.iter() {
        let Some(system) = action.system else { continue };
        let sets = action.outcomes.iter().flat_map(|outcome| &outcome.sets).map(|state| state.entity);
        let entities: BTreeSet<EntityId> = sets.chain(action.writes.iter().copied()).collect();
        for entity in entities {
            writers.entry(entity).or_default().entry(system).or_insert(Some(id));
        }
    }
    for (id, entity) in plan.entities.iter() {
        for by in entity.states.iter().flat_map(|state| &state.entered_by) {
            if let MoveBy::Sent(system) = by {
                writers.entry(id).or_default().entry(*system).or_insert(None);
            }
        }
    }
    writers
}

fn finding(plan: &Plan, entity: EntityId, writers: &Writers) -> Finding {
    let name = &plan.entities[entity].name;
    let names = quoted(writers.keys().map(|system| &plan.systems[*system].name.text));
    let all = if writers.len() == 2 { "both" } else { "all" };
    let message = format!("{names} {all} change `{name}`, and nothing says which of them keeps it");
    let mut finding = Finding::new(Subject::Entity(entity), name.span, message).help(help(plan, entity, writers));
    for (system, action) in writers {
        let system = &plan.systems[*system].name;
        let span = action.map_or(system.span, |action| plan.actions[action].name.span);
        finding = finding.label(span, format!("{system} changes it here"));
    }
    finding
}

fn help(plan: &Plan, entity: EntityId, writers: &Writers) -> String {
    let name = &plan.entities[entity].name;
    let yaml = |owner: &str| format!("entities:\n  {name}:\n    owner: {owner}");
    match own(plan, writers).next() {
        Some(_) => format!("Say whose word counts when they disagree; the others report to that one:\n{}", yaml(OPEN)),
        None => format!(
            "None of them is your own. Say which one's word counts, or keep it in a system of your own:\nsystems:\n  our-backend: {{}}\n{}",
            yaml("our-backend")
        ),
    }
}
