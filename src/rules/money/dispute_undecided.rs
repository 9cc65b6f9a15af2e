//! See `dispute_undecided.md`.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::journeys_with;
use crate::finding::{Finding, Level};
use crate::model::{Action, ActionId, JourneyId, Plan, Subject, SystemId};
use crate::rules::snippet::{OPEN, entry, under};
use crate::rules::words::quoted;
use crate::rules::{Context, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "dispute-undecided",
    group: Group::Money,
    level: Level::Info,
    page: include_str!("dispute_undecided.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

/// The providers through which a payer can take money back by their bank.
const WITH_DISPUTES: [&str; 4] = ["stripe", "stripe-checkout", "adyen", "paypal"];

/// What disputes are called in names.
const WORDS: [&str; 5] = ["dispute", "disputes", "disputed", "chargeback", "chargebacks"];

fn check(cx: &Context<'_>) -> Vec<Finding> {
    if is_spoken_of(cx.plan) {
        return Vec::new();
    }
    let mut by_system: BTreeMap<SystemId, Vec<ActionId>> = BTreeMap::new();
    for (id, action) in cx.plan.actions.iter().filter(|(_, action)| ["pay", "subscribe"].contains(&action.kind())) {
        if let Some(system) = action.system.filter(|system| takes_cards(cx.plan, *system) && !has_duty(action)) {
            by_system.entry(system).or_default().push(id);
        }
    }
    by_system.into_iter().map(|(system, actions)| finding(cx.plan, system, &actions)).collect()
}

fn takes_cards(plan: &Plan, system: SystemId) -> bool {
    plan.systems[system].form.provider.as_ref().is_some_and(|provider| WITH_DISPUTES.contains(&provider.text.as_str()))
}

fn has_duty(action: &Action) -> bool {
    action.form.duties.iter().any(|(name, _)| name.text == "dispute-handled")
}

/// Whether anything in the plan is about disputes: news of a system, a result, a state, a step or an action of that name.
fn is_spoken_of(plan: &Plan) -> bool {
    let is_one = |name: &str| name.split('-').any(|word| WORDS.contains(&word));
    let outcomes = plan.actions.iter().flat_map(|(_, action)| &action.outcomes);
    let mut meant = outcomes.map(|outcome| outcome.form.means.as_ref().unwrap_or(&outcome.name));
    let mut sent = plan.systems.iter().flat_map(|(_, system)| system.form.sends.iter());
    let mut states = plan.entities.iter().flat_map(|(_, entity)| &entity.states);
    sent.any(|(name, _)| is_one(&name.text))
        || meant.any(|name| is_one(&name.text))
        || states.any(|state| is_one(&state.name.text))
        || plan.steps.iter().any(|(_, step)| is_one(&step.name.text))
        || plan.actions.iter().any(|(_, action)| is_one(&action.name.text))
}

fn finding(plan: &Plan, id: SystemId, actions: &[ActionId]) -> Finding {
    let name = &plan.systems[id].name;
    let taken = quoted(actions.iter().map(|action| &plan.actions[*action].name.text));
    let message = format!("money that {taken} takes by `{name}` can be called back by the payer's bank, and nobody answers for it");
    let sends = under(&["systems", &name.text], [entry("sends", "{dispute-opened: {title: The bank asks for the money back}}")]);
    let when = under(
        &["dispute"],
        [format!("role: {OPEN}"), format!("when: {name}.dispute-opened"), format!("task: {OPEN}"), "within: 7d".to_owned()],
    );
    let decided = under(&["decided"], [format!("dispute-undecided: {OPEN}")]);
    let help =
        format!("Say what arrives, and who does what about it by when:\n{sends}\n{when}\nOr write down why it needs no plan:\n{decided}");
    let finding = Finding::new(Subject::System(id), name.span, message).help(help);
    let finding = actions.iter().fold(finding, |finding, action| finding.about(Subject::Action(*action)));
    let journeys: BTreeSet<JourneyId> = actions.iter().flat_map(|action| journeys_with(plan, *action)).collect();
    journeys.into_iter().fold(finding, |finding, journey| finding.about(Subject::Journey(journey)))
}
