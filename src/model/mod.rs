//! The plan with its names resolved: what stands in files becomes one immutable [`Plan`], its steps one graph.
//!
//! Owns: resolving names, expanding handlers and short forms, building the petgraph, and the indices that rules ask.
//! Must not know: rules, levels, the text of messages.

mod actions;
mod build;
mod decisions;
mod entities;
mod ids;
mod messages;
mod moments;
mod outside;
mod permissions;
mod places;
mod plan;
mod policies;
mod steps;
mod ways;

pub use actions::{Action, Outcome};
pub use build::{Input, Operations, build};
pub use decisions::{DecisionAt, QuestionAt};
pub use entities::{Entity, MoveBy, State};
pub use ids::{
    ActionId, EntityId, EventId, Id, JourneyId, LaterId, NotificationId, OutcomeId, PolicyId, RoleId, StageId, StateId, StepId, Subject,
    SurfaceId, SystemId, Table, WayId,
};
pub use messages::{Event, Later, Notification};
pub use moments::{Guard, GuardTerm, Moment, Moments};
pub use places::{Role, Surface, System};
pub use plan::{Handler, Journey, Plan, Stage};
pub use policies::{Atom, Law, Policy, Template};
pub use steps::{End, How, Nature, Run, Start, Step, Waits};
pub use ways::{Cause, Way};
