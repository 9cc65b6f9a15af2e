//! See `unfinished_at_end.md`.

use std::collections::BTreeMap;

use crate::analysis::{Fault, Path};
use crate::finding::{Finding, Level};
use crate::model::{StateId, StepId, Subject};
use crate::rules::words::state_name;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unfinished-at-end",
    group: Group::States,
    level: Level::Error,
    page: include_str!("unfinished_at_end.md"),
    // Where nothing leaves the state at all, or the staff for it have no task, that is the cause.
    follows_from: &[
        FollowsFrom::on_subject("stuck-state"),
        FollowsFrom::on_subject("staff-task-missing"),
        FollowsFrom::on_subject("move-not-allowed"),
        FollowsFrom::in_plan("fake-process"),
        FollowsFrom::in_plan("missing-backend-action"),
        FollowsFrom::in_plan("unknown-name"),
    ],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for entity in cx.plan.entities.ids() {
        // One for each state, at the end that is nearest.
        let mut open: BTreeMap<usize, Vec<(StepId, &Path)>> = BTreeMap::new();
        for (fault, path) in cx.courses().of(entity).map_or(&[][..], |course| &course.faults) {
            if let Fault::Unfinished { step, state } = *fault {
                open.entry(state).or_default().push((step, path));
            }
        }
        for (index, ends) in open {
            let paths: Vec<&Path> = ends.iter().map(|(_, path)| *path).collect();
            if let Some(nearest) = cx.courses().shortest(entity, &paths) {
                found.push(finding(cx, StateId { entity, index }, ends[nearest].0, ends[nearest].1));
            }
        }
    }
    found
}

fn finding(cx: &Context<'_>, id: StateId, step: StepId, path: &Path) -> Finding {
    let plan = cx.plan;
    let (end, state, entity) = (&plan.steps[step], plan.state(id), &plan.entities[id.entity].name);
    let name = &end.name;
    let span = end.end.as_ref().map_or(name.span, |end| end.name.span);
    let message =
        format!("the way ends well at `{name}` while `{}` still waits to be finished, and nobody else does that", state_name(plan, id));
    let next = state.then.first().map(|next| plan.state(*next).name.text.as_str());
    let others = next.map_or(String::new(), |next| {
        format!("Say who finishes it when the person has gone: a timeout, a system, a member of staff:\nentities:\n  {entity}:\n    states:\n      {}: {{then: .., timeout: {{after: .., becomes: {next}}}}}\n", state.name)
    });
    let help = format!(
        "{others}If it may stay so for ever, mark it with `rest: true`; if only some way should end here, let the others end elsewhere."
    );
    Finding::new(Subject::Step(step), span, message)
        .here("ends well")
        .about(Subject::State(id))
        .label(state.name.span, "not finished")
        .help(help)
        .path(cx.path_steps(path))
}
