//! Puts what was found where it belongs in a picture.

use super::{Mark, View};
use crate::finding::Finding;
use crate::model::{EntityId, MoveBy, Plan, StepId, Subject};

/// Marks the steps that findings are about, with their numbers. What belongs to no step of this journey goes to the view itself,
/// unless it belongs to another journey.
pub fn mark(view: &mut View, plan: &Plan, findings: &[Finding]) {
    for (index, finding) in findings.iter().enumerate() {
        let steps = steps_of(plan, finding);
        let elsewhere = !steps.is_empty() && steps.iter().all(|step| plan.steps[*step].journey != view.journey);
        let of_another = plan.journey_at(finding.span()).is_some_and(|journey| journey != view.journey);
        if elsewhere || (steps.is_empty() && of_another) {
            continue;
        }
        // Its place among all that was found: the same in every picture of the plan, and in the report.
        let mark = Mark { number: index + 1, level: finding.level, rule: finding.rule, message: finding.message.clone() };
        // One finding is one mark, at the first step of this journey that it is about.
        match view.nodes.iter_mut().find(|node| node.step.is_some_and(|step| steps.contains(&step))) {
            Some(node) => node.marks.push(mark),
            None => view.marks.push(mark),
        }
    }
}

/// Marks the states that findings are about, with their numbers, in several lives at once.
pub fn mark_states(views: &mut [(EntityId, View)], findings: &[Finding]) {
    for (index, finding) in findings.iter().enumerate() {
        let place = finding.subjects.iter().find_map(|subject| match subject {
            Subject::State(state) => Some((state.entity, Some(state.index))),
            Subject::Entity(entity) => Some((*entity, None)),
            _ => None,
        });
        let Some((entity, state)) = place else { continue };
        let Some((_, view)) = views.iter_mut().find(|(of, _)| *of == entity) else { continue };
        let mark = Mark { number: index + 1, level: finding.level, rule: finding.rule, message: finding.message.clone() };
        match state.and_then(|state| view.nodes.get_mut(state)) {
            Some(node) => node.marks.push(mark),
            None => view.marks.push(mark),
        }
    }
}

/// The steps that a finding is about: those it names, or those that have to do with what it names.
pub fn steps_of(plan: &Plan, finding: &Finding) -> Vec<StepId> {
    let named = finding.subjects.iter().filter_map(|subject| match subject {
        Subject::Step(step) => Some(*step),
        _ => None,
    });
    let mut steps: Vec<StepId> = named.collect();
    steps.extend(finding.labels.iter().filter_map(|label| plan.step_at(label.span)));
    for subject in &finding.subjects {
        match subject {
            Subject::Action(action) => steps.extend(plan.actions[*action].run_at()),
            Subject::Outcome(outcome) => steps.extend(plan.actions[outcome.action].run_at()),
            // Where a state is entered; a message, where it leads.
            Subject::State(state) if steps.is_empty() => {
                let by = plan.state(*state).entered_by.iter();
                steps.extend(by.flat_map(|by| match by {
                    MoveBy::Outcome(outcome) => plan.actions[outcome.action].run_at().collect(),
                    MoveBy::Decision(step) => vec![*step],
                    MoveBy::Timeout(_) | MoveBy::Reaction(_) | MoveBy::Sent(_) => Vec::new(),
                }));
            }
            Subject::Notification(notification) if steps.is_empty() => steps.extend(plan.notifications[*notification].opens),
            Subject::Stage(stage) if steps.is_empty() => steps.extend(plan.stages[*stage].steps.first()),
            _ => {}
        }
    }
    steps
}
