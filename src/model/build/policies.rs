//! Resolves what policies speak of, and that each names one template.

use super::Builder;
use crate::model::{Atom, JourneyId, Law, Subject, Template};
use crate::spec::{self, Mention};

impl Builder {
    pub(super) fn resolve_policies(&mut self) {
        for id in self.plan.policies.ids() {
            let form = self.plan.policies[id].form.clone();
            self.remarks.take(Subject::Policy(id), &form);
            let journey = self.plan.journey_at(form.span);
            let law = self.law(journey, &form);
            let policy = &mut self.plan.policies[id];
            policy.journey = journey;
            policy.law = law;
        }
    }

    /// What a policy says; nothing where a part of it could not be read, which is then a fault.
    fn law(&mut self, journey: Option<JourneyId>, policy: &spec::Policy) -> Option<Law> {
        let template = self.template(policy);
        let resolve = |builder: &mut Self, places: &[spec::OneOrMany<Mention>]| -> Option<Vec<Vec<Atom>>> {
            // Every name is looked up, so that all that are wrong are told at once.
            let found: Vec<Option<Vec<Atom>>> = places.iter().map(|place| builder.atoms(journey, place)).collect();
            found.into_iter().collect()
        };
        let arguments: Vec<_> = policy.templates().into_iter().map(|(_, arguments)| resolve(self, &arguments.0)).collect();
        let between = resolve(self, &policy.between.0);
        let after = self.atoms(journey, &policy.after);
        let before = self.atoms(journey, &policy.before);
        let scope = self.scope(policy);
        let (mut after, mut before, between) = (after?, before?, between?);
        if let [from, to] = &between[..] {
            after.clone_from(from);
            before.clone_from(to);
        }
        let arguments = arguments.into_iter().next()??;
        let template = template.filter(|_| scope)?;
        Some(Law { template, arguments, after, before })
    }

    fn atoms(&mut self, journey: Option<JourneyId>, mentions: &spec::OneOrMany<Mention>) -> Option<Vec<Atom>> {
        let found: Vec<Option<Vec<Atom>>> = mentions.iter().map(|mention| self.atom(journey, mention)).collect();
        let found: Option<Vec<Vec<Atom>>> = found.into_iter().collect();
        found.map(|atoms| atoms.concat())
    }

    /// What a mention means: several things where several journeys have a step or an end of the name.
    fn atom(&mut self, journey: Option<JourneyId>, mention: &Mention) -> Option<Vec<Atom>> {
        if mention.member.is_none() {
            let word = &mention.owner;
            if let Some(role) = self.names.find_role(word) {
                return Some(vec![Atom::Role(role)]);
            }
            if let Some(notification) = self.names.find_notification(word) {
                return Some(vec![Atom::Notification(notification)]);
            }
            let journeys: Vec<_> = journey.map_or_else(|| self.plan.journeys.ids().collect(), |journey| vec![journey]);
            let steps: Vec<Atom> = journeys.iter().filter_map(|journey| self.names.find_step(*journey, word)).map(Atom::Step).collect();
            if !steps.is_empty() {
                return Some(steps);
            }
            let ends: Vec<Atom> = journeys.iter().filter_map(|journey| self.end_of(*journey, word)).collect();
            if !ends.is_empty() {
                return Some(ends);
            }
        }
        self.names.moment(mention).map(|moment| vec![Atom::Moment(moment)])
    }

    /// An end by its name. One of the four words is every end of that kind, whatever its name.
    fn end_of(&self, journey: JourneyId, word: &str) -> Option<Atom> {
        let of = &self.plan.journeys[journey];
        let kind = of.end_kind(word)?;
        let is_named = of.form.ends.iter().any(|(id, _)| id.text == word);
        Some(if is_named { Atom::End(journey, word.to_owned()) } else { Atom::EndKind(journey, kind) })
    }

    /// A policy names one template, with as many places as it has.
    fn template(&mut self, policy: &spec::Policy) -> Option<Template> {
        let named = policy.templates();
        let words: Vec<String> = named.iter().map(|(template, _)| format!("`{template}`")).collect();
        match named[..] {
            // A template that is there and could not be read was reported.
            [] if self.plan.faults.iter().any(|fault| policy.span.start <= fault.span.start && fault.span.end <= policy.span.end) => None,
            [] => {
                let help = "Name one of them, such as `precedence: [pay-order.succeeded, make-drinks]`.";
                self.names.conflict(policy.span, "this policy names no template", help);
                None
            }
            [(template, arguments)] => {
                let places = spec::TEMPLATES.iter().find(|(name, _)| *name == template).map_or(1, |(_, places)| *places);
                if arguments.0.len() == places {
                    return Template::of(template);
                }
                let (things, help) = if places == 2 {
                    (
                        "two things",
                        format!("Write `{template}: [first, second]`; where any of several will do, `{template}: [[a, b], second]`."),
                    )
                } else {
                    ("one thing", format!("Make a policy of each; where any of several will do, write `{template}: [[a, b]]`."))
                };
                self.names.conflict(policy.span, format!("`{template}` speaks of {things}, and {} stand here", arguments.0.len()), help);
                None
            }
            _ => {
                let problem = format!("one policy names {}", spec::list_with(&words, "and"));
                self.names.conflict(policy.span, problem, "Make a policy of each.");
                None
            }
        }
    }

    /// `between` has a beginning and an end, and says already what `after` and `before` would.
    fn scope(&mut self, policy: &spec::Policy) -> bool {
        let places = policy.between.0.len();
        if places != 0 && places != 2 {
            let help = "Write `between: [first, second]`; where any of several will do, `between: [[a, b], second]`.";
            self.names.conflict(policy.span, format!("`between` speaks of two things, and {places} stand here"), help);
            return false;
        }
        let is_doubled = places == 2 && !(policy.after.is_empty() && policy.before.is_empty());
        if is_doubled {
            let help = "Keep one: `between: [first, second]` says both.";
            self.names.conflict(policy.span, "one policy says `between` beside `after` or `before`", help);
        }
        !is_doubled
    }
}
