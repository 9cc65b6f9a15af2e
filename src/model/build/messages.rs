//! Resolves what notifications, events and later operations mention.

use super::Builder;
use crate::model::{EventId, Moments, Start, Subject};
use crate::source::Span;
use crate::spec::{self, Name};

impl Builder {
    pub(super) fn resolve_messages(&mut self) {
        for id in self.plan.notifications.ids() {
            let form = self.plan.notifications[id].form.clone();
            self.remarks.take(Subject::Notification(id), &form);
            let to = form.to.iter().filter_map(|role| self.names.role(role)).collect();
            let when = self.names.moments(form.when.as_ref());
            let cancel_when = self.names.moments(form.cancel_when.as_ref());
            let journey = self.plan.journey_at(self.plan.notifications[id].name.span);
            let opens = form.opens.as_ref().and_then(|link| link.step.as_ref()).and_then(|step| self.names.target(journey, step));
            let consent = form.consent.as_ref().and_then(|step| self.names.target(journey, step));
            if let Some(channel) = &form.channel
                && self.plan.catalogue.channel(&channel.text).is_none()
            {
                let known: Vec<_> = self.plan.catalogue.channels().map(|(name, _)| name.to_owned()).collect();
                self.names.unknown_word(channel, "how the message travels", known);
            }
            if let Some(step) = opens {
                self.plan.steps[step].starts.push(Start::Notification(id));
            }
            let notification = &mut self.plan.notifications[id];
            notification.to = to;
            notification.when = when;
            notification.cancel_when = cancel_when;
            notification.opens = opens;
            notification.consent = consent;
        }
        for id in self.plan.events.ids() {
            let form = self.plan.events[id].form.clone();
            self.remarks.take(Subject::Event(id), &form);
            self.plan.events[id].on = self.event_moments(id, form.on.as_ref());
        }
        for id in self.plan.later.ids() {
            let form = self.plan.later[id].form.clone();
            self.remarks.take(Subject::Later(id), &form);
            if let Some(anchor) = &form.attaches_to {
                self.anchor(self.plan.later[id].name.span, anchor);
            }
        }
        self.resolve_policies();
    }

    /// An event may hang on a step, which a rule objects to; the name is then no fault.
    fn event_moments(&mut self, id: EventId, trigger: Option<&spec::Trigger>) -> Moments {
        let journey = self.plan.journey_at(self.plan.events[id].name.span);
        let Some(mut trigger) = trigger.cloned() else { return Moments::default() };
        trigger.moments.retain(|mention| {
            mention.member.is_some() || journey.is_none_or(|journey| self.names.find_step(journey, &mention.owner).is_none())
        });
        self.names.moments(Some(&trigger))
    }

    fn anchor(&mut self, at: Span, anchor: &Name) {
        let journey = self.plan.journey_at(at);
        let is_step = match journey {
            Some(journey) => self.names.find_step(journey, &anchor.text).is_some(),
            None => self.plan.journeys.ids().any(|journey| self.names.find_step(journey, &anchor.text).is_some()),
        };
        if !is_step && self.names.find_entity(&anchor.text).is_none() && self.names.find_action(&anchor.text).is_none() {
            self.names.unknown(anchor, "a step, an entity or a backend action", "");
        }
    }
}
