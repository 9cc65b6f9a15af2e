//! The ways on from a step: each edge of the graph with its cause.

use super::{Guard, OutcomeId, StateId, StepId};
use crate::source::Span;

/// A way from one step to another.
#[derive(Clone, Debug)]
pub struct Way {
    /// From here.
    pub from: StepId,
    /// To here.
    pub to: StepId,
    /// Why it is taken.
    pub cause: Cause,
    /// The choice of a person that began it, by its label.
    pub choice: Option<String>,
    /// Only in these states.
    pub when: Guard,
    /// How many of these, the first ones, the answer itself demands, of what is so after the result; the others must hold before.
    pub asked_after: usize,
    /// How often it may be taken.
    pub times: Option<u32>,
    /// Where its target is written.
    pub span: Span,
    /// Whether it leads back to wherever the person came from.
    pub is_back: bool,
}

/// Why a way is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A person chooses it, and nothing runs behind.
    Choice(String),
    /// It is the only way on.
    Next,
    /// An action ends in this outcome.
    Outcome(OutcomeId),
    /// An entity comes into this state.
    State(StateId),
    /// It took too long.
    Timeout,
    /// A way that may be taken so often was taken so often.
    Exhausted,
    /// The system decides so.
    Value(String),
    /// The journey that is used as a step ends so.
    End(String),
    /// The screen is in this state.
    ScreenState(String),
}
