//! See `no_exit_for_role.md`.

use crate::analysis::{Say, left_by, owners};
use crate::finding::{Finding, Level};
use crate::model::{EntityId, How, Id as _, MoveBy, Nature, Plan, RoleId, State, StateId, StepId, Subject};
use crate::rules::words::quoted;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::Meaning;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "no-exit-for-role",
    group: Group::Roles,
    level: Level::Warning,
    page: include_str!("no_exit_for_role.md"),
    // A misspelt name may well be the way out; and where nobody at all can act, that comes first.
    follows_from: &[
        FollowsFrom::in_plan("unknown-name"),
        FollowsFrom::on_subject("staff-task-missing"),
        FollowsFrom::on_subject("stuck-state"),
    ],
    phase: Phase::Plan,
    check,
};

/// A state in which a thing waits for somebody other than the one whose thing it is.
struct Waiting {
    state: StateId,
    others: Vec<RoleId>,
}

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let say = Say::new(cx.plan);
    let mut found = Vec::new();
    for (entity, role) in owners(cx.plan) {
        found.extend(stranded(cx, entity, role));
        let waiting = waiting(cx.plan, entity, role);
        // Who can take it back at first has had a way out, and sees it close.
        let has_say = waiting.iter().any(|waiting| say.has(role, waiting.state));
        if has_say || !waiting.iter().any(|waiting| is_handed_in(cx.plan, waiting.state, role)) {
            continue;
        }
        let groups = cx.together(RULE.name, waiting, |waiting| Subject::State(waiting.state));
        found.extend(groups.iter().map(|waiting| finding(cx.plan, role, waiting)));
    }
    found
}

/// A thing waits for the very people who see it, and from no page that shows it do they get to where they could act.
fn stranded(cx: &Context<'_>, entity: EntityId, role: RoleId) -> Option<Finding> {
    let plan = cx.plan;
    let is_theirs = |step: &StepId| plan.steps[*step].role == Some(role) && cx.reach().is_reachable(*step);
    let pages: Vec<StepId> = plan.steps.ids().filter(is_theirs).filter(|step| plan.steps[*step].follows.contains(&entity)).collect();
    let from_pages = cx.reach().steps_from(plan, &pages);
    let waits = |(id, state): &(StateId, &State)| is_open(*id, state) && state.waits_for == [role] && plan.may_see(*id, role);
    let acts = |state: StateId, step: StepId| {
        let mut runs = plan.steps[step].runs.iter().filter(|run| matches!(run.how, How::Backend | How::Choice(_)));
        runs.any(|run| plan.outcomes(run.action).any(|(outcome, _)| left_by(plan, outcome).contains(&state)))
    };
    let (state, _) = plan.states(entity).filter(waits).find(|(state, _)| {
        let acting: Vec<StepId> = plan.steps.ids().filter(is_theirs).filter(|step| acts(*state, *step)).collect();
        !pages.is_empty() && !acting.is_empty() && !acting.iter().any(|step| from_pages[step.index()])
    })?;
    let (page, thing) = (&plan.steps[pages[0]].name, &plan.entities[entity].name);
    let message = format!("`{thing}` waits for `{}`, who can do nothing about it on `{page}`", plan.roles[role].name);
    let finding = Finding::new(Subject::State(state), plan.state(state).name.span, message).here("waits for them");
    let finding = finding.label(page.span, "they see it here").about(Subject::Step(pages[0])).about(Subject::Role(role));
    Some(finding.help(help(plan, state)))
}

fn waiting(plan: &Plan, entity: EntityId, role: RoleId) -> Vec<Waiting> {
    let open = plan.states(entity).filter(|(id, state)| is_open(*id, state) && plan.may_see(*id, role));
    let waiting = open.map(|(id, state)| Waiting { state: id, others: others(plan, state, role) });
    waiting.filter(|waiting| !waiting.others.is_empty()).collect()
}

/// Whether things stay in a state for a while, and nothing has gone wrong: what went wrong has rules of its own.
fn is_open(id: StateId, state: &State) -> bool {
    let is_entered = id.index == 0 || !state.entered_by.is_empty();
    let went_wrong = matches!(state.form.means, Some(Meaning::Failure | Meaning::Rejection));
    is_entered && !went_wrong && !state.is_final() && state.form.draining.is_none()
}

/// Whether the people themselves bring it there. To contest a refusal is no new thing that one could take back.
fn is_handed_in(plan: &Plan, state: StateId, role: RoleId) -> bool {
    let is_refusal = |state: &StateId| plan.state(*state).form.means == Some(Meaning::Rejection);
    plan.state(state).entered_by.iter().any(|by| match by {
        MoveBy::Outcome(outcome) => {
            let is_theirs = plan.actions[outcome.action].run_at().any(|step| plan.steps[step].role == Some(role));
            let before: Vec<StateId> = left_by(plan, *outcome).into_iter().filter(|before| before.entity == state.entity).collect();
            is_theirs && (before.is_empty() || !before.iter().all(is_refusal))
        }
        MoveBy::Decision(step) => plan.steps[*step].role == Some(role),
        MoveBy::Timeout(_) | MoveBy::Reaction(_) | MoveBy::Sent(_) => false,
    })
}

/// The others for whom a thing waits: as the state says, or because it is their task.
fn others(plan: &Plan, state: &State, role: RoleId) -> Vec<RoleId> {
    let tasks = state.starts.iter().map(|step| &plan.steps[*step]).filter(|step| step.nature == Nature::Task);
    let mut others: Vec<RoleId> = state.waits_for.iter().copied().chain(tasks.filter_map(|step| step.role)).collect();
    others.retain(|other| *other != role);
    others.sort_unstable();
    others.dedup();
    others
}

fn finding(plan: &Plan, role: RoleId, waiting: &[Waiting]) -> Finding {
    let Waiting { state, others } = &waiting[0];
    let (role_name, entity) = (&plan.roles[role].name, &plan.entities[state.entity].name);
    let names = quoted(others.iter().map(|other| &plan.roles[*other].name.text));
    let message = format!("while `{entity}` waits for {names}, `{role_name}` can do nothing about it");
    let finding = Finding::new(Subject::State(*state), plan.state(*state).name.span, message).here("no way on, and none back");
    let finding = waiting[1..]
        .iter()
        .fold(finding, |finding, other| finding.about(Subject::State(other.state)).label(plan.state(other.state).name.span, "nor here"));
    finding.about(Subject::Role(role)).help(help(plan, *state))
}

fn help(plan: &Plan, state: StateId) -> String {
    let (entity, state) = (&plan.entities[state.entity].name, &plan.state(state).name);
    format!(
        "Give them a way out, or a way to ask, on a page of theirs:\n..:\n  follows: {entity}\n  choices:\n    Take it back: {{backend: .., when: \
         {{{entity}: {state}}}, on: {{..: ..}}}}\nWhere there is none on purpose, say why, so that the page can say it too:\nentities:\n  {entity}:\n    \
         states:\n      {state}:\n        decided: {{no-exit-for-role: ..}}"
    )
}
