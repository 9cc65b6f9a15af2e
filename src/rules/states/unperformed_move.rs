//! See `unperformed_move.md`.

use crate::analysis::Lifecycle;
use crate::finding::{Finding, Level};
use crate::model::{Plan, StateId, Subject};
use crate::rules::words::{quoted_or, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::source::Span;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unperformed-move",
    group: Group::States,
    level: Level::Warning,
    page: include_str!("unperformed_move.md"),
    follows_from: &[
        FollowsFrom::on_subject("staff-task-missing"),
        FollowsFrom::on_subject("unknown-move"),
        FollowsFrom::in_plan("unknown-name"),
    ],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for entity in cx.plan.entities.ids().filter(|entity| !cx.courses().moves(*entity).is_empty()) {
        let life = Lifecycle::new(cx.plan, entity, cx.courses().moves(entity));
        // How an entity starts is a state of it only where something says so.
        let known = cx.plan.states(entity).filter(|(id, _)| life.is_reached(*id) && (id.index > 0 || life.is_entered(*id)));
        for (id, _) in known.filter(|(id, _)| !life.is_stuck(cx.plan, *id)) {
            let unperformed = unperformed(cx.plan, &life, id);
            found.extend((!unperformed.is_empty()).then(|| finding(cx.plan, id, &unperformed)));
        }
    }
    found
}

/// The states that may follow, and into which things do come, but never from here. Where nothing sets a state at all, that is told of
/// the state.
fn unperformed(plan: &Plan, life: &Lifecycle<'_>, from: StateId) -> Vec<(StateId, Span)> {
    let then = plan.state(from).form.then.iter();
    let then =
        then.filter_map(|name| Some((StateId { entity: from.entity, index: plan.entities[from.entity].state(&name.text)? }, name.span)));
    then.filter(|(to, _)| life.is_entered(*to) && !life.is_performed(from, *to)).collect()
}

fn finding(plan: &Plan, from: StateId, unperformed: &[(StateId, Span)]) -> Finding {
    let (entity, name) = (&plan.entities[from.entity].name, &plan.state(from).name);
    let targets: Vec<&str> = unperformed.iter().map(|(to, _)| plan.state(*to).name.text.as_str()).collect();
    let message = format!("`{}` may be followed by {}, and nothing moves it there", state_name(plan, from), quoted_or(&targets));
    let help = format!(
        "Let something do it out of `{name}`, too:\nbackend:\n  ..:\n    outcomes: {{..: {{when: {{{entity}: {name}}}, sets: {{{entity}: {}}}}}}}\nOr take {} out of what may follow `{name}`.",
        targets[0],
        quoted_or(&targets)
    );
    let finding = Finding::new(Subject::State(from), unperformed[0].1, message).here("nothing does this").help(help);
    let finding = unperformed[1..].iter().fold(finding, |finding, (_, span)| finding.label(*span, "nor this"));
    unperformed.iter().fold(finding, |finding, (to, _)| finding.about(Subject::State(*to)))
}
