//! See `login_cannot_be_refused.md`.

use std::collections::HashSet;

use crate::analysis::is_only_used;
use crate::finding::{Finding, Level};
use crate::model::{How, JourneyId, Plan, StepId, Subject};
use crate::rules::answers::keys_of;
use crate::rules::profiles::{demanded_at, why};
use crate::rules::sign_in::SignIns;
use crate::rules::snippet::{entry, under};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "login-cannot-be-refused",
    group: Group::Entry,
    level: Level::Warning,
    page: include_str!("login_cannot_be_refused.md"),
    // Where the answer to the no is missing altogether, that says it; and who is asked at the door is asked elsewhere first.
    follows_from: &[
        FollowsFrom::on_subject("required-outcome-missing"),
        FollowsFrom::on_subject("unhandled-outcome"),
        FollowsFrom::on_subject("dead-end"),
        FollowsFrom::on_subject("login-before-value"),
    ],
    phase: Phase::Plan,
    check,
};

/// What a platform calls it.
const DEMAND: &str = "login-refusable";

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let sign_ins = SignIns::new(cx.plan);
    // One place of each journey is told: the others are locked by the same missing way.
    let mut told: HashSet<JourneyId> = HashSet::new();
    let mut found = Vec::new();
    for id in sign_ins.places().into_iter().filter(|id| cx.reach().is_reachable(*id)) {
        let journey = cx.plan.steps[id].journey;
        if !told.contains(&journey)
            && let Some(finding) = finding(cx, &sign_ins, id)
        {
            told.insert(journey);
            found.push(finding);
        }
    }
    found
}

fn finding(cx: &Context<'_>, sign_ins: &SignIns<'_>, id: StepId) -> Option<Finding> {
    let (plan, step) = (cx.plan, &cx.plan.steps[id]);
    let run = step.runs.iter().find(|run| run.how != How::Shows && plan.actions[run.action].kind() == "sign-in")?;
    let locked_in = sign_ins.locked_in(cx, id)?;
    let demand = demanded_at(plan, id, DEMAND);
    let leaves = locked_in.iter().any(|step| plan.steps[*step].end.is_some() && !is_only_used(plan, plan.steps[*step].journey));
    if leaves && demand.is_none() {
        return None;
    }
    let name = &step.name;
    let message = match (leaves, locked_in.len()) {
        (true, _) => format!("whoever says no at `{name}` can only leave"),
        (false, 1) => format!("whoever says no at `{name}` stays at `{name}`, and the only way on is to sign in"),
        _ => format!("whoever says no at `{name}` only comes back to it"),
    };
    let finding = Finding::new(Subject::Step(id), run.span, message)
        .about(Subject::Action(run.action))
        .help(help(plan, id, run))
        .path(cx.shortest_path(id));
    Some(match demand {
        Some(demand) => finding.level(Level::Error).why(why(demand)),
        None => finding,
    })
}

fn help(plan: &Plan, id: StepId, run: &crate::model::Run) -> String {
    let step = &plan.steps[id];
    let refusal = plan.actions[run.action].outcomes.iter().find(|outcome| outcome.stands_for("refused"));
    let is_entered = plan.ways_to(id).any(|(_, way)| way.from != id);
    let target = if is_entered { "back" } else { ".." };
    let yaml = match refusal {
        Some(outcome) => under(&keys_of(step, run), [entry(&outcome.name.text, target)]),
        None => under(&[step.name.text.as_str(), "choices"], [entry("Not now", target)]),
    };
    format!("Let the no lead to something that people can do without signing in; `back` is where they came from:\n{yaml}")
}
