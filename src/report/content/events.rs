//! What each event does to a thing in each of its states, and where one may come and nothing is said.

use super::words::{clean, code, entity_title, step_title};
use crate::analysis::{Extent, Limits, entered_at, transitions, unanswered};
use crate::model::{EntityId, Moment, MoveBy, Plan, StateId};
use crate::rules::{outcome_name, state_name};

/// A thing with the events that meet it.
#[derive(Debug)]
pub struct Matrix {
    /// What people read.
    pub title: String,
    /// The names of its states.
    pub states: Vec<String>,
    /// Each event, with what it does in each state.
    pub rows: Vec<(String, Vec<Does>)>,
    /// Whether every course of things was looked at.
    pub is_complete: bool,
}

/// What an event does in a state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Does {
    /// It does not come, or changes nothing.
    #[default]
    Nothing,
    /// What follows.
    So(String),
    /// It may come, and nobody has said what follows.
    Unsaid,
}

/// Every thing that something happens to.
pub(super) fn matrices(plan: &Plan) -> Vec<Matrix> {
    plan.entities.ids().map(|id| matrix(plan, id)).filter(|matrix| !matrix.rows.is_empty()).collect()
}

fn matrix(plan: &Plan, entity: EntityId) -> Matrix {
    let states: Vec<String> = plan.states(entity).map(|(_, state)| state.name.text.clone()).collect();
    let mut rows = Rows { width: states.len(), rows: Vec::new() };
    // What a state says itself comes before what an outcome would do there.
    for (id, state) in plan.states(entity) {
        for (answer, reaction) in state.form.on.iter() {
            let does = match (&reaction.becomes, &reaction.ignore) {
                (_, Some(why)) => format!("ignored: {}", clean(&why.text)),
                (Some(becomes), None) => becomes_text(&becomes.text),
                (None, None) => "stays as it is".to_owned(),
            };
            rows.put(code(&answer.to_string()), id, Does::So(does));
        }
    }
    for transition in transitions(plan, entity) {
        let to = becomes_text(&plan.state(transition.to).name.text);
        for (event, does) in events(plan, entity, transition.by, transition.to, &to) {
            rows.put(event, transition.from, Does::So(does));
        }
    }
    let (unsaid, extent) =
        if plan.entities[entity].is_moved() { unanswered(plan, entity, Limits::default()) } else { (Vec::new(), Extent::Whole) };
    for it in unsaid {
        rows.put(code(&outcome_name(plan, it.outcome)), it.state, Does::Unsaid);
    }
    rows.rows.sort_by(|(one, _), (two, _)| one.cmp(two));
    Matrix { title: entity_title(plan, entity), states, rows: rows.rows, is_complete: extent == Extent::Whole }
}

fn becomes_text(state: &str) -> String {
    format!("→ {}", code(state))
}

/// What a mover is called as an event, and what it does.
fn events(plan: &Plan, entity: EntityId, by: MoveBy, into: StateId, to: &str) -> Vec<(String, String)> {
    match by {
        MoveBy::Outcome(outcome) => vec![(code(&outcome_name(plan, outcome)), to.to_owned())],
        MoveBy::Timeout(state) if state.entity == entity => {
            let after = plan.state(state).form.timeout.as_ref().and_then(|timeout| timeout.after.as_ref());
            vec![("time".to_owned(), after.map_or_else(|| to.to_owned(), |after| format!("after {after} {to}")))]
        }
        MoveBy::Timeout(state) => vec![(format!("time in {}", code(&state_name(plan, state))), to.to_owned())],
        // What the thing's own states say is told there.
        MoveBy::Reaction(state) if state.entity == entity => Vec::new(),
        MoveBy::Reaction(state) => vec![(format!("a late answer in {}", code(&state_name(plan, state))), to.to_owned())],
        MoveBy::Decision(step) => vec![(format!("the rule at {}", step_title(plan, step)), to.to_owned())],
        MoveBy::Sent(system) => {
            let sent = plan.systems[system].form.sends.iter().enumerate();
            let sets = sent.filter(|(index, _)| entered_at(plan, Moment::Sent(system, *index)).contains(&into));
            sets.map(|(_, (name, _))| (code(&format!("{}.{name}", plan.systems[system].name)), to.to_owned())).collect()
        }
    }
}

struct Rows {
    width: usize,
    rows: Vec<(String, Vec<Does>)>,
}

impl Rows {
    /// What was said first, stands.
    fn put(&mut self, event: String, state: StateId, does: Does) {
        let at = self.rows.iter().position(|(known, _)| *known == event).unwrap_or_else(|| {
            self.rows.push((event, vec![Does::Nothing; self.width]));
            self.rows.len() - 1
        });
        if let Some(cell) = self.rows[at].1.get_mut(state.index).filter(|cell| **cell == Does::Nothing) {
            *cell = does;
        }
    }
}
