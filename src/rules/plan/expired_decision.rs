//! See `expired_decision.md`.

use std::fmt::Write as _;

use jiff::ToSpan as _;

use crate::finding::{Finding, Level};
use crate::model::DecisionAt;
use crate::rules::{Closed, Context, Group, Phase, Rule, find, snippet};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "expired-decision",
    group: Group::Plan,
    level: Level::Warning,
    page: include_str!("expired_decision.md"),
    follows_from: &[],
    phase: Phase::Decisions,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    // One whose rule is not known never held; that is told as unused.
    let expired = cx.plan.decisions.iter().zip(&cx.closed).filter(|(at, _)| at.has_passed(cx.today) && find(&at.rule.text).is_some());
    expired.map(|(at, closed)| finding(cx, at, *closed)).collect()
}

fn finding(cx: &Context<'_>, at: &DecisionAt, closed: Closed) -> Finding {
    let (rule, decision) = (&at.rule, &at.decision);
    let until = decision.until.as_ref().map_or(cx.today, |until| until.date);
    let by = decision.by.as_ref().map_or("the decision".to_owned(), |by| format!("the decision of {}", by.text));
    let why = decision.why.as_ref().map_or(String::new(), |why| format!(": \"{}\"", why.text));
    let mut finding = Finding::new(at.subject, rule.span, format!("{by} on `{rule}` held until {until}{why}"));
    if let Some(until) = &decision.until {
        finding = finding.label(until.span, "the last day on which it held");
    }
    if closed.findings == 0 && !closed.unasked {
        return finding.help(format!("The plan gives `{rule}` nothing to find here any more: take the decision out."));
    }
    let next = cx.today.checked_add(3.months()).unwrap_or(cx.today);
    let mut line = format!("{rule}: {{why: {}", decision.why.as_ref().map_or(snippet::OPEN.to_owned(), |why| snippet::text(&why.text)));
    if let Some(by) = &decision.by {
        let _ = write!(line, ", by: {}", snippet::text(&by.text));
    }
    let yaml = snippet::under(&["decided"], [format!("{line}, until: {next}}}")]);
    finding.help(format!("Answer the finding now, or ask again and write a new day:\n{yaml}"))
}
