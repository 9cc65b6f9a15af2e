//! See `wait_without_timeout.md`.

use std::collections::HashSet;
use std::fmt::Write as _;

use crate::analysis::Exits;
use crate::finding::{Finding, Level};
use crate::model::{Cause, Nature, Outcome, OutcomeId, Plan, State, StateId, Step, StepId, Subject, Waits};
use crate::rules::snippet::{OPEN, entry, under};
use crate::rules::words::{name_of, outcome_name, quoted, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::{self, Class, Wait};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "wait-without-timeout",
    group: Group::Waiting,
    level: Level::Error,
    page: include_str!("wait_without_timeout.md"),
    // Where nobody can act at all, that comes first.
    follows_from: &[FollowsFrom::on_subject("staff-task-missing"), FollowsFrom::on_subject("hold-without-timeout")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let exits = Exits::new(cx.plan);
    let steps = cx.plan.steps.iter().filter(|(id, _)| cx.reach().is_reachable(*id));
    let mut found: Vec<Finding> = steps.filter_map(|(id, step)| at_step(cx.plan, id, step)).collect();
    for (entity, _) in cx.plan.entities.iter().filter(|(_, entity)| entity.is_moved()) {
        found.extend(cx.plan.states(entity).filter_map(|(id, state)| at_state(cx.plan, &exits, id, state)));
    }
    found
}

fn at_step(plan: &Plan, id: StepId, step: &Step) -> Option<Finding> {
    let (Nature::Wait(waits), Some(Wait::On(name))) = (step.nature, &step.form.wait) else { return None };
    let subject = match waits {
        Waits::Action(action) => Subject::Action(action),
        Waits::Entity(entity) => Subject::Entity(entity),
        Waits::Role(role) => Subject::Role(role),
        Waits::Time | Waits::Unknown => return None,
    };
    if step.form.within.is_some() || step.form.escalate.is_some() || comes(plan, id, waits) {
        return None;
    }
    let message = format!("`{}` waits for `{}`, and nothing ends the wait", step.name, name_of(plan, subject));
    let finding = Finding::new(Subject::Step(id), name.span, message).here("how long?").about(subject);
    Some(finding.help(step_help(step, name, waits)))
}

/// Whether what is waited for comes in any case.
fn comes(plan: &Plan, id: StepId, waits: Waits) -> bool {
    match waits {
        Waits::Role(role) => plan.roles[role].form.backstop,
        Waits::Entity(entity) => {
            let answered: HashSet<StateId> = plan
                .ways_from(id)
                .filter_map(|(_, way)| match way.cause {
                    Cause::State(state) => Some(state),
                    _ => None,
                })
                .collect();
            let mut waiting = plan.states(entity).filter(|(state, _)| !answered.contains(state));
            waiting.any(|(_, state)| has_deadline(state) || waits_for_backstop(plan, state))
        }
        _ => false,
    }
}

fn step_help(step: &Step, name: &spec::Name, waits: Waits) -> String {
    let after = if matches!(waits, Waits::Action(_)) { "15m" } else { "1d" };
    let mut lines = vec![format!("within: {after}")];
    if !step.answered.iter().any(|answer| answer == "timeout") {
        lines.extend(["on:".to_owned(), format!("  timeout: {OPEN}")]);
    }
    let mut help = format!("Say how long it may take, and what follows then:\n{}", under(&[&step.name.text], lines));
    if matches!(waits, Waits::Entity(_)) && step.has_screen() {
        let _ = write!(help, "\nWhere people only look how things stand, write `follows: {name}` instead of `wait: {name}`.");
    }
    help
}

fn has_deadline(state: &State) -> bool {
    state.form.timeout.is_some() || state.form.escalate.is_some()
}

fn waits_for_backstop(plan: &Plan, state: &State) -> bool {
    state.waits_for.iter().any(|role| plan.roles[*role].form.backstop)
}

fn at_state(plan: &Plan, exits: &Exits, id: StateId, state: &State) -> Option<Finding> {
    let form = &state.form;
    let is_entered = id.index == 0 || !state.entered_by.is_empty();
    let is_open = is_entered && !form.waits_for.is_empty() && !state.is_final() && form.draining.is_none();
    if !is_open || has_deadline(state) || waits_for_backstop(plan, state) || Exits::has_foreign_deadline(plan, id) {
        return None;
    }
    if waits_for_sure_system(plan, exits, id, state) || exits.steps(plan, id).any(|step| ends_it(plan, id, step)) {
        return None;
    }
    let names = quoted(form.waits_for.iter().map(|name| &name.text));
    let mut acting: Vec<StepId> = exits.steps(plan, id).filter(|step| plan.steps[*step].form.when.is_some()).collect();
    acting.sort_unstable();
    acting.dedup();
    if let Some((step, outcome)) = acting.iter().find_map(|step| Some((*step, gives_up(plan, id, *step)?))) {
        return Some(left_waiting(plan, id, step, outcome, &names));
    }
    let message = format!("`{}` waits for {names}, and nothing ends the wait", state_name(plan, id));
    let mut finding = Finding::new(Subject::State(id), state.name.span, message).here("how long?").help(state_help(plan, id, state));
    for step in acting {
        finding = finding.about(Subject::Step(step)).label(plan.steps[step].name.span, "without a deadline of its own");
    }
    Some(finding)
}

/// A state whose wait somebody takes up, and may put down again without an answer.
fn left_waiting(plan: &Plan, id: StateId, step: StepId, outcome: OutcomeId, names: &str) -> Finding {
    let (state, name, result) = (plan.state(id), &plan.steps[step].name, outcome_name(plan, outcome));
    let message = format!("`{name}` may be over with `{result}`, and `{}` goes on waiting for {names} for ever", state_name(plan, id));
    let entity = &plan.entities[id.entity].name.text;
    let (action, outcome) = (&plan.actions[outcome.action].name.text, plan.outcome(outcome));
    let sets = under(&["backend", action, "outcomes", &outcome.name.text], [entry(entity, OPEN)]);
    Finding::new(Subject::State(id), state.name.span, message)
        .here("stays like this")
        .label(outcome.name.span, "does not move it on")
        .about(Subject::Step(step))
        .help(format!("Say which state that result leads to:\n{sets}\nWhere it is not the last word, give `{}` a `timeout`.", state.name))
}

/// Whether a system is waited for that is one's own, or that is asked when it stays silent.
fn waits_for_sure_system(plan: &Plan, exits: &Exits, id: StateId, state: &State) -> bool {
    let systems = plan.systems.iter().filter(|(_, system)| state.form.waits_for.iter().any(|name| name.text == system.name.text));
    systems.into_iter().any(|(system, form)| {
        let mut actions = exits.of(id).iter().map(|outcome| &plan.actions[outcome.action]);
        let mut is_asked =
            || actions.any(|action| action.system == Some(system) && (action.has_duty("queried") || action.has_duty("reconciled")));
        !form.form.external || is_asked()
    })
}

/// Whether a step takes care that the wait ends: a system does it, or staff with a deadline, and neither gives up.
fn ends_it(plan: &Plan, state: StateId, id: StepId) -> bool {
    let step = &plan.steps[id];
    let form = &step.form;
    let is_work = step.starts_by_itself() || !plan.is_for_people(id);
    let is_timed = form.within.is_some() || form.escalate.is_some() || form.every.is_some() || step.when.clock.is_some();
    (matches!(step.nature, Nature::Job(_)) || (is_work && is_timed)) && gives_up(plan, state, id).is_none()
}

/// The result with which work may be over while it leaves the thing in its state: it was done once, and nobody comes back to it. A
/// result without a move beside one that says `when` it moves the thing is what comes in other states.
fn gives_up(plan: &Plan, state: StateId, work: StepId) -> Option<OutcomeId> {
    let step = &plan.steps[work];
    if step.form.every.is_some() || step.when.clock.is_some() {
        return None;
    }
    plan.ways_from(work).find_map(|(_, way)| {
        let Cause::Outcome(outcome) = way.cause else { return None };
        let is_last_word = !plan.actions[outcome.action].answers_later() || plan.outcome(outcome).class != Class::Interim;
        let says_when = |other: &Outcome| other.when.terms.iter().any(|term| term.entity == state.entity);
        let leaves_it = !plan.outcome(outcome).sets.iter().any(|after| after.entity == state.entity)
            && !plan.outcomes(outcome.action).any(|(_, other)| says_when(other));
        (is_last_word && leaves_it && plan.steps[way.to].form.ends.is_some()).then_some(outcome)
    })
}

fn state_help(plan: &Plan, id: StateId, state: &State) -> String {
    let entity = &plan.entities[id.entity].name.text;
    let over = state.then.iter().map(|next| plan.state(*next)).find(|next| next.form.means.is_some() && next.is_final());
    let becomes = over.map_or(OPEN, |next| &next.name.text);
    let keys = ["entities", entity, "states", &state.name.text];
    let mut help = format!(
        "Say how long it may last, and what it becomes then:\n{}",
        under(&keys, [format!("timeout: {{after: 7d, becomes: {becomes}}}")])
    );
    if state.waits_for.iter().any(|role| plan.roles[*role].form.staff) {
        let backstop = plan.roles.iter().find(|(_, role)| role.form.backstop).map_or(OPEN, |(_, role)| &role.name.text);
        let _ =
            write!(help, "\nOr who is called when nobody acts:\n{}", under(&keys, [format!("escalate: {{after: 2d, to: {backstop}}}")]));
    }
    help
}
