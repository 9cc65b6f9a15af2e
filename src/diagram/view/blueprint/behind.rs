//! What happens behind the screens.

use super::{Builder, Row, titled, titled_plain};
use crate::model::{ActionId, How, StepId};
use std::collections::BTreeMap;

impl Builder<'_> {
    pub(super) fn actions(&mut self) {
        let mut runs: BTreeMap<ActionId, Vec<StepId>> = BTreeMap::new();
        for step in self.view.nodes.iter().filter_map(|node| node.step) {
            for run in self.plan.steps[step].runs.iter().filter(|run| run.how != How::Wait) {
                runs.entry(run.action).or_default().push(step);
            }
        }
        for (id, steps) in runs {
            let Some(place) = self.best(steps) else { continue };
            let action = &self.plan.actions[id];
            let system = action.system.map(|system| {
                let system = &self.plan.systems[system];
                (titled(system.form.title.as_ref(), &system.name.text), system.form.external)
            });
            let mut details = Vec::new();
            if action.kind() != "read" {
                let outcomes: Vec<String> =
                    action.outcomes.iter().map(|outcome| titled_plain(outcome.form.title.as_ref(), &outcome.name.text)).collect();
                if outcomes.len() > 1 {
                    details.push(outcomes.join(", "));
                }
            }
            if action.answers_later() {
                details.push("answers later".to_owned());
            }
            self.add(Row::Backend, place, titled(action.form.title.as_ref(), &action.name.text), details).system = system;
        }
    }
}
