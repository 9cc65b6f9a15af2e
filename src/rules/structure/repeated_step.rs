//! See `repeated_step.md`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::finding::{Finding, Level};
use crate::model::{Cause, Guard, Plan, RoleId, Step, StepId, Subject, SurfaceId, Way};
use crate::rules::words::{cause, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule, snippet};
use crate::spec::{self, Form as _};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "repeated-step",
    group: Group::Structure,
    level: Level::Warning,
    page: include_str!("repeated_step.md"),
    follows_from: &[FollowsFrom::in_journey("unknown-name"), FollowsFrom::on_subject("unreachable-step")],
    phase: Phase::Plan,
    check,
};

/// Everything that people find on a step, apart from where it leads.
type Face<'p> = (Option<RoleId>, &'p [SurfaceId], String);
/// Why one goes on, and where to; nothing for the step itself.
type WayOn = (String, Option<StepId>);

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (_, journey) in cx.plan.journeys.iter() {
        let mut alike: HashMap<Face<'_>, Vec<StepId>> = HashMap::new();
        for id in journey.steps.iter().copied() {
            let step = &cx.plan.steps[id];
            if is_told(step) && !step.is_broken && (step.has_way() || step.end.is_some()) {
                alike.entry((step.role, &step.surfaces, face(&step.form))).or_default().push(id);
            }
        }
        found.extend(alike.into_values().filter(|steps| steps.len() > 1).flat_map(|steps| copies(cx.plan, &steps)));
    }
    found.sort_unstable();
    found.into_iter().map(|(copy, first)| finding(cx, first, copy)).collect()
}

/// Whether it is a screen or a task, and says in words which.
fn is_told(step: &Step) -> bool {
    let form = &step.form;
    form.task.is_some() || form.screen.as_ref().is_some_and(|screen| screen.title.is_some() || form.title.is_some())
}

fn face(form: &spec::Step) -> String {
    let mut form = spec::Step {
        role: None,
        surface: spec::OneOrMany::default(),
        only: None,
        from: spec::OneOrMany::default(),
        draining: None,
        on: spec::Map::default(),
        choices: spec::Map::default(),
        next: None,
        handles: spec::OneOrMany::default(),
        meta: spec::Meta::default(),
        ..form.clone()
    };
    for (_, state) in form.screen.iter_mut().flat_map(|screen| &mut screen.states.0.0) {
        *state = spec::ScreenState { shows: state.shows.take(), ..spec::ScreenState::default() };
    }
    form.write().map(|data| data.to_string()).unwrap_or_default()
}

/// Of steps that look alike, those that also lead where an earlier one leads, each with that one.
fn copies(plan: &Plan, steps: &[StepId]) -> Vec<(StepId, StepId)> {
    let mut first_of: HashMap<Vec<WayOn>, StepId> = HashMap::new();
    let mut copies: BTreeMap<StepId, StepId> = BTreeMap::new();
    for step in steps {
        let first = *first_of.entry(ways_on(plan, *step, &[*step])).or_insert(*step);
        if first != *step {
            copies.insert(*step, first);
        }
    }
    // A copy may also lead to the first where that one stays, or the other way round.
    for (first, copy) in linked(plan, steps) {
        let both = [first, copy];
        if !copies.contains_key(&copy) && ways_on(plan, first, &both) == ways_on(plan, copy, &both) {
            copies.insert(copy, first);
        }
    }
    copies.into_iter().collect()
}

/// Pairs of steps one of which leads to the other, the earlier one first.
fn linked(plan: &Plan, steps: &[StepId]) -> BTreeSet<(StepId, StepId)> {
    let ways = steps.iter().flat_map(|step| plan.ways_from(*step)).map(|(_, way)| way);
    let within = ways.filter(|way| way.from != way.to && steps.binary_search(&way.to).is_ok());
    within.map(|way| (way.from.min(way.to), way.from.max(way.to))).collect()
}

/// The ways on from a step, in one order, with some steps taken for the step itself.
fn ways_on(plan: &Plan, step: StepId, itself: &[StepId]) -> Vec<WayOn> {
    let way_on = |way: &Way| {
        let times = way.times.map_or(String::new(), |times| format!(" {times} times"));
        let why = format!("{}{times}{}", cause(plan, way), guard(plan, &way.when));
        (why, (!way.is_back && !itself.contains(&way.to)).then_some(way.to))
    };
    let mut ways: Vec<WayOn> = plan.ways_from(step).map(|(_, way)| way_on(way)).collect();
    ways.sort_unstable();
    ways.dedup();
    ways
}

fn guard(plan: &Plan, guard: &Guard) -> String {
    let states = guard.terms.iter().flat_map(|term| {
        let name = |(index, _): &(usize, _)| state_name(plan, crate::model::StateId { entity: term.entity, index: *index });
        term.states.iter().map(name)
    });
    let mut states: Vec<String> = states.collect();
    states.sort_unstable();
    if states.is_empty() { String::new() } else { format!(" in {}", states.join(" ")) }
}

fn finding(cx: &Context<'_>, first: StepId, copy: StepId) -> Finding {
    let (first_step, copy_step) = (&cx.plan.steps[first], &cx.plan.steps[copy]);
    let what = if copy_step.form.task.is_some() { "task" } else { "screen" };
    let message = format!("`{}` repeats `{}`: the same {what} with the same ways on", copy_step.name, first_step.name);
    let stay = stays(cx, first, copy);
    let stay = match &stay[..] {
        [] => String::new(),
        _ => format!(" On `{}` itself that is `stay`:\n{}", first_step.name, snippet::under(&[&first_step.name.text], stay)),
    };
    Finding::new(Subject::Step(copy), copy_step.name.span, message)
        .label(first_step.name.span, "the first of the two")
        .about(Subject::Step(first))
        .help(format!("Take `{}` out, and lead to `{}` in its place.{stay}", copy_step.name, first_step.name))
}

/// The ways from a step to its copy, as they are written when they stay.
fn stays(cx: &Context<'_>, first: StepId, copy: StepId) -> Vec<String> {
    let (mut on, mut choices) = (Vec::new(), Vec::new());
    for (_, way) in cx.plan.ways_from(first).filter(|(_, way)| way.to == copy) {
        match &way.cause {
            Cause::Outcome(outcome) if way.choice.is_none() => on.push(format!("{}: stay", cx.plan.outcome(*outcome).name)),
            Cause::Timeout => on.push("timeout: stay".to_owned()),
            Cause::Choice(label) => choices.push(format!("{}: stay", snippet::text(label))),
            _ => {}
        }
    }
    let keys = [("choices", choices), ("on", on)].into_iter().filter(|(_, answers)| !answers.is_empty());
    keys.map(|(key, answers)| format!("{key}: {{{}}}", answers.join(", "))).collect()
}
