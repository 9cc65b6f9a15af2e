//! See `sent_twice.md`.

use crate::analysis::{Effect, Twice, twice};
use crate::finding::{Finding, Level};
use crate::model::{Action, ActionId, Nature, Plan, Subject};
use crate::rules::duties::MONEY;
use crate::rules::snippet::{OPEN, entry, under};
use crate::rules::words::state_name;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "sent-twice",
    group: Group::Money,
    level: Level::Error,
    page: include_str!("sent_twice.md"),
    follows_from: &[
        FollowsFrom::in_plan("unknown-name"),
        // The result that is missing may be the one that tells of the second.
        FollowsFrom::on_subject("required-outcome-missing"),
        FollowsFrom::on_subject("charge-without-idempotency"),
    ],
    phase: Phase::Plan,
    check,
};

/// Who only looks, or comes in, comes in once more.
const HARMLESS: [&str; 2] = ["read", "sign-in"];

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let asked = cx.plan.actions.iter().filter(|(_, action)| is_open(action));
    let found = asked.filter_map(|(id, action)| Some((id, action, twice(cx.plan, cx.courses(), id)?)));
    found.filter(|(.., twice)| is_by_a_person(cx.plan, twice)).map(|(id, action, twice)| finding(cx.plan, id, action, &twice)).collect()
}

/// Whether nothing says yet what becomes of a second one.
fn is_open(action: &Action) -> bool {
    let kind = action.kind();
    !MONEY.contains(&kind) && !HARMLESS.contains(&kind) && !action.has_duty("idempotent") && !action.has("duplicate")
}

fn is_by_a_person(plan: &Plan, twice: &Twice) -> bool {
    !matches!(plan.steps[twice.step].nature, Nature::Job(_) | Nature::Decide)
}

fn finding(plan: &Plan, id: ActionId, action: &Action, twice: &Twice) -> Finding {
    let name = &action.name.text;
    let message = match &twice.effect {
        Effect::Creates(entity) => {
            format!("`{name}` sent twice makes two of `{}`, and nothing says how the second one is recognised", plan.entities[*entity].name)
        }
        Effect::Moves(from, to, next) => format!(
            "`{name}` sent twice takes `{}` over `{}` to `{}` at once",
            state_name(plan, *from),
            plan.state(*to).name,
            plan.state(*next).name
        ),
        Effect::Takes(resource) => {
            format!("`{name}` sent twice takes `{resource}` twice, and nothing says how the second one is recognised")
        }
    };
    let duty = under(&["backend", name, "duties"], [entry("idempotent", OPEN)]);
    let result = under(&["backend", name, "outcomes"], [entry("duplicate", "")]);
    let help = format!(
        "Say by what a second one is recognised:\n{duty}\nOr give it a result of its own, and lead to what the first one made:\n{result}"
    );
    let step = &plan.steps[twice.step];
    Finding::new(Subject::Action(id), action.name.span, message)
        .help(help)
        .label(step.name.span, "sent from here")
        .about(Subject::Step(twice.step))
        .about(Subject::Outcome(twice.outcome))
}
