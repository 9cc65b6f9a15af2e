//! Judges one policy on everything together, with no more work than it takes.
//!
//! A short look at the beginning finds most violations, and whether the policy ever asks for anything. A policy that holds where more can
//! happen than really can holds as well where less can: so the world is looked at first without the things that only decide whether
//! another one begins, and, for what is only forbidden, one way at a time while all others do what they like.

use super::product::Shown;
use super::together::Together;
use super::watched::Watched;
use super::{Reason, Verdict, rules, show, verdict};
use crate::analysis::world::Limits;
use crate::model::{EntityId, JourneyId, Law, Plan, Template};

/// One policy and whose case it is.
pub(super) struct Case<'c> {
    pub(super) plan: &'c Plan,
    pub(super) law: &'c Law,
    pub(super) journey: Option<JourneyId>,
    pub(super) watched: &'c Watched,
}

/// How far the first look goes.
const SHORT: usize = 20_000;

impl Case<'_> {
    pub(super) fn judge(&self, guards: &[EntityId], limits: Limits) -> Verdict {
        let entities = super::together::entities(self.plan, self.law, self.watched, guards);
        let short = Limits { configurations: SHORT.min(limits.configurations) };
        let Some(together) = self.look(&entities, short) else { return Verdict::Inconclusive(Reason::Bound(0)) };
        let (shown, moments, asks) = show(&together.graph, self.law, self.watched, limits.configurations);
        let is_settled = !matches!(shown, Shown::TooMuch(_));
        if is_settled {
            return verdict(&together.graph, self.law, shown, &moments, &|names| together.run(names));
        }
        drop(together);
        if asks && self.holds_with_more(&entities, limits) {
            return Verdict::Holds;
        }
        let Some(together) = self.look(&entities, limits) else { return Verdict::Inconclusive(Reason::Bound(0)) };
        let (shown, moments, _) = show(&together.graph, self.law, self.watched, limits.configurations);
        verdict(&together.graph, self.law, shown, &moments, &|names| together.run(names))
    }

    fn look(&self, entities: &[EntityId], limits: Limits) -> Option<Together> {
        Together::new(self.plan, self.journey, self.watched, entities, limits)
    }

    /// Whether it holds even where more can happen.
    fn holds_with_more(&self, entities: &[EntityId], limits: Limits) -> bool {
        if self.law.template == Template::Possible {
            return false;
        }
        let own = super::together::own_entities(self.plan, self.law);
        let is_good = |together: &Together| {
            let (shown, ..) = show(&together.graph, self.law, self.watched, limits.configurations);
            matches!(shown, Shown::Good)
        };
        let is_smaller = !own.is_empty() && own.len() < entities.len();
        if is_smaller && self.look(&own, limits).is_some_and(|together| is_good(&together)) {
            return true;
        }
        // What is forbidden stays so whoever acts, so each way may be looked at alone.
        rules(self.law, self.watched).only_forbids() && {
            let alone = Together::alone(self.plan, self.journey, self.watched, entities, limits);
            alone.iter().any(is_good)
        }
    }
}
