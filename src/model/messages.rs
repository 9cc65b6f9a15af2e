//! Notifications, events and later operations with their names resolved.

use super::{Moments, RoleId, StepId};
use crate::source::Span;
use crate::spec::{self, Name};

/// A message that somebody gets.
#[derive(Debug)]
pub struct Notification {
    /// Its name.
    pub name: Name,
    /// As declared.
    pub form: spec::Notification,
    /// Who gets it.
    pub to: Vec<RoleId>,
    /// What sends it.
    pub when: Moments,
    /// What makes it untrue.
    pub cancel_when: Moments,
    /// The step it leads to.
    pub opens: Option<StepId>,
    /// The step that asks whether it may be sent.
    pub consent: Option<StepId>,
}

/// Something that is counted.
#[derive(Debug)]
pub struct Event {
    /// Its name.
    pub name: Name,
    /// As declared.
    pub form: spec::Event,
    /// What happened.
    pub on: Moments,
    /// Steps that it hangs on instead, with their places.
    pub shown: Vec<(StepId, Span)>,
}

/// Something that is not in the plan yet.
#[derive(Debug)]
pub struct Later {
    /// Its name.
    pub name: Name,
    /// As declared.
    pub form: spec::Later,
}
