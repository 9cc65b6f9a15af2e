//! See `terminal_reopened.md`.

use crate::analysis::{Reopened, reopened};
use crate::finding::{Finding, Level};
use crate::model::{Moment, MoveBy, Plan, StateId, Subject, SystemId};
use crate::rules::snippet::{OPEN, under};
use crate::rules::words::{moment_name, outcome_name, some_of, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "terminal-reopened",
    group: Group::Waiting,
    level: Level::Warning,
    page: include_str!("terminal_reopened.md"),
    follows_from: &[FollowsFrom::in_plan("unknown-name")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let finding = |found: &Reopened| match found {
        Reopened::Left { end, to, by } => left(cx.plan, *end, *to, *by),
        Reopened::Sent { system, index, to, ends } => sent(cx.plan, *system, *index, *to, ends),
    };
    reopened(cx.plan).iter().map(finding).collect()
}

fn left(plan: &Plan, end: StateId, to: StateId, by: MoveBy) -> Finding {
    let (state, entity) = (plan.state(end), &plan.entities[end.entity].name.text);
    let (name, subject) = match by {
        MoveBy::Outcome(outcome) => (format!("`{}`", outcome_name(plan, outcome)), Subject::Outcome(outcome)),
        MoveBy::Decision(step) => (format!("`{}`", plan.steps[step].name), Subject::Step(step)),
        MoveBy::Timeout(of) | MoveBy::Reaction(of) => (format!("what happens in `{}`", state_name(plan, of)), Subject::State(of)),
        MoveBy::Sent(system) => (format!("what `{}` sends", plan.systems[system].name), Subject::System(system)),
    };
    let message = format!("`{}` is an end, and {name} turns it into `{}`", state_name(plan, end), state_name(plan, to));
    let rest =
        under(&["entities", entity, "states", &state.name.text], ["rest: true".to_owned(), format!("then: {}", plan.state(to).name)]);
    let help = format!(
        "Where it may be taken up again, it rests and is not at its end:\n{rest}\nElse let a fresh one begin, with `creates: {entity}`, and leave this one closed."
    );
    Finding::new(Subject::State(end), state.name.span, message).help(help).about(subject)
}

fn sent(plan: &Plan, system: SystemId, index: usize, to: StateId, ends: &[StateId]) -> Finding {
    let news = moment_name(plan, Moment::Sent(system, index));
    let name = plan.systems[system].form.sends.get(index).map_or(plan.systems[system].name.span, |(name, _)| name.span);
    let names: Vec<String> = ends.iter().map(|end| state_name(plan, *end)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let message = format!("`{news}` may come when {} is reached, and would open it again as `{}`", some_of(&names), state_name(plan, to));
    let (entity, first) = (&plan.entities[ends[0].entity].name.text, &plan.state(ends[0]).name.text);
    let from: Vec<&str> =
        plan.states(to.entity).filter(|(_, state)| state.then.contains(&to)).map(|(_, state)| state.name.text.as_str()).collect();
    let when = under(
        &["systems", &plan.systems[system].name.text, "sends", news.rsplit('.').next().unwrap_or(OPEN)],
        [format!("when: {{{entity}: [{}]}}", from.join(", ")), format!("sets: {{{entity}: {}}}", plan.state(to).name)],
    );
    let on = under(&["entities", entity, "states", first, "on"], [format!("{news}: {{ignore: {OPEN}}}")]);
    let help = format!("Say in which states it counts:\n{when}\nOr what it does to a finished one, for each of them:\n{on}");
    let finding = Finding::new(Subject::System(system), name, message).help(help);
    ends.iter().fold(finding, |finding, end| finding.about(Subject::State(*end)).label(plan.state(*end).name.span, "finished"))
}
