//! Decisions and questions with what they are about.

use super::Subject;
use crate::spec::{Decision, Meta, Name, Question};

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
    /// Takes what a part carries.
    pub(super) fn take(&mut self, subject: Subject, meta: &Meta) {
        let decisions = meta.decided.iter().map(|(rule, decision)| DecisionAt { subject, rule: rule.clone(), decision: decision.clone() });
        self.decisions.extend(decisions);
        let questions = meta.question.iter().map(|question| QuestionAt { subject, question: question.clone() });
        self.questions.extend(questions);
    }
}
