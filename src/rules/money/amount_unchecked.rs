//! See `amount_unchecked.md`.

use crate::finding::{Finding, Level};
use crate::model::Subject;
use crate::rules::duties::{answer, unspoken};
use crate::rules::{Context, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "amount-unchecked",
    group: Group::Money,
    level: Level::Error,
    page: include_str!("amount_unchecked.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

const DUTY: &str = "amount-checked";

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let unspoken = unspoken(cx.plan, DUTY).into_iter().filter(|(_, action, _)| action.answers_later());
    unspoken
        .map(|(id, action, duty)| {
            let message = format!("`{}` answers later, and nothing says what the paid amount is compared with", action.name);
            Finding::new(Subject::Action(id), action.name.span, message).help(answer(action, DUTY, duty))
        })
        .collect()
}
