//! A thing of the walk: its states, and what time and late answers do to it.

use serde::Serialize;

use super::{Change, sets};
use crate::model::{EntityId, Id as _, Plan};
use crate::report::content;
use crate::report::content::words::entity_title;
use crate::rules::state_name;

#[derive(Debug, Serialize)]
pub(super) struct Thing {
    title: String,
    states: Vec<State>,
}

#[derive(Debug, Serialize)]
struct State {
    what: String,
    title: String,
    is_final: bool,
    then: Vec<usize>,
    goes_on: Vec<String>,
    /// After how long, and what it becomes and sets.
    #[serde(skip_serializing_if = "Option::is_none")]
    timeout: Option<(String, Vec<Change>)>,
    /// What it does with answers that arrive in it; nothing set where they are ignored.
    on: Vec<(String, Vec<Change>)>,
}

pub(super) fn thing(plan: &Plan, id: EntityId, told: &content::Thing) -> Thing {
    let own = |name: &crate::spec::Name| plan.entities[id].state(&name.text).map(|to| Change(id.index(), vec![(None, to)]));
    let states = plan.states(id).zip(&told.states).map(|((state_id, state), told)| State {
        what: state_name(plan, state_id),
        title: if told.title.is_empty() { told.name.clone() } else { told.title.clone() },
        is_final: state.is_final(),
        then: state.then.iter().filter(|then| then.entity == id).map(|then| then.index).collect(),
        goes_on: told.goes_on.clone(),
        timeout: state.form.timeout.as_ref().map(|timeout| {
            let after = timeout.after.as_ref().map(|after| after.text.clone()).unwrap_or_default();
            let moved = timeout.becomes.as_ref().and_then(own);
            (after, moved.into_iter().chain(sets(plan, &timeout.sets)).collect())
        }),
        on: state
            .form
            .on
            .iter()
            .map(|(answer, reaction)| {
                let moved = reaction.becomes.as_ref().and_then(own);
                (answer.to_string(), moved.into_iter().chain(sets(plan, &reaction.sets)).collect())
            })
            .collect(),
    });
    Thing { title: entity_title(plan, id), states: states.collect() }
}
