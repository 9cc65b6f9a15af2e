//! Which name means what. Every lookup that fails becomes a fault with the nearest names; every one that succeeds counts as a use.

use std::collections::{HashMap, HashSet};

use crate::model::ids::Id as _;
use crate::model::{ActionId, EntityId, JourneyId, NotificationId, OutcomeId, RoleId, StateId, StepId, SurfaceId, SystemId};
use crate::source::Span;
use crate::spec::{Fault, FaultKind, Mention, Name, nearest};

/// The kinds of names that are unique over the whole plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::model) enum Kind {
    Journey,
    Surface,
    Role,
    System,
    Account,
    Entity,
    Action,
    Notification,
    Handler,
}

impl Kind {
    pub(super) fn with_article(self) -> &'static str {
        match self {
            Self::Journey => "a journey",
            Self::Surface => "a surface",
            Self::Role => "a role",
            Self::System => "a system",
            Self::Account => "an account",
            Self::Entity => "an entity",
            Self::Action => "a backend action",
            Self::Notification => "a notification",
            Self::Handler => "a handler",
        }
    }

    /// How one is declared, with the name at fault in it.
    fn declaration(self, name: &str) -> String {
        match self {
            Self::Journey => format!("journey: {name}   # in a file of its own, named in `parts`"),
            Self::Surface => format!("surfaces:\n  {name}: {{job: What it is for}}"),
            Self::Role => format!("roles:\n  {name}: {{}}"),
            Self::System => format!("systems:\n  {name}: {{}}"),
            Self::Account => format!("accounts:\n  {name}: {{joins: [website, app], by: e-mail address}}"),
            Self::Entity => format!("entities:\n  {name}:\n    states: {{open: [closed], closed: end}}"),
            Self::Action => format!(
                "backend:\n  {name}:\n    kind: other   # or what it is: `flowcheck catalogue` lists the kinds\n    system: ..\n    outcomes: [.., unknown]"
            ),
            Self::Notification => format!("notifications:\n  {name}: {{to: member, channel: email, when: order.paid}}"),
            Self::Handler => format!("handlers:\n  {name}: {{unknown: stay}}"),
        }
    }
}

/// After so many faults nobody is told any more what was probably meant.
const MOST_GUESSES: usize = 200;

/// The names of a plan while it is being built.
#[derive(Debug, Default)]
pub(in crate::model) struct Names {
    pub(super) things: HashMap<String, (Kind, usize, Span)>,
    /// For each kind, its names in order of declaration, so that suggestions are the same on every run.
    by_kind: HashMap<Kind, Vec<String>>,
    states: Vec<Vec<String>>,
    fields: Vec<Vec<String>>,
    outcomes: Vec<Vec<String>>,
    sends: Vec<Vec<String>>,
    abilities: Vec<Vec<String>>,
    pub(super) steps: Vec<Vec<(String, StepId)>>,
    pub(super) step_index: HashMap<(JourneyId, String), StepId>,
    pub(super) stages: HashSet<(JourneyId, String)>,
    used: HashSet<(Kind, usize)>,
    pub(in crate::model) faults: Vec<Fault>,
}

impl Names {
    /// Takes a declared name; false, with a fault, when something in the plan has it already.
    pub(in crate::model) fn declare(&mut self, kind: Kind, name: &Name, index: usize) -> bool {
        if let Some((_, _, first)) = self.things.get(&name.text) {
            let kind = FaultKind::DuplicateName { name: name.text.clone(), first: *first };
            self.fault(name.span, kind);
            return false;
        }
        self.things.insert(name.text.clone(), (kind, index, name.span));
        self.by_kind.entry(kind).or_default().push(name.text.clone());
        true
    }

    pub(in crate::model) fn declare_states(&mut self, states: Vec<String>, fields: Vec<String>) {
        self.states.push(states);
        self.fields.push(fields);
    }

    pub(in crate::model) fn declare_outcomes(&mut self, outcomes: Vec<String>) {
        self.outcomes.push(outcomes);
    }

    pub(in crate::model) fn declare_system(&mut self, sends: Vec<String>, abilities: Vec<String>) {
        self.sends.push(sends);
        self.abilities.push(abilities);
    }

    /// Takes the name of a stage, so that it can be told from a step's.
    pub(in crate::model) fn declare_stage(&mut self, journey: JourneyId, name: &Name) {
        self.stages.insert((journey, name.text.clone()));
    }

    /// Takes the steps of the next journey; a step that stands twice is a fault.
    pub(in crate::model) fn declare_step(&mut self, journey: JourneyId, name: &Name, step: StepId, first: impl Fn(StepId) -> Span) {
        while self.steps.len() <= journey.index() {
            self.steps.push(Vec::new());
        }
        if let Some(earlier) = self.step_index.get(&(journey, name.text.clone())) {
            let kind = FaultKind::DuplicateName { name: name.text.clone(), first: first(*earlier) };
            self.fault(name.span, kind);
            return;
        }
        self.step_index.insert((journey, name.text.clone()), step);
        self.steps[journey.index()].push((name.text.clone(), step));
    }

