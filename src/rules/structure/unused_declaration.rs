//! See `unused_declaration.md`.

use std::collections::HashSet;

use crate::finding::{Finding, Level};
use crate::model::{ActionId, Journey, JourneyId, Plan, Subject, SystemId};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::Name;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unused-declaration",
    group: Group::Structure,
    level: Level::Warning,
    page: include_str!("unused_declaration.md"),
    // What is misspelt elsewhere, or was not read, may be what would use it.
    follows_from: &[
        FollowsFrom::in_plan("unknown-name"),
        FollowsFrom::in_plan("unknown-key"),
        FollowsFrom::in_plan("wrong-type"),
        FollowsFrom::in_plan("bad-name"),
        FollowsFrom::in_plan("conflicting-keys"),
    ],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let plan = cx.plan;
    // Where there are no steps yet, or nothing behind them, everything is declared ahead of its use.
    let mut found = Vec::new();
    if !plan.steps.is_empty() {
        found.extend(roles_and_surfaces(plan));
        found.extend(handlers(plan));
        found.extend(plan.journeys.iter().flat_map(|(id, journey)| ends(plan, id, journey)));
    }
    if !plan.actions.is_empty() {
        found.extend(systems_and_entities(plan));
        found.extend(abilities(plan));
    }
    found
}

fn unused(subject: Subject, what: &str, name: &Name, use_it: &str) -> Finding {
    Finding::new(subject, name.span, format!("nothing in the plan mentions the {what} `{name}`"))
        .help(format!("{use_it}\nOr take it out, if it is left over."))
}

fn roles_and_surfaces(plan: &Plan) -> impl Iterator<Item = Finding> {
    let roles = plan.roles.iter().filter(|(_, role)| !role.used).map(|(id, role)| {
        let name = &role.name;
        unused(Subject::Role(id), "role", name, &format!("Draw the steps that are theirs, or what they are told:\nrole: {name}"))
    });
    let surfaces = plan.surfaces.iter().filter(|(_, surface)| !surface.used).map(|(id, surface)| {
        let name = &surface.name;
        unused(
            Subject::Surface(id),
            "surface",
            name,
            &format!("Say which steps take place there, or which role works there:\nsurface: {name}"),
        )
    });
    roles.chain(surfaces)
}

fn systems_and_entities(plan: &Plan) -> impl Iterator<Item = Finding> {
    let systems = plan.systems.iter().filter(|(_, system)| !system.used && system.form.sends.is_empty()).map(|(id, system)| {
        let name = &system.name;
        unused(Subject::System(id), "system", name, &format!("Say what it does, on a backend action:\nsystem: {name}"))
    });
    let entities = plan.entities.iter().filter(|(_, entity)| !entity.used).map(|(id, entity)| {
        let first = entity.states.first().map_or(crate::rules::snippet::OPEN, |state| &state.name.text);
        let use_it = format!("Say which outcome of an action sets it:\nsets: {{{}: {first}}}", entity.name);
        unused(Subject::Entity(id), "entity", &entity.name, &use_it)
    });
    systems.chain(entities)
}

fn handlers(plan: &Plan) -> impl Iterator<Item = Finding> {
    plan.handlers.iter().filter(|handler| !handler.used).map(|handler| {
        let subject = plan.journey_at(handler.name.span).map_or(Subject::Plan, Subject::Journey);
        let use_it = format!("Take it where it answers something:\nhandles: {}", handler.name);
        unused(subject, "set of answers", &handler.name, &use_it)
    })
}

/// The named ends with which no step ends, and of which no law speaks.
fn ends<'p>(plan: &'p Plan, id: JourneyId, journey: &'p Journey) -> impl Iterator<Item = Finding> + 'p {
    let mut used: HashSet<&str> = HashSet::new();
    if !journey.form.ends.is_empty() {
        used.extend(journey.steps.iter().filter_map(|step| plan.steps[*step].end.as_ref()).map(|end| end.name.text.as_str()));
        used.extend(plan.policies.iter().flat_map(|(_, policy)| policy.form.mentions()).map(|mention| mention.owner.as_str()));
    }
    let declared = journey.form.ends.iter().map(|(name, _)| name);
    declared
        .filter(move |name| !used.contains(name.text.as_str()))
        .map(move |name| unused(Subject::Journey(id), "end", name, &format!("Say which step ends so:\nends: {name}")))
}

/// What a system is able to do and no action asks of it. A system that nothing mentions is told as a whole.
fn abilities(plan: &Plan) -> impl Iterator<Item = Finding> + '_ {
    let asked = |id: ActionId| Some((plan.actions[id].system?, plan.actions[id].form.ability.as_ref()?.text.as_str()));
    let used: HashSet<(SystemId, &str)> = plan.actions.ids().filter_map(asked).collect();
    let all =
        plan.systems.iter().filter(|(_, system)| system.used).flat_map(|(id, system)| system.form.can.iter().map(move |can| (id, can)));
    all.filter(move |(id, can)| !used.contains(&(*id, can.text.as_str())))
        .map(|(id, can)| unused(Subject::System(id), "ability", can, &format!("Say which backend action needs it:\nability: {can}")))
}
