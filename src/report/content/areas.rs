//! The areas of a plan that a meeting goes through, and which of them a finding belongs to.

use crate::finding::Finding;
use crate::model::{Nature, Plan, Subject};
use crate::rules::{Group, find};

/// An area with somebody who answers for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// Where people go.
    Path,
    /// What works behind the screens.
    Backend,
    /// Money.
    Payment,
    /// What people are told.
    Messages,
    /// What staff does.
    Staff,
    /// What is tracked.
    States,
    /// Who may do what, and where.
    Roles,
    /// What comes later.
    Later,
}

impl Area {
    /// All of them, in the order in which a meeting goes through them.
    pub const ALL: [Self; 8] =
        [Self::Path, Self::Backend, Self::Payment, Self::Messages, Self::Staff, Self::States, Self::Roles, Self::Later];

    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Backend => "backend",
            Self::Payment => "payment",
            Self::Messages => "messages",
            Self::Staff => "staff",
            Self::States => "states",
            Self::Roles => "roles",
            Self::Later => "later",
        }
    }

    /// What is asked of it.
    pub fn question(self) -> &'static str {
        match self {
            Self::Path => "Does every step and every result lead somewhere?",
            Self::Backend => "Does every promise have work behind it?",
            Self::Payment => "Is money taken once, and given back when it must be?",
            Self::Messages => "Do people hear what they must know?",
            Self::Staff => "Does somebody do the work, in time?",
            Self::States => "Does everything that begins come to an end?",
            Self::Roles => "May everybody do their part, in the right place?",
            Self::Later => "Does what comes later have its place?",
        }
    }

    /// The area of a finding: that of its rule's group, or of the staff where it is about their work.
    pub(super) fn of(plan: &Plan, finding: &Finding) -> Self {
        match find(finding.rule).map(|rule| rule.group) {
            Some(Group::Backend | Group::Waiting) if is_staff_work(plan, finding.subject()) => Self::Staff,
            Some(Group::Backend | Group::Data) => Self::Backend,
            Some(Group::Money) => Self::Payment,
            Some(Group::Messages) => Self::Messages,
            Some(Group::States | Group::Waiting | Group::Holds) => Self::States,
            Some(Group::Roles | Group::Surfaces | Group::Platform) => Self::Roles,
            Some(Group::Later) => Self::Later,
            Some(Group::Language | Group::Structure | Group::Outcomes | Group::Entry | Group::Plan) | None => Self::Path,
        }
    }
}

/// Whether it is a step of staff, or a state that waits for them.
pub(super) fn is_staff_work(plan: &Plan, subject: Subject) -> bool {
    let is_staff = |role: crate::model::RoleId| plan.roles[role].form.staff;
    match subject {
        Subject::Step(step) => {
            let step = &plan.steps[step];
            step.nature == Nature::Task || (step.end.is_none() && step.role.is_some_and(is_staff))
        }
        Subject::State(state) => plan.state(state).waits_for.iter().any(|role| is_staff(*role)),
        _ => false,
    }
}
