//! See `stale_screen.md`.

use crate::analysis::{Limits, concerned, overtaken, places};
use crate::finding::{Finding, Level};
use crate::model::{ActionId, EntityId, How, Moment, Nature, Plan, Run, StateId, StepId, Subject, Waits};
use crate::rules::snippet::under;
use crate::rules::words::state_name;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::Class;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "stale-screen",
    group: Group::States,
    level: Level::Warning,
    page: include_str!("stale_screen.md"),
    follows_from: &[
        FollowsFrom::in_plan("unknown-name"),
        FollowsFrom::in_journey("unreachable-step"),
        FollowsFrom::on_subject("required-outcome-missing"),
        FollowsFrom::on_subject("unhandled-outcome"),
        FollowsFrom::on_subject("needs-unmet"),
        FollowsFrom::on_subject("move-not-allowed"),
        FollowsFrom::on_subject("event-unhandled"),
        FollowsFrom::on_subject("late-answer-undecided"),
    ],
    phase: Phase::Plan,
    check,
};

/// How far one question of it goes. What is not found there is not claimed.
const FAR: usize = 50_000;

/// Refusals that say nothing of the thing.
const UNRELATED: [&str; 3] = ["session-expired", "user-cancelled", "duplicate"];

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let plan = cx.plan;
    let mut told: Vec<(ActionId, EntityId)> = Vec::new();
    let mut found = Vec::new();
    for (id, step) in plan.steps.iter().filter(|(id, _)| cx.reach().is_reachable(*id)) {
        if matches!(step.nature, Nature::Job(_) | Nature::Decide) {
            continue;
        }
        for run in step.runs.iter().filter(|run| matches!(run.how, How::Backend | How::Choice(_))) {
            for entity in
                concerned(plan, run.action).into_iter().filter(|entity| is_asked(plan, id, run, *entity) && !is_followed(plan, id, *entity))
            {
                let is_told = told.contains(&(run.action, entity));
                if let Some(finding) = (!is_told).then(|| at_step(cx, id, run, entity)).flatten() {
                    told.push((run.action, entity));
                    found.push(finding);
                }
            }
        }
    }
    found
}

/// Whether the plan says of the step or of what it runs in which state the thing is then: what is only moved along is another matter.
fn is_asked(plan: &Plan, id: StepId, run: &Run, entity: EntityId) -> bool {
    let (step, action) = (&plan.steps[id], &plan.actions[run.action]);
    let good = action.outcomes.iter().filter(|outcome| outcome.class == Class::Success).map(|outcome| &outcome.when);
    let mut guards = good.chain([&action.needs, &step.needs]);
    let mut begun = step.when.any.iter().map(|(moment, _)| moment);
    guards.any(|guard| guard.terms.iter().any(|term| term.entity == entity))
        || begun.any(|moment| matches!(moment, Moment::State(state) if state.entity == entity))
}

/// Whether a page goes with the thing.
fn is_followed(plan: &Plan, id: StepId, entity: EntityId) -> bool {
    let step = &plan.steps[id];
    step.follows.contains(&entity) || matches!(step.nature, Nature::Wait(Waits::Entity(awaited)) if awaited == entity)
}

fn at_step(cx: &Context<'_>, id: StepId, run: &Run, entity: EntityId) -> Option<Finding> {
    let plan = cx.plan;
    let places = places(plan, entity, run.action);
    let here = cx.courses().of(entity)?.at(id).all() & places;
    let lost = cx.courses().by_others(entity, id, here).without(places);
    if here.is_empty() || lost.is_empty() || lost.indices().all(|state| is_told(plan, run.action, entity, state)) {
        return None;
    }
    // A state in which the refusal can be told is as good as a place.
    let answered = lost.each().filter(|one| one.indices().all(|state| is_told(plan, run.action, entity, state)));
    let fine = answered.fold(places, |all, one| all | one);
    let limits = Limits { configurations: FAR.min(cx.limits.configurations) };
    let (state, way) = overtaken(plan, id, entity, fine, limits)?;
    Some(finding(cx, id, run.action, state).path(cx.run_steps(&way)))
}

/// Whether an action has a result for being too late.
fn is_told(plan: &Plan, action: ActionId, entity: EntityId, state: Option<usize>) -> bool {
    let of = &plan.actions[action];
    // Who reviews refuses because they want to.
    let is_refusal = |class: Class| class == Class::Failure || (class == Class::Rejection && of.kind() != "review");
    let fits = |outcome: &crate::model::Outcome| {
        let mut terms = outcome.when.terms.iter().filter(|term| term.entity == entity);
        terms.all(|term| state.is_some_and(|state| term.states.iter().any(|(index, _)| *index == state)))
    };
    of.outcomes.iter().any(|outcome| is_refusal(outcome.class) && !UNRELATED.iter().any(|name| outcome.stands_for(name)) && fits(outcome))
}

fn finding(cx: &Context<'_>, id: StepId, action: ActionId, state: StateId) -> Finding {
    let plan = cx.plan;
    let (step, of, name) = (&plan.steps[id], &plan.actions[action], state_name(plan, state));
    let message = format!("while `{}` is open, `{name}` may come about, and `{}` has no answer for that", step.name, of.name);
    let entity = &plan.entities[state.entity].name;
    let outcome = under(&["backend", &of.name.text, "outcomes"], [format!("too-late: {{when: {{{entity}: {}}}}}", plan.state(state).name)]);
    let follow = under(&[&step.name.text], [format!("follows: {entity}")]);
    let help =
        format!("Give it a result for being too late, and say where that leads:\n{outcome}\nOr let the page go with the thing:\n{follow}");
    Finding::new(Subject::Step(id), step.name.span, message)
        .help(help)
        .label(of.name.span, "asked too late, as things are then")
        .about(Subject::Action(action))
        .about(Subject::State(state))
}
