//! See `two_writers.md`.

use crate::analysis::{TwoWriters, two_writers};
use crate::finding::{Finding, Level};
use crate::model::{MoveBy, Plan, Subject};
use crate::rules::snippet::{OPEN, under};
use crate::rules::words::{outcome_name, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "two-writers",
    group: Group::Waiting,
    level: Level::Warning,
    page: include_str!("two_writers.md"),
    follows_from: &[FollowsFrom::in_plan("unknown-name")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    two_writers(cx.plan).iter().map(|both| finding(cx.plan, both)).collect()
}

fn finding(plan: &Plan, both: &TwoWriters) -> Finding {
    let (answer, to) = (outcome_name(plan, both.outside), plan.state(both.to));
    let entity = &plan.entities[both.to.entity].name.text;
    let (other, span, subject, action) = match both.other {
        MoveBy::Outcome(outcome) => {
            let action = Some(&plan.actions[outcome.action].name.text);
            (outcome_name(plan, outcome), plan.outcome(outcome).name.span, Subject::Outcome(outcome), action)
        }
        MoveBy::Decision(step) => (plan.steps[step].name.text.clone(), plan.steps[step].name.span, Subject::Step(step), None),
        // Only these two act by themselves.
        MoveBy::Timeout(state) | MoveBy::Reaction(state) => (state_name(plan, state), to.name.span, Subject::State(state), None),
        MoveBy::Sent(system) => (plan.systems[system].name.text.clone(), to.name.span, Subject::System(system), None),
    };
    let message = format!(
        "`{other}` and `{answer}` both turn `{}` into `{}`, and nothing says what the second one does",
        state_name(plan, both.from),
        state_name(plan, both.to)
    );
    let on = under(&["entities", entity, "states", &to.name.text, "on"], [format!("{answer}: {{ignore: The same news, told twice}}")]);
    let once = action.map_or(String::new(), |action| {
        let duty = under(&["backend", action, "duties"], [format!("idempotent: {OPEN}")]);
        format!("\nOr how `{action}` does it once only:\n{duty}")
    });
    let help = format!(
        "Let one of them write and the other one only look. Where both must, say what the answer does when it comes second:\n{on}{once}"
    );
    Finding::new(subject, span, message)
        .help(help)
        .label(plan.outcome(both.outside).name.span, "comes by itself, at any time")
        .about(Subject::State(both.to))
        .about(Subject::Action(both.outside.action))
}
