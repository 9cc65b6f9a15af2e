//! See `confirmation_incomplete.md`.

use std::collections::BTreeMap;

use crate::analysis::News;
use crate::finding::{Finding, Level};
use crate::model::{How, JourneyId, OutcomeId, Plan, Run, Step, StepId, Subject, Way};
use crate::rules::answers::ways_of;
use crate::rules::snippet::{OPEN, entry, under};
use crate::rules::texts::says_more_than_a_name;
use crate::rules::words::{outcome_name, quoted};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::Class;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "confirmation-incomplete",
    group: Group::Entry,
    level: Level::Info,
    page: include_str!("confirmation_incomplete.md"),
    // A plan whose ways and results are still open has not come to what its pages say.
    follows_from: &[
        FollowsFrom::in_journey("dead-end"),
        FollowsFrom::in_journey("missing-stage"),
        FollowsFrom::in_journey("missing-backend-action"),
        FollowsFrom::in_journey("unhandled-outcome"),
        FollowsFrom::in_journey("required-outcome-missing"),
    ],
    phase: Phase::Plan,
    check,
};

/// Kinds of actions after which people want to have something in their hands.
const TRANSACTIONS: [&str; 5] = ["submit", "book", "pay", "subscribe", "publish"];

/// The duty by which an action says which number people get.
const ANSWER: &str = "reference-given";

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let plan = cx.plan;
    let news = News::new(plan);
    let mut pages: BTreeMap<StepId, Confirmation<'_>> = BTreeMap::new();
    for (id, step) in plan.steps.iter().filter(|(id, _)| plan.is_for_people(*id) && cx.reach().is_reachable(*id)) {
        for (run, outcome) in good_results(plan, step) {
            for way in ways_of(plan, id, run, outcome).filter(|way| is_bare_confirmation(plan, way)) {
                let is_told = step.role.is_some_and(|role| news.hears_outcome(role, outcome) || hears_of_it(plan, &news, role, outcome));
                if !is_told && !plan.actions[run.action].has_duty(ANSWER) {
                    pages.entry(way.to).or_insert(Confirmation { page: way.to, outcome, way });
                }
            }
        }
    }
    let mut journeys: BTreeMap<JourneyId, Vec<Confirmation<'_>>> = BTreeMap::new();
    for (page, confirmation) in pages {
        journeys.entry(plan.steps[page].journey).or_default().push(confirmation);
    }
    let groups = journeys.into_values().flat_map(|pages| cx.together(RULE.name, pages, |confirmation| Subject::Step(confirmation.page)));
    groups.filter_map(|group| finding(plan, &group)).collect()
}

/// A page that tells people nothing, and a good result that leads to it.
struct Confirmation<'p> {
    page: StepId,
    outcome: OutcomeId,
    way: &'p Way,
}

fn good_results<'p>(plan: &'p Plan, step: &'p Step) -> impl Iterator<Item = (&'p Run, OutcomeId)> {
    let runs = step.runs.iter().filter(|run| run.how != How::Shows && TRANSACTIONS.contains(&plan.actions[run.action].kind()));
    runs.flat_map(|run| {
        let good = plan.outcomes(run.action).filter(|(_, outcome)| outcome.class == Class::Success);
        good.map(move |(outcome, _)| (run, outcome))
    })
}

fn hears_of_it(plan: &Plan, news: &News, role: crate::model::RoleId, outcome: OutcomeId) -> bool {
    plan.outcome(outcome).sets.iter().any(|state| news.hears_state(role, *state))
}

/// Whether a way leads to the last page of it all, of which the plan says no more than a name.
fn is_bare_confirmation(plan: &Plan, way: &Way) -> bool {
    let to = &plan.steps[way.to];
    let is_last = way.to != way.from && plan.stage_kind(way.to) == Some("follow-up") && to.has_screen();
    let says_nothing = to.form.shows.is_empty() && to.follows.is_empty() && to.form.meta.note.is_none();
    let screen_note = to.form.screen.as_ref().is_some_and(|screen| screen.meta.note.is_some());
    let leads_to_it =
        plan.ways_from(way.to).map(|(_, next)| &plan.steps[next.to]).any(|next| !next.form.shows.is_empty() && !next.follows.is_empty());
    is_last && says_nothing && !leads_to_it && !screen_note && !says_more_than_a_name(to.title())
}

fn finding(plan: &Plan, pages: &[Confirmation<'_>]) -> Option<Finding> {
    let first = pages.first()?;
    let names = quoted(pages.iter().map(|confirmation| &plan.steps[confirmation.page].name.text));
    let (them, after) = match pages {
        [_] => ("it", format!("after `{}` people see {names}", outcome_name(plan, first.outcome))),
        _ => ("they", format!("after it worked people see {names}")),
    };
    let message = format!(
        "{after}, and the plan does not say what {them} tell{} them: a number, what happens next, whom to ask",
        if pages.len() == 1 { "s" } else { "" }
    );
    let screens: Vec<String> = pages.iter().map(|confirmation| note(&plan.steps[confirmation.page])).collect();
    let mut finding = Finding::new(Subject::Step(first.page), plan.steps[first.page].name.span, message)
        .help(format!(
            "Write down what stands there: the number, what happens next and when, whom to ask, how to keep it:\n{}",
            screens.join("\n")
        ))
        .about(Subject::Action(first.outcome.action));
    for confirmation in pages {
        if confirmation.page != first.page {
            finding = finding.label(plan.steps[confirmation.page].name.span, "says no more either");
        }
        finding = finding.label(confirmation.way.span, "comes from here");
    }
    Some(finding)
}

fn note(step: &Step) -> String {
    under(&[&step.name.text], [entry("note", OPEN)])
}
