//! See `draining_forever.md`.

use jiff::ToSpan as _;

use crate::finding::{Finding, Level};
use crate::model::Subject;
use crate::rules::words::name_of;
use crate::rules::{Context, Group, Phase, Rule, snippet};
use crate::spec::Draining;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "draining-forever",
    group: Group::Plan,
    level: Level::Info,
    page: include_str!("draining_forever.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let plan = cx.plan;
    let steps = plan.steps.iter().filter_map(|(id, step)| Some((Subject::Step(id), step.form.draining.as_ref()?)));
    let states = plan.entities.ids().flat_map(|entity| plan.states(entity));
    let states = states.filter_map(|(id, state)| Some((Subject::State(id), state.form.draining.as_ref()?)));
    steps.chain(states).filter_map(|(subject, draining)| finding(cx, subject, draining)).collect()
}

fn finding(cx: &Context<'_>, subject: Subject, draining: &Draining) -> Option<Finding> {
    let name = name_of(cx.plan, subject);
    // Where the reason could not be read, that was reported.
    let why = draining.why.as_ref()?;
    let again = cx.today.checked_add(90.days()).unwrap_or(cx.today);
    let day = |until| format!("draining: {{why: {}, until: {until}}}", snippet::text(&why.text));
    Some(match &draining.until {
        None => Finding::new(subject, why.span, format!("`{name}` is kept only for what is still in it, and nothing says until when"))
            .help(format!("Write the last day on which it is needed:\n{}", day(again))),
        Some(until) if until.date < cx.today => {
            let message = format!("`{name}` was needed until {} for what was still in it, and is still there", until.date);
            let help = format!(
                "Look whether anybody is still in it. If nobody is, take `{name}` out; what led on from it may go with it.\nIf somebody is, write a new last day:\n{}",
                day(again)
            );
            Finding::new(subject, until.span, message).help(help)
        }
        Some(_) => return None,
    })
}
