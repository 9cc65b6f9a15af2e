//! See `timeout_without_recheck.md`.

use std::collections::HashMap;

use crate::analysis::left_by;
use crate::finding::{Finding, Level};
use crate::model::{OutcomeId, Plan, StateId, Subject};
use crate::rules::snippet::under;
use crate::rules::words::{outcome_name, state_name};
use crate::rules::{Context, Group, Phase, Rule};
use crate::spec::{Class, Name, Timeout};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "timeout-without-recheck",
    group: Group::Waiting,
    level: Level::Error,
    page: include_str!("timeout_without_recheck.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let open = open_answers(cx.plan);
    let states = cx.plan.entities.ids().flat_map(|entity| cx.plan.states(entity));
    states.filter_map(|(id, state)| at_state(cx.plan, id, state.form.timeout.as_ref()?, open.get(&id)?)).collect()
}

/// For each state, the good answers from outside that may still be on their way.
fn open_answers(plan: &Plan) -> HashMap<StateId, Vec<OutcomeId>> {
    let mut open: HashMap<StateId, Vec<OutcomeId>> = HashMap::new();
    // What is closed at the provider first cannot answer any more.
    let may_answer = plan.actions.iter().filter(|(id, action)| {
        plan.answers_from_outside(*id) && action.run_at().next().is_some() && !action.has_duty("closed-at-provider")
    });
    for (id, _) in may_answer {
        for (outcome, _) in plan.outcomes(id).filter(|(_, outcome)| outcome.class == Class::Success) {
            for state in left_by(plan, outcome) {
                open.entry(state).or_default().push(outcome);
            }
        }
    }
    open
}

fn at_state(plan: &Plan, id: StateId, timeout: &Timeout, open: &[OutcomeId]) -> Option<Finding> {
    let becomes = timeout.becomes.as_ref().filter(|_| timeout.checks.is_none())?;
    let closed = StateId { entity: id.entity, index: plan.entities[id.entity].state(&becomes.text)? };
    let outcome = *open.iter().find(|outcome| comes_too_late(plan, closed, **outcome))?;
    let action = &plan.actions[outcome.action];
    let system = action.system.map_or("..", |system| &plan.systems[system].name.text);
    let message = format!(
        "`{}` becomes `{becomes}` without asking `{system}`, which may still say `{}`",
        state_name(plan, id),
        outcome_name(plan, outcome)
    );
    let finding = Finding::new(Subject::State(id), becomes.span, message).here("closed on our side only");
    Some(finding.about(Subject::Action(outcome.action)).label(action.name.span, "answers later").help(help(
        plan,
        id,
        timeout,
        &action.name,
    )))
}

/// Whether the answer can no longer do in the closed state what it would have done.
fn comes_too_late(plan: &Plan, closed: StateId, outcome: OutcomeId) -> bool {
    let mut states = plan.outcome(outcome).sets.iter().filter(|state| state.entity == closed.entity);
    states.any(|state| *state != closed && !plan.state(closed).then.contains(state))
}

fn help(plan: &Plan, id: StateId, timeout: &Timeout, action: &Name) -> String {
    let after = timeout.after.as_ref().map_or("..", |after| &after.text);
    let becomes = timeout.becomes.as_ref().map_or("..", |state| &state.text);
    let keys = ["entities", &plan.entities[id.entity].name.text, "states", &plan.state(id).name.text];
    let yaml = under(&keys, [format!("timeout: {{after: {after}, checks: {action}, becomes: {becomes}}}")]);
    format!(
        "Ask once more before it closes; add what else the timeout does:\n{yaml}\n\
         Or say with the duty `closed-at-provider` on `{action}` how it is closed on the other side first."
    )
}
