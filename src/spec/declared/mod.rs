//! Every key of the language, declared once. What is here is what the reader takes, the schema allows and the reference explains.

mod action;
mod answer;
mod catalogue;
mod entity;
mod file;
mod message;
mod meta;
mod moment;
mod place;
mod policy;
mod step;

pub use action::{Action, Answers, Attempts, Becomes, Outcome, Sets};
pub use answer::{Answer, Choice};
pub use catalogue::{
    CatalogueChannel, CatalogueDuty, CatalogueForm, CatalogueKind, CatalogueOutcome, CatalogueProfile, CatalogueProvider, CatalogueStage,
    CatalogueState, CatalogueStatus, Class, Demand,
};
pub use entity::{Entity, FieldKind, Meaning, Mover, Reaction, State, StateShort, Timeout};
pub use file::{Defaults, EndKind, File, JourneyKind};
pub use message::{Event, Later, LaterStatus, Link, Notification};
pub use meta::{Decision, Meta, Question};
pub use moment::{Clock, Condition, Deadline, Term, Trigger, Wait};
pub use place::{Account, Role, Surface, System};
pub use policy::{Arguments, Policy, TEMPLATES};
pub use step::{Decide, Draining, Escalate, Screen, ScreenState, Stage, Step, Steps};

use super::form::Record;

/// Every record of the language, the file first; each key's home.
pub fn records() -> Vec<Record> {
    vec![
        File::record(),
        Surface::record(),
        Role::record(),
        System::record(),
        Account::record(),
        Entity::record(),
        State::record(),
        Timeout::record(),
        Reaction::record(),
        Mover::record(),
        Action::record(),
        Outcome::record(),
        Notification::record(),
        Link::record(),
        Stage::record(),
        Step::record(),
        Screen::record(),
        ScreenState::record(),
        Decide::record(),
        Answer::record(),
        Choice::record(),
        Escalate::record(),
        Draining::record(),
        Clock::record(),
        Event::record(),
        Later::record(),
        Policy::record(),
        Defaults::record(),
        Decision::record(),
        Question::record(),
        CatalogueForm::record(),
        CatalogueKind::record(),
        CatalogueOutcome::record(),
        CatalogueDuty::record(),
        CatalogueStage::record(),
        CatalogueState::record(),
        CatalogueProvider::record(),
        CatalogueStatus::record(),
        CatalogueChannel::record(),
        CatalogueProfile::record(),
    ]
}

/// The place, other than the one given, that has this key: where a misplaced key belongs.
pub(super) fn place_of_key(key: &str, except: &str) -> Option<&'static str> {
    records()
        .into_iter()
        .find(|record| record.place != except && record.fields.iter().any(|field| field.key == key))
        .map(|record| record.place)
}

/// Declares a fixed set of words.
macro_rules! words {
    (
        $(#[doc = $doc:literal])*
        $what:literal pub enum $name:ident {
            $( $(#[doc = $word_doc:literal])* $word:literal $variant:ident, )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( $(#[doc = $word_doc])* $variant, )*
        }

        impl $name {
            /// Every word with its meaning.
            pub const WORDS: &'static [(&'static str, &'static str)] = &[$(($word, concat!($($word_doc),*).trim_ascii())),*];

            /// The word as written.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl $crate::spec::Form for $name {
            fn shape() -> $crate::spec::Shape {
                $crate::spec::Shape::Words { what: $what, words: Self::WORDS }
            }

            fn fits(node: $crate::spec::Node<'_>) -> bool {
                matches!(node.value(), $crate::spec::Value::Scalar { .. })
            }

            fn lower(node: $crate::spec::Node<'_>, cx: &mut $crate::spec::Lowering) -> Option<Self> {
                let $crate::spec::Value::Scalar { text, .. } = node.value() else {
                    cx.wrong_type::<Self>(node);
                    return None;
                };
                match text {
                    $($word => Some(Self::$variant),)*
                    _ => {
                        $crate::spec::declared::unknown_word(text, $what, Self::WORDS, node, cx);
                        None
                    }
                }
            }

            fn write(&self) -> Option<serde_json::Value> {
                Some(serde_json::Value::from(self.word()))
            }
        }
    };
}

use words;

fn unknown_word(text: &str, what: &str, words: &[(&str, &str)], node: super::Node<'_>, cx: &mut super::Lowering) {
    let known: Vec<String> = words.iter().map(|(word, _)| (*word).to_owned()).collect();
    let nearest = super::nearest::nearest(text, words.iter().map(|(word, _)| *word)).first().map(|word| (*word).to_owned());
    cx.fault(node.span(), super::FaultKind::UnknownWord { word: text.to_owned(), what: what.to_owned(), known, nearest });
}
