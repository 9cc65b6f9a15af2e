//! Decisions: which findings they close, and which of them closed nothing.

use std::collections::HashMap;

use super::Orders;
use crate::finding::Finding;
use crate::model::{DecisionAt, Plan, Subject};
use crate::rules::{Closed, current};

/// Splits findings into those that are open and those that a decision closes, and counts what each decision closed.
///
/// A decision closes a finding of its rule that is about the thing it stands on, or about something in it. One that has passed its
/// `until` closes nothing. Where several answer one finding, each counts as used.
pub(super) fn close(plan: &Plan, orders: &Orders, found: Vec<Finding>, closed: &mut Vec<Closed>) -> (Vec<Finding>, Vec<(Finding, usize)>) {
    let is_unasked = |at: &DecisionAt| orders.of(at.rule.span.file).is_off(current(&at.rule.text));
    closed.extend(plan.decisions.iter().map(|at| Closed { findings: 0, unasked: is_unasked(at) }));
    let mut on_rule: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, at) in plan.decisions.iter().enumerate() {
        on_rule.entry(current(&at.rule.text)).or_default().push(index);
    }
    let (mut open, mut decided) = (Vec::new(), Vec::new());
    for finding in found {
        let mut closed_by = None;
        for index in on_rule.get(finding.rule).into_iter().flatten().copied() {
            let at = &plan.decisions[index];
            if concerns(plan, at.subject, &finding) {
                closed[index].findings += 1;
                closed_by = closed_by.or((!at.has_passed(orders.today)).then_some(index));
            }
        }
        match closed_by {
            Some(index) => decided.push((finding, index)),
            None => open.push(finding),
        }
    }
    (open, decided)
}

/// Whether a finding is about something, or about a thing in it.
fn concerns(plan: &Plan, holder: Subject, finding: &Finding) -> bool {
    finding.subjects.iter().any(|subject| {
        let mut at = Some(*subject);
        while let Some(subject) = at {
            if subject == holder {
                return true;
            }
            at = plan.parent(subject);
        }
        false
    })
}
