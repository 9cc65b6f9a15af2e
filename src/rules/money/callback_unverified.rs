//! See `callback_unverified.md`.

use crate::finding::{Finding, Level};
use crate::model::Subject;
use crate::rules::duties::{answer, unspoken};
use crate::rules::{Context, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "callback-unverified",
    group: Group::Money,
    level: Level::Error,
    page: include_str!("callback_unverified.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

const DUTY: &str = "verified";

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let unspoken = unspoken(cx.plan, DUTY).into_iter().filter(|(_, action, _)| action.answers_later());
    unspoken
        .map(|(id, action, duty)| {
            let message =
                format!("`{}` answers later, and nothing says how it is proven that the answer comes from the provider", action.name);
            Finding::new(Subject::Action(id), action.name.span, message).help(answer(action, DUTY, duty))
        })
        .collect()
}
