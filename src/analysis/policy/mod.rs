//! Judges the plan's own laws: whether what a policy says holds on every way, and if not, on which it does not.
//!
//! A policy that speaks of the steps of one journey alone is judged on those, which takes no time; any other on everything together, seen
//! from what it speaks of.

mod case;
mod graph;
mod moment;
mod patience;
mod plain;
mod product;
mod template;
mod together;
mod watched;
mod ways;

use std::cell::OnceCell;
use std::collections::HashMap;

use super::world::{Event, Limits, Run};
use crate::model::{Atom, EntityId, Id as _, JourneyId, Law, Plan, Policy, StepId, Template};
use case::Case;
use graph::Graph;
use moment::{A, AFTER, Automaton, B, BEFORE, Scope};
use plain::Plain;
use product::{Lasso, Product, Shown};
use template::Rules;
use watched::Watched;

pub use watched::Unfollowed;

/// What came of judging a policy.
#[derive(Debug)]
pub enum Verdict {
    /// It holds on every way; or, of what must be possible, there is a way.
    Holds,
    /// It holds unless somebody goes round and round for ever.
    Patience(Counter),
    /// It does not hold on this way; or, of what must be possible, there is none.
    Violated(Counter),
    /// It says nothing, because this never happens.
    Vacuous(Part),
    /// It could not be told.
    Inconclusive(Reason),
}

impl Verdict {
    /// The word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Patience(_) => "holds-if-people-keep-trying",
            Self::Violated(_) => "violated",
            Self::Vacuous(_) => "vacuous",
            Self::Inconclusive(_) => "inconclusive",
        }
    }
}

/// A way against a policy.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Counter {
    /// What happens.
    pub run: Run,
    /// From which event on the same comes again and again; nothing where the way is over, or broken at its last event.
    pub again_from: Option<usize>,
}

/// A part of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its first thing.
    First,
    /// Its second thing.
    Second,
    /// What it counts after.
    After,
    /// What it counts before.
    Before,
    /// Each of these happens, and never so that the policy asks for anything.
    Together,
}

/// Why it could not be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There is more to look at than the bound allows; so much was.
    Bound(usize),
    /// What it speaks of is not followed.
    Unfollowed(Unfollowed),
}

/// Judges the policies of a plan.
#[derive(Debug)]
pub struct Judge<'p> {
    plan: &'p Plan,
    limits: Limits,
    plain: HashMap<JourneyId, OnceCell<(Plain, Vec<bool>)>>,
}

impl<'p> Judge<'p> {
    /// With a bound for what is looked at together.
    pub fn new(plan: &'p Plan, limits: Limits) -> Self {
        Self { plan, limits, plain: plan.journeys.ids().map(|journey| (journey, OnceCell::new())).collect() }
    }

    /// Judges a policy; nothing where it could not be read.
    pub fn verdict(&self, policy: &Policy) -> Option<Verdict> {
        let law = policy.law.as_ref()?;
        let journey = policy.journey.or_else(|| self.journey_of(law));
        let watched = match Watched::new(self.plan, law) {
            Ok(watched) => watched,
            Err(why) => return Some(Verdict::Inconclusive(Reason::Unfollowed(why))),
        };
        Some(self.judge_plain(law, journey, &watched).unwrap_or_else(|guards| self.judge_together(law, journey, &watched, &guards)))
    }

    /// The journey to which all steps and ends of a law belong.
    fn journey_of(&self, law: &Law) -> Option<JourneyId> {
        let of = |atom: &Atom| match atom {
            Atom::Step(step) => Some(self.plan.steps[*step].journey),
            Atom::End(journey, _) | Atom::EndKind(journey, _) => Some(*journey),
            _ => None,
        };
        let mut journeys = law.atoms().filter_map(of);
        let first = journeys.next()?;
        journeys.all(|journey| journey == first).then_some(first)
    }

