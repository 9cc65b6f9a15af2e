//! See `used_before_collected.md`.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::analysis::{Hop, Missing, missing, needed_by};
use crate::finding::{Finding, Level};
use crate::model::{Plan, StepId, Subject};
use crate::rules::words::{cause, quoted_or};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::source::Span;
use crate::spec::{Name, nearest};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "used-before-collected",
    group: Group::Data,
    level: Level::Error,
    page: include_str!("used_before_collected.md"),
    // A step or a state that is misspelt may be the one over which the data comes.
    follows_from: &[FollowsFrom::in_plan("unknown-name")],
    phase: Phase::Plan,
    check,
};

/// For each field, the steps that ask for it.
type Asking<'p> = HashMap<&'p str, Vec<StepId>>;

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut asking: Asking<'_> = HashMap::new();
    for (id, step) in cx.plan.steps.iter() {
        for name in step.form.collects.iter() {
            asking.entry(name.text.as_str()).or_default().push(id);
        }
    }
    let mut found = never_asked(cx, &asking);
    found.extend(missing(cx.plan, cx.reach()).iter().filter_map(|missing| on_some_way(cx, missing, &asking[missing.field.as_str()])));
    found
}

/// Fields that nothing asks for and no thing keeps, each told once.
fn never_asked(cx: &Context<'_>, asking: &Asking<'_>) -> Vec<Finding> {
    let kept: HashSet<&str> =
        cx.plan.entities.iter().flat_map(|(_, entity)| entity.form.fields.iter()).map(|(name, _)| name.text.as_str()).collect();
    let mut users: BTreeMap<&str, Vec<(StepId, &Name)>> = BTreeMap::new();
    for (id, step) in cx.plan.steps.iter().filter(|(id, _)| cx.reach().is_reachable(*id)) {
        for name in needed_by(step).filter(|name| !asking.contains_key(name.text.as_str()) && !kept.contains(name.text.as_str())) {
            users.entry(&name.text).or_default().push((id, name));
        }
    }
    users.into_iter().map(|(field, users)| of_nothing(cx, field, &users, asking)).collect()
}

fn of_nothing(cx: &Context<'_>, field: &str, users: &[(StepId, &Name)], asking: &Asking<'_>) -> Finding {
    let (step, name) = users[0];
    let mut known: Vec<&str> = asking.keys().copied().collect();
    known.sort_unstable();
    let near = nearest(field, known);
    let say = if near.is_empty() { "Say".to_owned() } else { format!("If it is {}, write that. Else say", quoted_or(&near)) };
    let message = format!("`{}` uses `{field}`, and nothing in the plan asks for it", cx.plan.steps[step].name);
    let help = format!(
        "{say} which step asks for it:\ncollects: {field}\nOr, if it is known without asking, which entity keeps it:\nfields: {{{field}: text}}"
    );
    let mut finding = Finding::new(Subject::Step(step), name.span, message).help(help);
    for near in near.iter().flat_map(|near| &asking[near]) {
        finding = finding.about(Subject::Step(*near));
    }
    for (other, name) in &users[1..] {
        finding = finding.label(name.span, "needed here as well").about(Subject::Step(*other));
    }
    finding.path(cx.shortest_path(step))
}

fn on_some_way(cx: &Context<'_>, missing: &Missing, asking: &[StepId]) -> Option<Finding> {
    let (plan, field) = (cx.plan, &missing.field);
    // A way that something else forbids is not told.
    let path = missing.paths.iter().find(|path| cx.courses().can_go(path));
    if path.is_none() && !missing.paths.is_empty() {
        return None;
    }
    let name = &plan.steps[missing.step].name;
    let message = format!("`{name}` uses `{field}`, and on some way nothing has asked for it");
    let mut passed = path.into_iter().flat_map(|path| &path.hops).filter_map(|hop| match hop {
        Hop::Way(way) if asking.contains(&plan.way(*way).from) => Some(plan.way(*way)),
        _ => None,
    });
    let passed = passed.next_back();
    let names: Vec<&str> = asking.iter().map(|step| plan.steps[*step].name.text.as_str()).collect();
    let over = match passed {
        Some(way) => format!("{} leaves `{}` without giving it. Lead that way", cause(plan, way), plan.steps[way.from].name),
        None => format!("{} asks for it. Lead every way there", quoted_or(&names)),
    };
    let help = format!(
        "{over}, or let another step on this way ask for it as well:\ncollects: {field}\nIf it is known from before, say on the step which entity it belongs to, with `follows` or `needs`."
    );
    let mut finding = Finding::new(Subject::Step(missing.step), missing.span, message).help(help);
    for step in asking {
        finding = finding.label(collected_at(plan, *step, field), "asked for here");
    }
    if let Some(way) = passed {
        finding = finding.label(way.span, "left without it");
    }
    Some(finding.path(path.map(|path| cx.path_steps(path)).unwrap_or_default()))
}

fn collected_at(plan: &Plan, step: StepId, field: &str) -> Span {
    let step = &plan.steps[step];
    step.form.collects.iter().find(|name| name.text == field).map_or(step.name.span, |name| name.span)
}
