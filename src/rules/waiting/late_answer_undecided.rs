//! See `late_answer_undecided.md`.

use crate::analysis::Unanswered;
use crate::finding::{Finding, Level};
use crate::model::{MoveBy, Plan, Subject};
use crate::rules::snippet::under;
use crate::rules::words::{outcome_name, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::Class;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "late-answer-undecided",
    group: Group::Waiting,
    level: Level::Error,
    page: include_str!("late_answer_undecided.md"),
    // A state or an outcome that is misspelt may be the one that answers.
    follows_from: &[FollowsFrom::in_plan("unknown-name")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    cx.unanswered()
        .iter()
        .flat_map(|(_, found, _)| found)
        .filter(|late| is_late_success(cx.plan, late))
        .map(|late| finding(cx, late))
        .collect()
}

/// Whether it worked after all, when the thing is closed.
pub(in crate::rules) fn is_late_success(plan: &Plan, late: &Unanswered) -> bool {
    plan.outcome(late.outcome).class == Class::Success && plan.state(late.state).form.end
}

fn finding(cx: &Context<'_>, late: &Unanswered) -> Finding {
    let plan = cx.plan;
    let (answer, state) = (outcome_name(plan, late.outcome), plan.state(late.state));
    let message = format!(
        "`{answer}` may still come when `{}` is reached{}, and nothing says what it does then",
        state_name(plan, late.state),
        by(plan, late)
    );
    let entity = &plan.entities[late.state.entity].name;
    let keys = ["entities", &entity.text, "states", &state.name.text, "on"];
    let help = format!(
        "Say which state it leads to, such as one from which the money goes back:\n{}\nOr that nothing is to be done, and why:\n{answer}: {{ignore: ..}}",
        under(&keys, [format!("{answer}: ..")])
    );
    Finding::new(Subject::State(late.state), state.name.span, message)
        .help(help)
        .label(plan.outcome(late.outcome).name.span, "this answer comes later")
        .about(Subject::Action(late.outcome.action))
        .path(cx.run_steps(&late.run))
}

/// What ends the thing meanwhile, where one thing does.
fn by(plan: &Plan, late: &Unanswered) -> String {
    let movers: Vec<&MoveBy> = plan.state(late.state).entered_by.iter().collect();
    match movers[..] {
        [MoveBy::Timeout(_)] => " by the timeout".to_owned(),
        [MoveBy::Outcome(outcome)] => format!(" by `{}`", outcome_name(plan, *outcome)),
        _ => String::new(),
    }
}
