//! See `stuck_if_absent.md`.

use crate::analysis::{Absence, Absent};
use crate::finding::{Finding, Level};
use crate::model::{Plan, Subject};
use crate::rules::snippet::under;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::list_with;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "stuck-if-absent",
    group: Group::States,
    level: Level::Error,
    page: include_str!("stuck_if_absent.md"),
    // Each of these says more exactly what is missing.
    follows_from: &[
        FollowsFrom::in_plan("unknown-name"),
        FollowsFrom::in_journey("cannot-finish"),
        FollowsFrom::on_subject("wait-without-timeout"),
        FollowsFrom::on_subject("hold-without-timeout"),
        FollowsFrom::on_subject("completion-needs-return"),
        FollowsFrom::on_subject("stuck-state"),
        FollowsFrom::on_subject("unfinished-at-end"),
        FollowsFrom::on_subject("staff-task-missing"),
        FollowsFrom::on_subject("unrun-timer"),
    ],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut by_state: Vec<Vec<&Absence>> = Vec::new();
    // Whoever stays away: it is one state that nobody else ends.
    for absence in cx.absences().iter().flat_map(|(_, found, _)| found) {
        match by_state.iter_mut().find(|known| known[0].state == absence.state) {
            Some(known) => known.push(absence),
            None => by_state.push(vec![absence]),
        }
    }
    by_state.iter().map(|absences| finding(cx, absences)).collect()
}

fn finding(cx: &Context<'_>, absences: &[&Absence]) -> Finding {
    let (plan, absence) = (cx.plan, absences[0]);
    let state = plan.state(absence.state);
    let entity = &plan.entities[absence.state.entity].name;
    let who: Vec<String> = absences.iter().map(|absence| who(plan, absence.who)).collect();
    let message = format!("if {} never comes back, `{entity}` stays `{}` for ever", list_with(&who, "or"), state.name);
    let finding =
        Finding::new(Subject::State(absence.state), state.name.span, message).help(help(plan, absence)).path(cx.run_steps(&absence.run));
    absences.iter().fold(finding, |finding, absence| match absence.who {
        Absent::Role(Some(role)) => finding.about(Subject::Role(role)),
        Absent::System(system) => finding.about(Subject::System(system)),
        Absent::Role(None) => finding,
    })
}

/// Staff are called, or always come; for others, only time helps.
fn help(plan: &Plan, absence: &Absence) -> String {
    let state = plan.state(absence.state);
    let keys = ["entities", &plan.entities[absence.state.entity].name.text, "states", &state.name.text];
    match absence.who {
        Absent::Role(Some(role)) if plan.roles[role].form.staff => {
            let call = under(&keys, ["escalate: {after: 2d, to: ..}".to_owned()]);
            let name = &plan.roles[role].name.text;
            let comes = under(&["roles", name], ["backstop: true".to_owned()]);
            format!("Say who is called when nobody acts:\n{call}\nOr that one of them always comes:\n{comes}")
        }
        _ => {
            let ends = under(&keys, ["timeout: {after: 30d, becomes: ..}".to_owned()]);
            format!(
                "Say how long it may last, and what follows then:\n{ends}\nOr, where it takes up nothing and may stay so, add `rest: true`."
            )
        }
    }
}

fn who(plan: &Plan, who: Absent) -> String {
    match who {
        Absent::Role(Some(role)) => format!("`{}`", plan.roles[role].name),
        Absent::Role(None) => "the person".to_owned(),
        Absent::System(system) => format!("`{}`", plan.systems[system].name),
    }
}
