//! See `staff_task_missing.md`.

use std::collections::HashMap;

use crate::analysis::Work;
use crate::finding::{Finding, Level};
use crate::model::{Plan, RoleId, State, StateId, Subject};
use crate::rules::snippet::{OPEN, answers, entry, under};
use crate::rules::words::{quoted, quoted_or, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "staff-task-missing",
    group: Group::Backend,
    level: Level::Error,
    page: include_str!("staff_task_missing.md"),
    // A misspelt role, state or action may well be the task.
    follows_from: &[FollowsFrom { rule: "unknown-name", scope: Scope::Plan }],
    phase: Phase::Plan,
    check,
};

/// A state that waits for staff of whom nobody acts on it.
struct Waiting {
    state: StateId,
    staff: Vec<RoleId>,
}

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let expected = Expected::new(cx.plan);
    let work = Work::new(cx.plan);
    let mut found = Vec::new();
    for (id, _) in cx.plan.entities.iter().filter(|(_, entity)| entity.is_moved()) {
        let states =
            cx.plan.states(id).filter(|(state, form)| is_entered(*state, form) && !form.is_final() && form.form.draining.is_none());
        let waiting = states.map(|(state, _)| Waiting { state, staff: expected.of(cx.plan, state) });
        let waiting =
            waiting.filter(|waiting| !waiting.staff.is_empty() && !waiting.staff.iter().any(|role| work.acts(*role, waiting.state)));
        // Staff that have nothing to do with the thing at all are one point, not one for each state.
        let (strangers, missing): (Vec<_>, Vec<_>) = waiting.partition(|waiting| !waiting.staff.iter().any(|role| work.knows(*role, id)));
        for group in by_staff(strangers) {
            let groups = cx.together(RULE.name, group, |waiting| Subject::State(waiting.state));
            found.extend(groups.iter().map(|group| finding(cx.plan, &work, group)));
        }
        found.extend(missing.into_iter().map(|waiting| finding(cx.plan, &work, &[waiting])));
    }
    found
}

fn is_entered(id: StateId, state: &State) -> bool {
    id.index == 0 || !state.entered_by.is_empty()
}

fn by_staff(waiting: Vec<Waiting>) -> Vec<Vec<Waiting>> {
    let mut groups: Vec<Vec<Waiting>> = Vec::new();
    let mut at: HashMap<Vec<RoleId>, usize> = HashMap::new();
    for waiting in waiting {
        let index = *at.entry(waiting.staff.clone()).or_insert(groups.len());
        if index == groups.len() {
            groups.push(Vec::new());
        }
        groups[index].push(waiting);
    }
    groups
}

/// Whom states wait for.
struct Expected<'p> {
    roles: HashMap<&'p str, RoleId>,
}

impl<'p> Expected<'p> {
    fn new(plan: &'p Plan) -> Self {
        Self { roles: plan.roles.iter().map(|(id, role)| (role.name.text.as_str(), id)).collect() }
    }

    /// The staff that a state waits for: as it says, or because nobody else may move it on.
    fn of(&self, plan: &Plan, id: StateId) -> Vec<RoleId> {
        let state = plan.state(id);
        let is_staff = |role: &RoleId| plan.roles[*role].form.staff;
        if !state.form.waits_for.is_empty() {
            return state.waits_for.iter().copied().filter(is_staff).collect();
        }
        let next: Vec<&State> = state.then.iter().map(|next| plan.state(*next)).collect();
        if state.form.timeout.is_some() || next.is_empty() {
            return Vec::new();
        }
        let mut staff = Vec::new();
        for next in next {
            let movers = plan.entities[id.entity].form.moved_by.iter().find(|(name, _)| *name == next.name);
            let movers: Vec<RoleId> = movers
                .into_iter()
                .flat_map(|(_, mover)| mover.role.iter())
                .filter_map(|name| self.roles.get(name.text.as_str()).copied())
                .collect();
            if movers.is_empty() || !movers.iter().all(is_staff) {
                return Vec::new();
            }
            staff.extend(movers);
        }
        staff.sort_unstable();
        staff.dedup();
        staff
    }
}

fn finding(plan: &Plan, work: &Work, group: &[Waiting]) -> Finding {
    let Waiting { state, staff } = &group[0];
    let names = quoted(staff.iter().map(|role| &plan.roles[*role].name.text));
    let has = if staff.len() == 1 { "has" } else { "have" };
    let message = format!("`{}` waits for {names}, who {has} no task and no screen to act on it", state_name(plan, *state));
    let mut finding = Finding::new(Subject::State(*state), plan.state(*state).name.span, message).help(help(plan, work, *state, staff[0]));
    for other in &group[1..] {
        finding = finding.about(Subject::State(other.state)).label(plan.state(other.state).name.span, "nor on this");
    }
    for role in staff {
        finding = finding.about(Subject::Role(*role));
    }
    // The actions that nothing runs wait for the same step.
    let idle = group.iter().flat_map(|waiting| work.idle(waiting.state));
    idle.fold(finding, |finding, action| finding.about(Subject::Action(*action)))
}

fn help(plan: &Plan, work: &Work, state: StateId, role: RoleId) -> String {
    let (entity, form) = (&plan.entities[state.entity].name, plan.state(state));
    let mut lines = vec![entry("role", &plan.roles[role].name.text), format!("when: {{{entity}: {}}}", form.name), entry("task", OPEN)];
    let idle = work.idle(state).first().map(|action| &plan.actions[*action]);
    let head = if let Some(action) = idle {
        lines.push(entry("backend", &action.name.text));
        lines.extend(answers(action.outcomes.iter().map(|outcome| (&outcome.name.text, OPEN))));
        format!("Add a step that runs `{}`", action.name)
    } else {
        lines.push(entry("backend", OPEN));
        lines.extend(answers([(OPEN, OPEN)]));
        let next: Vec<&str> = form.then.iter().map(|next| plan.state(*next).name.text.as_str()).collect();
        let makes = if next.is_empty() { String::new() } else { format!(", which makes it {}", quoted_or(&next)) };
        format!("Add a step, and the action behind it{makes}")
    };
    format!("{head}:\n{}", under(&[format!("deal-with-{entity}")], lines))
}
