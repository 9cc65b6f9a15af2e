//! What the catalogue demands that an action does to be safe, and the plan does not say how.

use super::demands::kind;
use super::snippet::{OPEN, entry, under};
use crate::model::{Action, ActionId, Plan};
use crate::spec::{CatalogueDuty, Demand};

/// The kinds of actions that move money.
pub(super) const MONEY: [&str; 3] = ["pay", "refund", "subscribe"];

/// The actions whose kind demands a duty that they do not speak of. An action whose results nobody has declared yet is left out: the
/// plan has not come to it.
pub(super) fn unspoken<'p>(plan: &'p Plan, duty: &str) -> Vec<(ActionId, &'p Action, &'p CatalogueDuty)> {
    let of_kind = |action: &Action| {
        let duties = &kind(plan, action)?.duties;
        duties.iter().find(|(name, _)| name.text == duty).map(|(_, known)| known).filter(|known| known.demand == Some(Demand::Required))
    };
    let is_spoken_of = |action: &Action| action.form.duties.iter().any(|(name, _)| name.text == duty);
    let begun = plan.actions.iter().filter(|(_, action)| !action.outcomes.is_empty() && !is_spoken_of(action));
    begun.filter_map(|(id, action)| Some((id, action, of_kind(action)?))).collect()
}

/// The question of the catalogue, with the lines that answer it.
pub(super) fn answer(action: &Action, duty: &str, known: &CatalogueDuty) -> String {
    let ask = known.ask.as_ref().map_or("How does it do that?", |ask| &ask.text);
    format!("{ask}\n{}", under(&["backend", &action.name.text, "duties"], [entry(duty, OPEN)]))
}