    pub(in crate::model) fn fault(&mut self, span: Span, kind: FaultKind) {
        self.faults.push(Fault::new(span, kind));
    }

    /// Whether anything names it.
    pub(in crate::model) fn is_used(&self, kind: Kind, index: usize) -> bool {
        self.used.contains(&(kind, index))
    }

    fn find(&mut self, kind: Kind, name: &str) -> Option<usize> {
        let (found, index, _) = self.things.get(name)?;
        if *found != kind {
            return None;
        }
        self.used.insert((kind, *index));
        Some(*index)
    }

    fn look_up(&mut self, kind: Kind, name: &Name) -> Option<usize> {
        let found = self.find(kind, &name.text);
        if found.is_none() {
            self.unknown_of_kind(kind, name);
        }
        found
    }

    fn unknown_of_kind(&mut self, kind: Kind, name: &Name) {
        let known = self.by_kind.get(&kind).map_or(&[][..], Vec::as_slice);
        let nearest = self.near(&name.text, known.iter().map(String::as_str));
        let other = self.things.get(&name.text).map(|(other, ..)| other.with_article().to_owned());
        let unknown = FaultKind::UnknownName {
            name: name.text.clone(),
            wanted: format!("{} of this plan", kind.with_article()),
            nearest,
            other,
            declare: kind.declaration(&name.text),
        };
        self.fault(name.span, unknown);
    }

