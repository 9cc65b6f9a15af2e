//! Resolves what notifications, events and later operations mention.

use super::Builder;
use crate::model::{EventId, JourneyId, Moments, Start, StepId, Subject};
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
            let (on, shown) = self.event_moments(id, form.on.as_ref());
            self.plan.events[id].on = on;
            self.plan.events[id].shown = shown;
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
    fn event_moments(&mut self, id: EventId, trigger: Option<&spec::Trigger>) -> (Moments, Vec<(StepId, Span)>) {
        let journey = self.plan.journey_at(self.plan.events[id].name.span);
        let Some(mut trigger) = trigger.cloned() else { return (Moments::default(), Vec::new()) };
        let mut shown = Vec::new();
        trigger.moments.retain(|mention| {
            let mut happens = || self.names.find_action(&mention.owner).is_some() || self.names.find_entity(&mention.owner).is_some();
            let step = if mention.member.is_some() || happens() { None } else { self.any_step(journey, &mention.owner) };
            shown.extend(step.map(|step| (step, mention.span)));
            step.is_none()
        });
        (self.names.moments(Some(&trigger)), shown)
    }

    /// A step by its name: of one journey, or, for what stands in no journey's file, of any.
    fn any_step(&self, journey: Option<JourneyId>, name: &str) -> Option<StepId> {
        match journey {
            Some(journey) => self.names.find_step(journey, name),
            None => self.plan.journeys.ids().find_map(|journey| self.names.find_step(journey, name)),
        }
    }

    fn anchor(&mut self, at: Span, anchor: &Name) {
        let journey = self.plan.journey_at(at);
        let is_step = self.any_step(journey, &anchor.text).is_some();
        if !is_step && self.names.find_entity(&anchor.text).is_none() && self.names.find_action(&anchor.text).is_none() {
            self.names.unknown(anchor, "a step, an entity or a backend action", "");
        }
    }
}
