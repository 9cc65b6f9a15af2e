//! See `needs_unmet.md`.

use std::collections::BTreeMap;

use crate::analysis::{Fault, Hop, Path};
use crate::finding::{Finding, Level};
use crate::model::{ActionId, Cause, EntityId, Guard, Plan, StateId, StepId, Subject, Way};
use crate::rules::words::{outcome_name, quoted, quoted_or, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule, snippet};
use crate::source::Span;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "needs-unmet",
    group: Group::States,
    level: Level::Error,
    page: include_str!("needs_unmet.md"),
    follows_from: &[
        FollowsFrom::on_subject("fake-process"),
        FollowsFrom::on_subject("missing-backend-action"),
        FollowsFrom::in_plan("unknown-name"),
    ],
    phase: Phase::Plan,
    check,
};

/// Who needs something: a step, or an action that is run there.
type Asking = (StepId, Option<ActionId>);

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for entity in cx.plan.entities.ids() {
        let faults = cx.courses().of(entity).map_or(&[][..], |course| &course.faults);
        let mut unmet: BTreeMap<Asking, Vec<(Option<usize>, &Path)>> = BTreeMap::new();
        for (fault, path) in faults {
            if let Fault::Unmet { step, action, state } = fault {
                unmet.entry((*step, *action)).or_default().push((*state, path));
            }
        }
        for (asking, mut states) in unmet {
            let paths: Vec<&Path> = states.iter().map(|(_, path)| *path).collect();
            if let Some(shortest) = cx.courses().shortest(entity, &paths) {
                states.swap(0, shortest);
                found.push(finding(cx, entity, asking, &states));
            }
        }
    }
    found
}

fn finding(cx: &Context<'_>, entity: EntityId, (step, action): Asking, states: &[(Option<usize>, &Path)]) -> Finding {
    let plan = cx.plan;
    let (name, entity_name) = (&plan.steps[step].name, &plan.entities[entity].name);
    let (guard, span) = match action {
        Some(action) => {
            let run = plan.steps[step].runs.iter().find(|run| run.action == action);
            (&plan.actions[action].needs, run.map_or(name.span, |run| run.span))
        }
        None => (&plan.steps[step].needs, needed(&plan.steps[step].needs, entity).map_or(name.span, |(_, span)| span)),
    };
    let wanted: Vec<usize> =
        guard.terms.iter().filter(|term| term.entity == entity).flat_map(|term| &term.states).map(|(index, _)| *index).collect();
    let needed = quoted_or(&wanted.iter().map(|index| state_name(plan, StateId { entity, index: *index })).collect::<Vec<_>>());
    let met: Vec<&str> =
        states.iter().filter_map(|(state, _)| *state).map(|index| plan.entities[entity].states[index].name.text.as_str()).collect();
    let is = match (met.is_empty(), states.iter().any(|(state, _)| state.is_none())) {
        (true, _) => format!("on some way there is no `{entity_name}` yet"),
        (false, false) => format!("on some way `{entity_name}` is {}", quoted_or(&met)),
        (false, true) => format!("on some way `{entity_name}` is {} or not there yet", quoted_or(&met)),
    };
    let who = action.map_or_else(|| format!("`{name}`"), |action| format!("`{}`, run on `{name}`,", plan.actions[action].name));
    let mut finding = Finding::new(Subject::Step(step), span, format!("{who} needs {needed}, and {is}"))
        .help(help(plan, entity, (step, action), &wanted, states))
        .path(cx.path_steps(states[0].1));
    if let Some(action) = action {
        finding = finding.about(Subject::Action(action)).label(plan.actions[action].name.span, format!("needs {needed}"));
    }
    finding
}

fn needed(guard: &Guard, entity: EntityId) -> Option<(usize, Span)> {
    guard.terms.iter().filter(|term| term.entity == entity).flat_map(|term| &term.states).copied().next()
}

fn help(plan: &Plan, entity: EntityId, (step, action): Asking, wanted: &[usize], states: &[(Option<usize>, &Path)]) -> String {
    let of = &plan.entities[entity];
    let name = |index: &usize| of.states[*index].name.text.as_str();
    let only: Vec<&str> = wanted.iter().map(name).collect();
    let last = states[0].1.hops.last().filter(|_| action.is_none()).and_then(|hop| match hop {
        Hop::Way(way) => Some(plan.way(*way)),
        Hop::Into(_) => None,
    });
    let mut help = last.map(|way| before(plan, way, &format!("{{{}: {}}}", of.name, list(&only)))).unwrap_or_default();
    let mut met: Vec<&str> = states.iter().filter_map(|(state, _)| state.as_ref().map(name)).collect();
    if help.is_empty() {
        help = format!("Lead nobody here before `{}` is {}.", of.name, quoted_or(&only));
    }
    if !met.is_empty() {
        let mut all = only;
        all.append(&mut met);
        let holder = action.map_or(&plan.steps[step].name, |action| &plan.actions[action].name);
        let needs = snippet::under(&[&holder.text], [format!("needs: {{{}: {}}}", of.name, list(&all))]);
        help = format!("{help}\nOr, if it can deal with that as well, say so:\n{needs}");
    }
    help
}

/// What to write on the way that leads here.
fn before(plan: &Plan, way: &Way, states: &str) -> String {
    let (from, to) = (&plan.steps[way.from].name, &plan.steps[way.to].name);
    match (&way.cause, &way.choice) {
        (Cause::Choice(label), _) => {
            let choice = format!("{}: {{to: {to}, when: {states}}}", snippet::text(label));
            format!("Offer it only then:\n{}", snippet::under(&[&from.text, "choices"], [choice]))
        }
        (Cause::Outcome(outcome), choice) => {
            let answer = format!("{}: {}", plan.outcome(*outcome).name, snippet::OPEN);
            let keys: Vec<String> = match choice {
                Some(label) => vec![from.text.clone(), "choices".to_owned(), snippet::text(label), "on".to_owned()],
                None => vec![from.text.clone(), "on".to_owned()],
            };
            format!("Lead {} somewhere else:\n{}", quoted([outcome_name(plan, *outcome)]), snippet::under(&keys, [answer]))
        }
        _ => String::new(),
    }
}

/// `paid`, or `[paid, making]`
fn list(names: &[&str]) -> String {
    if let [name] = names { (*name).to_owned() } else { format!("[{}]", names.join(", ")) }
}
