//! See `login_before_value.md`.

use std::collections::HashSet;

use crate::analysis::is_only_used;
use crate::finding::{Finding, Level};
use crate::model::{Nature, Plan, Step, StepId, Subject};
use crate::rules::profiles::{demanded_at, is_door, why};
use crate::rules::sign_in::{SignIns, is_bare_end};
use crate::rules::{Context, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "login-before-value",
    group: Group::Entry,
    level: Level::Warning,
    page: include_str!("login_before_value.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

/// What a platform calls it.
const DEMAND: &str = "experience-before-login";

/// Words in the name of an entrance that say that people come by something that was sent to them.
const SENT: [&str; 11] = ["mail", "email", "message", "invitation", "invite", "letter", "sms", "push", "reminder", "notification", "bill"];

/// The duty by which an action says what people can do without it.
const ANSWER: &str = "refusable";

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let sign_ins = SignIns::new(cx.plan);
    let doors = cx.plan.steps.iter().filter(|(id, step)| is_door(cx.plan, *id) && !is_known(step) && !is_only_used(cx.plan, step.journey));
    doors.filter_map(|(id, _)| finding(cx, &sign_ins, id)).collect()
}

/// Whether all who come in here were written to, so that they know what it is.
fn is_known(step: &Step) -> bool {
    let mut from = step.form.from.iter().peekable();
    from.peek().is_some() && from.all(|name| name.text.split('-').any(|word| SENT.contains(&word)))
}

fn finding(cx: &Context<'_>, sign_ins: &SignIns<'_>, door: StepId) -> Option<Finding> {
    let plan = cx.plan;
    let demand = demanded_at(plan, door, DEMAND);
    let asked_at = asked_at(plan, sign_ins, door, demand.is_some())?;
    let action = sign_ins.action(asked_at).or_else(|| inner_action(plan, sign_ins, asked_at));
    if action.is_some_and(|action| action.has_duty(ANSWER)) {
        return None;
    }
    sign_ins.locked_in(cx, door)?;
    let (name, at) = (&plan.steps[door].name, &plan.steps[asked_at].name);
    let message = if door == asked_at {
        format!("the first thing people meet is the sign-in at `{name}`, and there is nothing to see before it")
    } else {
        format!("from `{name}` the only way on is the sign-in at `{at}`, before people have tried anything")
    };
    let mut help =
        "Let people look around first, and ask them to sign in where it is needed: to pay, to keep, to see what is theirs.".to_owned();
    if let Some(action) = action {
        help = format!("{help} Or say what they can do without:\nbackend:\n  {}:\n    duties:\n      {ANSWER}: ..", action.name);
    }
    let finding = Finding::new(Subject::Step(door), name.span, message).help(help);
    let finding = if door == asked_at { finding } else { finding.about(Subject::Step(asked_at)).label(at.span, "asks who they are") };
    Some(match demand {
        Some(demand) => finding.level(Level::Error).why(why(demand)),
        None => finding,
    })
}

/// Where people are asked to sign in before anything else: at the door itself, or, where the platform is strict, behind a page from
/// which nothing else leads on.
fn asked_at(plan: &Plan, sign_ins: &SignIns<'_>, door: StepId, is_strict: bool) -> Option<StepId> {
    if sign_ins.has(door) {
        return Some(door);
    }
    let step = &plan.steps[door];
    if !is_strict || !step.form.shows.is_empty() || step.nature != Nature::Screen {
        return None;
    }
    let onward: HashSet<StepId> = plan.ways_from(door).map(|(_, way)| way.to).filter(|to| *to != door && !is_bare_end(plan, *to)).collect();
    let asks = onward.iter().copied().filter(|to| sign_ins.has(*to)).min();
    asks.filter(|_| onward.iter().all(|to| sign_ins.has(*to)))
}

/// The action by which people sign in in the journey that a step uses.
fn inner_action<'p>(plan: &'p Plan, sign_ins: &SignIns<'p>, step: StepId) -> Option<&'p crate::model::Action> {
    let Nature::Journey(Some(used)) = plan.steps[step].nature else { return None };
    plan.journeys[used].steps.iter().find_map(|inner| sign_ins.action(*inner))
}
