//! See `policy_vacuous.md`.

use crate::analysis::{Part, Verdict};
use crate::finding::{Finding, Level};
use crate::model::{Policy, PolicyId};
use crate::rules::policies::{called, finding, place};
use crate::rules::words::quoted_or;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::{Mention, OneOrMany};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "policy-vacuous",
    group: Group::Plan,
    level: Level::Warning,
    page: include_str!("policy_vacuous.md"),
    // What never happens is told where it stands.
    follows_from: &[
        FollowsFrom::in_plan("unknown-name"),
        FollowsFrom::in_plan("wrong-type"),
        FollowsFrom::in_plan("conflicting-keys"),
        FollowsFrom::in_journey("no-entrance"),
        FollowsFrom::in_journey("unreachable-step"),
        FollowsFrom::in_plan("unreachable-state"),
        FollowsFrom::in_plan("unused-backend-action"),
    ],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let vacuous = cx.verdicts().filter_map(|(id, policy, verdict)| match verdict {
        Verdict::Vacuous(part) => Some(vacuous(id, policy, *part)),
        _ => None,
    });
    vacuous.collect()
}

fn vacuous(id: PolicyId, policy: &Policy, part: Part) -> Finding {
    let any = |mentions: &OneOrMany<Mention>| quoted_or(&mentions.iter().map(ToString::to_string).collect::<Vec<_>>());
    let form = &policy.form;
    let (from, to) = match &form.between.0[..] {
        [from, to] => (from, to),
        _ => (&form.after, &form.before),
    };
    let why = match part {
        Part::First => format!("{} never happens", place(policy, 0)),
        Part::Second => format!("{} never happens", place(policy, 1)),
        Part::After => format!("{} never happens", any(from)),
        Part::Before => format!("{} never happens", any(to)),
        Part::Together => "what it asks about never happens where it counts".to_owned(),
    };
    let help =
        "Name what really happens in this plan, or give the plan a way on which this does. A law that nothing can break protects nobody.";
    finding(id, policy, format!("{} says nothing: {why}", called(policy))).help(help)
}
