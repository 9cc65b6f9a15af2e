//! See `unused_backend_action.md`.

use std::collections::HashSet;

use crate::analysis::left_by;
use crate::finding::{Finding, Level};
use crate::model::{ActionId, How, OutcomeId, Plan, StateId, Subject};
use crate::rules::snippet::{OPEN, answers, entry, under};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule, Scope};
use crate::spec::FaultKind;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unused-backend-action",
    group: Group::Backend,
    level: Level::Warning,
    page: include_str!("unused_backend_action.md"),
    follows_from: &[
        FollowsFrom { rule: "missing-backend-action", scope: Scope::Subject },
        FollowsFrom { rule: "staff-task-missing", scope: Scope::Subject },
    ],
    phase: Phase::Plan,
    check,
};

/// Kinds of actions that people set going, and no job.
const BY_PEOPLE: [&str; 7] = ["submit", "pay", "book", "subscribe", "upload", "sign-in", "review"];

fn check(cx: &Context<'_>) -> Vec<Finding> {
    if cx.plan.steps.is_empty() {
        return Vec::new();
    }
    let misspelt = misspelt(cx.plan);
    let unused = cx.plan.actions.iter().filter(|(_, action)| !action.is_run() && !misspelt.contains(action.name.text.as_str()));
    unused
        .map(|(id, action)| {
            let message = format!("`{}` is there, and nothing runs it", action.name);
            let finding = Finding::new(Subject::Action(id), action.name.span, message).help(help(cx.plan, id));
            let waits = action.runs.iter().filter(|(_, run)| run.how == How::Wait);
            waits.fold(finding, |finding, (_, run)| finding.label(run.span, "waited for here, which does not run it"))
        })
        .collect()
}

/// The names that somebody probably meant and wrote wrongly, which was told: a wrong name is no missing button.
fn misspelt(plan: &Plan) -> HashSet<&str> {
    let nearest = plan.faults.iter().filter_map(|fault| match &fault.kind {
        FaultKind::UnknownName { nearest, .. } => Some(nearest),
        _ => None,
    });
    nearest.flatten().map(String::as_str).collect()
}

fn help(plan: &Plan, id: ActionId) -> String {
    let action = &plan.actions[id];
    let name = &action.name;
    if action.kind() == "read" {
        return format!("Let a screen show it, or take it out of the list:\nshows: {name}");
    }
    let who = "Let a button, a task of staff or a job run it, or take it out of the list";
    let mut lines = vec![entry("backend", &name.text)];
    lines.extend(answers(action.outcomes.iter().map(|outcome| (&outcome.name.text, OPEN))));
    let Some(state) = before(plan, id).filter(|_| !BY_PEOPLE.contains(&action.kind())) else {
        return format!("{who}:\n{}", lines.join("\n"));
    };
    let entity = &plan.entities[state.entity];
    let own = entity.owner.or(action.system).filter(|system| !plan.systems[*system].form.external);
    let job = own.map_or(OPEN, |system| &plan.systems[system].name.text);
    let starts = [entry("job", job), format!("when: {{{}: {}}}", entity.name, plan.state(state).name)];
    let step = under(&[format!("{name}-when-due")], starts.into_iter().chain(lines));
    format!("{who}. A job that starts by itself is a step such as\n{step}")
}

/// A state in which the action is due: the first that it leads on from.
fn before(plan: &Plan, action: ActionId) -> Option<StateId> {
    let outcomes = 0..plan.actions[action].outcomes.len();
    outcomes.flat_map(|index| left_by(plan, OutcomeId { action, index })).find(|state| !plan.state(*state).form.end)
}
