//! See `unknown_move.md`.

use crate::analysis::{Move, States};
use crate::finding::{Finding, Level};
use crate::model::{EntityId, MoveBy, Plan, State, StateId, Subject};
use crate::rules::words::{outcome_name, quoted_or};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::source::Span;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unknown-move",
    group: Group::States,
    level: Level::Error,
    page: include_str!("unknown_move.md"),
    follows_from: &[FollowsFrom::in_plan("unknown-name")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for entity in cx.plan.entities.ids() {
        for it in cx.courses().moves(entity).iter().filter(|it| it.is_named) {
            let unknown = unknown(cx.plan, entity, it);
            found.extend((!unknown.is_empty()).then(|| finding(cx.plan, it, &unknown)));
        }
    }
    found
}

/// The states that something says it leaves and that do not allow it. What leaves an end is another matter.
fn unknown(plan: &Plan, entity: EntityId, it: &Move) -> Vec<StateId> {
    let from = it.from.without(States::NONE | States::one(it.to.index)).indices().flatten();
    let from = from.map(|index| StateId { entity, index });
    let allows = |state: &State| state.form.end || state.then.contains(&it.to);
    from.filter(|id| !allows(plan.state(*id))).collect()
}

fn finding(plan: &Plan, it: &Move, unknown: &[StateId]) -> Finding {
    let (name, span, subject) = mover(plan, it);
    let entity = &plan.entities[it.to.entity].name;
    let (to, from) = (&plan.state(it.to).name, &plan.state(unknown[0]).name);
    let states: Vec<&str> = unknown.iter().map(|state| plan.state(*state).name.text.as_str()).collect();
    let verb = if states.len() == 1 { "does not allow" } else { "do not allow" };
    let message = format!(
        "{name} takes `{entity}` from {} to `{to}`, and {} {verb} that",
        quoted_or(&states),
        if states.len() == 1 { "this state" } else { "these states" }
    );
    let then: Vec<&str> = plan.state(unknown[0]).form.then.iter().map(|state| state.text.as_str()).chain([to.text.as_str()]).collect();
    let help = format!(
        "If the move is right, allow it:\nentities:\n  {entity}:\n    states:\n      {from}: {{then: [{}]}}\nOr leave `{from}` out where {name} says in which states it is possible.",
        then.join(", ")
    );
    let finding = Finding::new(subject, span, message).help(help);
    unknown.iter().fold(finding, |finding, state| {
        finding.about(Subject::State(*state)).label(plan.state(*state).name.span, format!("`{to}` may not follow"))
    })
}

fn mover(plan: &Plan, it: &Move) -> (String, Span, Subject) {
    let of_state = |state: StateId, what: &str| {
        let name = &plan.state(state).name;
        (format!("{what} of `{}.{name}`", plan.entities[state.entity].name), name.span, Subject::State(state))
    };
    match it.by {
        MoveBy::Outcome(outcome) => {
            (format!("`{}`", outcome_name(plan, outcome)), plan.outcome(outcome).name.span, Subject::Outcome(outcome))
        }
        MoveBy::Timeout(state) => of_state(state, "the timeout"),
        MoveBy::Reaction(state) => of_state(state, "the `on`"),
        MoveBy::Decision(step) => (format!("`{}`", plan.steps[step].name), plan.steps[step].name.span, Subject::Step(step)),
        MoveBy::Sent(system) => {
            (format!("what `{}` sends", plan.systems[system].name), plan.systems[system].name.span, Subject::System(system))
        }
    }
}
