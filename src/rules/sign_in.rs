//! Where people sign in, and where those get to who do not.

use std::collections::HashSet;

use super::Context;
use super::answers::ways_of;
use crate::model::{Action, Cause, How, JourneyId, Nature, Plan, Run, Step, StepId, Way};
use crate::spec::{Class, EndKind};

/// The kind of action by which people sign in.
const KIND: &str = "sign-in";

/// The steps at which people sign in: they run such an action or wait for it, or use a journey that does.
pub(super) struct SignIns<'p> {
    plan: &'p Plan,
    places: HashSet<StepId>,
}

impl<'p> SignIns<'p> {
    /// Looks at each step once, and at the steps that use a journey in which people sign in.
    pub(super) fn new(plan: &'p Plan) -> Self {
        let own = plan.steps.iter().filter(|(id, step)| is_theirs(plan, *id) && runs(plan, step).next().is_some()).map(|(id, _)| id);
        let mut places: HashSet<StepId> = own.collect();
        let journeys: HashSet<JourneyId> = places.iter().map(|step| plan.steps[*step].journey).collect();
        places.extend(journeys.into_iter().flat_map(|journey| &plan.journeys[journey].used_by).filter(|step| is_theirs(plan, **step)));
        Self { plan, places }
    }

    /// Whether people sign in here.
    pub(super) fn has(&self, step: StepId) -> bool {
        self.places.contains(&step)
    }

    /// The steps at which people sign in, in the order of the files.
    pub(super) fn places(&self) -> Vec<StepId> {
        let mut places: Vec<StepId> = self.places.iter().copied().collect();
        places.sort_unstable();
        places
    }

    /// The action by which people sign in at a step.
    pub(super) fn action(&self, step: StepId) -> Option<&'p Action> {
        runs(self.plan, &self.plan.steps[step]).next().map(|run| &self.plan.actions[run.action])
    }

    /// The ways on for those who have signed in at a step.
    pub(super) fn let_in(&self, id: StepId) -> Vec<&'p Way> {
        let plan = self.plan;
        if let Nature::Journey(Some(_)) = plan.steps[id].nature {
            return plan.ways_from(id).map(|(_, way)| way).filter(|way| self.is_good_end(way)).collect();
        }
        let of_run = |run: &'p Run| {
            let good = plan.outcomes(run.action).filter(|(_, outcome)| outcome.class == Class::Success);
            good.flat_map(move |(outcome, _)| ways_of(plan, id, run, outcome))
        };
        runs(plan, &plan.steps[id]).flat_map(of_run).collect()
    }

    fn is_good_end(&self, way: &Way) -> bool {
        let Nature::Journey(Some(used)) = self.plan.steps[way.from].nature else { return false };
        match &way.cause {
            Cause::End(name) => self.plan.journeys[used].end_kind(name) == Some(EndKind::Success),
            Cause::Next => true,
            _ => false,
        }
    }

    /// Whether a way may be taken by somebody who does not want to sign in: what they choose, a refusal, and everything beside signing in.
    fn is_for_refusers(&self, way: &Way) -> bool {
        if !self.has(way.from) {
            return true;
        }
        match &way.cause {
            Cause::Outcome(id) => {
                let outcome = self.plan.outcome(*id);
                let is_sign_in = self.plan.actions[id.action].kind() == KIND;
                if is_sign_in { outcome.stands_for("refused") } else { way.choice.is_some() }
            }
            Cause::Choice(_) | Cause::ScreenState(_) => true,
            Cause::End(_) => !self.is_good_end(way),
            _ => false,
        }
    }

    /// Where somebody gets to from a step without ever signing in; nothing as soon as there is something to do there that is not about
    /// signing in. The ends of a journey that is used lead on where it was used.
    pub(super) fn locked_in(&self, cx: &Context<'_>, from: StepId) -> Option<HashSet<StepId>> {
        let plan = self.plan;
        let mut seen = HashSet::from([from]);
        let mut open = vec![from];
        while let Some(id) = open.pop() {
            if self.offers_something(from, id) {
                return None;
            }
            let mut next: Vec<StepId> = Vec::new();
            let ways = plan.ways_from(id).map(|(_, way)| way);
            next.extend(ways.filter(|way| cx.reach().is_live(plan, way) && self.is_for_refusers(way)).map(|way| way.to));
            if let Some(end) = &plan.steps[id].end {
                for user in &plan.journey_of(id).used_by {
                    let back = plan.ways_from(*user).map(|(_, way)| way).filter(|way| way.cause == Cause::End(end.name.text.clone()));
                    next.extend(back.filter(|way| self.is_for_refusers(way)).map(|way| way.to));
                }
            }
            open.extend(next.into_iter().filter(|step| seen.insert(*step)));
        }
        Some(seen)
    }

    /// Whether somebody can do something at a step that is not about signing in where they were asked to.
    fn offers_something(&self, asked_at: StepId, id: StepId) -> bool {
        let (plan, step) = (self.plan, &self.plan.steps[id]);
        let shows = !step.form.shows.is_empty();
        let is_page = step.has_screen() && !self.has(id) && (shows || step.stage != plan.steps[asked_at].stage);
        is_page && (shows || plan.ways_from(id).any(|(_, way)| way.to != id && !self.has(way.to) && !is_bare_end(plan, way.to)))
    }
}

/// The runs of a step by which people sign in.
fn runs<'p>(plan: &'p Plan, step: &'p Step) -> impl Iterator<Item = &'p Run> {
    step.runs.iter().filter(|run| run.how != How::Shows && plan.actions[run.action].kind() == KIND)
}

/// Whether a step is for people who come from outside: not for staff, nor for partners, who know why they sign in.
fn is_theirs(plan: &Plan, id: StepId) -> bool {
    let is_external = plan.steps[id].role.is_some_and(|role| plan.roles[role].form.external);
    plan.is_for_people(id) && !is_external && !plan.journey_of(id).is_operations()
}

/// Whether the way is over at a step on which there is nothing to see.
pub(super) fn is_bare_end(plan: &Plan, id: StepId) -> bool {
    let step = &plan.steps[id];
    step.end.is_some() && !step.has_screen() && !step.has_way()
}
