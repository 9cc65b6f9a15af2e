//! See `open_question.md`.

use jiff::ToSpan as _;

use crate::finding::{Finding, Level};
use crate::model::{QuestionAt, Subject};
use crate::rules::words::name_of;
use crate::rules::{Context, Group, Phase, Rule, snippet};
use crate::spec::Question;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "open-question",
    group: Group::Plan,
    level: Level::Info,
    page: include_str!("open_question.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    cx.plan.questions.iter().filter_map(|at| finding(cx, at)).collect()
}

fn finding(cx: &Context<'_>, at: &QuestionAt) -> Option<Finding> {
    let question = &at.question;
    let ask = question.ask.as_ref()?;
    let place = match at.subject {
        Subject::Plan => "the plan".to_owned(),
        subject => format!("`{}`", name_of(cx.plan, subject)),
    };
    let level = if is_core(cx, at) { Level::Warning } else { Level::Info };
    let finding =
        Finding::new(at.subject, question.span, format!("{place} has an open question: {}", ask.text.trim_end_matches('.'))).level(level);
    Some(finding.help(help(cx, question, &ask.text)))
}

/// Whether it stands in a core journey, or in the file of one.
fn is_core(cx: &Context<'_>, at: &QuestionAt) -> bool {
    cx.plan.journey_at(at.question.span).is_some_and(|journey| cx.plan.journeys[journey].form.core)
}

fn help(cx: &Context<'_>, question: &Question, ask: &str) -> String {
    let then = "write the answer into the plan and take the question out";
    let day = question
        .by
        .as_ref()
        .map(|by| if by.date < cx.today { format!(", and was to come by {}", by.date) } else { format!(" by {}", by.date) });
    match (&question.owner, day) {
        (Some(owner), Some(day)) => format!("The answer comes from {}{day}. Then {then}.", owner.text),
        (Some(owner), None) => format!("The answer comes from {}. Then {then}.", owner.text),
        (None, Some(day)) => format!("Ask somebody who brings the answer{day}. Then {then}."),
        (None, None) => format!(
            "Answer it: {then}. Until then, say who brings the answer and by when:\nquestion: {{ask: {}, owner: {2}, by: {}}}",
            snippet::text(ask),
            cx.today.checked_add(14.days()).unwrap_or(cx.today),
            snippet::OPEN,
        ),
    }
}
