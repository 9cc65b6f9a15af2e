//! See `policy_violated.md`.

use crate::analysis::{Counter, Verdict};
use crate::finding::{Finding, Level};
use crate::model::{Policy, PolicyId, Template};
use crate::rules::policies::{broken, called, finding, scope};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "policy-violated",
    group: Group::Plan,
    level: Level::Error,
    page: include_str!("policy_violated.md"),
    // A plan that could not be read in full, or whose ways lead nowhere, breaks most laws.
    follows_from: &[
        FollowsFrom::in_plan("unknown-name"),
        FollowsFrom::in_plan("wrong-type"),
        FollowsFrom::in_plan("conflicting-keys"),
        FollowsFrom::in_journey("no-entrance"),
        FollowsFrom::in_journey("cannot-finish"),
        FollowsFrom::in_journey("dead-end"),
    ],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let violated = cx.verdicts().filter_map(|(id, policy, verdict)| match verdict {
        Verdict::Violated(counter) => Some(violated(cx, id, policy, counter)),
        _ => None,
    });
    violated.collect()
}

fn violated(cx: &Context<'_>, id: PolicyId, policy: &Policy, counter: &Counter) -> Finding {
    let template = policy.law.as_ref().map_or(Template::Existence, |law| law.template);
    let message = format!("{} does not hold: {}{}", called(policy), broken(policy, template), scope(policy));
    finding(id, policy, message).help(help(template)).path(cx.counter_steps(counter))
}

fn help(template: Template) -> &'static str {
    if template == Template::Possible {
        return "Give the plan a way to it, or take the policy out.";
    }
    "Mend the plan where this way should not be possible. If the way is right, say in the policy where it counts, with `after`, `before` \
     or `between`, or which other things will do: `[[a, b], c]`."
}