    /// The names that were probably meant; of the first faults only, because each is held against all names.
    pub(super) fn near<'a>(&self, name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<String> {
        if self.faults.len() < MOST_GUESSES { nearest(name, known).into_iter().map(str::to_owned).collect() } else { Vec::new() }
    }

    /// Reports a name that could have been one of several kinds.
    pub(in crate::model) fn unknown(&mut self, name: &Name, wanted: &str, declare: &str) {
        let nearest = self.near(&name.text, self.things.keys().map(String::as_str));
        let other = self.things.get(&name.text).map(|(other, ..)| other.with_article().to_owned());
        let kind =
            FaultKind::UnknownName { name: name.text.clone(), wanted: wanted.to_owned(), nearest, other, declare: declare.to_owned() };
        self.fault(name.span, kind);
    }

    /// Reports a name that is none of a closed list.
    pub(in crate::model) fn unknown_among(&mut self, name: &Name, wanted: String, known: &[String], declare: String) {
        let nearest = self.near(&name.text, known.iter().map(String::as_str));
        self.fault(name.span, FaultKind::UnknownName { name: name.text.clone(), wanted, nearest, other: None, declare });
    }

    /// Reports two answers to one question.
    pub(in crate::model) fn conflict(&mut self, span: Span, problem: impl Into<String>, help: impl Into<String>) {
        self.fault(span, FaultKind::Conflict { problem: problem.into(), help: help.into() });
    }

    /// Reports a word that the catalogue does not have.
    pub(in crate::model) fn unknown_word(&mut self, name: &Name, what: &str, known: Vec<String>) {
        let nearest = nearest(&name.text, known.iter().map(String::as_str)).first().map(|word| (*word).to_owned());
        self.fault(name.span, FaultKind::UnknownWord { word: name.text.clone(), what: what.to_owned(), known, nearest });
    }

    pub(in crate::model) fn role(&mut self, name: &Name) -> Option<RoleId> {
        self.look_up(Kind::Role, name).map(RoleId::new)
    }

    pub(in crate::model) fn system(&mut self, name: &Name) -> Option<SystemId> {
        self.look_up(Kind::System, name).map(SystemId::new)
    }

    pub(in crate::model) fn surface(&mut self, name: &Name) -> Option<SurfaceId> {
        self.look_up(Kind::Surface, name).map(SurfaceId::new)
    }

    pub(in crate::model) fn entity(&mut self, name: &Name) -> Option<EntityId> {
        self.look_up(Kind::Entity, name).map(EntityId::new)
    }

    pub(in crate::model) fn action(&mut self, name: &Name) -> Option<ActionId> {
        self.look_up(Kind::Action, name).map(ActionId::new)
    }

    pub(in crate::model) fn journey(&mut self, name: &Name) -> Option<JourneyId> {
        self.look_up(Kind::Journey, name).map(JourneyId::new)
    }

    pub(in crate::model) fn handler(&mut self, name: &Name) -> Option<usize> {
        self.look_up(Kind::Handler, name)
    }

    pub(in crate::model) fn find_entity(&mut self, name: &str) -> Option<EntityId> {
        self.find(Kind::Entity, name).map(EntityId::new)
    }

    pub(in crate::model) fn find_action(&mut self, name: &str) -> Option<ActionId> {
        self.find(Kind::Action, name).map(ActionId::new)
    }

    pub(in crate::model) fn find_system(&mut self, name: &str) -> Option<SystemId> {
        self.find(Kind::System, name).map(SystemId::new)
    }

    pub(in crate::model) fn find_role(&mut self, name: &str) -> Option<RoleId> {
        self.find(Kind::Role, name).map(RoleId::new)
    }

    pub(in crate::model) fn find_notification(&mut self, name: &str) -> Option<NotificationId> {
        self.find(Kind::Notification, name).map(NotificationId::new)
    }

    /// The name of the first state of an entity.
    pub(in crate::model) fn first_state(&self, entity: EntityId) -> Option<&String> {
        self.states[entity.index()].first()
    }

    pub(super) fn name_of(&self, kind: Kind, index: usize) -> String {
        let found = self.things.iter().find(|(_, (other, at, _))| *other == kind && *at == index);
        found.map(|(name, _)| name.clone()).unwrap_or_default()
    }

    /// A state of an entity.
    pub(in crate::model) fn state(&mut self, entity: EntityId, state: &Name) -> Option<StateId> {
        let states = &self.states[entity.index()];
        if let Some(index) = states.iter().position(|known| *known == state.text) {
            return Some(StateId { entity, index });
        }
        let (owner, known) = (self.name_of(Kind::Entity, entity.index()), states.clone());
        self.unknown_among(
            state,
            format!("a state of {owner}"),
            &known,
            format!("entities:\n  {owner}:\n    states:\n      {}: end", state.text),
        );
        None
    }

    /// An outcome of an action.
    pub(in crate::model) fn outcome(&mut self, action: ActionId, outcome: &Name) -> Option<OutcomeId> {
        if let Some(found) = self.find_outcome(action, &outcome.text) {
            return Some(found);
        }
        let (owner, known) = (self.name_of(Kind::Action, action.index()), self.outcomes[action.index()].clone());
        let declare = format!("backend:\n  {owner}:\n    outcomes:\n      {}:", outcome.text);
        self.unknown_among(outcome, format!("an outcome of {owner}"), &known, declare);
        None
    }

    /// An outcome of an action, if it has it.
    pub(in crate::model) fn find_outcome(&self, action: ActionId, outcome: &str) -> Option<OutcomeId> {
        self.outcomes[action.index()].iter().position(|known| known == outcome).map(|index| OutcomeId { action, index })
    }

    /// A state of an entity, if it has it.
    pub(in crate::model) fn find_state(&self, entity: EntityId, state: &str) -> Option<StateId> {
        self.states[entity.index()].iter().position(|known| known == state).map(|index| StateId { entity, index })
    }

    /// The outcomes of an action by name.
    pub(in crate::model) fn outcomes_of(&self, action: ActionId) -> &[String] {
        &self.outcomes[action.index()]
    }

    /// The states of an entity by name.
    pub(in crate::model) fn states_of(&self, entity: EntityId) -> &[String] {
        &self.states[entity.index()]
    }

    /// Something that a system sends unasked, by its position.
    pub(in crate::model) fn sent(&mut self, system: SystemId, sent: &Name) -> Option<usize> {
        let known = self.sends[system.index()].clone();
        let found = known.iter().position(|name| *name == sent.text);
        if found.is_none() {
            let owner = self.name_of(Kind::System, system.index());
            self.unknown_among(
                sent,
                format!("something that {owner} sends"),
                &known,
                format!("systems:\n  {owner}:\n    sends: {{{}: }}", sent.text),
            );
        }
        found
    }

    /// Checks the ability of an existing system.
    pub(in crate::model) fn ability(&mut self, system: SystemId, ability: &Name) {
        let known = self.abilities[system.index()].clone();
        if !known.contains(&ability.text) {
            let owner = self.name_of(Kind::System, system.index());
            self.unknown_among(
                ability,
                format!("an ability of {owner}"),
                &known,
                format!("systems:\n  {owner}: {{can: [{}]}}", ability.text),
            );
        }
    }

    /// Checks a field of an entity that holds a time.
    pub(in crate::model) fn time_field(&mut self, mention: &Mention) {
        let Some(entity) = self.entity(&mention.owner_name()) else { return };
        let known = self.fields[entity.index()].clone();
        let field = Name { text: mention.member.clone().unwrap_or_default(), span: mention.span };
        if !known.contains(&field.text) {
            let declare = format!("entities:\n  {}:\n    fields: {{{}: time}}", mention.owner, field.text);
            self.unknown_among(&field, format!("a field of {}", mention.owner), &known, declare);
        }
    }
}
