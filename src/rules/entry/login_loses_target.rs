//! See `login_loses_target.md`.

use std::collections::HashSet;

use crate::finding::{Finding, Level};
use crate::model::{Cause, Plan, StepId, Subject, Way};
use crate::rules::profiles::is_door;
use crate::rules::sign_in::SignIns;
use crate::rules::snippet::{OPEN, entry, text, under};
use crate::rules::{Context, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "login-loses-target",
    group: Group::Entry,
    level: Level::Warning,
    page: include_str!("login_loses_target.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

/// The duty by which an action says how people come back to what they wanted.
const ANSWER: &str = "target-kept";

/// Kinds of actions that belong to signing in: a code is sent, and entered.
const ABOUT_IT: [&str; 3] = ["sign-in", "message", "other"];

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let sign_ins = SignIns::new(cx.plan);
    let places = sign_ins.places().into_iter().filter(|id| cx.reach().is_reachable(*id));
    places.flat_map(|id| at(cx, &sign_ins, id)).collect()
}

fn at<'p>(cx: &Context<'p>, sign_ins: &SignIns<'p>, id: StepId) -> Vec<Finding> {
    let plan = cx.plan;
    if sign_ins.action(id).is_some_and(|action| action.has_duty(ANSWER)) {
        return Vec::new();
    }
    let to_the_door = sign_ins.let_in(id).into_iter().filter(|way| !way.is_back && begins(plan, way.to));
    to_the_door.filter_map(|way| Some(finding(cx, sign_ins, way, lost(cx, sign_ins, way)?))).collect()
}

/// Whether the journey begins here, so that whoever is led here starts over.
fn begins(plan: &Plan, step: StepId) -> bool {
    is_door(plan, step) && (plan.stage_kind(step) == Some("entry") || plan.journey_of(step).first == Some(step))
}

/// The first way on which somebody is sent to sign in who wanted something else than to be at the door.
fn lost<'p>(cx: &Context<'p>, sign_ins: &SignIns<'p>, let_in: &Way) -> Option<&'p Way> {
    let plan = cx.plan;
    let mut seen = HashSet::from([let_in.from]);
    let mut open = vec![let_in.from];
    while let Some(step) = open.pop() {
        for way in plan.ways_to(step).map(|(_, way)| way).filter(|way| cx.reach().is_reachable(way.from)) {
            if way.from == let_in.to || sign_ins.has(way.from) || seen.contains(&way.from) {
                continue;
            }
            if is_about_it(plan, let_in.from, way.from) {
                seen.insert(way.from);
                open.push(way.from);
            } else if wanted_something(plan, way) {
                return Some(way);
            }
        }
    }
    None
}

/// Whether a step is only a part of signing in, such as the page on which people enter their address.
fn is_about_it(plan: &Plan, place: StepId, step: StepId) -> bool {
    let (of, asked) = (&plan.steps[step], &plan.steps[place]);
    let is_plain = of.form.shows.is_empty() && of.follows.is_empty() && of.starts.is_empty();
    of.stage == asked.stage && is_plain && of.runs.iter().all(|run| ABOUT_IT.contains(&plan.actions[run.action].kind()))
}

/// Whether people were on their way to something: past the entry, or come by a link of its own. Whoever signs out was not, nor who was
/// led through pages to the sign-in and nowhere else.
fn wanted_something(plan: &Plan, way: &Way) -> bool {
    let from = &plan.steps[way.from];
    let is_leaving = way.choice.as_ref().is_some_and(|label| label.to_lowercase().split(' ').any(|word| word == "out"));
    let is_under_way = plan.stage_kind(way.from) != Some("entry") || !from.starts.is_empty();
    let is_led = way.cause == Cause::Next && from.form.shows.is_empty() && from.starts.is_empty();
    plan.is_for_people(way.from) && is_under_way && !is_leaving && !is_led
}

fn finding(cx: &Context<'_>, sign_ins: &SignIns<'_>, let_in: &Way, lost: &Way) -> Finding {
    let plan = cx.plan;
    let (place, to, from) = (&plan.steps[let_in.from], &plan.steps[let_in.to], &plan.steps[lost.from]);
    let message =
        format!("whoever comes from `{}` and signs in at `{}` lands on `{}`, and what they wanted is lost", from.name, place.name, to.name);
    let keys = match &let_in.choice {
        Some(label) => vec![place.name.text.clone(), "choices".to_owned(), text(label), "on".to_owned()],
        None => vec![place.name.text.clone(), "on".to_owned()],
    };
    let result = match &let_in.cause {
        Cause::Outcome(outcome) => &plan.outcome(*outcome).name.text,
        Cause::End(name) => name,
        _ => OPEN,
    };
    let back = under(&keys, [entry(result, "back")]);
    let mut help = format!("Lead back to where they came from, or on to what they wanted; `back` is the step they came from:\n{back}");
    if let Some(action) = sign_ins.action(let_in.from) {
        help = format!("{help}\nOr say how it is kept:\nbackend:\n  {}:\n    duties:\n      {ANSWER}: ..", action.name);
    }
    let finding = Finding::new(Subject::Step(let_in.from), let_in.span, message).label(lost.span, "sent to sign in").help(help);
    finding.about(Subject::Step(lost.from))
}
