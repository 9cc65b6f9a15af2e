//! See `unrun_timer.md`.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Level};
use crate::model::{Action, ActionId, EntityId, Plan, State, StateId, Subject, SystemId};
use crate::rules::words::{quoted, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::source::Span;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unrun-timer",
    group: Group::Backend,
    level: Level::Warning,
    page: include_str!("unrun_timer.md"),
    // Whoever keeps the thing watches its clock.
    follows_from: &[FollowsFrom::on_subject("backend-without-system"), FollowsFrom::on_subject("entity-without-owner")],
    phase: Phase::Plan,
    check,
};

/// Who writes an entity.
#[derive(Default)]
struct Writers {
    /// The systems of ours.
    own: BTreeSet<SystemId>,
    /// The actions of which it is not known who does them.
    homeless: BTreeSet<ActionId>,
}

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let writers = writers(cx.plan);
    let mut found = Vec::new();
    for (id, entity) in cx.plan.entities.iter() {
        let none = Writers::default();
        let writers = writers.get(&id).unwrap_or(&none);
        if entity.form.owner.is_some() || writers.own.len() == 1 {
            continue;
        }
        let unrun = cx.plan.states(id).filter(|(_, state)| state.form.timeout.as_ref().is_some_and(|timeout| timeout.by.is_none()));
        let groups = cx.together(RULE.name, unrun.map(|(state, _)| state), |state| Subject::State(*state));
        found.extend(groups.iter().map(|states| finding(cx.plan, id, states, writers)));
    }
    found
}

/// The systems that write each entity.
fn writers(plan: &Plan) -> BTreeMap<EntityId, Writers> {
    let mut writers: BTreeMap<EntityId, Writers> = BTreeMap::new();
    for (id, action) in plan.actions.iter() {
        for entity in written_by(action) {
            let writers = writers.entry(entity).or_default();
            match action.system {
                Some(system) if !plan.systems[system].form.external => _ = writers.own.insert(system),
                Some(_) => {}
                None => _ = writers.homeless.insert(id),
            }
        }
    }
    writers
}

fn written_by(action: &Action) -> impl Iterator<Item = EntityId> + '_ {
    action.outcomes.iter().flat_map(|outcome| &outcome.sets).map(|state| state.entity).chain(action.writes.iter().copied())
}

fn finding(plan: &Plan, entity: EntityId, states: &[StateId], writers: &Writers) -> Finding {
    let state = plan.state(states[0]);
    let after = state.form.timeout.as_ref().and_then(|timeout| timeout.after.as_ref());
    let lasts = after.map_or_else(String::new, |after| format!(" after {}", after.text));
    let message = format!("`{}` runs out{lasts}, and no system watches the clock", state_name(plan, states[0]));
    let mut finding = Finding::new(Subject::State(states[0]), place(state), message).help(help(plan, entity, writers));
    finding = finding.about(Subject::Entity(entity));
    for other in &states[1..] {
        finding = finding.about(Subject::State(*other)).label(place(plan.state(*other)), "nor this one");
    }
    writers.homeless.iter().fold(finding, |finding, action| finding.about(Subject::Action(*action)))
}

/// Where the deadline stands.
fn place(state: &State) -> Span {
    let timeout = state.form.timeout.as_ref();
    timeout.and_then(|timeout| timeout.after.as_ref()).map_or(state.name.span, |after| after.span)
}

fn help(plan: &Plan, entity: EntityId, writers: &Writers) -> String {
    let name = &plan.entities[entity].name;
    let mut own = plan.systems.iter().filter(|(_, system)| !system.form.external).map(|(_, system)| &system.name.text);
    let (first, second) = (own.next(), own.next());
    let owner = match (first, second) {
        (Some(only), None) => only,
        _ => "..",
    };
    let yaml = format!("entities:\n  {name}:\n    owner: {owner}");
    if writers.own.len() > 1 {
        let names = quoted(writers.own.iter().map(|system| &plan.systems[*system].name.text));
        return format!(
            "{names} all write `{name}`: say which one keeps it and runs its timers, or name one on the timeout with `by`:\n{yaml}"
        );
    }
    if first.is_none() {
        return format!(
            "Name the system of your own that keeps it and runs its timers:\nsystems:\n  our-backend: {{}}\nentities:\n  {name}:\n    owner: our-backend"
        );
    }
    format!("Say which system keeps `{name}` and runs its timers, or name one on the timeout with `by`:\n{yaml}")
}
