//! See `paired_entities_disagree.md`.

use std::collections::BTreeMap;

use crate::analysis::{Disagreement, Money, disagreements};
use crate::finding::{Finding, Level};
use crate::model::{EntityId, MoveBy, Plan, StateId, Subject};
use crate::rules::snippet::{OPEN, under};
use crate::rules::words::{outcome_name, quoted, some_of, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::source::Span;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "paired-entities-disagree",
    group: Group::States,
    level: Level::Warning,
    page: include_str!("paired_entities_disagree.md"),
    follows_from: &[FollowsFrom::in_plan("unknown-name")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let money = Money::new(cx.plan, cx.reach());
    // That one thing cannot be closed is one gap, however many close the other.
    let mut groups: BTreeMap<EntityId, Vec<Disagreement>> = BTreeMap::new();
    for disagreement in disagreements(cx.plan, cx.reach(), &money) {
        groups.entry(disagreement.left.entity).or_default().push(disagreement);
    }
    groups.into_values().map(|group| finding(cx.plan, &group)).collect()
}

fn finding(plan: &Plan, group: &[Disagreement]) -> Finding {
    let first = group[0];
    let mut left: Vec<StateId> = group.iter().map(|it| it.left).collect();
    left.dedup();
    let mut closed: Vec<StateId> = group.iter().map(|it| it.closed).collect();
    closed.sort_unstable();
    closed.dedup();
    let names: Vec<String> = left.iter().map(|state| state_name(plan, *state)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let ends = quoted(closed.iter().map(|state| state_name(plan, *state)));
    let (stays, them) = if left.len() == 1 { ("stays as it is", "it") } else { ("stay as they are", "them") };
    let message = format!("{} {stays} when {ends} is reached, and nothing ever closes {them}", some_of(&names));
    let mut finding = Finding::new(Subject::State(first.left), plan.state(first.left).name.span, message).help(help(plan, first));
    for state in &left[1..] {
        finding = finding.about(Subject::State(*state)).label(plan.state(*state).name.span, "and this");
    }
    for it in group {
        let (subject, span) = mover(plan, it);
        if finding.subjects.contains(&subject) {
            continue;
        }
        finding = finding.about(subject).label(span, "closes the other one alone");
    }
    closed.into_iter().fold(finding, |finding, state| finding.about(Subject::State(state)))
}

fn mover(plan: &Plan, it: &Disagreement) -> (Subject, Span) {
    match it.by {
        MoveBy::Outcome(outcome) => (Subject::Outcome(outcome), plan.outcome(outcome).name.span),
        MoveBy::Timeout(state) | MoveBy::Reaction(state) => (Subject::State(state), plan.state(state).name.span),
        MoveBy::Decision(step) => (Subject::Step(step), plan.steps[step].name.span),
        MoveBy::Sent(system) => (Subject::System(system), plan.systems[system].name.span),
    }
}

fn help(plan: &Plan, it: Disagreement) -> String {
    let (entity, left) = (&plan.entities[it.left.entity], &plan.state(it.left).name);
    let by = match it.by {
        MoveBy::Outcome(outcome) => format!("Let `{}` close both", outcome_name(plan, outcome)),
        _ => "Let what closes the one close both".to_owned(),
    };
    let other = &plan.entities[it.closed.entity].name;
    let sets = format!("sets: {{{other}: {}, {}: {{{left}: {OPEN}}}}}", plan.state(it.closed).name, entity.name);
    let step = under(
        &[&format!("see-to-{}", entity.name)],
        [format!("when: {{{other}: {}}}", plan.state(it.closed).name), format!("task: {OPEN}"), format!("backend: {OPEN}")],
    );
    format!("{by}:\n{sets}\nOr let somebody see to it then:\n{step}\nOr allow the one only while the other can follow, with `when`.")
}
