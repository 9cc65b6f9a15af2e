//! See `silent_move.md`.

use crate::analysis::{News, owners};
use crate::finding::{Finding, Level};
use crate::model::{MoveBy, Plan, RoleId, State, StateId, Subject};
use crate::rules::words::{quoted, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::{Class, Meaning};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "silent-move",
    group: Group::Messages,
    level: Level::Warning,
    page: include_str!("silent_move.md"),
    // A misspelt role, state or page may well be what tells of it.
    follows_from: &[FollowsFrom::in_plan("unknown-name")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let news = News::new(cx.plan);
    let mut found = Vec::new();
    for (entity, role) in owners(cx.plan) {
        if news.watches(role, entity) {
            continue;
        }
        let states = cx.plan.states(entity).filter(|(id, state)| matters(role, state) && !news.hears_state(role, *id));
        let silent = states.filter(|(id, _)| cx.plan.may_see(*id, role)).filter_map(|(id, state)| {
            let by = state.entered_by.iter().copied().find(|by| is_by_another(cx.plan, &news, *by, role))?;
            Some((id, by))
        });
        let groups = cx.together(RULE.name, silent, |(state, _)| Subject::State(*state));
        found.extend(groups.iter().map(|group| finding(cx.plan, role, group)));
    }
    found
}

/// Whether people must know that a thing has come into a state: it is over, it went wrong, or it is their turn. A refusal has a rule of
/// its own.
fn matters(role: RoleId, state: &State) -> bool {
    let is_bad = matches!(state.form.means, Some(Meaning::Failure | Meaning::Closed));
    let is_refusal = state.form.means == Some(Meaning::Rejection);
    (state.is_final() || is_bad || state.waits_for.contains(&role)) && !is_refusal
}

/// Whether somebody other than the role moves the thing, without the role hearing of that very thing.
fn is_by_another(plan: &Plan, news: &News, by: MoveBy, role: RoleId) -> bool {
    match by {
        MoveBy::Outcome(outcome) => {
            let is_refusal = plan.outcome(outcome).class == Class::Rejection;
            let mut steps = plan.actions[outcome.action].run_at();
            !is_refusal && !news.hears_outcome(role, outcome) && steps.any(|step| plan.steps[step].role != Some(role))
        }
        MoveBy::Decision(step) => plan.steps[step].role != Some(role),
        MoveBy::Timeout(state) => !is_draft(plan, state),
        MoveBy::Reaction(_) | MoveBy::Sent(_) => true,
    }
}

/// Whether a thing in a state has not been handed in yet, such as a basket: nobody expects to hear that it was thrown away.
fn is_draft(plan: &Plan, state: StateId) -> bool {
    let is_handed_in = |by: &MoveBy| !matches!(by, MoveBy::Outcome(outcome) if plan.actions[outcome.action].kind() == "other");
    state.index == 0 && !plan.state(state).entered_by.iter().any(is_handed_in)
}

fn finding(plan: &Plan, role: RoleId, group: &[(StateId, MoveBy)]) -> Finding {
    let role_name = &plan.roles[role].name;
    let names = quoted(group.iter().map(|(state, _)| state_name(plan, *state)));
    let (first, by) = group[0];
    let message = format!("nobody tells `{role_name}` of {names}, and no page of theirs follows `{}`", plan.entities[first.entity].name);
    let mut finding = Finding::new(Subject::State(first), plan.state(first).name.span, message).here(mover(plan, by));
    for (state, by) in &group[1..] {
        finding = finding.about(Subject::State(*state)).label(plan.state(*state).name.span, mover(plan, *by));
    }
    finding.help(help(plan, role, group))
}

/// Who moves it there.
fn mover(plan: &Plan, by: MoveBy) -> String {
    match by {
        MoveBy::Outcome(outcome) => format!("moved here by {}", plan.actions[outcome.action].name),
        MoveBy::Timeout(state) => format!("moved here by the deadline of {}", state_name(plan, state)),
        MoveBy::Reaction(_) => "moved here by a late answer".to_owned(),
        MoveBy::Decision(step) => format!("moved here by {}", plan.steps[step].name),
        MoveBy::Sent(system) => format!("moved here by {}", plan.systems[system].name),
    }
}

fn help(plan: &Plan, role: RoleId, group: &[(StateId, MoveBy)]) -> String {
    let entity = &plan.entities[group[0].0.entity].name;
    let names: Vec<&str> = group.iter().map(|(state, _)| plan.state(*state).name.text.as_str()).collect();
    let states = if let [only] = names[..] { only.to_owned() } else { format!("[{}]", names.join(", ")) };
    format!(
        "Tell them:\nnotifications:\n  {entity}-news: {{to: {}, channel: email, when: {{{entity}: {states}}}, once: per state, opens: ..}}\n\
         Or show it on a page of theirs, with `follows: {entity}`.",
        plan.roles[role].name
    )
}
