//! A way through the plan, hop by hop.

use crate::model::{Plan, StepId, WayId};

/// One hop of a [`Path`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hop {
    /// Over a way.
    Way(WayId),
    /// Into the journey that this step uses.
    Into(StepId),
}

impl Hop {
    /// The step that the hop begins at.
    pub fn from(self, plan: &Plan) -> StepId {
        match self {
            Self::Way(way) => plan.way(way).from,
            Self::Into(step) => step,
        }
    }
}

/// A way from an entrance to a step.
#[derive(Clone, Debug)]
pub struct Path {
    /// The entrance.
    pub start: StepId,
    /// From there on.
    pub hops: Vec<Hop>,
}
