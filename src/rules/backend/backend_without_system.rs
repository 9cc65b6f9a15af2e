//! See `backend_without_system.md`.

use crate::finding::{Finding, Level};
use crate::model::{Action, ActionId, Plan, Subject};
use crate::rules::words::{count, quoted};
use crate::rules::{Context, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "backend-without-system",
    group: Group::Backend,
    level: Level::Warning,
    page: include_str!("backend_without_system.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let homeless = cx.plan.actions.iter().filter(|(_, action)| action.form.system.is_none()).map(|(id, _)| id);
    // A plan that knows no system at all has one point open, not one for each action.
    let groups: Vec<Vec<ActionId>> = if cx.plan.systems.is_empty() {
        cx.together(RULE.name, homeless, |action| Subject::Action(*action))
    } else {
        homeless.map(|action| vec![action]).collect()
    };
    groups.iter().map(|actions| finding(cx.plan, actions)).collect()
}

fn finding(plan: &Plan, actions: &[ActionId]) -> Finding {
    let name = &plan.actions[actions[0]].name;
    let others = &actions[1..];
    let message = if others.is_empty() {
        format!("nobody has said which system does `{name}`")
    } else {
        format!("nobody has said which system does `{name}` and {}", count(others.len(), "other action"))
    };
    let mut finding = Finding::new(Subject::Action(actions[0]), name.span, message).help(help(plan, &plan.actions[actions[0]]));
    for action in others {
        finding = finding.about(Subject::Action(*action)).label(plan.actions[*action].name.span, "nor this");
    }
    finding
}

fn help(plan: &Plan, action: &Action) -> String {
    let name = &action.name;
    if plan.systems.is_empty() {
        return format!(
            "Declare the system, one that has yet to be built as well, and name it; one of somebody else's is `external: true`:\n\
             systems:\n  our-backend: {{}}\nbackend:\n  {name}:\n    system: our-backend"
        );
    }
    let known = quoted(plan.systems.iter().map(|(_, system)| &system.name.text));
    let system = owner(plan, action).or_else(|| only_own(plan)).unwrap_or("..");
    format!("The plan has {known}; one that is not there yet is declared beside them:\nbackend:\n  {name}:\n    system: {system}")
}

/// The system that keeps the first thing that the action moves or writes.
fn owner<'p>(plan: &'p Plan, action: &Action) -> Option<&'p str> {
    let moved = action.outcomes.iter().flat_map(|outcome| &outcome.sets).map(|state| state.entity);
    let owner = moved.chain(action.writes.iter().copied()).find_map(|entity| plan.entities[entity].owner)?;
    Some(&plan.systems[owner].name.text)
}

/// The one system of our own, where there is no other.
fn only_own(plan: &Plan) -> Option<&str> {
    let mut own = plan.systems.iter().filter(|(_, system)| !system.form.external);
    let (_, first) = own.next()?;
    own.next().is_none().then_some(&first.name.text)
}
