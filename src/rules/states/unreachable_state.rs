//! See `unreachable_state.md`.

use crate::analysis::{Lifecycle, allowing};
use crate::finding::{Finding, Level};
use crate::model::{EntityId, Plan, StateId, Subject};
use crate::rules::words::some_of;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unreachable-state",
    group: Group::States,
    level: Level::Warning,
    page: include_str!("unreachable_state.md"),
    // The action that is missing behind a button may well be what sets it.
    follows_from: &[
        FollowsFrom::in_plan("unknown-name"),
        FollowsFrom::in_plan("fake-process"),
        FollowsFrom::in_plan("missing-backend-action"),
    ],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for entity in cx.plan.entities.ids().filter(|entity| !cx.courses().moves(*entity).is_empty()) {
        let life = Lifecycle::new(cx.plan, entity, cx.courses().moves(entity));
        let never = cx.plan.states(entity).map(|(id, _)| id).filter(|state| is_beginning(cx.plan, &life, *state));
        let groups = cx.together(RULE.name, never, |state| Subject::State(*state));
        found.extend(groups.iter().map(|states| finding(cx.plan, entity, states)));
    }
    found
}

/// Whether nothing brings it there, although it comes to where that would begin. What lies behind such a state is not told as well.
fn is_beginning(plan: &Plan, life: &Lifecycle<'_>, state: StateId) -> bool {
    if life.is_reached(state) || life.is_entered(state) {
        return false;
    }
    let before = allowing(plan, state).indices().flatten().map(|index| StateId { entity: state.entity, index });
    let before: Vec<StateId> = before.filter(|from| *from != state).collect();
    before.is_empty() || before.iter().any(|from| life.is_reached(*from) && !life.is_stuck(plan, *from))
}

fn finding(plan: &Plan, entity: EntityId, states: &[StateId]) -> Finding {
    let of = &plan.entities[entity].name;
    let names: Vec<&str> = states.iter().map(|state| plan.state(*state).name.text.as_str()).collect();
    let message = format!("nothing ever brings `{of}` into {}", if names.len() == 1 { format!("`{}`", names[0]) } else { some_of(&names) });
    let help = format!(
        "Let something set it: an outcome of an action, a timeout, what a system sends:\nbackend:\n  ..:\n    outcomes: {{..: {{{of}: {}}}}}\nOr take the state out.",
        names[0]
    );
    let span = plan.state(states[0]).name.span;
    let finding = Finding::new(Subject::State(states[0]), span, message).here("never entered").help(help);
    states[1..]
        .iter()
        .fold(finding, |finding, state| finding.about(Subject::State(*state)).label(plan.state(*state).name.span, "neither is this one"))
}
