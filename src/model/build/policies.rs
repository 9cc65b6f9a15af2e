//! Resolves what policies speak of, and that each names one template.

use std::mem::take;

use super::Builder;
use crate::model::JourneyId;
use crate::spec::{self};

impl Builder {
    pub(super) fn resolve_policies(&mut self) {
        let policies = take(&mut self.plan.policies);
        for policy in &policies {
            self.check_templates(policy);
            let subject = self.file_subject(policy.span);
            self.remarks.take(subject, policy);
            for mention in policy.mentions() {
                let journey = self.plan.journey_at(policy.span);
                let is_local = mention.member.is_none() && self.is_policy_word(journey, &mention.owner);
                if !is_local {
                    self.names.moment(mention);
                }
            }
        }
        self.plan.policies = policies;
    }

    /// A policy names one template, with as many places as it has.
    fn check_templates(&mut self, policy: &spec::Policy) {
        let named = policy.templates();
        let words: Vec<String> = named.iter().map(|(template, _)| format!("`{template}`")).collect();
        match named[..] {
            // A template that is there and could not be read was reported.
            [] if self.plan.faults.iter().any(|fault| policy.span.start <= fault.span.start && fault.span.end <= policy.span.end) => {}
            [] => {
                let help = "Name one of them, such as `precedence: [pay-order.succeeded, make-drinks]`.";
                self.names.conflict(policy.span, "this policy names no template", help);
            }
            [(template, arguments)] => {
                let places = spec::TEMPLATES.iter().find(|(name, _)| *name == template).map_or(1, |(_, places)| *places);
                if places == 2 && arguments.0.len() != 2 {
                    let help =
                        format!("Write `{template}: [first, second]`; where any of several will do, `{template}: [[a, b], second]`.");
                    self.names.conflict(
                        policy.span,
                        format!("`{template}` speaks of two things, and {} stand here", arguments.0.len()),
                        help,
                    );
                }
            }
            _ => {
                let problem = format!("one policy names {}", spec::list_with(&words, "and"));
                self.names.conflict(policy.span, problem, "Make a policy of each.");
            }
        }
    }

    /// Whether a bare word of a policy names a step, a role, a notification or an end.
    fn is_policy_word(&mut self, journey: Option<JourneyId>, word: &str) -> bool {
        let journeys: Vec<_> = journey.map_or_else(|| self.plan.journeys.ids().collect(), |journey| vec![journey]);
        self.names.find_role(word).is_some()
            || self.names.find_notification(word).is_some()
            || journeys
                .iter()
                .any(|journey| self.names.find_step(*journey, word).is_some() || self.plan.journeys[*journey].end_kind(word).is_some())
    }
}
