//! Which step a target means: of the same journey, of another, or of whichever has it.

use super::names::{Kind, Names};
use crate::model::ids::Id as _;
use crate::model::{JourneyId, StepId};
use crate::source::Span;
use crate::spec::{FaultKind, Name, Target, To};

impl Names {
    /// The step a target names, seen from a journey; `stay` and `back` are the caller's.
    pub(in crate::model) fn target(&mut self, journey: Option<JourneyId>, target: &Target) -> Option<StepId> {
        match &target.to {
            To::Stay | To::Back => None,
            To::Step(step) => match journey {
                Some(journey) => self.step(journey, &Name { text: step.clone(), span: target.span }),
                None => self.step_anywhere(&Name { text: step.clone(), span: target.span }),
            },
            To::Journey(journey, step) => {
                let journey_length = u32::try_from(journey.len()).unwrap_or(0);
                let journey_span = Span { end: (target.span.start + journey_length).min(target.span.end), ..target.span };
                let journey = self.journey(&Name { text: journey.clone(), span: journey_span })?;
                match step {
                    Some(step) => {
                        let span = Span { start: (journey_span.end + 1).min(target.span.end), ..target.span };
                        self.step(journey, &Name { text: step.clone(), span })
                    }
                    None => self.steps.get(journey.index()).and_then(|steps| steps.first()).map(|(_, step)| *step),
                }
            }
        }
    }

    /// A step of a journey, if it has it.
    pub(in crate::model) fn find_step(&self, journey: JourneyId, name: &str) -> Option<StepId> {
        self.step_index.get(&(journey, name.to_owned())).copied()
    }

    fn step(&mut self, journey: JourneyId, name: &Name) -> Option<StepId> {
        let found = self.find_step(journey, &name.text);
        if found.is_none() {
            self.unknown_step(journey, name);
        }
        found
    }

    fn unknown_step(&mut self, journey: JourneyId, name: &Name) {
        let steps = self.steps.get(journey.index()).map_or(&[][..], Vec::as_slice);
        let near = self.near(&name.text, steps.iter().map(|(step, _)| step.as_str()));
        let is_in = |other: usize| self.step_index.contains_key(&(JourneyId::new(other), name.text.clone()));
        let elsewhere = (0..self.steps.len()).find(|other| is_in(*other));
        let is_stage = self.stages.contains(&(journey, name.text.clone()));
        let other = match elsewhere {
            _ if is_stage => Some("a stage: name one of its steps".to_owned()),
            Some(other) => Some(format!("a step of another journey: write `{}/{}`", self.name_of(Kind::Journey, other), name.text)),
            None => self.things.get(&name.text).map(|(kind, ..)| kind.with_article().to_owned()),
        };
        let wanted = "a step of this journey".to_owned();
        let step = format!("stages:\n  follow-up:\n    {}: {{screen: What the person sees there, next: stay}}", name.text);
        let declare = if is_stage { String::new() } else { step };
        self.fault(name.span, FaultKind::UnknownName { name: name.text.clone(), wanted, nearest: near, other, declare });
    }

    fn step_anywhere(&mut self, name: &Name) -> Option<StepId> {
        let found: Vec<_> = self
            .steps
            .iter()
            .enumerate()
            .filter(|(_, steps)| steps.iter().any(|(step, _)| *step == name.text))
            .map(|(journey, _)| journey)
            .collect();
        match found[..] {
            [journey] => self.find_step(JourneyId::new(journey), &name.text),
            [] => {
                self.unknown_among(
                    name,
                    "a step".to_owned(),
                    &self.steps.iter().flatten().map(|(step, _)| step.clone()).collect::<Vec<_>>(),
                    String::new(),
                );
                None
            }
            _ => {
                let journeys: Vec<_> =
                    found.into_iter().map(|journey| format!("`{}/{}`", self.name_of(Kind::Journey, journey), name.text)).collect();
                let problem = format!("several journeys have a step `{}`", name.text);
                self.fault(name.span, FaultKind::Conflict { problem, help: format!("Write {}.", crate::spec::list_with(&journeys, "or")) });
                None
            }
        }
    }
}
