//! See `policy_inconclusive.md`.

use crate::analysis::{Reason, Unfollowed, Verdict};
use crate::finding::{Finding, Level};
use crate::model::{Policy, PolicyId};
use crate::rules::policies::{called, finding};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "policy-inconclusive",
    group: Group::Plan,
    level: Level::Warning,
    page: include_str!("policy_inconclusive.md"),
    follows_from: &[FollowsFrom::in_plan("unknown-name"), FollowsFrom::in_plan("wrong-type"), FollowsFrom::in_plan("conflicting-keys")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let open = cx.verdicts().filter_map(|(id, policy, verdict)| match verdict {
        Verdict::Inconclusive(reason) => Some(open(id, policy, *reason)),
        _ => None,
    });
    open.collect()
}

fn open(id: PolicyId, policy: &Policy, reason: Reason) -> Finding {
    let (why, help) = match reason {
        Reason::Bound(0) => (
            "too many ways hang together here to look at them at once".to_owned(),
            "Speak of fewer things in one policy, or of the steps of one journey.",
        ),
        Reason::Bound(number) => (
            format!("nothing against it was found in {number} situations, and there are more"),
            "Look further with a larger `--max-states`, or speak of fewer things in one policy.",
        ),
        Reason::Unfollowed(Unfollowed::LateMessage) => (
            "a message that is sent later, or by the clock, is not followed".to_owned(),
            "Speak of what the message tells, not of the message.",
        ),
        Reason::Unfollowed(Unfollowed::Shown) => {
            ("what only fills a screen is not followed".to_owned(), "Speak of the step that shows it.")
        }
    };
    finding(id, policy, format!("whether {} holds could not be told: {why}", called(policy))).help(help)
}
