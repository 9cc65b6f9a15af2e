//! See `policy_needs_patience.md`.

use crate::analysis::{Counter, Verdict};
use crate::finding::{Finding, Level};
use crate::model::{Policy, PolicyId};
use crate::rules::policies::{called, finding};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "policy-needs-patience",
    group: Group::Plan,
    level: Level::Info,
    page: include_str!("policy_needs_patience.md"),
    follows_from: &[
        FollowsFrom::in_plan("unknown-name"),
        FollowsFrom::in_plan("wrong-type"),
        FollowsFrom::in_plan("conflicting-keys"),
        FollowsFrom::in_journey("endless-retry"),
        FollowsFrom::in_journey("cannot-finish"),
    ],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let patient = cx.verdicts().filter_map(|(id, policy, verdict)| match verdict {
        Verdict::Patience(counter) => Some(patient(cx, id, policy, counter)),
        _ => None,
    });
    patient.collect()
}

fn patient(cx: &Context<'_>, id: PolicyId, policy: &Policy, counter: &Counter) -> Finding {
    let message = format!("{} holds only if people keep trying", called(policy));
    let help = "Give the round an end: say how often (`times: 3`, and what follows then in `exhausted`), or how long (`within`, and what \
                follows then in `timeout`). If people may go round as long as they like, decide so:\n\
                decided: {policy-needs-patience: ..}";
    finding(id, policy, message).help(help).path(cx.counter_steps(counter))
}
