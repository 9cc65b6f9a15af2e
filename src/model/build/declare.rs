//! Takes every declared name of every file into the tables of the plan, before any mention is looked at.

use std::mem::take;

use super::Builder;
use super::names::Kind;
use crate::catalogue;
use crate::model::ids::Id as _;
use crate::model::{
    Action, Entity, Event, Guard, Handler, Journey, JourneyId, Later, Moments, Notification, Outcome, Policy, Role, Stage, StageId, State,
    Step, StepId, Subject, Surface, System,
};
use crate::source::FileId;
use crate::spec::{self, Class, FaultKind, Id, Name};

impl Builder {
    pub(super) fn declare(&mut self, forms: &mut [(FileId, spec::File)]) {
        for (_, form) in &mut *forms {
            for (Id(name), form) in take(&mut form.surfaces).0 {
                if self.names.declare(Kind::Surface, &name, self.plan.surfaces.len()) {
                    self.plan.surfaces.add(Surface { name, form, used: false });
                }
            }
            for (Id(name), form) in take(&mut form.roles).0 {
                if self.names.declare(Kind::Role, &name, self.plan.roles.len()) {
                    self.plan.roles.add(Role { name, form, surface: None, used: false });
                }
            }
            for (Id(name), form) in take(&mut form.systems).0 {
                if self.names.declare(Kind::System, &name, self.plan.systems.len()) {
                    self.names.declare_system(texts(form.sends.iter().map(|(id, _)| id)), texts(form.can.iter()));
                    self.plan.systems.add(System { name, form, used: false });
                }
            }
            for (Id(name), form) in take(&mut form.accounts).0 {
                if self.names.declare(Kind::Account, &name, self.plan.accounts.len()) {
                    self.plan.accounts.push((name, form));
                }
            }
            for (Id(name), form) in take(&mut form.entities).0 {
                self.declare_entity(name, form);
            }
            for (Id(name), form) in take(&mut form.backend).0 {
                self.declare_action(name, form);
            }
            for (Id(name), answers) in take(&mut form.handlers).0 {
                if self.names.declare(Kind::Handler, &name, self.plan.handlers.len()) {
                    self.plan.handlers.push(Handler { name, answers, used: false });
                }
            }
            for (Id(name), form) in take(&mut form.notifications).0 {
                if self.names.declare(Kind::Notification, &name, self.plan.notifications.len()) {
                    let (when, cancel_when) = Default::default();
                    self.plan.notifications.add(Notification { name, form, to: Vec::new(), when, cancel_when, opens: None, consent: None });
                }
            }
            for (Id(name), form) in take(&mut form.events).0 {
                self.plan.events.add(Event { name, form, on: Moments::default(), shown: Vec::new() });
            }
            for (Id(name), form) in take(&mut form.later).0 {
                self.plan.later.add(Later { name, form });
            }
            for form in take(&mut form.policies) {
                self.plan.policies.add(Policy { form, journey: None, law: None });
            }
        }
        for (file, form) in forms {
            self.declare_journey(*file, take(form));
        }
    }

    fn declare_entity(&mut self, name: Name, mut form: spec::Entity) {
        if !self.names.declare(Kind::Entity, &name, self.plan.entities.len()) {
            return;
        }
        self.names.declare_states(texts(form.states.iter().map(|(id, _)| id)), texts(form.fields.iter().map(|(id, _)| id)));
        let state = |(Id(name), form)| State {
            name,
            form,
            then: Vec::new(),
            entered_by: Vec::new(),
            waits_for: Vec::new(),
            reacts_to: Vec::new(),
            starts: Vec::new(),
        };
        let states = take(&mut form.states).0.into_iter().map(state).collect();
        self.plan.entities.add(Entity { name, form, owner: None, states, used: false });
    }

    fn declare_action(&mut self, name: Name, mut form: spec::Action) {
        if !self.names.declare(Kind::Action, &name, self.plan.actions.len()) {
            return;
        }
        self.names.declare_outcomes(texts(form.outcomes.iter().map(|(id, _)| id)));
        let outcomes = take(&mut form.outcomes).0.0;
        let kind = form.kind.as_ref().and_then(|kind| self.plan.catalogue.kind(&kind.text));
        let outcome = |(index, (Id(name), form)): (usize, (Id, spec::Outcome))| Outcome {
            class: class(&name, &form, index, kind),
            name,
            form,
            sets: Vec::new(),
            when: Guard::default(),
        };
        let outcomes = outcomes.into_iter().enumerate().map(outcome).collect();
        let (needs, writes) = Default::default();
        self.plan.actions.add(Action { name, form, system: None, outcomes, needs, writes, runs: Vec::new(), checked_by: Vec::new() });
    }

