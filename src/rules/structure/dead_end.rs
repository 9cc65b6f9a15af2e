//! See `dead_end.md`.

use crate::finding::{Finding, Level};
use crate::model::{Nature, Step, Subject};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "dead-end",
    group: Group::Structure,
    level: Level::Error,
    page: include_str!("dead_end.md"),
    follows_from: &[FollowsFrom { rule: "unreachable-step", scope: Scope::Subject }, FollowsFrom { rule: "no-end", scope: Scope::Subject }],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let stuck = cx.plan.steps.iter().filter(|(id, step)| cx.reach().is_reachable(*id) && step.end.is_none() && !step.has_way());
    stuck
        .map(|(id, step)| {
            Finding::new(Subject::Step(id), step.name.span, format!("`{}` is a dead end: nothing leads on from here", step.name))
                .help(help(cx, step))
                .path(cx.shortest_path(id))
        })
        .collect()
}

/// What could follow, by what the step is.
fn help(cx: &Context<'_>, step: &Step) -> String {
    if let Some(run) = step.runs.first() {
        let outcomes: Vec<String> = cx.plan.actions[run.action].outcomes.iter().map(|outcome| format!("{}: ..", outcome.name)).collect();
        if !outcomes.is_empty() {
            return format!("Say what follows each outcome:\non: {{{}}}", outcomes.join(", "));
        }
    }
    match step.nature {
        Nature::Screen => "Say what the person can do here, or that the way ends:\nchoices: {..: ..}\nends: success".to_owned(),
        Nature::Task | Nature::Job(_) => "Say what follows, or that the work is done:\nends: done".to_owned(),
        _ => "Say what follows with `next`, or how the way ends with `ends`.".to_owned(),
    }
}
