//! See `shipping_not_reported.md`.

use crate::finding::{Finding, Level};
use crate::model::{Action, ActionId, How, Subject};
use crate::rules::profiles::{demanded_at, why};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "shipping-not-reported",
    group: Group::Platform,
    level: Level::Error,
    page: include_str!("shipping_not_reported.md"),
    follows_from: &[FollowsFrom::on_subject("required-outcome-missing")],
    phase: Phase::Plan,
    check,
};

/// What the platform calls it.
const DEMAND: &str = "shipping-uploaded";

/// Words in the name of an action that reports to the payment service that something was sent or done.
const REPORTING: [&str; 12] = [
    "shipping",
    "shipment",
    "shipped",
    "ship",
    "delivery",
    "delivered",
    "dispatch",
    "service",
    "fulfilment",
    "report",
    "upload",
    "logistics",
];

/// Kinds of actions with the payment service that are about money alone.
const OF_MONEY: [&str; 4] = ["pay", "refund", "subscribe", "read"];

fn check(cx: &Context<'_>) -> Vec<Finding> {
    cx.plan.actions.iter().filter(|(_, action)| action.kind() == "pay").filter_map(|(id, action)| finding(cx, id, action)).collect()
}

fn finding(cx: &Context<'_>, id: ActionId, action: &Action) -> Option<Finding> {
    let plan = cx.plan;
    let mut paid_at =
        action.runs.iter().filter(|(step, run)| run.how != How::Shows && plan.is_for_people(*step) && cx.reach().is_reachable(*step));
    let (step, demand) = paid_at.find_map(|(step, _)| Some((*step, demanded_at(plan, *step, DEMAND)?)))?;
    if plan.actions.iter().any(|(_, other)| reports(action, other)) {
        return None;
    }
    let name = &action.name;
    let message = format!("people pay by `{name}` at `{}`, and nothing reports what was sent or done for the money", plan.steps[step].name);
    let ask = demand.ask.as_ref().map_or("", |ask| &ask.text);
    let system = action.system.map_or("..", |system| &plan.systems[system].name.text);
    let help = format!(
        "{ask}\nbackend:\n  upload-shipping-info:\n    kind: other\n    system: {system}\n    outcomes: [noted, not-noted, unknown]"
    );
    Some(
        Finding::new(Subject::Action(id), name.span, message)
            .about(Subject::Step(step))
            .label(plan.steps[step].name.span, "people pay here")
            .why(why(demand))
            .help(help),
    )
}

/// Whether an action reports to the payment service what was given for the money.
fn reports(pays: &Action, other: &Action) -> bool {
    let mut words = other.name.text.split('-');
    let is_named =
        words.clone().any(|word| word == "shipping") || (other.system == pays.system && words.any(|word| REPORTING.contains(&word)));
    is_named && other.is_run() && !OF_MONEY.contains(&other.kind())
}
