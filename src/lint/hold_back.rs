//! Holding back: a finding that follows from another waits until the other is answered, so that one cause is told once.

use std::collections::HashSet;

use crate::finding::{Finding, Level};
use crate::model::{JourneyId, Plan, Subject};
use crate::rules::{FollowsFrom, Group, Scope, find};

/// The rule whose findings mean that the rest of a file was not read.
pub(super) const UNREADABLE: &str = "unreadable-file";

/// Splits findings into those that are told and those that wait.
pub(super) fn split(plan: &Plan, findings: Vec<Finding>) -> (Vec<Finding>, Vec<Finding>) {
    let causes = Causes::of(plan, &findings);
    let waits: Vec<bool> = findings.iter().map(|finding| causes.explain(plan, finding)).collect();
    let mut told = Vec::new();
    let mut held_back = Vec::new();
    for (finding, waits) in findings.into_iter().zip(waits) {
        if waits { held_back.push(finding) } else { told.push(finding) }
    }
    (told, held_back)
}

/// What is known of the findings, for quick look-ups.
struct Causes {
    in_plan: HashSet<&'static str>,
    in_journey: HashSet<(&'static str, JourneyId)>,
    about: HashSet<(&'static str, Subject)>,
    /// Things in whose text something is at fault in form or names.
    misspelt: HashSet<Subject>,
}

impl Causes {
    fn of(plan: &Plan, findings: &[Finding]) -> Self {
        let mut causes = Self { in_plan: HashSet::new(), in_journey: HashSet::new(), about: HashSet::new(), misspelt: HashSet::new() };
        for finding in findings {
            causes.in_plan.insert(finding.rule);
            for subject in &finding.subjects {
                causes.about.insert((finding.rule, *subject));
                causes.in_journey.extend(journey_of(plan, *subject).map(|journey| (finding.rule, journey)));
            }
            if find(finding.rule).is_some_and(|rule| rule.group == Group::Language && rule.level == Level::Error) {
                causes.misspelt.extend(holders(plan, finding));
            }
        }
        causes
    }

    fn explain(&self, plan: &Plan, finding: &Finding) -> bool {
        // What a file declares past the place where reading stopped is not known, and no name is wrong for that.
        if is_of_language(finding) {
            return finding.rule == "unknown-name" && self.in_plan.contains(UNREADABLE);
        }
        let follows_from = find(finding.rule).map_or(&[][..], |rule| rule.follows_from);
        self.in_plan.contains(UNREADABLE)
            || finding.subjects.iter().any(|subject| self.misspelt.contains(subject))
            || follows_from.iter().any(|cause| self.has(plan, cause, finding))
    }

    fn has(&self, plan: &Plan, cause: &FollowsFrom, finding: &Finding) -> bool {
        match cause.scope {
            Scope::Plan => self.in_plan.contains(cause.rule),
            Scope::Journey => {
                let journeys: HashSet<_> = finding.subjects.iter().filter_map(|subject| journey_of(plan, *subject)).collect();
                journeys.into_iter().any(|journey| self.in_journey.contains(&(cause.rule, journey)))
            }
            Scope::Subject => finding.subjects.iter().any(|subject| self.about.contains(&(cause.rule, *subject))),
        }
    }
}

fn is_of_language(finding: &Finding) -> bool {
    find(finding.rule).is_some_and(|rule| rule.group == Group::Language)
}

fn journey_of(plan: &Plan, subject: Subject) -> Option<JourneyId> {
    let mut at = Some(subject);
    while let Some(subject) = at {
        if let Subject::Journey(journey) = subject {
            return Some(journey);
        }
        at = plan.parent(subject);
    }
    None
}

/// The declared things whose text holds the place of a finding.
fn holders(plan: &Plan, finding: &Finding) -> Vec<Subject> {
    let span = finding.span();
    let holds = |name: crate::source::Span, whole: crate::source::Span| {
        name.file == span.file && name.start <= span.start && span.end <= name.end.max(whole.end)
    };
    let mut found: Vec<Subject> = plan.step_at(span).map(Subject::Step).into_iter().collect();
    found.extend(plan.actions.iter().filter(|(_, action)| holds(action.name.span, action.form.span)).map(|(id, _)| Subject::Action(id)));
    for (id, _) in plan.entities.iter().filter(|(_, entity)| holds(entity.name.span, entity.form.span)) {
        found.push(Subject::Entity(id));
        found.extend(plan.states(id).filter(|(_, state)| holds(state.name.span, state.form.span)).map(|(state, _)| Subject::State(state)));
    }
    let notifications = plan.notifications.iter().filter(|(_, notification)| holds(notification.name.span, notification.form.span));
    found.extend(notifications.map(|(id, _)| Subject::Notification(id)));
    found
}
