//! From files to a plan: first every name is declared, then every mention is resolved, then the graph is built.

pub(super) mod names;
mod steps;
mod ways;

use std::collections::HashMap;
use std::mem::take;

use petgraph::graph::{DiGraph, NodeIndex};

use super::decisions::Remarks;
use super::ids::Id as _;
use super::{
    Action, Entity, Event, Guard, Handler, Journey, JourneyId, Later, MoveBy, Notification, Outcome, Plan, Role, Stage, StageId, Start,
    State, StateId, Step, StepId, Subject, Surface, System, Table,
};
use crate::catalogue::{self, Catalogue};
use crate::source::FileId;
use crate::spec::{self, Becomes, Class, Fault, FaultKind, Id, Name, Reaction, Sets};
use names::{Kind, Names};

/// The operations of API documents, by the document as `operation` names it. A document that cannot be read has the reason.
pub type Operations = HashMap<String, Result<Vec<String>, String>>;

/// What a plan is built from.
#[derive(Debug, Default)]
pub struct Input {
    /// The files, the root first, each with its form.
    pub files: Vec<(FileId, spec::File)>,
    /// What was at fault in their form.
    pub faults: Vec<Fault>,
    /// The API documents that they name.
    pub operations: Operations,
}

/// Builds the plan. What cannot be resolved is left out and kept as a fault.
pub fn build(input: Input) -> Plan {
    let mut builder = Builder::new(&input);
    let files: Vec<FileId> = input.files.iter().map(|(file, _)| *file).collect();
    let mut forms = input.files;
    builder.plan.faults = input.faults;
    builder.declare(&mut forms);
    builder.resolve_places();
    builder.resolve_actions();
    builder.resolve_entities();
    builder.resolve_steps();
    builder.resolve_messages();
    let plan = &mut builder.plan;
    plan.files = files;
    plan.operations = input.operations;
    builder.finish()
}

pub(super) struct Builder {
    pub(super) plan: Plan,
    pub(super) names: Names,
    pub(super) remarks: Remarks,
}

impl Builder {
    fn new(input: &Input) -> Self {
        let own: Vec<_> = input.files.iter().map(|(_, form)| &form.catalogue).filter(|own| own.span.end > 0).collect();
        let mut catalogue = Catalogue::built_in().clone();
        for own in own {
            catalogue = catalogue.extended_by(own);
        }
        let plan = Plan {
            journeys: Table::default(),
            stages: Table::default(),
            steps: Table::default(),
            actions: Table::default(),
            entities: Table::default(),
            roles: Table::default(),
            systems: Table::default(),
            surfaces: Table::default(),
            notifications: Table::default(),
            events: Table::default(),
            later: Table::default(),
            handlers: Vec::new(),
            policies: Vec::new(),
            accounts: Vec::new(),
            decisions: Vec::new(),
            questions: Vec::new(),
            catalogue,
            operations: HashMap::new(),
            faults: Vec::new(),
            files: Vec::new(),
            graph: DiGraph::new(),
        };
        Self { plan, names: Names::default(), remarks: Remarks::default() }
    }

