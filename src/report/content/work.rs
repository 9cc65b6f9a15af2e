//! Backend actions as a list of work: who builds them, what they owe, every result, who uses them.

use super::words::{clean, code, guard, runners, said, step_title, system_title};
use crate::model::{How, Outcome, Plan, StateId};
use crate::rules::state_name;

/// A backend action.
#[derive(Debug)]
pub struct Action {
    /// Its name.
    pub name: String,
    /// What people read, where that differs.
    pub title: String,
    /// What kind of work it is.
    pub kind: String,
    /// Who does it; empty where no system is named.
    pub system: String,
    /// Whether the result comes later.
    pub answers_later: bool,
    /// What it owes, and how it keeps it.
    pub duties: Vec<String>,
    /// Every result, and what it sets.
    pub outcomes: Vec<String>,
    /// Who uses it, and where.
    pub used_by: Vec<String>,
}

/// Every action.
pub(super) fn work(plan: &Plan) -> Vec<Action> {
    let actions = plan.actions.iter().map(|(id, action)| {
        let mut used_by = runners(plan, id);
        let shown = action.runs.iter().filter(|(_, run)| run.how == How::Shows);
        used_by.extend(shown.map(|(step, _)| format!("fills {}", step_title(plan, *step))));
        used_by.extend(action.checked_by.iter().map(|state| format!("the timer of {}", code(&state_name(plan, *state)))));
        Action {
            name: action.name.text.clone(),
            title: said(action.form.title.as_ref()),
            kind: action.kind().to_owned(),
            system: action.system.map(|system| system_title(plan, system)).unwrap_or_default(),
            answers_later: action.answers_later(),
            duties: action.form.duties.iter().map(|(duty, how)| format!("{duty}: {}", clean(&how.text))).collect(),
            outcomes: action.outcomes.iter().map(|outcome| result(plan, outcome)).collect(),
            used_by,
        }
    });
    actions.collect()
}

fn result(plan: &Plan, outcome: &Outcome) -> String {
    let sets: Vec<String> = outcome.sets.iter().map(|state: &StateId| code(&state_name(plan, *state))).collect();
    let sets = if sets.is_empty() { String::new() } else { format!(" → {}", sets.join(", ")) };
    let only = if outcome.when.is_empty() { String::new() } else { format!(" (only {})", guard(plan, &outcome.when)) };
    format!("{}{sets}{only}", outcome.name)
}