    /// On the steps of the journey alone; where that is not enough, the entities that decide over the way that was found.
    fn judge_plain(&self, law: &Law, journey: Option<JourneyId>, watched: &Watched) -> Result<Verdict, Vec<EntityId>> {
        let journey = journey.ok_or_else(Vec::new)?;
        let cell = self.plain.get(&journey).ok_or_else(Vec::new)?;
        let (plain, others) = cell.get_or_init(|| (Plain::new(self.plan, journey), plain::by_others(self.plan, journey)));
        let is_of_others = |step: StepId| others[step.index()];
        if !plain::is_enough(self.plan, plain, &is_of_others, watched) {
            return Err(Vec::new());
        }
        let graph = plain.graph(&watched.steps().unwrap_or_default(), &watched.outcomes(self.plan));
        let (shown, moments, _) = show(&graph, law, watched, usize::MAX);
        let run = |names: &mut dyn Iterator<Item = u32>| plain.run(names);
        let verdict = verdict(&graph, law, shown, &moments, &run);
        // A way that was found may be forbidden by what things are in.
        let is_found = match &verdict {
            Verdict::Violated(_) | Verdict::Patience(_) => law.template != Template::Possible,
            Verdict::Holds => law.template == Template::Possible,
            Verdict::Vacuous(_) | Verdict::Inconclusive(_) => false,
        };
        let guards = plain.guards(self.plan);
        if is_found && !guards.is_empty() { Err(guards) } else { Ok(verdict) }
    }

    fn judge_together(&self, law: &Law, journey: Option<JourneyId>, watched: &Watched, guards: &[EntityId]) -> Verdict {
        Case { plan: self.plan, law, journey, watched }.judge(guards, self.limits)
    }
}

fn rules(law: &Law, watched: &Watched) -> Rules {
    Rules { template: law.template, same_kind: watched.same_kind }
}

/// What a graph shows, and whether the policy asks for anything on it.
fn show(graph: &Graph, law: &Law, watched: &Watched, limit: usize) -> (Shown, Vec<u8>, bool) {
    let scope = Scope { after: !law.after.is_empty(), before: !law.before.is_empty() };
    let moments = graph.moments();
    let automaton = Automaton::new(rules(law, watched), scope, watched.order, moments.iter().copied());
    let product = Product::new(graph, &automaton, limit);
    let shown = if law.template == Template::Possible { product.judge_possible() } else { product.judge(scope.before) };
    (shown, moments, product.asks(scope.before))
}

fn verdict(graph: &Graph, law: &Law, shown: Shown, moments: &[u8], run: &dyn Fn(&mut dyn Iterator<Item = u32>) -> Run) -> Verdict {
    let counter = |lasso: &Lasso| {
        let name = |edge: &u32| graph.edges[*edge as usize].name;
        let way = run(&mut lasso.way.iter().map(name));
        let whole = run(&mut lasso.way.iter().chain(&lasso.round).map(name));
        let again_from = (whole.events.len() > way.events.len()).then_some(way.events.len());
        Counter { run: whole, again_from }
    };
    match shown {
        Shown::Good => Verdict::Holds,
        Shown::Patience(lasso) => Verdict::Patience(counter(&lasso)),
        Shown::Bad(lasso) => Verdict::Violated(counter(&lasso)),
        Shown::Idle => Verdict::Vacuous(missing(law, moments)),
        Shown::TooMuch(looked_at) => Verdict::Inconclusive(Reason::Bound(looked_at)),
    }
}

/// Which part of a policy never happens.
fn missing(law: &Law, moments: &[u8]) -> Part {
    let happens = |bit: u8| moments.iter().any(|moment| moment & bit != 0);
    let rules = Rules { template: law.template, same_kind: false };
    let parts = [
        (!law.after.is_empty(), AFTER, Part::After),
        (!law.before.is_empty(), BEFORE, Part::Before),
        (rules.is_trigger(template::Thing::A), A, Part::First),
        (rules.is_trigger(template::Thing::B), B, Part::Second),
    ];
    parts.into_iter().find(|(counts, bit, _)| *counts && !happens(*bit)).map_or(Part::Together, |(_, _, part)| part)
}

/// The events of a way as they are told, with the round at its end.
impl Counter {
    /// What happens again and again.
    pub fn round(&self) -> &[(Option<super::world::Who>, Event)] {
        self.again_from.map_or(&[], |from| &self.run.events[from..])
    }
}
