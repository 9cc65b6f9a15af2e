//! What each template says of things that happen one after the other: an automaton of at most four states.
//!
//! Must not know: what the things are, in which part of a way the template counts, what happens at one moment.

use crate::model::Template;

/// One thing that happens, as a template sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Thing {
    /// Its first thing.
    A,
    /// Its second.
    B,
    /// Another one of the kind that must come next, or before: chains and `init` only.
    Other,
}

/// From here on nothing can mend it.
pub(super) const BROKEN: u8 = 3;

/// A template, and for chains whether both of its things are of one kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    pub(super) template: Template,
    pub(super) same_kind: bool,
}

impl Rules {
    /// The state after one thing. The first state is 0.
    #[allow(clippy::match_same_arms)] // one paragraph for each template
    pub(super) fn next(self, state: u8, thing: Thing) -> u8 {
        use Template as T;
        use Thing::{A, B, Other};
        if state == BROKEN && self.template != T::Coexistence {
            return BROKEN;
        }
        match (self.template, state, thing) {
            (T::Existence | T::Possible | T::ExactlyOnce | T::Init, 0, A) => 1,
            (T::Absence, _, A) | (T::ExactlyOnce, 1, A) | (T::Init, 0, Other) => BROKEN,

            (T::Precedence, 0, A) => 1,
            (T::Precedence, 0, B) => BROKEN,

            (T::Response, _, A) => 1,
            (T::Response, _, B) => 0,

            // Nothing yet, a first thing waits, all are answered.
            (T::Succession, 0, B) => BROKEN,
            (T::Succession, _, A) => 1,
            (T::Succession, _, B) => 2,

            (T::AlternateResponse, 0, A) => 1,
            (T::AlternateResponse, 1, A) => BROKEN,
            (T::AlternateResponse, _, B) => 0,

            (T::ChainResponse, 1, A) if self.same_kind => BROKEN,
            (T::ChainResponse, _, A) => 1,
            (T::ChainResponse, _, B) => 0,
            (T::ChainResponse, 1, Other) => BROKEN,

            (T::ChainPrecedence, _, A) => 1,
            (T::ChainPrecedence, 0, B) => BROKEN,
            (T::ChainPrecedence, 1, B) => u8::from(!self.same_kind),
            (T::ChainPrecedence, _, Other) => 0,

            // Neither, the first, the second; both are past mending for those that want one.
            (T::NotCoexistence | T::ExclusiveChoice, 0, A) => 1,
            (T::NotCoexistence | T::ExclusiveChoice, 0, B) => 2,
            (T::NotCoexistence | T::ExclusiveChoice, 2, A) | (T::NotCoexistence | T::ExclusiveChoice, 1, B) => BROKEN,
            (T::Coexistence, _, A) => state | 1,
            (T::Coexistence, _, B) => state | 2,

            (T::RespondedExistence, 0, A) => 1,
            (T::RespondedExistence, _, B) => 2,

            (T::NotSuccession, 0, A) => 1,
            (T::NotSuccession, 1, B) => BROKEN,
            _ => state,
        }
    }

    /// Whether a way may end in a state.
    pub(super) fn is_good(self, state: u8) -> bool {
        use Template as T;
        match self.template {
            T::Existence | T::Possible | T::ExactlyOnce => state == 1,
            T::ExclusiveChoice => state == 1 || state == 2,
            T::Coexistence => state == 0 || state == 3,
            T::Response | T::AlternateResponse | T::ChainResponse => state == 0,
            T::Succession | T::RespondedExistence => state == 0 || state == 2,
            T::Absence | T::Init | T::Precedence | T::ChainPrecedence | T::NotCoexistence | T::NotSuccession => state != BROKEN,
        }
    }

    /// Whether it only forbids: nothing ever has to come.
    pub(super) fn only_forbids(self) -> bool {
        use Template as T;
        matches!(self.template, T::Absence | T::Init | T::Precedence | T::ChainPrecedence | T::NotCoexistence | T::NotSuccession)
    }

    /// Whether nothing can mend a state.
    pub(super) fn is_broken(self, state: u8) -> bool {
        state == BROKEN && self.template != Template::Coexistence
    }

    /// Whether it asks for something only once a thing has happened: without that, it says nothing.
    pub(super) fn is_trigger(self, thing: Thing) -> bool {
        use Template as T;
        match self.template {
            T::Response | T::Succession | T::AlternateResponse | T::ChainResponse | T::RespondedExistence | T::NotSuccession => {
                thing == Thing::A
            }
            T::Precedence | T::ChainPrecedence => thing == Thing::B,
            T::Coexistence | T::NotCoexistence => thing != Thing::Other,
            T::Existence | T::Absence | T::ExactlyOnce | T::Init | T::ExclusiveChoice | T::Possible => false,
        }
    }

    /// Whether there is such a thing at all.
    pub(super) fn has_trigger(self) -> bool {
        self.is_trigger(Thing::A) || self.is_trigger(Thing::B)
    }
}
