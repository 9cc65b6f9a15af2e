//! See `state_never_shown.md`.

use std::collections::HashSet;

use crate::analysis::{Lifecycle, entered_at, states_of};
use crate::finding::{Finding, Level};
use crate::model::{Cause, EntityId, Plan, RoleId, State, StateId, Subject};
use crate::rules::words::{quoted_or, some_of};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "state-never-shown",
    group: Group::States,
    level: Level::Warning,
    page: include_str!("state_never_shown.md"),
    follows_from: &[FollowsFrom::on_subject("unreachable-state"), FollowsFrom::in_plan("unknown-name")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let shown = Shown::new(cx);
    let mut found = Vec::new();
    for entity in cx.plan.entities.ids().filter(|entity| !cx.courses().moves(*entity).is_empty()) {
        let life = Lifecycle::new(cx.plan, entity, cx.courses().moves(entity));
        for (role, _) in cx.plan.roles.iter().filter(|(_, role)| !role.form.staff && !role.form.external) {
            if shown.whole.contains(&(role, entity)) {
                continue;
            }
            let states = cx
                .plan
                .states(entity)
                .filter(|(id, state)| life.is_entered(*id) && life.is_reached(*id) && concerns(cx.plan, entity, state, role));
            let hidden = states.map(|(id, _)| id).filter(|id| !shown.single.contains(&(role, *id)));
            let groups = cx.together(RULE.name, hidden, |state| Subject::State(*state));
            found.extend(groups.iter().map(|states| finding(cx.plan, role, states)));
        }
    }
    found
}

/// Whether a state is there for a person to see: it says so, or it waits for them.
fn concerns(plan: &Plan, entity: EntityId, state: &State, role: RoleId) -> bool {
    let own = &state.form.seen_by;
    let mut seers = if own.is_empty() { plan.entities[entity].form.seen_by.iter() } else { own.iter() };
    seers.any(|name| name.text == plan.roles[role].name.text) || state.waits_for.contains(&role)
}

/// What each role gets to see.
struct Shown {
    /// All states of these.
    whole: HashSet<(RoleId, EntityId)>,
    /// These states.
    single: HashSet<(RoleId, StateId)>,
}

impl Shown {
    fn new(cx: &Context<'_>) -> Self {
        let plan = cx.plan;
        let mut shown = Self { whole: HashSet::new(), single: HashSet::new() };
        for (id, step) in plan.steps.iter().filter(|(id, _)| cx.reach().is_reachable(*id)) {
            let Some(role) = step.role else { continue };
            shown.whole.extend(step.follows.iter().map(|entity| (role, *entity)));
            let started = step.when.any.iter().flat_map(|(moment, _)| entered_at(plan, *moment));
            shown.single.extend(started.chain(states_of(&step.needs)).map(|state| (role, state)));
            for (_, way) in plan.ways_from(id) {
                shown.single.extend(states_of(&way.when).map(|state| (role, state)));
                // Who gets there by the very result that sets it reads what came of it.
                if let Cause::Outcome(outcome) = way.cause {
                    shown.single.extend(plan.outcome(outcome).sets.iter().map(|state| (role, *state)));
                }
            }
        }
        for (_, message) in plan.notifications.iter() {
            let states: Vec<StateId> = message.when.any.iter().flat_map(|(moment, _)| entered_at(plan, *moment)).collect();
            shown.single.extend(message.to.iter().flat_map(|role| states.iter().map(|state| (*role, *state))));
        }
        shown
    }
}

fn finding(plan: &Plan, role: RoleId, states: &[StateId]) -> Finding {
    let (role, entity) = (&plan.roles[role].name, &plan.entities[states[0].entity].name);
    let names: Vec<&str> = states.iter().map(|state| plan.state(*state).name.text.as_str()).collect();
    let which = if names.len() <= 4 { quoted_or(&names) } else { some_of(&names) };
    let message = format!("no screen and no message ever shows `{role}` that `{entity}` is {which}");
    let help = format!(
        "Let a page of theirs show it as it changes:\n..:\n  screen: ..\n  follows: {entity}\nOr take `{role}` out of who may see it, or out of whom it waits for."
    );
    let finding = Finding::new(Subject::State(states[0]), plan.state(states[0]).name.span, message).here("never shown").help(help);
    states[1..]
        .iter()
        .fold(finding, |finding, state| finding.about(Subject::State(*state)).label(plan.state(*state).name.span, "nor this one"))
}
