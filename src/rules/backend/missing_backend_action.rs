//! See `missing_backend_action.md`.

use crate::analysis::Promises;
use crate::finding::{Finding, Level};
use crate::model::{ActionId, Cause, Plan, StepId, Subject, Way};
use crate::rules::snippet::{OPEN, answers, entry, text, under};
use crate::rules::words::cause;
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
    let instead = if way.cause == Cause::Next { ", in place of `next`" } else { "" };
    if let Some(action) = idle.first() {
        let action = &plan.actions[*action];
        let outcomes: Vec<&str> = action.outcomes.iter().map(|outcome| outcome.name.text.as_str()).collect();
        return format!(
            "Let it run `{}`, which nothing runs yet{instead}:\n{}",
            action.name,
            use_of(plan, way, &action.name.text, &outcomes)
        );
    }
    let name = action_name(plan, kind, way);
    let known = plan.catalogue.kind(kind).into_iter().flat_map(|kind| kind.outcomes.iter());
    let required = known.filter(|(_, outcome)| outcome.demand == Some(Demand::Required));
    let outcomes: Vec<&str> = required.map(|(outcome, _)| outcome.text.as_str()).collect();
    let system = plan.systems.iter().find(|(_, system)| !system.form.external).map_or(OPEN, |(_, system)| &system.name.text);
    let declared = [entry("kind", kind), entry("system", system), format!("outcomes: [{}]", outcomes.join(", "))];
    format!(
        "Say at the step what happens behind it, and what follows each result{instead}; `stay` is the same step again:\n{}\n\
         And declare the action at the top level of the file:\n{}",
        use_of(plan, way, &name, &outcomes),
        under(&["backend", &name], declared)
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
fn use_of(plan: &Plan, way: &Way, action: &str, outcomes: &[&str]) -> String {
    let target = plan.steps[way.to].name.text.as_str();
    let targets = std::iter::once(target).chain(std::iter::repeat(OPEN));
    let mut lines = vec![entry("backend", action)];
    lines.extend(answers(outcomes.iter().zip(targets)));
    let mut keys = vec![plan.steps[way.from].name.text.clone()];
    if let Cause::ScreenState(state) = &way.cause {
        keys.extend(["screen".to_owned(), "states".to_owned(), state.clone()]);
    }
    if let Some(label) = &way.choice {
        keys.extend(["choices".to_owned(), text(label)]);
    }
    under(&keys, lines)
}
