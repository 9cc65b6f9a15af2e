//! See `role_without_steps.md`.

use std::collections::HashSet;

use crate::finding::{Finding, Level};
use crate::model::{Plan, Role, RoleId, Subject};
use crate::rules::snippet::OPEN;
use crate::rules::words::state_name;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "role-without-steps",
    group: Group::Roles,
    level: Level::Warning,
    page: include_str!("role_without_steps.md"),
    follows_from: &[
        FollowsFrom::in_plan("unknown-name"),
        FollowsFrom::on_subject("unused-declaration"),
        FollowsFrom::on_subject("staff-task-missing"),
    ],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let plan = cx.plan;
    // Where there are no steps yet, nobody has one.
    if plan.steps.is_empty() {
        return Vec::new();
    }
    let busy = busy(plan);
    let idle = plan.roles.iter().filter(|(id, role)| role.used && !role.form.external && !role.form.backstop && !busy.contains(id));
    idle.map(|(id, role)| finding(plan, id, role)).collect()
}

/// The roles that have something to do, or are only to be told, or stand in for others at their work.
fn busy(plan: &Plan) -> HashSet<RoleId> {
    let mut busy: HashSet<RoleId> = plan.steps.iter().filter_map(|(_, step)| step.role).collect();
    busy.extend(plan.notifications.iter().flat_map(|(_, notification)| notification.to.iter().copied()));
    let of_steps = plan.steps.iter().filter_map(|(_, step)| step.form.escalate.as_ref());
    let states = plan.entities.iter().flat_map(|(_, entity)| &entity.states);
    let of_states = states.filter_map(|state| state.form.escalate.as_ref());
    let called: HashSet<&str> = of_steps.chain(of_states).filter_map(|escalate| escalate.to.as_ref()).map(|to| to.text.as_str()).collect();
    busy.extend(plan.roles.iter().filter(|(_, role)| called.contains(role.name.text.as_str())).map(|(id, _)| id));
    busy
}

fn finding(plan: &Plan, id: RoleId, role: &Role) -> Finding {
    let name = &role.name;
    let (what, help) = match part(plan, id, name.text.as_str()) {
        Some((what, help)) => (format!(", yet {what}"), help),
        None => (String::new(), format!("Draw what they do:\n{OPEN}:\n  role: {name}\n  screen: {OPEN}")),
    };
    Finding::new(Subject::Role(id), name.span, format!("`{name}` has no step in the plan{what}"))
        .help(format!("{help}\nWhere somebody else does it for them, name that role instead, and take `{name}` out."))
}

/// The part that a role is given elsewhere in the plan, with the step that is missing for it.
fn part(plan: &Plan, id: RoleId, name: &str) -> Option<(String, String)> {
    for state in plan.entities.ids().flat_map(|entity| plan.states(entity).map(|(state, _)| state)) {
        let (entity, form) = (&plan.entities[state.entity].name, plan.state(state));
        let step = format!("{OPEN}:\n  role: {name}\n  when: {{{entity}: {}}}\n  task: {OPEN}", form.name);
        if form.waits_for.contains(&id) {
            return Some((format!("`{}` waits for them", state_name(plan, state)), format!("Draw what they do then:\n{step}")));
        }
        if plan.mover(state).is_some_and(|mover| mover.role.iter().any(|role| role.text == name)) {
            let help = format!("Draw where they do it:\n{OPEN}:\n  role: {name}\n  task: {OPEN}\n  backend: {OPEN}");
            return Some((format!("they may bring `{entity}` into `{}`", form.name), help));
        }
        if plan.seen_by(state).iter().any(|role| role.text == name) {
            let help = format!("Draw the page on which they see it:\n{OPEN}:\n  role: {name}\n  screen: {OPEN}\n  follows: {entity}");
            return Some((format!("they may see `{entity}`"), help));
        }
    }
    None
}
