//! Refusals that come after the money, for the rules that speak of them: one of checks, one of the making of what was paid for.

use std::collections::BTreeMap;

use super::Context;
use super::answers::place_of;
use super::snippet::{OPEN, under};
use super::words::{outcome_name, quoted};
use crate::analysis::Refusal;
use crate::finding::Finding;
use crate::model::{Action, ActionId, How, StepId, Subject};

/// Whether an action makes what people pay for, rather than check whether they may have it.
pub(super) fn is_making(action: &Action) -> bool {
    ["submit", "book"].contains(&action.kind()) || !action.form.creates.is_empty()
}

/// One finding for each step and action whose refusals come too late. The words say what is wrong about the refusals by name.
pub(super) fn findings<'p>(
    cx: &Context<'p>,
    refusals: impl IntoIterator<Item = Refusal<'p>>,
    say: impl Fn(&str) -> String,
    first: &str,
) -> Vec<Finding> {
    let mut groups: BTreeMap<(StepId, ActionId), Vec<Refusal<'_>>> = BTreeMap::new();
    for refusal in refusals {
        groups.entry((refusal.step, refusal.run.action)).or_default().push(refusal);
    }
    groups.into_iter().map(|((step, action), refusals)| finding(cx, step, action, &refusals, &say, first)).collect()
}

fn finding(
    cx: &Context<'_>,
    step: StepId,
    action: ActionId,
    refusals: &[Refusal<'_>],
    say: &impl Fn(&str) -> String,
    first: &str,
) -> Finding {
    let plan = cx.plan;
    let (name, refusal) = (&plan.steps[step].name.text, refusals[0]);
    let names = quoted(refusals.iter().map(|refusal| outcome_name(plan, refusal.outcome)));
    let refund = plan.actions.iter().find(|(_, action)| action.kind() == "refund").map_or(OPEN, |(_, action)| &action.name.text);
    let give_back = under(&["give-money-back"], [format!("job: {OPEN}"), format!("backend: {refund}"), format!("on: {OPEN}")]);
    let outcome = &plan.outcome(refusal.outcome).name;
    let answer = under(&[name.as_str(), "on"], [format!("{outcome}: give-money-back")]);
    let help = format!("{first} Or lead the refusal to a refund:\n{answer}\n{give_back}");
    let mut finding = Finding::new(Subject::Step(step), place_of(plan, refusal.run, refusal.way), say(&names)).help(help);
    finding =
        refusals.iter().fold(finding, |finding, refusal| finding.about(Subject::Outcome(refusal.outcome))).about(Subject::Action(action));
    let payments = plan.actions.iter().filter(|(_, action)| action.kind() == "pay");
    for (id, payment) in payments {
        let is_run = |how: &How| matches!(how, How::Backend | How::Choice(_));
        if payment.runs.iter().any(|(at, run)| is_run(&run.how) && plan.steps[*at].journey == plan.steps[step].journey) {
            finding = finding.about(Subject::Action(id)).label(payment.name.span, "takes the money");
        }
    }
    // A job begins where it fails: there is no way there to show.
    let path = cx.shortest_path(step);
    if path.len() > 1 { finding.path(path) } else { finding }
}
