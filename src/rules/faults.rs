//! Turns faults of form and names into findings, for the rules of the group `language`.

use super::Context;
use crate::finding::Finding;
use crate::model::Subject;
use crate::spec::Fault;

/// The findings for the faults that a rule has words for.
pub(super) fn faults(cx: &Context<'_>, word: impl Fn(&Fault) -> Option<Finding>) -> Vec<Finding> {
    cx.plan.faults.iter().filter_map(word).collect()
}

/// A finding at the place of a fault.
pub(super) fn at(cx: &Context<'_>, fault: &Fault, message: String) -> Finding {
    let step = cx.plan.step_at(fault.span).map(Subject::Step);
    let subject = step.or_else(|| cx.plan.journey_at(fault.span).map(Subject::Journey)).unwrap_or(Subject::Plan);
    Finding::new(subject, fault.span, message)
}
