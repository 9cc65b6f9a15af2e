//! What is tracked: each state with who brings it about, where a person sees it, and how it ends.

use super::words::{actor, clean, code, entity_title, role_title, said, step_title, system_title};
use crate::model::{EntityId, MoveBy, Plan, State, StateId, StepId};
use crate::rules::{outcome_name, state_name};
use crate::spec::list_with;

/// An entity.
#[derive(Debug)]
pub struct Thing {
    /// What people read.
    pub title: String,
    /// Its name.
    pub name: String,
    /// The system that keeps it; empty where none is named.
    pub owner: String,
    /// Its states; the first one is how it starts.
    pub states: Vec<StateOfThing>,
}

/// A state.
#[derive(Debug)]
pub struct StateOfThing {
    /// Its name.
    pub name: String,
    /// What people read, where that differs.
    pub title: String,
    /// Who or what brings the thing into it.
    pub moved_by: Vec<String>,
    /// Where a person sees it.
    pub seen_at: Vec<String>,
    /// How it goes on, or that it may last for ever.
    pub goes_on: Vec<String>,
    /// Whether it may last for ever.
    pub is_final: bool,
}

/// Every entity.
pub(super) fn things(plan: &Plan) -> Vec<Thing> {
    plan.entities.ids().map(|id| thing(plan, id)).collect()
}

fn thing(plan: &Plan, id: EntityId) -> Thing {
    let entity = &plan.entities[id];
    Thing {
        title: entity_title(plan, id),
        name: entity.name.text.clone(),
        owner: entity.owner.map(|system| system_title(plan, system)).unwrap_or_default(),
        states: plan.states(id).map(|(state, of)| state_of(plan, state, of)).collect(),
    }
}

fn state_of(plan: &Plan, id: StateId, state: &State) -> StateOfThing {
    let mut moved_by: Vec<String> = Vec::new();
    for by in &state.entered_by {
        for mover in movers(plan, *by) {
            if !moved_by.contains(&mover) {
                moved_by.push(mover);
            }
        }
    }
    moved_by.extend(permission(plan, id));
    StateOfThing {
        name: state.name.text.clone(),
        title: said(state.form.title.as_ref()),
        moved_by,
        seen_at: seen_at(plan, id),
        goes_on: goes_on(plan, state),
        is_final: state.is_final(),
    }
}

fn movers(plan: &Plan, by: MoveBy) -> Vec<String> {
    match by {
        MoveBy::Outcome(outcome) => {
            let name = code(&outcome_name(plan, outcome));
            let action = &plan.actions[outcome.action];
            let mut actors: Vec<String> = Vec::new();
            for step in action.run_at() {
                let actor = actor(plan, step);
                if !actors.contains(&actor) {
                    actors.push(actor);
                }
            }
            let who = if actors.is_empty() { "nobody yet".to_owned() } else { list_with(&actors, "or") };
            let later =
                action.system.filter(|_| action.answers_later()).map(|system| format!(", when {} says so", system_title(plan, system)));
            vec![format!("{who}: {name}{}", later.unwrap_or_default())]
        }
        MoveBy::Timeout(state) => {
            let timeout = plan.state(state).form.timeout.as_ref();
            let after = timeout.and_then(|timeout| timeout.after.as_ref()).map(|after| format!("{after} ")).unwrap_or_default();
            vec![format!("time: {after}after {}", code(&state_name(plan, state)))]
        }
        MoveBy::Reaction(state) => vec![format!("a late answer in {}", code(&state_name(plan, state)))],
        MoveBy::Decision(step) => vec![format!("the rule at {}", step_title(plan, step))],
        MoveBy::Sent(system) => vec![format!("{}, unasked", system_title(plan, system))],
    }
}

fn permission(plan: &Plan, state: StateId) -> Option<String> {
    let mover = plan.mover(state)?;
    let roles: Vec<String> = mover.role.iter().map(|role| code(&role.text)).collect();
    let not: Vec<String> = mover.not.iter().map(|action| code(&action.text)).collect();
    let who = if roles.is_empty() { "anybody".to_owned() } else { list_with(&roles, "or") };
    let except = if not.is_empty() { String::new() } else { format!(", but not who ran {}", list_with(&not, "or")) };
    Some(format!("allowed: {who}{except}"))
}

/// Pages that show the thing to somebody who may see it.
fn seen_at(plan: &Plan, state: StateId) -> Vec<String> {
    let shows = |id: StepId| {
        let step = &plan.steps[id];
        step.has_screen() && step.follows.contains(&state.entity) && step.role.is_none_or(|role| plan.may_see(state, role))
    };
    let mut pages: Vec<String> =
        plan.steps.ids().filter(|id| shows(*id)).map(|id| format!("{} ({})", step_title(plan, id), actor(plan, id))).collect();
    let starts = plan.state(state).starts.iter().filter(|step| !shows(**step));
    pages.extend(starts.map(|step| format!("{} ({}) begins", step_title(plan, *step), actor(plan, *step))));
    pages
}

fn goes_on(plan: &Plan, state: &State) -> Vec<String> {
    let mut on: Vec<String> = Vec::new();
    if state.form.end {
        on.push("the end".to_owned());
    }
    if state.form.rest {
        on.push("may last for ever".to_owned());
    }
    let name = |state: &StateId| code(&plan.state(*state).name.text);
    if !state.form.then.is_empty() {
        let then: Vec<String> = state.form.then.iter().map(|then| code(&then.text)).collect();
        on.push(format!("then {}", list_with(&then, "or")));
    }
    if let Some(timeout) = &state.form.timeout {
        let after = timeout.after.as_ref().map(|after| after.text.clone()).unwrap_or_default();
        let becomes = timeout.becomes.as_ref().map(|becomes| format!(" becomes {}", code(&becomes.text))).unwrap_or_default();
        let checks = timeout.checks.as_ref().map(|checks| format!(", asks {} first", code(&checks.text))).unwrap_or_default();
        on.push(format!("after {after}{becomes}{checks}"));
    }
    for (answer, reaction) in state.form.on.iter() {
        let what = match (&reaction.becomes, &reaction.ignore) {
            (_, Some(_)) => "is ignored on purpose".to_owned(),
            (Some(becomes), None) => format!("makes it {}", code(&becomes.text)),
            (None, None) => "leaves it as it is".to_owned(),
        };
        on.push(format!("a late {} {what}", code(&answer.to_string())));
    }
    let waits: Vec<String> = state.waits_for.iter().map(|role| role_title(plan, *role)).collect();
    if !waits.is_empty() {
        on.push(format!("waits for {}", list_with(&waits, "or")));
    }
    let held: Vec<String> = state.form.holds.iter().map(|name| clean(&name.text)).collect();
    if !held.is_empty() {
        on.push(format!("keeps {}", held.join(", ")));
    }
    if on.is_empty() && !state.then.is_empty() {
        let then: Vec<String> = state.then.iter().map(name).collect();
        on.push(format!("then {}", list_with(&then, "or")));
    }
    if on.is_empty() {
        on.push("nothing follows".to_owned());
    }
    on
}
