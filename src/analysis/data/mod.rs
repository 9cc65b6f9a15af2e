//! What people are asked for, and what is known of it where it is needed.
//!
//! A field is known at a step where every way to it has gathered it. Ways go through journeys that are used as a step: what such a use
//! brings is what every way through it gathers up to the end with which it comes back. What is known of a thing in a state is what every
//! way to a move into that state has gathered; it is known again wherever somebody starts with that state, follows the thing, or takes a
//! way that is there only then.

mod avoiding;
mod fields;
mod flow;
mod gates;
mod must;

pub use fields::needed_by;

use super::{Path, Reach};
use crate::model::{Plan, StepId};
use crate::source::Span;
use crate::spec::Name;
use avoiding::Avoiding;
use fields::Fields;
use flow::Flow;

/// A field that is needed at a step, and that some way there has not gathered.
#[derive(Clone, Debug)]
pub struct Missing {
    /// The field.
    pub field: String,
    /// The step that needs it.
    pub step: StepId,
    /// Where it says so.
    pub span: Span,
    /// The shortest ways there on which nothing gathers it, one for each last hop, the shortest first.
    pub paths: Vec<Path>,
}

/// Every field that some way has not gathered where a step needs it, in the order of the steps. Of fields that nothing gathers at all it
/// does not speak.
pub fn missing(plan: &Plan, reach: &Reach) -> Vec<Missing> {
    let needs: Vec<(StepId, &Name)> = plan.steps.iter().flat_map(|(id, step)| needed_by(step).map(move |name| (id, name))).collect();
    missing_at(plan, reach, &needs)
}

/// The same for fields that are needed at some steps for any other reason.
pub fn missing_at(plan: &Plan, reach: &Reach, needs: &[(StepId, &Name)]) -> Vec<Missing> {
    let fields = Fields::new(plan, needs);
    if fields.names.is_empty() {
        return Vec::new();
    }
    let flow = Flow::new(plan, &fields);
    let mut users: Vec<Vec<(StepId, Span)>> = vec![Vec::new(); fields.names.len()];
    for (id, name) in needs.iter().filter(|(id, _)| reach.is_reachable(*id)) {
        let Some(field) = fields.position(name) else { continue };
        let is_known = flow.is_known(*id, field) || fields.gathered(&plan.steps[*id]).any(|own| own == field);
        if !is_known && users[field].last().is_none_or(|(last, _)| last != id) {
            users[field].push((*id, name.span));
        }
    }
    let mut found = Vec::new();
    for (field, users) in users.into_iter().enumerate().filter(|(_, users)| !users.is_empty()) {
        let avoiding = Avoiding::new(&flow, field);
        found.extend(users.into_iter().map(|(step, span)| Missing {
            field: fields.names[field].to_owned(),
            step,
            span,
            paths: avoiding.paths_to(step),
        }));
    }
    found.sort_by_key(|missing| (missing.step, missing.span));
    found
}
