//! See `missing_backend_action.md`.

use crate::analysis::Promises;
use crate::finding::{Finding, Level};
use crate::model::{ActionId, Cause, Plan, StepId, Subject, Way};
use crate::rules::snippet::{OPEN, block, entry, list, map, text};
use crate::rules::words::{cause, outcomes};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule, Scope};
use crate::spec::Demand;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "missing-backend-action",
    group: Group::Backend,
    level: Level::Error,
    page: include_str!("missing_backend_action.md"),
    follows_from: &[FollowsFrom { rule: "fake-process", scope: Scope::Subject }],
    phase: Phase::Plan,
    check,
};

/// The kinds of stages whose screens promise something lasting, each with the kinds of actions that keep the promise.
const PROMISING: [(&str, &[&str]); 3] = [("submit", &["submit", "upload"]), ("book", &["book"]), ("pay", &["pay", "subscribe"])];

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (kind, keepers) in PROMISING {
        let promises = Promises::new(cx.plan, kind, keepers);
        let idle: Vec<ActionId> =
            cx.plan.actions.iter().filter(|(_, action)| keepers.contains(&action.kind()) && !action.is_run()).map(|(id, _)| id).collect();
        let empty = promises.empty().into_iter().filter(|(step, _)| cx.reach().is_reachable(*step));
        found.extend(empty.map(|(step, way)| finding(cx.plan, kind, step, way, &idle)));
    }
    found
}

fn finding(plan: &Plan, kind: &str, id: StepId, way: &Way, idle: &[ActionId]) -> Finding {
    let step = &plan.steps[id];
    let click = match (&way.cause, &step.form.action) {
        (Cause::Next, Some(label)) => format!("\"{label}\" on `{}`", step.name),
        (Cause::Next, None) => format!("`{}`", step.name),
        _ => format!("{} on `{}`", cause(plan, way), step.name),
    };
    let message = format!("{click} leads on to `{}`, and nothing happens behind it", plan.steps[way.to].name);
    let finding = Finding::new(Subject::Step(id), step.name.span, message).help(help(plan, kind, way, idle));
    // An action that nothing runs waits for this very button.
    idle.iter().fold(finding, |finding, action| finding.about(Subject::Action(*action)))
}

fn help(plan: &Plan, kind: &str, way: &Way, idle: &[ActionId]) -> String {
    let target = plan.steps[way.to].name.text.as_str();
    if let Some(action) = idle.first() {
        let name = &plan.actions[*action].name;
        return format!(
            "Let it run `{name}`, which nothing runs yet:\n{}",
            use_of(way, name.text.as_str(), outcomes(plan, *action), target)
        );
    }
    let name = action_name(plan, kind, way);
    let required = plan.catalogue.kind(kind).into_iter().flat_map(|kind| kind.outcomes.iter());
    let required: Vec<&str> =
        required.filter(|(_, outcome)| outcome.demand == Some(Demand::Required)).map(|(outcome, _)| outcome.text.as_str()).collect();
    let system = plan.systems.iter().find(|(_, system)| !system.form.external).map_or("..", |(_, system)| &system.name.text);
    let declaration = [entry("kind", kind), entry("system", system), list("outcomes", &required)];
    format!(
        "Say what happens behind it and what follows each result:\n{}\nand declare it:\n{}",
        use_of(way, &name, required.iter().copied(), target),
        block(&["backend", &name], &declaration)
    )
}

/// A name for the action: what it does to the one thing of the plan, or else to what the step is called.
fn action_name(plan: &Plan, kind: &str, way: &Way) -> String {
    let verb = if kind == "submit" { "send" } else { kind };
    let step = plan.steps[way.from].name.text.as_str();
    let mut entities = plan.entities.iter().map(|(_, entity)| entity.name.text.as_str());
    let thing = match (entities.next(), entities.next()) {
        (Some(only), None) => only,
        _ => step,
    };
    let name = if thing.starts_with(verb) { format!("{thing}-now") } else { format!("{verb}-{thing}") };
    let is_taken = plan.actions.iter().any(|(_, action)| action.name.text == name);
    if is_taken { format!("{name}-here") } else { name }
}

/// How the step, or its choice, runs an action. The first outcome leads to where the click leads now.
fn use_of<'a>(way: &Way, action: &str, outcomes: impl Iterator<Item = &'a str>, target: &str) -> String {
    let on = map("on", outcomes.enumerate().map(|(index, outcome)| (outcome, if index == 0 { target } else { OPEN })));
    let run = [entry("backend", action), on];
    match &way.choice {
        Some(label) => block(&["choices".to_owned(), text(label)], &run),
        None => run.join("\n"),
    }
}
