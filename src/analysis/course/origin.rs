//! How one got to a step, and so the whole way there.

use super::super::path::{Hop, Path};
use crate::model::{Id as _, Plan, StepId};

/// How one got to a step.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Origin {
    /// The arrival before, by its position in the log.
    pub(super) before: Option<usize>,
    /// From there.
    pub(super) hop: Option<Hop>,
    /// On coming back from a used journey: the arrival at the step that used it.
    pub(super) user: Option<usize>,
    /// Where this is.
    pub(super) step: Option<StepId>,
}

impl Origin {
    /// The way from where one got in, by the log of all arrivals. Who comes back from a used journey came by the step that used it, and
    /// not by whoever used it first.
    pub(super) fn path(mut self, plan: &Plan, log: &[Self]) -> Path {
        let mut hops = Vec::new();
        let mut users = Vec::new();
        loop {
            users.extend(self.user);
            let left = if matches!(self.hop, Some(Hop::Into(_))) { users.pop() } else { None };
            let user = left.and_then(|user| log[user].step);
            hops.extend(user.map(Hop::Into).or(self.hop));
            match left.or(self.before) {
                Some(before) => self = log[before],
                None => break,
            }
        }
        hops.reverse();
        let start = hops.first().map(|hop| hop.from(plan)).or(self.step).unwrap_or_else(|| StepId::new(0));
        Path { start, hops }
    }
}
