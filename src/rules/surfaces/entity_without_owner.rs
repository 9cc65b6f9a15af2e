//! See `entity_without_owner.md`.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Level};
use crate::model::{ActionId, EntityId, MoveBy, Plan, Subject, SystemId};
use crate::rules::snippet::OPEN;
use crate::rules::words::{quoted, some_of};
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
    let mut contested: BTreeMap<Vec<SystemId>, Vec<(EntityId, Writers)>> = BTreeMap::new();
    for (entity, writers) in writers(cx.plan).into_iter().filter(|(entity, _)| cx.plan.entities[*entity].form.owner.is_none()) {
        let rivals = rivals(cx.plan, &writers);
        if rivals.len() > 1 {
            contested.entry(rivals).or_default().push((entity, writers));
        }
    }
    let mut found = Vec::new();
    for (rivals, things) in contested {
        let groups = cx.together(RULE.name, things, |(entity, _)| Subject::Entity(*entity));
        found.extend(groups.iter().map(|things| finding(cx.plan, &rivals, things)));
    }
    found
}

/// The systems of which any could keep the thing: our own, for others only report to them; and all where none is our own.
fn rivals(plan: &Plan, writers: &Writers) -> Vec<SystemId> {
    let own: Vec<SystemId> = writers.keys().copied().filter(|system| !plan.systems[*system].form.external).collect();
    if own.is_empty() { writers.keys().copied().collect() } else { own }
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

fn finding(plan: &Plan, rivals: &[SystemId], things: &[(EntityId, Writers)]) -> Finding {
    let (first, writers) = &things[0];
    let systems = quoted(rivals.iter().map(|system| &plan.systems[*system].name.text));
    let names: Vec<&str> = things.iter().map(|(entity, _)| plan.entities[*entity].name.text.as_str()).collect();
    let all = if rivals.len() == 2 { "both" } else { "all" };
    let it = if names.len() == 1 { "it" } else { "each" };
    let message = format!("{systems} {all} change {}, and nothing says which of them keeps {it}", some_of(&names));
    let mut finding = Finding::new(Subject::Entity(*first), plan.entities[*first].name.span, message).help(help(plan, rivals, *first));
    for (entity, _) in &things[1..] {
        finding = finding.about(Subject::Entity(*entity)).label(plan.entities[*entity].name.span, "nor this one");
    }
    for system in rivals {
        let name = &plan.systems[*system].name;
        let action = writers.get(system).copied().flatten();
        let span = action.map_or(name.span, |action| plan.actions[action].name.span);
        finding = finding.label(span, format!("{name} changes it here"));
    }
    finding
}

fn help(plan: &Plan, rivals: &[SystemId], entity: EntityId) -> String {
    let name = &plan.entities[entity].name;
    if rivals.iter().all(|system| plan.systems[*system].form.external) {
        return format!(
            "None of them is your own. Say which one's word counts, or keep it in a system of your own:\nsystems:\n  our-backend: \
             {{}}\nentities:\n  {name}:\n    owner: our-backend"
        );
    }
    format!("Say whose word counts when they disagree; the others report to that one:\nentities:\n  {name}:\n    owner: {OPEN}")
}
