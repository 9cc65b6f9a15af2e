//! See `core_loop_open.md`.

use crate::analysis::{Hop, is_only_used, walk};
use crate::finding::{Finding, Level};
use crate::model::{Cause, Id as _, Journey, JourneyId, Start, StepId, Subject};
use crate::rules::words::{outcome_name, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule, snippet};
use crate::spec::EndKind;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "core-loop-open",
    group: Group::Structure,
    level: Level::Info,
    page: include_str!("core_loop_open.md"),
    follows_from: &[
        FollowsFrom::in_journey("unknown-name"),
        FollowsFrom::in_journey("no-entrance"),
        FollowsFrom::in_journey("no-end"),
        FollowsFrom::in_journey("dead-end"),
        FollowsFrom::in_journey("cannot-succeed"),
    ],
    phase: Phase::Plan,
    check,
};

/// Stages in which people look around, so that they have come back as soon as they are there.
const EARLY: [&str; 2] = ["entry", "browse"];
/// Stages through which no way back leads: whoever pays at last, or mends what was handed in, is still on the first visit.
const UNDER_WAY: [&str; 5] = ["submit", "book", "review", "pay", "fulfil"];
const LATE: &str = "follow-up";

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let core = cx.plan.journeys.iter().filter(|(id, journey)| journey.form.core && !is_only_used(cx.plan, *id));
    core.filter_map(|(id, journey)| check_journey(cx, id, journey)).collect()
}

fn check_journey(cx: &Context<'_>, id: JourneyId, journey: &Journey) -> Option<Finding> {
    let begin = journey.steps.iter().copied().find(|step| begins(cx, *step))?;
    let good_end =
        journey.steps.iter().copied().find(|step| is_own(cx, *step) && cx.reach().is_reachable(*step) && ends_well(cx, *step))?;
    let late = journey.steps.iter().copied().filter(|step| {
        is_own(cx, *step) && cx.reach().is_reachable(*step) && (cx.plan.stage_kind(*step) == Some(LATE) || ends_well(cx, *step))
    });
    let opened = cx.plan.notifications.iter().filter_map(|(_, notification)| notification.opens);
    let starts = late.chain(opened.filter(|step| cx.plan.steps[*step].journey == id));
    let is_under_way = |step: StepId| cx.plan.stage_kind(step).is_some_and(|kind| UNDER_WAY.contains(&kind));
    let seen = walk(cx.plan, cx.reach(), starts, |way| begins(cx, way.to) || !is_under_way(way.to));
    let comes_back = cx.plan.steps.ids().any(|step| seen[step.index()] && begins(cx, step));
    (!comes_back).then(|| finding(cx, id, begin, good_end))
}

/// Whether a step belongs to the people whom its journey is for.
fn is_own(cx: &Context<'_>, step: StepId) -> bool {
    cx.plan.steps[step].role == cx.plan.journey_of(step).role
}

/// Whether people who get to a step are at the beginning of a core journey again.
fn begins(cx: &Context<'_>, step: StepId) -> bool {
    let kind = cx.plan.stage_kind(step).unwrap_or_default();
    let comes_in = cx.plan.steps[step].starts.iter().any(|start| matches!(start, Start::Outside | Start::First));
    cx.plan.journey_of(step).form.core && is_own(cx, step) && (EARLY.contains(&kind) || (comes_in && kind != LATE))
}

fn ends_well(cx: &Context<'_>, step: StepId) -> bool {
    cx.plan.steps[step].end.as_ref().is_some_and(|end| end.kind == EndKind::Success)
}

fn finding(cx: &Context<'_>, id: JourneyId, begin: StepId, good_end: StepId) -> Finding {
    let (journey, steps) = (&cx.plan.journeys[id], &cx.plan.steps);
    let message =
        format!("`{}` ends well at `{}`, and nothing brings people back to `{}`", journey.name, steps[good_end].name, steps[begin].name);
    let choice = format!("choices: {{{}: {}}}", snippet::text(steps[begin].title()), steps[begin].name);
    let role = journey.role.map_or(snippet::OPEN, |role| &cx.plan.roles[role].name.text);
    let when = reason(cx, good_end).unwrap_or_else(|| snippet::OPEN.to_owned());
    let message_to = format!("come-back: {{to: {role}, channel: email, when: {when}, after: 7d, opens: {}}}", steps[begin].name);
    let last = last_page(cx, good_end);
    // Where people see no page after the first one, the good end needs one to lead on from.
    let (page, keys) = if last == begin { (good_end, vec![format!("screen: {}", snippet::OPEN), choice]) } else { (last, vec![choice]) };
    let lead_on = snippet::under(&[&steps[page].name.text], keys);
    let by_message = snippet::under(&["notifications"], [message_to]);
    let help = format!("Lead on from the last page:\n{lead_on}\nOr send a message that does:\n{by_message}");
    Finding::new(Subject::Journey(id), journey.name.span, message)
        .label(steps[good_end].name.span, "the good end")
        .label(steps[begin].name.span, "where people come in")
        .help(help)
}

/// The screen that people see last before or at an end.
fn last_page(cx: &Context<'_>, end: StepId) -> StepId {
    let hops = cx.path_to(end).map(|path| path.hops).unwrap_or_default();
    let before = hops.iter().rev().map(|hop| hop.from(cx.plan));
    std::iter::once(end).chain(before).find(|step| cx.plan.steps[*step].has_screen()).unwrap_or(end)
}

/// What happened last on the way to an end, as `when` takes it.
fn reason(cx: &Context<'_>, end: StepId) -> Option<String> {
    let path = cx.path_to(end)?;
    path.hops.iter().rev().find_map(|hop| match hop {
        Hop::Way(way) => match cx.plan.way(*way).cause {
            Cause::Outcome(outcome) => Some(outcome_name(cx.plan, outcome)),
            Cause::State(state) => Some(state_name(cx.plan, state)),
            _ => None,
        },
        Hop::Into(_) => None,
    })
}
