//! See `attribution_lost.md`.

use std::collections::{HashMap, HashSet};

use crate::analysis::{Missing, Path, missing_at};
use crate::finding::{Finding, Level};
use crate::model::{ActionId, EventId, How, Moment, MoveBy, Plan, Start, StepId, Subject};
use crate::rules::snippet::under;
use crate::rules::words::quoted_or;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::source::Span;
use crate::spec::{LaterStatus, Name};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "attribution-lost",
    group: Group::Later,
    level: Level::Warning,
    page: include_str!("attribution_lost.md"),
    // The same blank, told where a step needs it.
    follows_from: &[FollowsFrom::on_subject("used-before-collected"), FollowsFrom::in_plan("unknown-name")],
    phase: Phase::Plan,
    check,
};

/// Words in the names of fields that say where people came from.
const ORIGINS: [&str; 9] = ["source", "campaign", "referrer", "referral", "affiliate", "inviter", "invited", "utm", "ref"];

/// Words for ways in that somebody made, and about which somebody will ask.
const SENT: [&str; 12] =
    ["share", "shared", "referral", "invite", "invitation", "affiliate", "campaign", "ad", "ads", "newsletter", "influencer", "partner"];

/// Words for what is to come and will need it.
const NEEDING: [&str; 9] = ["share", "sharing", "referral", "referrals", "friend", "affiliate", "affiliates", "campaign", "campaigns"];

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut found = at_the_door(cx);
    found.extend(on_the_way(cx, found.is_empty()));
    found
}

/// Entrances that people are sent to, and that do not note by whom.
fn at_the_door(cx: &Context<'_>) -> Vec<Finding> {
    let plan = cx.plan;
    let is_planned = |status: Option<LaterStatus>| matches!(status, Some(LaterStatus::Planned | LaterStatus::Later));
    let needs_it = plan.later.iter().any(|(_, later)| is_planned(later.form.status) && has_word(&later.name, &NEEDING));
    // Where nothing is counted and nothing of the kind is to come, nobody will ask.
    if plan.events.is_empty() && !needs_it {
        return Vec::new();
    }
    let counted: HashSet<&str> =
        plan.events.iter().flat_map(|(_, event)| event.form.properties.iter()).map(|name| name.text.as_str()).collect();
    let mut found = Vec::new();
    for (id, step) in plan.steps.iter().filter(|(id, step)| step.role == plan.journey_of(*id).role) {
        let sent: Vec<&Name> = step.form.from.iter().filter(|name| has_word(name, &SENT)).collect();
        let is_noted = step.form.collects.iter().any(|name| has_word(name, &ORIGINS) || counted.contains(name.text.as_str()));
        let (Some(first), false, true) = (sent.first(), is_noted, step.starts.contains(&Start::Outside)) else { continue };
        let message = format!("people come to `{}` by {}, and nothing notes which of them did", step.name, quoted_or(&texts(&sent)));
        let entry = under(&[&step.name.text], ["collects: source".to_owned()]);
        let help = format!(
            "Note it at the door, where it is still known, and write it down with what comes of it:\n{entry}\nevents:\n  ..: {{on: .., properties: source}}"
        );
        found.push(Finding::new(Subject::Step(id), first.span, message).help(help));
    }
    found
}

/// Events that write down where people came from, and ways on which nothing has noted it.
fn on_the_way(cx: &Context<'_>, tells_of_nothing: bool) -> Vec<Finding> {
    let plan = cx.plan;
    let written: Vec<(EventId, &Name)> = plan
        .events
        .iter()
        .flat_map(|(id, event)| event.form.properties.iter().map(move |name| (id, name)))
        .filter(|(_, name)| has_word(name, &ORIGINS))
        .collect();
    let of_event: HashMap<Span, EventId> = written.iter().map(|(id, name)| (name.span, *id)).collect();
    let needs: Vec<(StepId, &Name)> =
        written.iter().flat_map(|(id, name)| happens_at(plan, *id).into_iter().map(move |step| (step, *name))).collect();
    let mut found = Vec::new();
    let mut told: HashSet<Span> = HashSet::new();
    for missing in missing_at(plan, cx.reach(), &needs) {
        let path = missing.paths.iter().find(|path| cx.courses().can_go(path));
        if let (Some(path), Some(id)) = (path, of_event.get(&missing.span))
            && told.insert(missing.span)
        {
            found.push(not_noted(cx, *id, &missing, path));
        }
    }
    let gathered: HashSet<&str> =
        plan.steps.iter().flat_map(|(_, step)| step.form.collects.iter()).map(|name| name.text.as_str()).collect();
    for (id, name) in written.into_iter().filter(|(_, name)| tells_of_nothing && !gathered.contains(name.text.as_str())) {
        let message = format!("`{}` writes down `{name}`, and no step notes it", plan.events[id].name);
        let help = format!("Note it on the first step of those who come, where it is still known:\ncollects: {name}");
        found.push(Finding::new(Subject::Event(id), name.span, message).help(help));
    }
    found
}

fn not_noted(cx: &Context<'_>, id: EventId, missing: &Missing, path: &Path) -> Finding {
    let plan = cx.plan;
    let (event, start, at) = (&plan.events[id].name, &plan.steps[path.start].name, &plan.steps[missing.step].name);
    let message = format!("`{event}` writes down `{}`, and on some way to `{at}` nothing has noted it", missing.field);
    let entry = under(&[&start.text], [format!("collects: {}", missing.field)]);
    Finding::new(Subject::Event(id), missing.span, message)
        .help(format!("Note it where this way begins:\n{entry}"))
        .about(Subject::Step(path.start))
        .label(start.span, "comes in without it")
        .path(cx.path_steps(path))
}

/// The steps at which what an event counts is done or shown.
fn happens_at(plan: &Plan, id: EventId) -> Vec<StepId> {
    let mut actions: Vec<ActionId> = Vec::new();
    for (moment, _) in &plan.events[id].on.any {
        match moment {
            Moment::Outcome(outcome) => actions.push(outcome.action),
            Moment::Action(action) => actions.push(*action),
            Moment::State(state) => actions.extend(plan.state(*state).entered_by.iter().filter_map(|by| match by {
                MoveBy::Outcome(outcome) => Some(outcome.action),
                _ => None,
            })),
            Moment::Sent(..) => {}
        }
    }
    let runs = actions.into_iter().flat_map(|action| &plan.actions[action].runs).filter(|(_, run)| run.how != How::Wait);
    let shown = plan.events[id].shown.iter().map(|(step, _)| *step);
    let mut steps: Vec<StepId> = runs.map(|(step, _)| *step).chain(shown).collect();
    steps.sort_unstable();
    steps.dedup();
    steps
}

fn has_word(name: &Name, words: &[&str]) -> bool {
    name.text.split('-').any(|word| words.contains(&word))
}

fn texts<'n>(names: &[&'n Name]) -> Vec<&'n str> {
    names.iter().map(|name| name.text.as_str()).collect()
}
