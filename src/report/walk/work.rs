//! What happens behind the walk: actions with their results, and what systems send unasked.

use serde::Serialize;

use super::{Change, Term, sets, terms};
use crate::model::{ActionId, Id as _, Plan};
use crate::report::content::words::{clean, guard, system_title};
use crate::rules::outcome_name;

#[derive(Debug, Serialize)]
pub(super) struct Work {
    name: String,
    system: String,
    is_later: bool,
    creates: Vec<usize>,
    outcomes: Vec<Outcome>,
}

#[derive(Debug, Serialize)]
struct Outcome {
    what: String,
    text: String,
    class: &'static str,
    sets: Vec<Change>,
    when: Vec<Term>,
    when_text: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Sends {
    what: String,
    system: String,
    sets: Vec<Change>,
}

pub(super) fn work(plan: &Plan, id: ActionId) -> Work {
    let action = &plan.actions[id];
    let created = plan.entities.iter().filter(|(_, entity)| action.form.creates.contains(&entity.name));
    let outcomes = plan.outcomes(id).map(|(outcome, of)| Outcome {
        what: outcome_name(plan, outcome),
        text: match &of.form.title {
            Some(title) => format!("{}: {}", of.name, clean(&title.text)),
            None => of.name.text.clone(),
        },
        class: of.class.word(),
        sets: sets(plan, &of.form.sets),
        when: terms(&of.when),
        when_text: guard(plan, &of.when),
    });
    Work {
        name: action.name.text.clone(),
        system: action.system.map(|system| system_title(plan, system)).unwrap_or_default(),
        is_later: action.answers_later(),
        creates: created.map(|(id, _)| id.index()).collect(),
        outcomes: outcomes.collect(),
    }
}

pub(super) fn sends(plan: &Plan) -> Vec<Sends> {
    let sends = plan.systems.iter().flat_map(|(id, system)| {
        let sent = system.form.sends.iter();
        sent.map(move |(name, outcome)| Sends {
            what: format!("{}.{name}", system.name),
            system: system_title(plan, id),
            sets: sets(plan, &outcome.sets),
        })
    });
    sends.collect()
}
