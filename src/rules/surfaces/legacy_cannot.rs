//! See `legacy_cannot.md`.

use std::collections::BTreeMap;

use crate::finding::{Finding, Level};
use crate::model::{Action, ActionId, Plan, Subject, SystemId};
use crate::rules::snippet::OPEN;
use crate::rules::words::{quoted_or, some_of};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "legacy-cannot",
    group: Group::Surfaces,
    level: Level::Error,
    page: include_str!("legacy_cannot.md"),
    // A misspelt system may well be another one.
    follows_from: &[FollowsFrom::in_plan("unknown-name")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut asked: BTreeMap<SystemId, Vec<ActionId>> = BTreeMap::new();
    for (id, action) in cx.plan.actions.iter() {
        if let Some(system) = action.system.filter(|system| is_beyond(cx.plan, *system, action)) {
            asked.entry(system).or_default().push(id);
        }
    }
    let mut found = Vec::new();
    for (system, actions) in asked {
        let groups = cx.together(RULE.name, actions, |action| Subject::Action(*action));
        found.extend(groups.iter().map(|actions| finding(cx.plan, system, actions)));
    }
    found
}

/// Whether a system that is there already is asked for something that it is not said to be able to do.
fn is_beyond(plan: &Plan, system: SystemId, action: &Action) -> bool {
    let form = &plan.systems[system].form;
    form.existing && action.form.ability.is_none() && !form.can.iter().any(|can| can.text == action.name.text)
}

fn finding(plan: &Plan, system: SystemId, actions: &[ActionId]) -> Finding {
    let (name, form) = (&plan.systems[system].name, &plan.systems[system].form);
    let names: Vec<&str> = actions.iter().map(|action| plan.actions[*action].name.text.as_str()).collect();
    let message = format!("nothing says that `{name}`, which is there already, is able to do {}", some_of(&names));
    let first = &plan.actions[actions[0]];
    let span = first.form.system.as_ref().map_or(first.name.span, |system| system.span);
    let mut finding = Finding::new(Subject::Action(actions[0]), span, message).help(help(plan, system, first));
    for other in &actions[1..] {
        let action = &plan.actions[*other];
        let span = action.form.system.as_ref().map_or(action.name.span, |system| system.span);
        finding = finding.about(Subject::Action(*other)).label(span, "nor this");
    }
    let can = if form.can.is_empty() { "what it can do is not said" } else { "what it can do is said here" };
    finding.about(Subject::System(system)).label(name.span, can)
}

fn help(plan: &Plan, system: SystemId, action: &Action) -> String {
    let (name, form) = (&plan.systems[system].name, &plan.systems[system].form);
    if form.can.is_empty() {
        return format!(
            "Ask whoever looks after `{name}` what it can do, write that down, and name it where it is needed:\nsystems:\n  {name}: \
             {{existing: true, can: [{OPEN}]}}\nbackend:\n  {}:\n    ability: {OPEN}",
            action.name
        );
    }
    let can: Vec<&str> = form.can.iter().map(|can| can.text.as_str()).collect();
    format!(
        "Say which ability of `{name}` it uses ({}):\nbackend:\n  {}:\n    ability: {OPEN}\nWhere it has none for this, add one to `can` and \
         plan the work for it, or let another system do it.",
        quoted_or(&can),
        action.name
    )
}
