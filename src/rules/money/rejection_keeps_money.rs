//! See `rejection_keeps_money.md`.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::{Keeping, Money, journeys_with};
use crate::finding::{Finding, Level};
use crate::model::{MoveBy, OutcomeId, Plan, StateId, Subject};
use crate::rules::snippet::{OPEN, under};
use crate::rules::words::{outcome_name, quoted, some_of, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "rejection-keeps-money",
    group: Group::Money,
    level: Level::Error,
    page: include_str!("rejection_keeps_money.md"),
    // The same refusal, told where it comes on the way of the payer.
    follows_from: &[FollowsFrom::on_subject("charge-before-guard"), FollowsFrom::on_subject("paid-without-object")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let money = Money::new(cx.plan, cx.reach());
    // What one action refuses in several outcomes is told once.
    let mut groups: BTreeMap<Subject, Vec<&Keeping>> = BTreeMap::new();
    for keeping in money.keeping() {
        groups.entry(mover(keeping)).or_default().push(keeping);
    }
    groups.into_iter().map(|(mover, keepings)| finding(cx.plan, mover, &keepings)).collect()
}

/// The action, or else what makes the move without one.
fn mover(keeping: &Keeping) -> Subject {
    match keeping.by {
        MoveBy::Outcome(outcome) => Subject::Action(outcome.action),
        MoveBy::Timeout(state) | MoveBy::Reaction(state) => Subject::State(state),
        MoveBy::Decision(step) => Subject::Step(step),
        MoveBy::Sent(system) => Subject::System(system),
    }
}

fn outcome_of(keeping: &Keeping) -> Option<OutcomeId> {
    if let MoveBy::Outcome(outcome) = keeping.by { Some(outcome) } else { None }
}

fn finding(plan: &Plan, mover: Subject, keepings: &[&Keeping]) -> Finding {
    let first = keepings[0];
    let to = state_name(plan, first.to);
    let mut paid: Vec<StateId> = keepings.iter().map(|keeping| keeping.paid).collect();
    paid.sort_unstable();
    paid.dedup();
    let names: Vec<String> = paid.iter().map(|state| state_name(plan, *state)).collect();
    let paid = some_of(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let (by, span, subject) = match first.by {
        MoveBy::Outcome(outcome) => {
            let outcomes: BTreeSet<_> = keepings.iter().filter_map(|keeping| outcome_of(keeping)).collect();
            let names = quoted(outcomes.into_iter().map(|outcome| outcome_name(plan, outcome)));
            (names, plan.outcome(outcome).name.span, Subject::Outcome(outcome))
        }
        MoveBy::Timeout(state) => (format!("the timeout of `{}`", state_name(plan, state)), plan.state(state).name.span, mover),
        MoveBy::Reaction(state) => (format!("an answer in `{}`", state_name(plan, state)), plan.state(state).name.span, mover),
        MoveBy::Decision(step) => (format!("`{}`", plan.steps[step].name), plan.steps[step].name.span, mover),
        MoveBy::Sent(system) => (format!("what `{}` sends", plan.systems[system].name), plan.systems[system].name.span, mover),
    };
    let message = if first.paid.entity == first.to.entity {
        format!("{by} can turn {paid} into `{to}`, and nothing gives the money back")
    } else {
        format!("{by} sets `{to}` and leaves {paid} untouched, and nothing gives the money back")
    };
    let mut finding = Finding::new(subject, span, message).help(help(plan, first)).label(plan.state(first.paid).name.span, "paid for");
    finding = finding.label(plan.state(first.to).name.span, "the money is kept here");
    for keeping in keepings {
        finding = finding.about(Subject::State(keeping.to));
        if let Some(outcome) = outcome_of(keeping) {
            finding = finding.about(Subject::Outcome(outcome));
            finding =
                journeys_with(plan, outcome.action).into_iter().fold(finding, |finding, journey| finding.about(Subject::Journey(journey)));
        }
    }
    finding
}

/// A refund that starts when it is due, or the reason why none is.
fn help(plan: &Plan, keeping: &Keeping) -> String {
    let refund = plan.actions.iter().find(|(_, action)| action.kind() == "refund").map_or(OPEN, |(_, action)| &action.name.text);
    let (entity, state) = (&plan.entities[keeping.to.entity].name.text, &plan.state(keeping.to).name.text);
    let step = under(
        &[&format!("give-money-back-{entity}")],
        [format!("job: {OPEN}"), format!("when: {{{entity}: {state}}}"), format!("backend: {refund}"), format!("on: {OPEN}")],
    );
    let decided = under(&["entities", entity, "states", state, "decided"], [format!("rejection-keeps-money: {OPEN}")]);
    format!(
        "Let a refund start with it, or set a state of the money in which one is due:\n{step}\nOr say why the money is kept, and where people read that before they pay:\n{decided}"
    )
}
