//! See `missing_guarantee.md`.

use std::collections::HashSet;

use crate::analysis::is_only_used;
use crate::finding::{Finding, Level};
use crate::model::{ActionId, How, Journey, JourneyId, Nature, Plan, Subject};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::Name;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "missing-guarantee",
    group: Group::Structure,
    level: Level::Info,
    page: include_str!("missing_guarantee.md"),
    follows_from: &[FollowsFrom::in_journey("unknown-key")],
    phase: Phase::Plan,
    check,
};

/// What an action takes that somebody would want back.
enum Takes<'p> {
    Money,
    Place,
    Resource(&'p Name),
}

fn check(cx: &Context<'_>) -> Vec<Finding> {
    // A journey that others use is covered by theirs.
    let asked = cx.plan.journeys.iter().filter(|(id, journey)| journey.form.guarantee.is_none() && !is_only_used(cx.plan, *id));
    asked.filter_map(|(id, journey)| check_journey(cx, id, journey)).collect()
}

fn check_journey(cx: &Context<'_>, id: JourneyId, journey: &Journey) -> Option<Finding> {
    let (action, takes) = actions(cx.plan, id).into_iter().find_map(|action| Some((action, takes(cx.plan, action)?)))?;
    let name = &cx.plan.actions[action].name;
    let (what, guarantee) = match takes {
        Takes::Money => ("money".to_owned(), "Whoever does not get it keeps the money, or has it back within 3 days".to_owned()),
        Takes::Place => ("a place".to_owned(), "Whoever sees no confirmation has no place, and owes nothing".to_owned()),
        Takes::Resource(resource) => {
            (format!("`{resource}`"), format!("What goes wrong leaves no {resource} taken, and costs nobody anything"))
        }
    };
    let message = format!("`{name}` takes {what}, and `{}` does not say what people can rely on when it fails", journey.name);
    let finding = Finding::new(Subject::Journey(id), journey.name.span, message).label(name.span, format!("takes {what}"));
    Some(finding.help(format!("Write in one sentence what is true even then, for example:\nguarantee: {guarantee}")))
}

/// The actions that run in a journey, or in one that it uses, in the order of the steps.
fn actions(plan: &Plan, journey: JourneyId) -> Vec<ActionId> {
    let (mut actions, mut seen, mut open) = (Vec::new(), HashSet::from([journey]), vec![journey]);
    while let Some(journey) = open.pop() {
        for step in plan.journeys[journey].steps.iter().map(|step| &plan.steps[*step]) {
            actions.extend(step.runs.iter().filter(|run| matches!(run.how, How::Backend | How::Choice(_))).map(|run| run.action));
            if let Nature::Journey(Some(used)) = step.nature
                && seen.insert(used)
            {
                open.push(used);
            }
        }
    }
    actions
}

fn takes(plan: &Plan, action: ActionId) -> Option<Takes<'_>> {
    let form = &plan.actions[action].form;
    match plan.actions[action].kind() {
        "pay" | "subscribe" => return Some(Takes::Money),
        "book" => return Some(Takes::Place),
        _ => {}
    }
    let outcomes = || plan.outcomes(action).map(|(_, outcome)| outcome);
    let of_outcomes = outcomes().flat_map(|outcome| outcome.form.holds.iter());
    let of_states = outcomes().flat_map(|outcome| outcome.sets.iter()).flat_map(|state| plan.state(*state).form.holds.iter());
    form.holds.iter().chain(of_outcomes).chain(of_states).next().map(Takes::Resource)
}