    fn declare(&mut self, forms: &mut [(FileId, spec::File)]) {
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
                    self.plan.handlers.push(Handler { name, answers, used: std::cell::Cell::new(false) });
                }
            }
            for (Id(name), form) in take(&mut form.notifications).0 {
                if self.names.declare(Kind::Notification, &name, self.plan.notifications.len()) {
                    let (when, cancel_when) = Default::default();
                    self.plan.notifications.add(Notification { name, form, to: Vec::new(), when, cancel_when, opens: None, consent: None });
                }
            }
            for (Id(name), form) in take(&mut form.events).0 {
                self.plan.events.add(Event { name, form, on: super::Moments::default() });
            }
            for (Id(name), form) in take(&mut form.later).0 {
                self.plan.later.add(Later { name, form });
            }
            self.plan.policies.append(&mut form.policies);
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
        let stage = self.plan.stages.add(Stage { name, journey, kind, steps: Vec::new() });
        self.plan.journeys[journey].stages.push(stage);
        let steps = take(&mut form.steps.0).0;
        self.remarks.take(Subject::Stage(stage), &form);
        for (Id(name), form) in steps {
            self.declare_step(journey, stage, name, form);
        }
    }

    fn stage_kind(&mut self, name: &Name, form: &spec::Stage) -> Option<String> {
        let known: Vec<String> = self.plan.catalogue.stages().map(|(stage, _)| stage.to_owned()).collect();
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

    fn resolve_places(&mut self) {
        for id in self.plan.roles.ids() {
            let role = &mut self.plan.roles[id];
            role.surface = role.form.surface.as_ref().and_then(|surface| self.names.surface(surface));
            self.remarks.take(Subject::Role(id), &self.plan.roles[id].form);
        }
        for id in self.plan.surfaces.ids() {
            let form = &self.plan.surfaces[id].form;
            self.remarks.take(Subject::Surface(id), form);
            if let Some(profile) = &form.profile
                && self.plan.catalogue.profile(&profile.text).is_none()
            {
                let known: Vec<_> = self.plan.catalogue.profiles().map(|(name, _)| name.to_owned()).collect();
                self.names.unknown_word(profile, "which platform this is", known);
            }
        }
        for index in 0..self.plan.accounts.len() {
            let subject = self.file_subject(self.plan.accounts[index].0.span);
            self.remarks.take(subject, &self.plan.accounts[index].1);
            for surface in self.plan.accounts[index].1.joins.iter() {
                self.names.surface(surface);
            }
        }
        for id in self.plan.systems.ids() {
            let form = &self.plan.systems[id].form;
            self.remarks.take(Subject::System(id), form);
            if let Some(provider) = &form.provider
                && self.plan.catalogue.provider(&provider.text).is_none()
            {
                let known: Vec<_> = self.plan.catalogue.providers().map(|(name, _)| name.to_owned()).collect();
                self.names.unknown_word(provider, "which provider this is", known);
            }
            let sent: Vec<Sets> = form.sends.iter().map(|(_, outcome)| outcome.sets.clone()).collect();
            for sets in &sent {
                self.sets(sets, MoveBy::Sent(id));
            }
        }
        for id in self.plan.journeys.ids() {
            let form = &self.plan.journeys[id].form;
            let role = form.role.as_ref().and_then(|role| self.names.role(role));
            // Steps may all name their own; the mention counts, and is checked, all the same.
            form.surface.iter().for_each(|surface| {
                self.names.surface(surface);
            });
            let known: Vec<_> = self.plan.catalogue.stages().map(|(stage, _)| stage.to_owned()).collect();
            for (stage, _) in form.without.iter() {
                if !known.contains(&stage.text) {
                    self.names.unknown_word(stage, "what kind of stage this is", known.clone());
                }
            }
            self.plan.journeys[id].role = role;
        }
    }

    /// Resolves what something sets, and remembers it at the states.
    pub(super) fn sets(&mut self, sets: &Sets, by: MoveBy) -> Vec<StateId> {
        let mut reached = Vec::new();
        for (entity, becomes) in &sets.moves {
            let Some(entity) = self.names.entity(entity) else { continue };
            match becomes {
                Becomes::State(state) => reached.extend(self.names.state(entity, state)),
                Becomes::PerState(states) => {
                    for (before, after) in states.iter() {
                        let (before, after) = (self.names.state(entity, before), self.names.state(entity, after));
                        reached.extend(before.and(after));
                    }
                }
            }
        }
        for state in &reached {
            self.entered(*state, by);
        }
        reached
    }

    fn entered(&mut self, state: StateId, by: MoveBy) {
        let entered_by = &mut self.plan.entities[state.entity].states[state.index].entered_by;
        if !entered_by.contains(&by) {
            entered_by.push(by);
        }
    }

    fn resolve_actions(&mut self) {
        for id in self.plan.actions.ids() {
            let form = self.plan.actions[id].form.clone();
            self.remarks.take(Subject::Action(id), &form);
            self.check_kind_and_duties(&form);
            let system = form.system.as_ref().and_then(|system| self.names.system(system));
            if let (Some(system), Some(ability)) = (system, &form.ability) {
                self.names.ability(system, ability);
            }
            let needs = self.names.guard(form.needs.as_ref());
            let writes = form.writes.iter().chain(form.creates.iter()).filter_map(|entity| self.names.entity(entity)).collect();
            for index in 0..self.plan.actions[id].outcomes.len() {
                let outcome = self.plan.actions[id].outcomes[index].form.clone();
                let outcome_id = super::OutcomeId { action: id, index };
                self.remarks.take(Subject::Outcome(outcome_id), &outcome);
                self.check_means(&form, &outcome);
                let sets = self.sets(&outcome.sets, MoveBy::Outcome(outcome_id));
                let when = self.names.guard(outcome.when.as_ref());
                let resolved = &mut self.plan.actions[id].outcomes[index];
                resolved.sets = sets;
                resolved.when = when;
            }
            let action = &mut self.plan.actions[id];
            action.system = system;
            action.needs = needs;
            action.writes = writes;
        }
    }

    fn check_kind_and_duties(&mut self, form: &spec::Action) {
        if let Some(kind) = &form.kind
            && self.plan.catalogue.kind(&kind.text).is_none()
        {
            let known: Vec<_> = self.plan.catalogue.kinds().map(|(name, _)| name.to_owned()).collect();
            self.names.unknown_word(kind, "what kind of action this is", known);
        }
        let known: Vec<_> = self.plan.catalogue.duty_names().map(str::to_owned).collect();
        for (duty, _) in form.duties.iter() {
            if !known.contains(&duty.text) {
                self.names.unknown_word(duty, "which duty this is", known.clone());
            }
        }
    }

    fn check_means(&mut self, action: &spec::Action, outcome: &spec::Outcome) {
        let kind = action.kind.as_ref().and_then(|kind| Some((kind, self.plan.catalogue.kind(&kind.text)?)));
        if let (Some(means), Some((kind_name, kind))) = (&outcome.means, kind) {
            let known = texts(kind.outcomes.iter().map(|(id, _)| id));
            if !known.contains(&means.text) && !catalogue::INTERIM.contains(&means.text.as_str()) {
                self.names.unknown_word(means, &format!("which outcome of `kind: {kind_name}` this is"), known);
            }
        }
    }

    fn resolve_entities(&mut self) {
        for id in self.plan.entities.ids() {
            let form = self.plan.entities[id].form.clone();
            self.remarks.take(Subject::Entity(id), &form);
            let owner = form.owner.as_ref().and_then(|owner| self.names.system(owner));
            self.plan.entities[id].owner = owner;
            for (state, mover) in form.moved_by.iter() {
                self.names.state(id, state);
                mover.role.iter().for_each(|role| {
                    self.names.role(role);
                });
                mover.not.iter().for_each(|action| {
                    self.names.action(action);
                });
            }
            form.seen_by.iter().for_each(|role| {
                self.names.role(role);
            });
            for index in 0..self.plan.entities[id].states.len() {
                self.resolve_state(StateId { entity: id, index });
            }
        }
    }

    fn resolve_state(&mut self, id: StateId) {
        let form = self.plan.entities[id.entity].states[id.index].form.clone();
        self.remarks.take(Subject::State(id), &form);
        let mut then: Vec<StateId> = form.then.iter().filter_map(|state| self.names.state(id.entity, state)).collect();
        if let Some(timeout) = &form.timeout {
            self.resolve_timeout(id, timeout, &mut then);
        }
        let mut reacts_to = Vec::new();
        for (mention, reaction) in form.on.iter() {
            reacts_to.extend(self.names.moment(mention));
            self.reaction(id, reaction, MoveBy::Reaction(id), &mut then);
        }
        let mut waits_for = Vec::new();
        for name in form.waits_for.iter() {
            match self.names.find_role(&name.text) {
                Some(role) => waits_for.push(role),
                None if self.names.find_system(&name.text).is_some() => {}
                None => self.names.unknown(name, "a role or a system", &format!("roles:\n  {}: {{staff: true}}", name.text)),
            }
        }
        form.seen_by.iter().for_each(|role| {
            self.names.role(role);
        });
        if let Some(to) = form.escalate.as_ref().and_then(|escalate| escalate.to.as_ref()) {
            self.names.role(to);
        }
        let state = &mut self.plan.entities[id.entity].states[id.index];
        state.then = then;
        state.reacts_to = reacts_to;
        state.waits_for = waits_for;
    }

    fn resolve_timeout(&mut self, id: StateId, timeout: &spec::Timeout, then: &mut Vec<StateId>) {
        if let Some(state) = timeout.becomes.as_ref().and_then(|state| self.names.state(id.entity, state)) {
            add(then, state);
            self.entered(state, MoveBy::Timeout(id));
        }
        self.sets(&timeout.sets, MoveBy::Timeout(id));
        if let Some(system) = &timeout.by {
            self.names.system(system);
        }
        let checks = timeout.checks.as_ref().and_then(|action| self.names.action(action));
        for (mention, reaction) in timeout.on.iter() {
            match (checks, &mention.member) {
                (Some(action), None) => drop(self.names.outcome(action, &mention.owner_name())),
                _ => _ = self.names.moment(mention),
            }
            self.reaction(id, reaction, MoveBy::Timeout(id), then);
        }
        if let Some(action) = checks {
            self.plan.actions[action].checked_by.push(id);
        }
    }

    fn reaction(&mut self, id: StateId, reaction: &Reaction, by: MoveBy, then: &mut Vec<StateId>) {
        if let Some(reason) = reaction.ignore.as_ref().filter(|_| reaction.becomes.is_some() || !reaction.sets.moves.is_empty()) {
            self.names.conflict(reason.span, "the same answer moves something and is ignored", "Keep one of the two.");
        }
        if let Some(state) = reaction.becomes.as_ref().filter(|state| state.text != "stay")
            && let Some(state) = self.names.state(id.entity, state)
        {
            add(then, state);
            self.entered(state, by);
        }
        self.sets(&reaction.sets, by);
    }

    fn resolve_messages(&mut self) {
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
    fn event_moments(&mut self, id: super::EventId, trigger: Option<&spec::Trigger>) -> super::Moments {
        let journey = self.plan.journey_at(self.plan.events[id].name.span);
        let Some(mut trigger) = trigger.cloned() else { return super::Moments::default() };
        trigger.moments.retain(|mention| {
            mention.member.is_some() || journey.is_none_or(|journey| self.names.find_step(journey, &mention.owner).is_none())
        });
        self.names.moments(Some(&trigger))
    }

    fn anchor(&mut self, at: crate::source::Span, anchor: &Name) {
        let journey = self.plan.journey_at(at);
        let is_step = match journey {
            Some(journey) => self.names.find_step(journey, &anchor.text).is_some(),
            None => self.plan.journeys.ids().any(|journey| self.names.find_step(journey, &anchor.text).is_some()),
        };
        if !is_step && self.names.find_entity(&anchor.text).is_none() && self.names.find_action(&anchor.text).is_none() {
            self.names.unknown(anchor, "a step, an entity or a backend action", "");
        }
    }

    fn resolve_policies(&mut self) {
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

    /// What a remark is about that stands on something that is no subject: the journey of the file, or the plan.
    fn file_subject(&self, at: crate::source::Span) -> Subject {
        self.plan.journey_at(at).map_or(Subject::Plan, Subject::Journey)
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

    fn finish(mut self) -> Plan {
        for id in self.plan.roles.ids() {
            self.plan.roles[id].used = self.names.is_used(Kind::Role, id.index());
        }
        for id in self.plan.systems.ids() {
            self.plan.systems[id].used = self.names.is_used(Kind::System, id.index());
        }
        for id in self.plan.surfaces.ids() {
            self.plan.surfaces[id].used = self.names.is_used(Kind::Surface, id.index());
        }
        for id in self.plan.entities.ids() {
            self.plan.entities[id].used = self.names.is_used(Kind::Entity, id.index());
        }
        for (index, handler) in self.plan.handlers.iter().enumerate() {
            handler.used.set(self.names.is_used(Kind::Handler, index));
            self.remarks.take(self.file_subject(handler.name.span), &handler.answers);
        }
        self.plan.faults.append(&mut self.names.faults);
        self.plan.faults.sort_by_key(|fault| fault.span);
        self.plan.faults.dedup();
        self.plan.decisions = self.remarks.decisions;
        self.plan.decisions.sort_by_key(|at| at.rule.span);
        self.plan.questions = self.remarks.questions;
        self.plan.questions.sort_by_key(|at| at.question.span);
        self.plan
    }

    /// The graph, once every step knows its ways.
    pub(super) fn connect(&mut self, ways: Vec<Vec<super::Way>>) {
        let mut graph = DiGraph::with_capacity(ways.len(), ways.iter().map(Vec::len).sum());
        for _ in 0..ways.len() {
            graph.add_node(());
        }
        for (index, ways) in ways.into_iter().enumerate() {
            let first = u32::try_from(graph.edge_count()).expect("a plan has fewer than four billion ways");
            for way in ways {
                graph.add_edge(NodeIndex::new(index), NodeIndex::new(way.to.index()), way);
            }
            let last = u32::try_from(graph.edge_count()).expect("a plan has fewer than four billion ways");
            self.plan.steps[StepId::new(index)].ways = first..last;
        }
        self.plan.graph = graph;
    }
}

fn add(states: &mut Vec<StateId>, state: StateId) {
    if !states.contains(&state) {
        states.push(state);
    }
}

fn texts<'a>(ids: impl Iterator<Item = &'a Id>) -> Vec<String> {
    ids.map(|id| id.text.clone()).collect()
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
