//! See `failure_is_final.md`.

use crate::finding::{Finding, Level};
use crate::model::{Entity, EntityId, MoveBy, Plan, State, StateId, Subject};
use crate::rules::snippet::{OPEN, under};
use crate::rules::words::{says_failure, state_name};
use crate::rules::{Context, Group, Phase, Rule};
use crate::spec::{Class, Meaning};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "failure-is-final",
    group: Group::Outcomes,
    level: Level::Error,
    page: include_str!("failure_is_final.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (entity, form) in cx.plan.entities.iter() {
        for (id, state) in cx.plan.states(entity) {
            if is_final(state) && means_failure(cx.plan, form, state) {
                found.push(finding(cx.plan, id, state));
            }
        }
    }
    found
}

/// Whether nobody leaves the state, and nobody works on what is in it.
fn is_final(state: &State) -> bool {
    let is_left = !state.form.end && (!state.then.is_empty() || state.form.timeout.is_some());
    !is_left && state.starts.is_empty() && state.form.draining.is_none()
}

/// Whether the state says that it means failure, or is called so and nothing good leads into it.
fn means_failure(plan: &Plan, entity: &Entity, state: &State) -> bool {
    if let Some(meaning) = state.form.means {
        return meaning == Meaning::Failure;
    }
    let is_bad = |by: &MoveBy| !matches!(by, MoveBy::Outcome(outcome) if plan.outcome(*outcome).class == Class::Success);
    let is_called_so = says_failure(&state.name.text) && !state.entered_by.is_empty() && state.entered_by.iter().all(is_bad);
    is_called_so && !is_one_try(plan, entity, state)
}

/// Whether the thing is made by the very action that fails: then it is one try of several, and the next try makes another.
fn is_one_try(plan: &Plan, entity: &Entity, state: &State) -> bool {
    state.entered_by.iter().all(|by| match by {
        MoveBy::Outcome(outcome) => plan.actions[outcome.action].form.creates.iter().any(|created| created.text == entity.name.text),
        _ => false,
    })
}

fn finding(plan: &Plan, id: StateId, state: &State) -> Finding {
    let message = format!("`{}` is the last word: nobody tries again, and nobody takes care of it", state_name(plan, id));
    let finding = Finding::new(Subject::State(id), state.name.span, message).help(help(plan, id, state));
    match state.entered_by.first() {
        Some(MoveBy::Outcome(outcome)) => finding.label(plan.outcome(*outcome).name.span, "ends here"),
        _ => finding,
    }
}

/// Back to where it failed, by somebody of the staff or after a while.
fn help(plan: &Plan, id: StateId, state: &State) -> String {
    let entity = &plan.entities[id.entity].name.text;
    let again = before(plan, id.entity, id).unwrap_or(OPEN);
    let staff = plan.roles.iter().find(|(_, role)| role.form.staff).map(|(_, role)| role.name.text.as_str());
    let next = match staff {
        Some(role) => format!("{{then: {again}, means: failure, waits-for: {role}}}"),
        None => format!("{{then: {again}, means: failure, timeout: {{after: 1d, becomes: {again}}}}}"),
    };
    let yaml = under(&["entities", entity, "states"], [format!("{}: {next}", state.name)]);
    let task = staff.map(|role| format!("\nand give them a task that starts `when: {{{entity}: {}}}`, with `role: {role}`.", state.name));
    format!("Say who tries again, and when:\n{yaml}{}", task.unwrap_or_default())
}

/// The state that it failed in.
fn before(plan: &Plan, entity: EntityId, id: StateId) -> Option<&str> {
    let leads_here = |state: &State| state.then.contains(&id) && !state.form.end;
    plan.states(entity).find(|(other, state)| *other != id && leads_here(state)).map(|(_, state)| state.name.text.as_str())
}
