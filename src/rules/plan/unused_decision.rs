//! See `unused_decision.md`.

use crate::finding::{Finding, Level};
use crate::model::{DecisionAt, Plan, Subject};
use crate::rules::words::{name_of, quoted_or};
use crate::rules::{Context, FollowsFrom, Group, Phase, RULES, Rule, find};
use crate::spec::nearest;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unused-decision",
    group: Group::Plan,
    level: Level::Warning,
    page: include_str!("unused_decision.md"),
    // What was not read may be what the decision is about.
    follows_from: &[
        FollowsFrom::in_plan("unknown-name"),
        FollowsFrom::in_plan("unknown-key"),
        FollowsFrom::in_plan("wrong-type"),
        FollowsFrom::in_plan("bad-name"),
        FollowsFrom::in_plan("conflicting-keys"),
    ],
    phase: Phase::Decisions,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let judged = cx.plan.decisions.iter().zip(&cx.closed).filter_map(|(at, closed)| {
        if find(&at.rule.text).is_none() {
            return misspelt(at);
        }
        (closed.findings == 0 && !closed.unasked && !at.has_passed(cx.today)).then(|| unused(cx.plan, at))
    });
    judged.collect()
}

/// A name that is near to one of a rule. One that is near to none is not judged.
fn misspelt(at: &DecisionAt) -> Option<Finding> {
    let meant = nearest(&at.rule.text, RULES.iter().map(|rule| rule.name));
    let help = format!("Did you mean {}?", quoted_or(&meant));
    (!meant.is_empty()).then(|| {
        Finding::new(at.subject, at.rule.span, format!("there is no rule `{}`, so this decision answers nothing", at.rule)).help(help)
    })
}

fn unused(plan: &Plan, at: &DecisionAt) -> Finding {
    let place = match at.subject {
        Subject::Plan => "in the plan".to_owned(),
        subject => format!("at `{}`", name_of(plan, subject)),
    };
    let message = format!("`{}` finds nothing {place}, so this decision answers nothing", at.rule);
    Finding::new(at.subject, at.rule.span, message)
        .help("Take it out. If the finding is told at another place, move it there: to the step, the action or the journey that is told.")
}
