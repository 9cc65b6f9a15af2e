//! See `collected_never_used.md`.

use std::collections::HashSet;

use crate::analysis::needed_by;
use crate::finding::{Finding, Level};
use crate::model::{Plan, Step, StepId, Subject};
use crate::rules::words::some_of;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::Name;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "collected-never-used",
    group: Group::Data,
    level: Level::Info,
    page: include_str!("collected_never_used.md"),
    // The field that is used under another name, and what is misspelt.
    follows_from: &[
        FollowsFrom::on_subject("used-before-collected"),
        FollowsFrom::in_plan("unknown-key"),
        FollowsFrom::in_plan("bad-name"),
    ],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let used = used(cx.plan);
    let mut told: HashSet<&str> = HashSet::new();
    let mut found = Vec::new();
    for (id, step) in cx.plan.steps.iter() {
        let idle = step.form.collects.iter().filter(|name| !used.contains(name.text.as_str()));
        let idle: Vec<&Name> = idle.filter(|name| told.insert(&name.text)).collect();
        found.extend(idle.first().map(|first| finding(id, step, first, &idle)));
    }
    found
}

/// What a step needs, a thing keeps, or is written down with an event.
fn used(plan: &Plan) -> HashSet<&str> {
    let by_steps = plan.steps.iter().flat_map(|(_, step)| needed_by(step)).map(|name| name.text.as_str());
    let kept = plan.entities.iter().flat_map(|(_, entity)| entity.form.fields.iter()).map(|(name, _)| name.text.as_str());
    let counted = plan.events.iter().flat_map(|(_, event)| event.form.properties.iter()).map(|name| name.text.as_str());
    by_steps.chain(kept).chain(counted).collect()
}

fn finding(id: StepId, step: &Step, first: &Name, idle: &[&Name]) -> Finding {
    let names: Vec<&str> = idle.iter().map(|name| name.text.as_str()).collect();
    let message = format!("`{}` asks for {}, and nothing in the plan uses {}", step.name, some_of(&names), it(names.len()));
    let uses = if let [name] = names[..] { name.to_owned() } else { format!("[{}]", names.join(", ")) };
    let it = it(names.len());
    let help = format!(
        "Say which step needs {it}, such as one of the staff's:\nuses: {uses}\nOr which thing keeps {it}:\nfields: {{{first}: text}}\nOr do not ask, and take {it} out of `collects`."
    );
    idle[1..].iter().fold(Finding::new(Subject::Step(id), first.span, message).help(help), |finding, name| finding.label(name.span, ""))
}

fn it(number: usize) -> &'static str {
    if number == 1 { "it" } else { "them" }
}
