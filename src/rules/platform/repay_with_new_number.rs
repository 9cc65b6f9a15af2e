//! See `repay_with_new_number.md`.

use std::collections::HashSet;

use crate::finding::{Finding, Level};
use crate::model::{Action, ActionId, Cause, How, OutcomeId, Plan, Run, StepId, Subject, Way};
use crate::rules::answers::ways_of;
use crate::rules::profiles::{demanded_at, why};
use crate::rules::snippet::{entry, under};
use crate::rules::words::{outcome_name, quoted};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::{Attempts, Class};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "repay-with-new-number",
    group: Group::Platform,
    level: Level::Warning,
    page: include_str!("repay_with_new_number.md"),
    follows_from: &[FollowsFrom::on_subject("unhandled-outcome"), FollowsFrom::on_subject("dead-end")],
    phase: Phase::Plan,
    check,
};

/// What the platform calls it.
const DEMAND: &str = "same-number-on-repay";

fn check(cx: &Context<'_>) -> Vec<Finding> {
    cx.plan.actions.iter().filter(|(_, action)| action.kind() == "pay").filter_map(|(id, action)| finding(cx, id, action)).collect()
}

fn finding<'p>(cx: &Context<'p>, id: ActionId, action: &'p Action) -> Option<Finding> {
    let plan = cx.plan;
    let mut paid_at = action.runs.iter().filter(|(step, run)| !matches!(run.how, How::Shows | How::Wait) && plan.is_for_people(*step));
    let (step, run, demand) = paid_at.find_map(|(step, run)| Some((*step, run, demanded_at(plan, *step, DEMAND)?)))?;
    let (name, page) = (&action.name, &plan.steps[step].name);
    let finding = if action.form.attempts == Some(Attempts::Many) {
        let message = format!("several payments of `{name}` may be open at once, so each try has a number of its own");
        let yaml = under(&["backend", &name.text], ["attempts: one-open".to_owned()]);
        Finding::new(Subject::Action(id), name.span, message)
            .help(format!("Keep to one, and pay again with the same order number:\n{yaml}"))
    } else {
        let (outcome, way, creates) = fresh_start(cx, step, run)?;
        let made = quoted(creates.iter().map(|action| &plan.actions[*action].name.text));
        let message = format!(
            "after `{}` people get back to `{page}` only over {made}, which makes a new order with a new number",
            outcome_name(plan, outcome)
        );
        let yaml = under(&[page.text.as_str(), "on"], [entry(&plan.outcome(outcome).name.text, "stay")]);
        let help = format!("Let them pay the order that is there:\n{yaml}");
        Finding::new(Subject::Action(id), way.span, message).label(page.span, "people pay here").help(help)
    };
    Some(finding.about(Subject::Step(step)).why(why(demand)))
}

/// A failed payment after which people can pay again, and only by way of an action that makes a fresh thing to pay for.
fn fresh_start<'p>(cx: &Context<'p>, step: StepId, run: &'p Run) -> Option<(OutcomeId, &'p Way, Vec<ActionId>)> {
    let plan = cx.plan;
    // Past its time an order is closed, and a new one is right.
    let failed = plan.outcomes(run.action).filter(|(_, outcome)| outcome.class == Class::Failure && !outcome.stands_for("expired"));
    let ways = failed.flat_map(|(outcome, _)| ways_of(plan, step, run, outcome).map(move |way| (outcome, way)));
    ways.filter(|(_, way)| way.to != step).find_map(|(outcome, way)| {
        let mut crossed = Vec::new();
        let again = |may_make: bool, crossed: &mut Vec<ActionId>| comes_to(cx, way.to, step, run.action, may_make, crossed);
        (!again(false, &mut Vec::new()) && again(true, &mut crossed)).then_some((outcome, way, crossed))
    })
}

/// Whether people get from a step to another one; those actions are noted that make a fresh thing on the way.
fn comes_to(cx: &Context<'_>, from: StepId, to: StepId, pays: ActionId, may_make: bool, crossed: &mut Vec<ActionId>) -> bool {
    let plan = cx.plan;
    let mut seen = HashSet::from([from]);
    let mut open = vec![from];
    while let Some(step) = open.pop() {
        for way in plan.ways_from(step).map(|(_, way)| way).filter(|way| cx.reach().is_live(plan, way)) {
            if let Cause::Outcome(outcome) = way.cause
                && makes_fresh(plan, outcome, pays)
            {
                if !may_make {
                    continue;
                }
                if !crossed.contains(&outcome.action) {
                    crossed.push(outcome.action);
                }
            }
            if seen.insert(way.to) && way.to != to {
                open.push(way.to);
            }
        }
    }
    seen.contains(&to)
}

/// Whether a result makes a fresh thing of the sort that the payment moves.
fn makes_fresh(plan: &Plan, outcome: OutcomeId, pays: ActionId) -> bool {
    let paid: HashSet<&str> = plan.actions[pays]
        .outcomes
        .iter()
        .flat_map(|outcome| &outcome.sets)
        .map(|state| plan.entities[state.entity].name.text.as_str())
        .collect();
    let creates = &plan.actions[outcome.action].form.creates;
    plan.outcome(outcome).class == Class::Success && creates.iter().any(|entity| paid.contains(entity.text.as_str()))
}
