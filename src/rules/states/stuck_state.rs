//! See `stuck_state.md`.

use crate::analysis::Lifecycle;
use crate::finding::{Finding, Level};
use crate::model::{Plan, StateId, Subject};
use crate::rules::words::{quoted_or, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "stuck-state",
    group: Group::States,
    level: Level::Error,
    page: include_str!("stuck_state.md"),
    // Staff without a task, or a click in place of an action, is why nothing leaves it.
    follows_from: &[
        FollowsFrom::on_subject("staff-task-missing"),
        FollowsFrom::in_plan("missing-backend-action"),
        FollowsFrom::in_plan("fake-process"),
        FollowsFrom::in_plan("unknown-name"),
    ],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for entity in cx.plan.entities.ids().filter(|entity| !cx.courses().moves(*entity).is_empty()) {
        let life = Lifecycle::new(cx.plan, entity, cx.courses().moves(entity));
        let stuck = cx.plan.states(entity).filter(|(id, state)| life.is_stuck(cx.plan, *id) && state.form.draining.is_none());
        // How an entity starts is a state of it only where something says so.
        let stuck = stuck.filter(|(id, _)| id.index > 0 || life.is_entered(*id));
        found.extend(stuck.map(|(id, _)| finding(cx.plan, id)));
    }
    found
}

fn finding(plan: &Plan, id: StateId) -> Finding {
    let state = plan.state(id);
    let (entity, name) = (&plan.entities[id.entity].name, &state.name);
    let then: Vec<&str> = state.then.iter().filter(|to| **to != id).map(|to| plan.state(*to).name.text.as_str()).collect();
    let (message, here) = if then.is_empty() {
        (format!("`{}` is no end, and no state follows it", state_name(plan, id)), "nothing follows")
    } else {
        (
            format!("nothing ever takes `{entity}` out of `{name}`: {} may follow, and nothing brings that about", quoted_or(&then)),
            "never left",
        )
    };
    let end = format!("entities:\n  {entity}:\n    states:\n      {name}: end");
    let help = match then.first() {
        None => format!(
            "If nothing more has to happen, say so:\n{end}\nElse name what follows with `then`, and let an action or a timeout bring it about."
        ),
        Some(next) => format!(
            "Say what brings `{next}` about: an outcome that sets it, or a timeout:\nbackend:\n  ..:\n    outcomes: {{..: {{{entity}: {next}}}}}\nIf nothing more has to happen, make it an end:\n{end}"
        ),
    };
    Finding::new(Subject::State(id), name.span, message).here(here).help(help)
}
