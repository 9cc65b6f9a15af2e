//! See `completion_needs_return.md`.

use crate::analysis::{Exits, walk};
use crate::finding::{Finding, Level};
use crate::model::{ActionId, Cause, How, Id as _, Moment, MoveBy, OutcomeId, Plan, Run, StateId, StepId, Subject, Way};
use crate::rules::answers::{place_of, ways_of};
use crate::rules::snippet::{OPEN, answers, entry, under};
use crate::rules::words::{outcome_name, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::{Class, EndKind};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "completion-needs-return",
    group: Group::Waiting,
    level: Level::Error,
    page: include_str!("completion_needs_return.md"),
    follows_from: &[FollowsFrom::in_plan("unknown-name"), FollowsFrom::in_journey("cannot-succeed")],
    phase: Phase::Plan,
    check,
};

/// Kinds of actions after which people have done their part.
const PAID: [&str; 2] = ["pay", "subscribe"];

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let exits = Exits::new(cx.plan);
    let mut found: Vec<Finding> = Vec::new();
    for (id, step) in cx.plan.steps.iter().filter(|(id, _)| cx.reach().is_reachable(*id) && cx.plan.is_for_people(*id)) {
        let runs = step.runs.iter().filter(|run| matches!(run.how, How::Backend | How::Choice(_)));
        for run in runs.filter(|run| PAID.contains(&cx.plan.actions[run.action].kind())) {
            let good = cx.plan.outcomes(run.action).filter(|(_, outcome)| outcome.class == Class::Success).map(|(id, _)| id);
            let finding = good.filter(|good| !goes_on_alone(cx.plan, &exits, *good)).find_map(|good| after(cx, id, run, good));
            // The same return, told from another page with the same payment, is the same point.
            found.extend(finding.filter(|new| found.iter().all(|old| old.span() != new.span())));
        }
    }
    found
}

/// Whether something other than the person goes on after a payment: a step that it starts, or whoever takes up the thing it moved.
fn goes_on_alone(plan: &Plan, exits: &Exits, paid: OutcomeId) -> bool {
    let starts = plan.steps.iter().flat_map(|(_, step)| &step.when.any).any(|(moment, _)| match moment {
        Moment::Outcome(outcome) => *outcome == paid,
        Moment::Action(action) => *action == paid.action,
        _ => false,
    });
    starts || plan.outcome(paid).sets.iter().any(|state| is_looked_after(plan, exits, *state))
}

fn is_looked_after(plan: &Plan, exits: &Exits, id: StateId) -> bool {
    let state = plan.state(id);
    let form = &state.form;
    let is_answered = state.is_final() || form.timeout.is_some() || form.escalate.is_some() || !form.waits_for.is_empty();
    is_answered || Exits::has_foreign_deadline(plan, id) || exits.steps(plan, id).any(|step| !is_persons(plan, step))
}

/// Whether a step takes place only because a person goes on.
fn is_persons(plan: &Plan, step: StepId) -> bool {
    plan.is_for_people(step) && !plan.steps[step].starts_by_itself()
}

/// What is done after a payment only if the person comes back for it, where nothing else leads to success.
fn after(cx: &Context<'_>, payer: StepId, run: &Run, paid: OutcomeId) -> Option<Finding> {
    let plan = cx.plan;
    let starts: Vec<StepId> = ways_of(plan, payer, run, paid).map(|way| way.to).collect();
    let seen = walk(plan, cx.reach(), starts.iter().copied(), |way| finishing(plan, way, run.action).is_none());
    let succeeds =
        |seen: &[bool]| plan.steps.iter().any(|(id, step)| seen[id.index()] && is_success(plan, id, payer) && step.end.is_some());
    if starts.is_empty() || succeeds(&seen) {
        return None;
    }
    let ways = plan.ways().filter(|(_, way)| seen[way.from.index()]);
    let done: Vec<(&Way, OutcomeId)> = ways.filter_map(|(_, way)| Some((way, finishing(plan, way, run.action)?))).collect();
    // What brings success by itself, before what only leads back to the payment.
    let is_last = |way: &Way| succeeds(&walk(plan, cx.reach(), [way.to], |next| finishing(plan, next, run.action).is_none()));
    let (last, done) = *done.iter().find(|(way, _)| is_last(way)).or_else(|| done.first())?;
    succeeds(&walk(plan, cx.reach(), [last.to], |_| true)).then(|| finding(plan, (payer, run, paid), last, done))
}

fn is_success(plan: &Plan, step: StepId, payer: StepId) -> bool {
    let (step, payer) = (&plan.steps[step], &plan.steps[payer]);
    step.role == payer.role && step.end.as_ref().is_some_and(|end| end.kind == EndKind::Success)
}

/// What has been done for good when a way is taken, other than the payment, if only the person sets it going.
fn finishing(plan: &Plan, way: &Way, payment: ActionId) -> Option<OutcomeId> {
    let Cause::Outcome(outcome) = way.cause else { return None };
    let (action, result) = (&plan.actions[outcome.action], plan.outcome(outcome));
    let is_effect = !result.sets.is_empty() || !action.writes.is_empty();
    let by_person = |by: &MoveBy| matches!(by, MoveBy::Outcome(other) if is_done_by_person(plan, other.action));
    let is_it = outcome.action != payment
        && result.class == Class::Success
        && is_effect
        && is_done_by_person(plan, outcome.action)
        && result.sets.iter().all(|state| plan.state(*state).entered_by.iter().all(by_person));
    is_it.then_some(outcome)
}

fn is_done_by_person(plan: &Plan, action: ActionId) -> bool {
    let action = &plan.actions[action];
    action.checked_by.is_empty() && action.run_at().all(|step| is_persons(plan, step))
}

fn finding(plan: &Plan, (payer, run, paid): (StepId, &Run, OutcomeId), last: &Way, done: OutcomeId) -> Finding {
    let (step, action) = (&plan.steps[last.from], &plan.actions[done.action]);
    let who = plan.steps[payer].role.map_or("the person".to_owned(), |role| format!("`{}`", plan.roles[role].name));
    let (paid_name, name) = (outcome_name(plan, paid), &action.name);
    let message = format!("after `{paid_name}`, `{name}` runs only if {who} comes back to `{}`", step.name);
    let at = step.runs.iter().find(|run| run.action == done.action).map_or(step.name.span, |run| run.span);
    let system = action.system.map_or(OPEN, |system| &plan.systems[system].name.text);
    let mut lines = vec![entry("job", system), entry("when", &paid_name), entry("backend", &name.text)];
    lines.extend(answers(action.outcomes.iter().map(|outcome| (&outcome.name.text, OPEN))));
    let job = under(&[format!("{name}-by-itself")], lines);
    let waits = plan.outcome(paid).sets.first().map_or_else(String::new, |state| {
        format!("\nWhere only they can do it, say in `{}` how long it waits for them (`waits-for`, `timeout`).", state_name(plan, *state))
    });
    let mut finding = Finding::new(Subject::Step(last.from), at, message).here("needs the person").help(format!(
        "Let the payment set it going, whether or not anybody comes back, and let the page only show what came of it:\n{job}{waits}"
    ));
    if let Some(way) = ways_of(plan, payer, run, paid).next() {
        finding = finding.label(place_of(plan, run, way), "has done their part here");
    }
    let finding = finding.about(Subject::Action(done.action)).about(Subject::Action(paid.action));
    plan.outcome(paid).sets.iter().fold(finding, |finding, state| finding.about(Subject::State(*state)))
}
