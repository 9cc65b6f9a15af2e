//! See `missing_follow_up.md`.

use std::collections::HashSet;
use std::fmt::Write as _;

use crate::analysis::{News, is_only_used};
use crate::finding::{Finding, Level};
use crate::model::{Cause, Journey, Nature, OutcomeId, Plan, RoleId, StepId, Subject, Way};
use crate::rules::words::cause;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::EndKind;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "missing-follow-up",
    group: Group::Messages,
    level: Level::Error,
    page: include_str!("missing_follow_up.md"),
    follows_from: &[FollowsFrom::in_plan("unknown-name")],
    phase: Phase::Plan,
    check,
};

/// The stage that answers what comes now.
const FOLLOW_UP: &str = "follow-up";

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let news = News::new(cx.plan);
    let mut found = Vec::new();
    for (id, journey) in cx.plan.journeys.iter() {
        // What another journey goes on with is not over; and who leaves the stage out on purpose has answered.
        let is_left_out = journey.form.without.iter().any(|(stage, _)| stage.text == FOLLOW_UP);
        if journey.is_operations() || is_left_out || is_only_used(cx.plan, id) {
            continue;
        }
        let ends = journey.steps.iter().copied().filter(|step| is_good_end(cx, journey, *step));
        found.extend(ends.filter_map(|step| Some(finding(cx, step, abrupt(cx, &news, journey.role, step)?))));
    }
    found
}

fn is_good_end(cx: &Context<'_>, journey: &Journey, id: StepId) -> bool {
    let step = &cx.plan.steps[id];
    let ends_well = step.end.as_ref().is_some_and(|end| end.kind == EndKind::Success);
    ends_well && step.role == journey.role && cx.plan.is_for_people(id) && cx.reach().is_reachable(id) && !step.has_screen()
}

/// A way on which people come to an end without having seen anything since they acted, and without a message.
fn abrupt<'p>(cx: &Context<'p>, news: &News, role: Option<RoleId>, end: StepId) -> Option<&'p Way> {
    let plan = cx.plan;
    let mut seen = HashSet::from([end]);
    let mut open = vec![end];
    while let Some(step) = open.pop() {
        for way in plan.ways_to(step).map(|(_, way)| way).filter(|way| cx.reach().is_reachable(way.from)) {
            match seen_before(plan, way) {
                Seen::Result(outcome) if !is_told(plan, news, role, outcome) => return Some(way),
                Seen::Nothing if seen.insert(way.from) => open.push(way.from),
                _ => {}
            }
        }
    }
    None
}

/// What people have seen last where they take a way.
enum Seen {
    /// A page on which they were free to look.
    Page,
    /// The page on which they acted: what came of it is not on it.
    Result(OutcomeId),
    /// Nothing: the way begins where there is no page.
    Nothing,
}

fn seen_before(plan: &Plan, way: &Way) -> Seen {
    let from = &plan.steps[way.from];
    match way.cause {
        Cause::Outcome(outcome) if is_news(plan, outcome) && (!matches!(from.nature, Nature::Wait(_)) || !from.has_screen()) => {
            Seen::Result(outcome)
        }
        _ if from.has_screen() || matches!(from.nature, Nature::Journey(_)) => Seen::Page,
        _ => Seen::Nothing,
    }
}

/// Whether something has happened about which people can ask what comes now. Whoever has signed in or looked something up is there.
fn is_news(plan: &Plan, outcome: OutcomeId) -> bool {
    !["sign-in", "read"].contains(&plan.actions[outcome.action].kind())
}

/// Whether a message is about what happened, or about a thing that it moved.
fn is_told(plan: &Plan, news: &News, role: Option<RoleId>, outcome: OutcomeId) -> bool {
    let Some(role) = role else { return !plan.notifications.is_empty() };
    let action = &plan.actions[outcome.action];
    let moved = action.outcomes.iter().flat_map(|outcome| &outcome.sets).map(|state| state.entity);
    news.hears_outcome(role, outcome) || moved.chain(action.writes.iter().copied()).any(|entity| news.hears_of(role, entity))
}

fn finding(cx: &Context<'_>, end: StepId, way: &Way) -> Finding {
    let (plan, step) = (cx.plan, &cx.plan.steps[end]);
    let role = plan.steps[end].role.map_or("..", |role| &plan.roles[role].name.text);
    let why = cause(plan, way);
    let message = format!("after `{why}` the journey is over at `{}`, and nothing tells people what comes now", step.name);
    let mut help = format!(
        "Show a last page, with the number, what happens next and when, and whom to ask:\n{}:\n  screen: ..\n  ends: success",
        step.name
    );
    if let Cause::Outcome(_) = way.cause {
        let _ =
            write!(help, "\nOr send a message:\nnotifications:\n  what-comes-now: {{to: {role}, channel: email, when: {why}, opens: ..}}");
    }
    Finding::new(Subject::Step(end), step.name.span, message)
        .here("ends without a page")
        .label(way.span, "comes from here")
        .help(help)
        .path(cx.shortest_path(end))
}
