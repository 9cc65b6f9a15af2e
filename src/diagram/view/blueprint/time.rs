//! Messages, waits and timers, each where it is caused.

use super::{Builder, Row, titled};
use crate::diagram::view::words::{moments, plain};
use crate::model::{MoveBy, Nature, StateId, Step, StepId, Waits};
use crate::spec::Deadline;

impl Builder<'_> {
    pub(super) fn messages(&mut self) {
        for (_, notification) in self.plan.notifications.iter() {
            let caused = notification.when.any.iter().flat_map(|(moment, _)| self.caused_at(*moment)).collect::<Vec<_>>();
            let Some(place) = caused.into_iter().find_map(|step| self.place_of(step)).or_else(|| self.best(notification.opens)) else {
                continue;
            };
            let to: Vec<String> = notification
                .to
                .iter()
                .map(|role| {
                    let role = &self.plan.roles[*role];
                    titled(role.form.title.as_ref(), &role.name.text)
                })
                .collect();
            let channel = notification.form.channel.as_ref().map(|name| {
                let known = self.plan.catalogue.channel(&name.text).and_then(|channel| channel.title.as_ref());
                titled(known, &name.text)
            });
            let by = channel.map(|channel| format!(": {channel}")).unwrap_or_default();
            let details = vec![format!("to {}{by}", to.join(", ")), moments(self.plan, &notification.when)];
            self.add(Row::Message, place, titled(notification.form.title.as_ref(), &notification.name.text), details);
        }
    }

    /// The steps at which something happens.
    pub(super) fn caused_at(&self, moment: crate::model::Moment) -> Vec<StepId> {
        use crate::model::Moment;
        match moment {
            Moment::State(state) => self.entered_at(state),
            Moment::Outcome(outcome) => self.plan.actions[outcome.action].run_at().collect(),
            Moment::Action(action) => self.plan.actions[action].run_at().collect(),
            Moment::Sent(..) => Vec::new(),
        }
    }

    /// The steps at which a thing comes into a state; where only time brings it there, those at which that time begins.
    pub(super) fn entered_at(&self, state: StateId) -> Vec<StepId> {
        let moved = |by: &MoveBy| match by {
            MoveBy::Outcome(outcome) => self.plan.actions[outcome.action].run_at().collect(),
            MoveBy::Decision(step) => vec![*step],
            _ => Vec::new(),
        };
        let entered_by = &self.plan.state(state).entered_by;
        let steps: Vec<StepId> = entered_by.iter().flat_map(moved).collect();
        if !steps.is_empty() {
            return steps;
        }
        let timed = entered_by.iter().filter_map(|by| match by {
            MoveBy::Timeout(of) | MoveBy::Reaction(of) => Some(*of),
            _ => None,
        });
        timed.flat_map(|of| self.plan.state(of).entered_by.iter().flat_map(moved)).collect()
    }

    pub(super) fn timers(&mut self) {
        for index in 0..self.view.nodes.len() {
            let Some(step) = self.view.nodes[index].step.map(|step| &self.plan.steps[step]) else { continue };
            let mut details = Vec::new();
            if let Nature::Wait(waits) = step.nature {
                details.push(self.waits(step, waits));
            }
            if let Some(Deadline::After(within)) = &step.form.within {
                details.push(format!("at most {}", within.text));
            }
            if let Some(every) = &step.form.every {
                details.push(format!("every {}", every.text));
            }
            details.extend(self.called(step.form.escalate.as_ref()));
            if let Some(&place) = self.columns.get(&index).filter(|_| !details.is_empty()) {
                self.add(Row::Time, place, self.view.nodes[index].title.clone(), details);
            }
        }
        for (entity, form) in self.plan.entities.iter() {
            for (id, state) in self.plan.states(entity) {
                let mut details = Vec::new();
                if let Some(timeout) = &state.form.timeout {
                    let after = timeout.after.as_ref().map(|after| format!("after {}", after.text)).unwrap_or_default();
                    let asks = timeout.checks.as_ref().map(|checks| format!(", having asked {}", plain(&checks.text))).unwrap_or_default();
                    let becomes = timeout.becomes.as_ref().map(|state| format!(" → {}", plain(&state.text))).unwrap_or_default();
                    details.push(format!("{after}{becomes}{asks}"));
                }
                details.extend(self.called(state.form.escalate.as_ref()));
                let Some(place) = self.best(self.entered_at(id)).filter(|_| !details.is_empty()) else { continue };
                let what = format!("{} {}", titled(form.form.title.as_ref(), &form.name.text), plain(&state.name.text));
                self.add(Row::Time, place, what, details);
            }
        }
    }

    pub(super) fn waits(&self, step: &Step, waits: Waits) -> String {
        match waits {
            Waits::Time => match &step.form.wait {
                Some(crate::spec::Wait::For(time)) => format!("waits {}", time.text),
                _ => "waits".to_owned(),
            },
            Waits::Action(action) => format!("waits for an answer to {}", plain(self.plan.actions[action].title())),
            Waits::Entity(entity) => format!("waits for the {}", plain(self.plan.entities[entity].title()).to_lowercase()),
            Waits::Role(role) => format!("waits for {}", plain(self.plan.roles[role].title())),
            Waits::Unknown => "waits".to_owned(),
        }
    }

    pub(super) fn called(&self, escalate: Option<&crate::spec::Escalate>) -> Option<String> {
        let escalate = escalate?;
        let to = escalate.to.as_ref()?;
        let role = self.plan.roles.iter().find(|(_, role)| role.name.text == to.text);
        let to = role.map_or_else(|| plain(&to.text), |(_, role)| titled(role.form.title.as_ref(), &role.name.text));
        Some(format!("nobody acts for {}: {to} is called", escalate.after.as_ref()?.text))
    }
}
