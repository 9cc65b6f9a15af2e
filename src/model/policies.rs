//! The plan's own laws with what they speak of resolved.

use super::{EntityId, Id as _, JourneyId, Moment, NotificationId, Plan, PolicyId, RoleId, StepId, Subject};
use crate::source::Span;
use crate::spec::{self, EndKind};

/// A law of the plan.
#[derive(Debug)]
pub struct Policy {
    /// As declared.
    pub form: spec::Policy,
    /// The journey whose file it stands in.
    pub journey: Option<JourneyId>,
    /// What it says, with the things it says it of; nothing where that could not be told, which was reported.
    pub law: Option<Law>,
}

/// What a policy says, and of what.
#[derive(Clone, Debug)]
pub struct Law {
    /// What it says.
    pub template: Template,
    /// For each place of the template, the things any of which will do.
    pub arguments: Vec<Vec<Atom>>,
    /// Only after any of these, or on the whole way.
    pub after: Vec<Atom>,
    /// Only before any of these, or up to the end.
    pub before: Vec<Atom>,
}

/// What a policy says of its first thing, `a`, and its second, `b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Template {
    /// `a` happens.
    Existence,
    /// `a` never happens.
    Absence,
    /// `a` happens once.
    ExactlyOnce,
    /// `a` is the first of its kind.
    Init,
    /// `b` only after `a`.
    Precedence,
    /// After each `a`, sometime, `b`.
    Response,
    /// Both of these.
    Succession,
    /// After each `a`, `b`, before the next `a`.
    AlternateResponse,
    /// Right after each `a`, `b`.
    ChainResponse,
    /// Right before each `b`, `a`.
    ChainPrecedence,
    /// Never both.
    NotCoexistence,
    /// Both or none.
    Coexistence,
    /// If `a`, then `b` too, before or after.
    RespondedExistence,
    /// After `a`, never `b`.
    NotSuccession,
    /// One of them, and not the other.
    ExclusiveChoice,
    /// There is a way with `a`.
    Possible,
}

impl Template {
    /// By the word that the language has for it.
    pub fn of(word: &str) -> Option<Self> {
        Some(match word {
            "existence" => Self::Existence,
            "absence" => Self::Absence,
            "exactly-once" => Self::ExactlyOnce,
            "init" => Self::Init,
            "precedence" => Self::Precedence,
            "response" => Self::Response,
            "succession" => Self::Succession,
            "alternate-response" => Self::AlternateResponse,
            "chain-response" => Self::ChainResponse,
            "chain-precedence" => Self::ChainPrecedence,
            "not-coexistence" => Self::NotCoexistence,
            "coexistence" => Self::Coexistence,
            "responded-existence" => Self::RespondedExistence,
            "not-succession" => Self::NotSuccession,
            "exclusive-choice" => Self::ExclusiveChoice,
            "possible" => Self::Possible,
            _ => return None,
        })
    }
}

/// Something that a policy speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Atom {
    /// It happens.
    Moment(Moment),
    /// Somebody comes to a step.
    Step(StepId),
    /// Somebody of a role comes to a step.
    Role(RoleId),
    /// It is sent.
    Notification(NotificationId),
    /// A way of a journey's own people ends with an end of this name.
    End(JourneyId, String),
    /// The same, with an end of this kind.
    EndKind(JourneyId, EndKind),
}

impl Law {
    /// Everything that it speaks of.
    pub fn atoms(&self) -> impl Iterator<Item = &Atom> {
        self.arguments.iter().flatten().chain(&self.after).chain(&self.before)
    }

    /// The entities of whose states it speaks.
    pub fn entities(&self) -> Vec<EntityId> {
        let mut entities: Vec<EntityId> = Vec::new();
        for atom in self.atoms() {
            if let Atom::Moment(Moment::State(state)) = atom
                && !entities.contains(&state.entity)
            {
                entities.push(state.entity);
            }
        }
        entities
    }
}

impl Policy {
    /// Where it stands.
    pub fn span(&self) -> Span {
        self.form.span
    }

    /// The word of its template; empty where it names none.
    pub fn template_word(&self) -> &'static str {
        self.form.templates().first().map_or("", |(word, _)| word)
    }

    /// The title, or else what it says, as it is written: `precedence: [pay-order.succeeded, take-order]`.
    pub fn title(&self) -> String {
        if let Some(title) = &self.form.title {
            return title.text.clone();
        }
        let Some((word, arguments)) = self.form.templates().first().copied() else { return "a policy".to_owned() };
        let any = |mentions: &spec::OneOrMany<spec::Mention>| {
            let names: Vec<String> = mentions.iter().map(ToString::to_string).collect();
            if names.len() == 1 { names.concat() } else { format!("[{}]", names.join(", ")) }
        };
        let places: Vec<String> = arguments.0.iter().map(any).collect();
        if places.len() == 1 { format!("{word}: {}", places.concat()) } else { format!("{word}: [{}]", places.join(", ")) }
    }
}

impl Plan {
    /// What encloses a policy.
    pub(super) fn policy_parent(&self, policy: PolicyId) -> Subject {
        match self.policies[policy].journey {
            Some(journey) => Subject::Journey(journey),
            None if self.journeys.len() == 1 => Subject::Journey(JourneyId::new(0)),
            None => Subject::Plan,
        }
    }
}
