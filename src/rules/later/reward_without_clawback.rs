//! See `reward_without_clawback.md`.

use std::collections::BTreeMap;

use crate::analysis::journeys_with;
use crate::finding::{Finding, Level};
use crate::model::{Action, ActionId, EntityId, MoveBy, OutcomeId, Plan, StateId, Subject};
use crate::rules::snippet::{OPEN, under};
use crate::rules::words::{outcome_name, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::{Class, Name};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "reward-without-clawback",
    group: Group::Later,
    level: Level::Info,
    page: include_str!("reward_without_clawback.md"),
    follows_from: &[FollowsFrom::in_plan("unknown-name")],
    phase: Phase::Plan,
    check,
};

/// Words for what is given to people for what they do.
const REWARDS: [&str; 12] =
    ["reward", "rewards", "points", "bonus", "bonuses", "cashback", "commission", "commissions", "loyalty", "stamp", "stamps", "miles"];

/// Words for taking something back, or for not yet giving it.
const TAKING_BACK: [&str; 15] = [
    "revoke",
    "revoked",
    "reverse",
    "reversed",
    "clawback",
    "claw",
    "clawed",
    "withdraw",
    "withdrawn",
    "deduct",
    "deducted",
    "cancel",
    "cancelled",
    "void",
    "voided",
];

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let plan = cx.plan;
    // What is never given back cannot take anything along.
    let refund = plan.actions.iter().find(|(_, action)| action.kind() == "refund" && action.is_run());
    let Some((refund, _)) = refund.filter(|_| !is_taken_back(plan)) else { return Vec::new() };
    let mut found: Vec<Finding> = Vec::new();
    let mut things: BTreeMap<EntityId, (StateId, OutcomeId)> = BTreeMap::new();
    for (action, form) in plan.actions.iter().filter(|(_, action)| action.is_run() && action.kind() != "read") {
        let given = plan.outcomes(action).filter(|(_, outcome)| outcome.class == Class::Success);
        let sets: Vec<(OutcomeId, StateId)> = given.flat_map(|(id, outcome)| outcome.sets.iter().map(move |state| (id, *state))).collect();
        let rewards: Vec<_> = sets.into_iter().filter(|(_, state)| is_reward(&plan.entities[state.entity].name)).collect();
        for (outcome, state) in &rewards {
            things.entry(state.entity).or_insert((*state, *outcome));
        }
        if rewards.is_empty() && is_reward(&form.name) {
            found.push(by_action(plan, action, form, refund));
        }
    }
    found.extend(things.into_values().map(|(state, outcome)| by_state(plan, state, outcome, refund)));
    found
}

/// Whether anything takes a reward back: an action that is named so, a move into a state that is named so, or one that a refund makes.
fn is_taken_back(plan: &Plan) -> bool {
    let takes = |name: &Name| name.text.split('-').any(|word| TAKING_BACK.contains(&word));
    let by_refund = |by: &MoveBy| matches!(by, MoveBy::Outcome(outcome) if plan.actions[outcome.action].kind() == "refund");
    let is_back = |(_, state): (StateId, &crate::model::State)| {
        (takes(&state.name) && !state.entered_by.is_empty()) || state.entered_by.iter().any(by_refund)
    };
    plan.actions.iter().any(|(_, action)| action.is_run() && is_reward(&action.name) && takes(&action.name))
        || plan.entities.iter().filter(|(_, entity)| is_reward(&entity.name)).any(|(id, _)| plan.states(id).any(is_back))
}

fn is_reward(name: &Name) -> bool {
    name.text.split('-').any(|word| REWARDS.contains(&word))
}

fn by_action(plan: &Plan, id: ActionId, action: &Action, refund: ActionId) -> Finding {
    let message = format!("`{}` gives something for what `{}` may undo, and nothing takes it back", action.name, plan.actions[refund].name);
    let take_back =
        under(&["backend", &format!("take-back-{}", action.name)], ["kind: other".to_owned(), format!("outcomes: [taken-back, {OPEN}]")]);
    let finding = Finding::new(Subject::Action(id), action.name.span, message).help(help(&take_back));
    journeys_with(plan, id).into_iter().fold(finish(plan, finding, refund), |finding, journey| finding.about(Subject::Journey(journey)))
}

fn by_state(plan: &Plan, state: StateId, outcome: OutcomeId, refund: ActionId) -> Finding {
    let message = format!(
        "`{}` gives `{}` for what `{}` may undo, and nothing takes it back",
        outcome_name(plan, outcome),
        state_name(plan, state),
        plan.actions[refund].name
    );
    let (entity, name) = (&plan.entities[state.entity].name, &plan.state(state).name);
    let take_back = under(&["entities", &entity.text, "states"], [format!("{name}: {{then: revoked}}"), "revoked: end".to_owned()]);
    let finding = Finding::new(Subject::State(state), name.span, message).help(help(&take_back));
    finish(plan, finding.about(Subject::Action(outcome.action)), refund)
}

fn finish(plan: &Plan, finding: Finding, refund: ActionId) -> Finding {
    finding.label(plan.actions[refund].name.span, "the money goes back here")
}

fn help(take_back: &str) -> String {
    format!(
        "Let what happens when the money goes back take it back, and say until when:\n{take_back}\nOr that it stays, or is given only when nothing can be undone any more, and why:\ndecided:\n  reward-without-clawback: {OPEN}"
    )
}
