//! The order in which findings are told: the core journey first, then by weight, then by place.

use std::cmp::Reverse;

use crate::finding::Finding;
use crate::model::{Plan, Subject};

/// Sorts findings so that the first is the most useful to answer.
pub(super) fn sort(plan: &Plan, findings: &mut [Finding]) {
    findings.sort_by_key(|finding| {
        let form_first = finding.rule != super::hold_back::UNREADABLE;
        (form_first, !is_core(plan, finding.subject()), Reverse(finding.level), finding.span(), finding.rule)
    });
}

/// Whether a subject belongs to a core journey.
fn is_core(plan: &Plan, subject: Subject) -> bool {
    let mut at = Some(subject);
    while let Some(subject) = at {
        if let Subject::Journey(journey) = subject {
            return plan.journeys[journey].form.core;
        }
        at = plan.parent(subject);
    }
    false
}
