//! What sets other ways going: from the steps where it happens to those that start then.

use std::collections::BTreeSet;

use super::flow::{Builder, push_once};
use super::words::plain;
use super::{Edge, EdgeKind};
use crate::model::{Moment, MoveBy, Plan, StepId};

impl Builder<'_> {
    /// Adds what sets other ways going.
    pub(super) fn across(&mut self) {
        let plan = self.plan;
        for (&to_step, &to) in &self.place {
            for (moment, _) in &plan.steps[to_step].when.any {
                let said = match moment {
                    Moment::State(state) => {
                        format!("{} {}", plain(plan.entities[state.entity].title()), plain(&plan.state(*state).name.text))
                    }
                    _ => String::new(),
                };
                for from in sources(plan, *moment).into_iter().filter_map(|step| self.place.get(&step).copied()) {
                    let known = self.view.edges.iter_mut().find(|edge| edge.kind == EdgeKind::Cross && edge.from == from && edge.to == to);
                    match known {
                        Some(edge) => push_once(&mut edge.causes, said.clone()),
                        None if from != to => {
                            let causes = if said.is_empty() { Vec::new() } else { vec![said.clone()] };
                            self.view.edges.push(Edge { from, to, causes, kind: EdgeKind::Cross, ways: Vec::new() });
                        }
                        None => {}
                    }
                }
            }
        }
    }
}

/// The steps at which something happens; none for what comes from outside or by time.
pub(super) fn sources(plan: &Plan, moment: Moment) -> BTreeSet<StepId> {
    match moment {
        Moment::State(state) => plan.state(state).entered_by.iter().flat_map(|by| moved_at(plan, *by)).collect(),
        Moment::Outcome(outcome) => plan.actions[outcome.action].run_at().collect(),
        Moment::Action(action) => plan.actions[action].run_at().collect(),
        Moment::Sent(..) => BTreeSet::new(),
    }
}

/// The steps at which an entity is moved so.
fn moved_at(plan: &Plan, by: MoveBy) -> Vec<StepId> {
    match by {
        MoveBy::Outcome(outcome) => plan.actions[outcome.action].run_at().collect(),
        MoveBy::Decision(step) => vec![step],
        _ => Vec::new(),
    }
}
