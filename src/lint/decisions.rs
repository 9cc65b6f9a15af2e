//! Decisions: which findings they close, and which of them closed nothing.

use jiff::civil::Date;

use crate::finding::Finding;
use crate::model::{Plan, Subject};
use crate::rules::Closed;

/// Splits findings into those that are open and those that a decision closes, and counts what each decision closed.
///
/// A decision closes a finding of its rule that is about the thing it stands on, or about something in it. One that has passed its
/// `until` closes nothing.
pub(super) fn close(plan: &Plan, today: Date, found: Vec<Finding>, closed: &mut Vec<Closed>) -> (Vec<Finding>, Vec<(Finding, usize)>) {
    closed.resize(plan.decisions.len(), Closed::default());
    let (mut open, mut decided) = (Vec::new(), Vec::new());
    for finding in found {
        let answer = plan.decisions.iter().position(|at| at.rule.text == finding.rule && concerns(plan, at.subject, &finding));
        match answer {
            Some(index) => {
                closed[index].findings += 1;
                let has_passed = plan.decisions[index].decision.until.as_ref().is_some_and(|until| until.date < today);
                if has_passed { open.push(finding) } else { decided.push((finding, index)) }
            }
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
