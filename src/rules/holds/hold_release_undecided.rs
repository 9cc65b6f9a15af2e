//! See `hold_release_undecided.md`.

use crate::finding::{Finding, Level};
use crate::model::{Plan, StateId, Subject};
use crate::rules::snippet::{OPEN, under};
use crate::rules::words::{quoted, says_failure, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::Meaning;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "hold-release-undecided",
    group: Group::Holds,
    level: Level::Warning,
    page: include_str!("hold_release_undecided.md"),
    // Once the state has a timeout, it can be asked what happens until then.
    follows_from: &[FollowsFrom::on_subject("hold-without-timeout")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let holds = cx.holds();
    let mut found = Vec::new();
    for (resource, held) in holds.resources.iter().filter(|(_, held)| !held.endings.is_empty()) {
        let states = held.states.iter().map(|(state, _)| *state).filter(|state| is_undecided(cx.plan, *state, resource));
        let groups = cx.together(RULE.name, states, |state| Subject::State(*state));
        found.extend(groups.iter().map(|states| finding(cx.plan, resource, states)));
    }
    found
}

/// Whether something did not work there, people may try again, and the state does not say that it keeps the resource.
fn is_undecided(plan: &Plan, id: StateId, resource: &str) -> bool {
    let state = plan.state(id);
    let is_failure = match state.form.means {
        Some(meaning) => meaning == Meaning::Failure,
        None => says_failure(&state.name.text),
    };
    is_failure && !state.is_final() && !state.form.holds.iter().any(|name| name.text == resource)
}

fn finding(plan: &Plan, resource: &str, states: &[StateId]) -> Finding {
    let first = states[0];
    let (entity, state) = (&plan.entities[first.entity].name.text, &plan.state(first).name);
    let names = quoted(states.iter().map(|state| state_name(plan, *state)));
    let message = format!("nothing says whether `{resource}` is kept or given back in {names}, where people may try again");
    let at = |line: String| under(&["entities", entity, "states"], [line]);
    let help = format!(
        "Keep it for the next try:\n{}\nOr give it back at once:\n{}\nOr say why neither:\n{}",
        at(format!("{state}: {{holds: {resource}}}")),
        at(format!("{state}: {{releases: {resource}}}")),
        at(format!("{state}: {{decided: {{hold-release-undecided: {OPEN}}}}}")),
    );
    let finding = Finding::new(Subject::State(first), state.span, message).help(help);
    states[1..].iter().fold(finding, |finding, state| finding.about(Subject::State(*state)).label(plan.state(*state).name.span, "and here"))
}
