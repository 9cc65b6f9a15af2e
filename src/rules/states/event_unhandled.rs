//! See `event_unhandled.md`.

use std::collections::BTreeSet;

use crate::analysis::Unanswered;
use crate::finding::{Finding, Level};
use crate::model::{OutcomeId, Plan, StateId, Subject};
use crate::rules::snippet::under;
use crate::rules::waiting::late_answer_undecided::is_late_success;
use crate::rules::words::{outcome_name, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::list_with;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "event-unhandled",
    group: Group::States,
    level: Level::Error,
    page: include_str!("event_unhandled.md"),
    // A state or an outcome that is misspelt may be the one that answers; and each of these says more exactly what is missing.
    follows_from: &[
        FollowsFrom::in_plan("unknown-name"),
        FollowsFrom::on_subject("late-answer-undecided"),
        FollowsFrom::on_subject("move-not-allowed"),
        FollowsFrom::on_subject("two-writers"),
        FollowsFrom::on_subject("terminal-reopened"),
    ],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut by_action: Vec<Vec<&Unanswered>> = Vec::new();
    // One action whose answers come late is one question, however many states they meet.
    for it in cx.unanswered().iter().flat_map(|(_, found, _)| found).filter(|it| !is_late_success(cx.plan, it)) {
        let is_same = |other: &&Unanswered| other.outcome.action == it.outcome.action && other.state.entity == it.state.entity;
        match by_action.iter_mut().find(|others| others.first().is_some_and(is_same)) {
            Some(others) => others.push(it),
            None => by_action.push(vec![it]),
        }
    }
    let groups = by_action.into_iter().flat_map(|cells| cx.together(RULE.name, cells, |cell| Subject::State(cell.state)));
    groups.map(|cells| finding(cx, &cells)).collect()
}

fn finding(cx: &Context<'_>, cells: &[&Unanswered]) -> Finding {
    let plan = cx.plan;
    let (first, id) = (cells[0].outcome, cells[0].state);
    let mut states: Vec<StateId> = cells.iter().map(|cell| cell.state).collect();
    states.dedup();
    let names: BTreeSet<String> = cells.iter().map(|cell| format!("`{}`", outcome_name(plan, cell.outcome))).collect();
    let places: BTreeSet<String> = states.iter().map(|state| format!("`{}`", state_name(plan, *state))).collect();
    let (names, places): (Vec<_>, Vec<_>) = (names.into_iter().collect(), places.into_iter().collect());
    let message = format!("{} may come in {}, and nothing says what it does there", list_with(&names, "or"), list_with(&places, "or"));
    let finding = Finding::new(Subject::State(id), plan.state(id).name.span, message)
        .help(help(plan, id, cells.iter().filter(|cell| cell.state == id).map(|cell| cell.outcome)))
        .label(plan.outcome(first).name.span, "the answer comes later, in whatever state the thing is by then")
        .about(Subject::Action(first.action))
        .path(cx.run_steps(&cells[0].run));
    states[1..].iter().fold(finding, |finding, state| finding.about(Subject::State(*state)).label(plan.state(*state).name.span, "or here"))
}

fn help(plan: &Plan, id: StateId, outcomes: impl Iterator<Item = OutcomeId>) -> String {
    let (entity, state) = (&plan.entities[id.entity].name.text, &plan.state(id).name.text);
    let answers = outcomes.map(|outcome| format!("{}: {{ignore: ..}}", outcome_name(plan, outcome)));
    let on = under(&["entities", entity, "states", state, "on"], answers.collect::<Vec<_>>());
    format!("Say there that it changes nothing, and why, or which state it leads to:\n{on}")
}
