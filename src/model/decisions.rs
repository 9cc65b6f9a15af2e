//! Decisions and questions with what they are about.

use jiff::civil::Date;

use super::Subject;
use crate::spec::{Decision, Form, Meta, Name, Question};

/// An explicit answer to a finding.
#[derive(Debug)]
pub struct DecisionAt {
    /// What it stands on.
    pub subject: Subject,
    /// The rule it answers.
    pub rule: Name,
    /// As declared.
    pub decision: Decision,
}

impl DecisionAt {
    /// Whether the last day on which it held is over.
    pub fn has_passed(&self, today: Date) -> bool {
        self.decision.until.as_ref().is_some_and(|until| until.date < today)
    }
}

/// An open point.
#[derive(Debug)]
pub struct QuestionAt {
    /// What it stands on.
    pub subject: Subject,
    /// As declared.
    pub question: Question,
}

/// Collects what the parts of a plan carry.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    pub(super) decisions: Vec<DecisionAt>,
    pub(super) questions: Vec<QuestionAt>,
}

impl Remarks {
    /// Takes what a part carries, and what anything in it carries that is no subject of its own, such as a choice of a step.
    pub(super) fn take(&mut self, subject: Subject, form: &impl Form) {
        form.metas(&mut |meta| self.take_one(subject, meta));
    }

    fn take_one(&mut self, subject: Subject, meta: &Meta) {
        let decisions = meta.decided.iter().map(|(rule, decision)| DecisionAt { subject, rule: rule.clone(), decision: decision.clone() });
        self.decisions.extend(decisions);
        let questions = meta.question.iter().map(|question| QuestionAt { subject, question: question.clone() });
        self.questions.extend(questions);
    }
}
