//! One cause, told once for several things: and still each of them can be decided on its own.

use std::collections::HashSet;

use super::Context;
use crate::model::Subject;

impl Context<'_> {
    /// Things that one finding of a rule speaks of together: all in one group, but each one that carries a decision on the rule
    /// in a group of its own, so that this decision closes what it stands on and nothing else.
    pub(super) fn together<T>(&self, rule: &str, things: impl IntoIterator<Item = T>, subject: impl Fn(&T) -> Subject) -> Vec<Vec<T>> {
        let decisions = self.plan.decisions.iter().filter(|decision| decision.rule.text == rule);
        let decided: HashSet<Subject> = decisions.map(|decision| decision.subject).collect();
        let (own, shared): (Vec<T>, Vec<T>) = things.into_iter().partition(|thing| decided.contains(&subject(thing)));
        let groups = std::iter::once(shared).chain(own.into_iter().map(|thing| vec![thing]));
        groups.filter(|group| !group.is_empty()).collect()
    }
}
