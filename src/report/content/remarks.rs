//! Open questions with their owners, and decisions with their reasons.

use jiff::civil::Date;

use super::words::{about, clean, said};
use crate::lint::Verdict;
use crate::model::Plan;

/// An open point.
#[derive(Debug)]
pub struct OpenQuestion {
    /// The question.
    pub ask: String,
    /// Who brings the answer; empty where nobody is named.
    pub owner: String,
    /// The day by which it is needed; empty where none is named.
    pub by: String,
    /// Whether that day is over.
    pub is_late: bool,
    /// What it is about.
    pub about: String,
}

/// Something that was decided.
#[derive(Debug)]
pub struct Decided {
    /// What it is about.
    pub about: String,
    /// What it decides: the rule it answers, or what the plan does without.
    pub what: String,
    /// The reason.
    pub why: String,
    /// Who decided; empty where nobody is named.
    pub by: String,
    /// The last day on which it holds; empty where it has none.
    pub until: String,
    /// Whether that day is over.
    pub has_passed: bool,
    /// How many findings it answers.
    pub answers: usize,
}

/// Every question, in the order of the files.
pub(super) fn questions(plan: &Plan, today: Date) -> Vec<OpenQuestion> {
    let questions = plan.questions.iter().map(|at| {
        let question = &at.question;
        OpenQuestion {
            ask: said(question.ask.as_ref()),
            owner: said(question.owner.as_ref()),
            by: question.by.as_ref().map(ToString::to_string).unwrap_or_default(),
            is_late: question.by.as_ref().is_some_and(|by| by.date < today),
            about: about(plan, at.subject),
        }
    });
    questions.collect()
}

/// Every decision, in the order of the files, then what journeys leave out, and what is ignored on purpose.
pub(super) fn decisions(plan: &Plan, verdict: &Verdict, today: Date) -> Vec<Decided> {
    let mut decisions: Vec<Decided> = plan
        .decisions
        .iter()
        .enumerate()
        .map(|(index, at)| Decided {
            about: about(plan, at.subject),
            what: format!("`{}`", at.rule),
            why: said(at.decision.why.as_ref()),
            by: said(at.decision.by.as_ref()),
            until: at.decision.until.as_ref().map(ToString::to_string).unwrap_or_default(),
            has_passed: at.has_passed(today),
            answers: verdict.decided.iter().filter(|(_, by)| *by == index).count(),
        })
        .collect();
    for (_, journey) in plan.journeys.iter() {
        let without = journey.form.without.iter();
        decisions.extend(
            without.map(|(stage, why)| {
                plain(format!("journey {}", clean(journey.title())), format!("without the stage `{stage}`"), &why.text)
            }),
        );
    }
    for (id, entity) in plan.entities.iter() {
        for (state, of) in plan.states(id) {
            let ignored = of.form.on.iter().filter_map(|(answer, reaction)| Some((answer, reaction.ignore.as_ref()?)));
            decisions.extend(ignored.map(|(answer, why)| {
                plain(format!("`{}.{}`", entity.name, plan.state(state).name), format!("ignores `{answer}`"), &why.text)
            }));
        }
    }
    decisions
}

fn plain(about: String, what: String, why: &str) -> Decided {
    Decided { about, what, why: clean(why), by: String::new(), until: String::new(), has_passed: false, answers: 0 }
}