    fn declare_journey(&mut self, file: FileId, mut form: spec::File) {
        let stages = take(&mut form.stages).0;
        let Some(Id(name)) = form.journey.clone() else {
            // A file without a journey holds shared words; what it decides or asks concerns the whole plan.
            self.remarks.take(Subject::Plan, &form);
            if let Some((stage, _)) = stages.first() {
                let at = stage.span;
                self.names.fault(
                    at,
                    FaultKind::MissingKey {
                        key: "journey",
                        place: "a plan file with stages",
                        example: "coffee-preorder",
                        doc: "The name of the journey that the stages belong to.",
                    },
                );
            }
            return;
        };
        let journey = JourneyId::new(self.plan.journeys.len());
        self.names.declare(Kind::Journey, &name, journey.index());
        self.remarks.take(Subject::Journey(journey), &form);
        self.plan.journeys.add(Journey {
            name,
            form,
            file,
            role: None,
            stages: Vec::new(),
            steps: Vec::new(),
            used_by: Vec::new(),
            first: None,
        });
        for (stage_name, stage) in stages {
            self.declare_stage(journey, stage_name, stage);
        }
    }

    fn declare_stage(&mut self, journey: JourneyId, name: Name, mut form: spec::Stage) {
        let kind = self.stage_kind(&name, &form);
        self.names.declare_stage(journey, &name);
        let stage = self.plan.stages.add(Stage { name, journey, kind, steps: Vec::new() });
        self.plan.journeys[journey].stages.push(stage);
        let steps = take(&mut form.steps.0).0;
        self.remarks.take(Subject::Stage(stage), &form);
        for (Id(name), form) in steps {
            self.declare_step(journey, stage, name, form);
        }
    }

    fn stage_kind(&mut self, name: &Name, form: &spec::Stage) -> Option<String> {
        let known: Vec<String> = self.plan.catalogue.stage_names().map(str::to_owned).collect();
        let written = form.kind.as_ref().unwrap_or(name);
        if known.contains(&written.text) {
            return Some(written.text.clone());
        }
        if form.kind.is_some() {
            self.names.unknown_word(written, "what kind of stage this is", known);
            return None;
        }
        let declare = format!("stages:\n  {}:\n    kind: review\n    steps:\n      ..", name.text);
        self.names.unknown_among(written, "a known stage; a stage of your own says its kind".to_owned(), &known, declare);
        None
    }

    fn declare_step(&mut self, journey: JourneyId, stage: StageId, name: Name, form: spec::Step) {
        let step = StepId::new(self.plan.steps.len());
        let steps = &self.plan.steps;
        self.names.declare_step(journey, &name, step, |earlier| steps[earlier].name.span);
        self.remarks.take(Subject::Step(step), &form);
        self.plan.steps.add(Step::declared(name, form, journey, stage));
        self.plan.stages[stage].steps.push(step);
        let journey = &mut self.plan.journeys[journey];
        journey.steps.push(step);
        journey.first.get_or_insert(step);
    }
}

/// How an outcome counts: as it says itself, as the catalogue says, and else by its place.
fn class(name: &Name, form: &spec::Outcome, index: usize, kind: Option<&spec::CatalogueKind>) -> Class {
    if form.interim {
        return Class::Interim;
    }
    let known_as = form.means.as_ref().unwrap_or(name);
    let known = kind.and_then(|kind| kind.outcomes.iter().find(|(id, _)| id.text == known_as.text)).and_then(|(_, outcome)| outcome.class);
    let by_place = if index == 0 { Class::Success } else { Class::Failure };
    known.unwrap_or(if catalogue::INTERIM.contains(&known_as.text.as_str()) { Class::Interim } else { by_place })
}

/// Declared names as texts.
pub(super) fn texts<'a>(ids: impl Iterator<Item = &'a Id>) -> Vec<String> {
    ids.map(|id| id.text.clone()).collect()
}
