//! See `charge_without_idempotency.md`.

use crate::finding::{Finding, Level};
use crate::model::Subject;
use crate::rules::duties::{MONEY, answer, unspoken};
use crate::rules::{Context, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "charge-without-idempotency",
    group: Group::Money,
    level: Level::Error,
    page: include_str!("charge_without_idempotency.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

const DUTY: &str = "idempotent";

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let unspoken = unspoken(cx.plan, DUTY).into_iter().filter(|(_, action, _)| MONEY.contains(&action.kind()));
    unspoken
        .map(|(id, action, duty)| {
            let message = format!("`{}` moves money, and nothing says what keeps a second request from moving it again", action.name);
            Finding::new(Subject::Action(id), action.name.span, message).help(answer(action, DUTY, duty))
        })
        .collect()
}
