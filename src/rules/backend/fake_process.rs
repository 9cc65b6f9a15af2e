//! See `fake_process.md`.

use std::collections::BTreeMap;

use crate::analysis::Grounds;
use crate::finding::{Finding, Level};
use crate::model::{Cause, EntityId, Guard, Plan, StateId, StepId, Subject, Way};
use crate::rules::snippet::{OPEN, answers, entry, under};
use crate::rules::words::{cause, quoted, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule, Scope};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "fake-process",
    group: Group::Backend,
    level: Level::Error,
    page: include_str!("fake_process.md"),
    // A misspelt action or state may well be what sets it.
    follows_from: &[FollowsFrom { rule: "unknown-name", scope: Scope::Plan }],
    phase: Phase::Plan,
    check,
};

/// States of one entity, any of which will do, by their positions.
type Wanted = (EntityId, Vec<usize>);

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for (wanted, clicks) in clicks_to_needs(cx) {
        found.extend(fakes(cx, &wanted, &clicks).into_iter().map(|way| finding(cx.plan, way, &wanted, "needs")));
    }
    found.extend(cx.plan.steps.ids().filter_map(|step| vain_wait(cx, step)));
    found
}

/// The clicks that lead to steps which need something, by what they need. Things that nothing in the plan moves are left out: they
/// are looked after elsewhere, or the plan has not come to them yet.
fn clicks_to_needs<'p>(cx: &Context<'p>) -> BTreeMap<Wanted, Vec<&'p Way>> {
    let mut clicks: BTreeMap<Wanted, Vec<&Way>> = BTreeMap::new();
    for (_, way) in cx.plan.ways().filter(|(_, way)| is_claim(cx, way)) {
        for wanted in wanted(&cx.plan.steps[way.to].needs).filter(|(entity, _)| cx.plan.entities[*entity].is_moved()) {
            clicks.entry(wanted).or_default().push(way);
        }
    }
    clicks
}

fn wanted(guard: &Guard) -> impl Iterator<Item = Wanted> + '_ {
    let terms = guard.terms.iter().filter(|term| !term.states.is_empty());
    terms.map(|term| (term.entity, term.states.iter().map(|(index, _)| *index).collect()))
}

/// Whether somebody can take a way, forwards, by a mere click.
fn is_claim(cx: &Context<'_>, way: &Way) -> bool {
    !way.is_back && way.from != way.to && cx.plan.is_click(way) && cx.reach().is_reachable(way.from)
}

/// The clicks that alone would have brought it about. What follows the first of them follows from it.
fn fakes<'p>(cx: &Context<'p>, (entity, states): &Wanted, clicks: &[&'p Way]) -> Vec<&'p Way> {
    let is_set = states.iter().any(|index| *index == 0 || !cx.plan.entities[*entity].states[*index].entered_by.is_empty());
    let mut grounds = Grounds::new(cx.plan, cx.reach(), *entity, states.iter().copied());
    // Where nothing on the way has to do with the thing, it was there before, and somebody else may have set its state.
    let met = is_set.then(|| Grounds::new(cx.plan, cx.reach(), *entity, 0..cx.plan.entities[*entity].states.len()));
    let mut fakes = Vec::new();
    for way in clicks {
        let mut asserted = wanted(&cx.plan.steps[way.from].needs);
        let asserts = asserted.any(|(of, known)| of == *entity && known.iter().all(|index| states.contains(index)));
        if !asserts && !grounds.at(way.from) && !grounds.are_given_by(way) && met.as_ref().is_none_or(|met| met.at(way.from)) {
            grounds.spread(way.to);
            fakes.push(*way);
        }
    }
    fakes
}

/// A step to which only clicks lead, and which waits for a state that nothing can ever set.
fn vain_wait(cx: &Context<'_>, step: StepId) -> Option<Finding> {
    if !cx.plan.steps[step].starts.is_empty() {
        return None;
    }
    let ways = cx.plan.ways_from(step).filter_map(|(_, way)| match way.cause {
        Cause::State(state) => Some(state),
        _ => None,
    });
    let never = ways.filter(|state| is_never(cx.plan, *state)).min()?;
    let mut into = cx.plan.ways_to(step).map(|(_, way)| way).filter(|way| way.from != step && !way.is_back);
    let first = into.next()?;
    let are_claims = is_claim(cx, first) && into.all(|way| is_claim(cx, way));
    are_claims.then(|| finding(cx.plan, first, &(never.entity, vec![never.index]), "waits for"))
}

/// Whether nothing sets a state of a thing that is moved otherwise. Bad states are left out: they may be waited for in vain.
fn is_never(plan: &Plan, id: StateId) -> bool {
    let state = plan.state(id);
    id.index != 0 && state.entered_by.is_empty() && state.form.means.is_none() && plan.entities[id.entity].is_moved()
}

fn finding(plan: &Plan, way: &Way, (entity, states): &Wanted, verb: &str) -> Finding {
    let names = quoted(states.iter().map(|index| state_name(plan, StateId { entity: *entity, index: *index })));
    let click = match way.cause {
        Cause::Next => format!("the button of `{}`", plan.steps[way.from].name),
        _ => cause(plan, way),
    };
    let target = &plan.steps[way.to].name;
    let message = if verb == "needs" {
        format!("{click} alone leads to `{target}`, which needs {names}, and nothing behind it has set that")
    } else {
        format!("{click} leads to `{target}`, which waits for {names}, and nothing in the plan can set that")
    };
    Finding::new(Subject::Step(way.from), way.span, message)
        .here("a mere click")
        .about(Subject::Step(way.to))
        .help(help(plan, *entity, states, target.text.as_str()))
        .label(plan.steps[way.to].name.span, format!("{verb} {names}"))
}

fn help(plan: &Plan, entity: EntityId, states: &[usize], target: &str) -> String {
    let name = &plan.entities[entity].name;
    let state = &plan.entities[entity].states[states[0]];
    if state.entered_by.is_empty() {
        let system = plan.entities[entity].owner.map_or(OPEN, |owner| &plan.systems[owner].name.text);
        let outcomes = format!("outcomes: {{seen: {{{name}: {}}}, not-yet: }}", state.name);
        let action = under(&["backend".to_owned(), format!("check-{name}")], [entry("kind", "other"), entry("system", system), outcomes]);
        return format!("Say who finds out, a system or a member of staff, and let an outcome of that set it:\n{action}");
    }
    let mut lines = vec![entry("screen", OPEN), entry("wait", &name.text), entry("within", "1d")];
    lines.extend(answers([(state.name.text.as_str(), target), ("timeout", OPEN)]));
    format!("Lead to a step that waits until it is so:\n{}", under(&[format!("wait-for-{name}")], lines))
}
