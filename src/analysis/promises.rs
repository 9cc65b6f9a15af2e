//! Where a stage promises something lasting and nothing keeps it: screens from which people go on without anything having happened.

use crate::model::{Cause, How, Id as _, Nature, Plan, Step, StepId, Way};
use crate::spec::EndKind;

/// The kinds of stages whose screens promise something lasting.
const PROMISING: [&str; 3] = ["submit", "book", "pay"];

/// What lies around the work in the stages of one kind; each list has an entry for each step of the plan.
#[derive(Debug)]
pub struct Promises<'p> {
    plan: &'p Plan,
    kind: &'p str,
    /// From here, a step that does the work can be reached without the stage being left.
    before: Vec<bool>,
    /// Work has led here by something other than a click.
    after: Vec<bool>,
    /// Whoever goes on from here, and not back to an earlier stage, comes only to ends that are no success.
    leaving: Vec<bool>,
}

impl<'p> Promises<'p> {
    /// Looks at the stages of a kind. Its promise may also be kept in the next stages, by an action of one of the given kinds.
    pub fn new(plan: &'p Plan, kind: &'p str, kept_by: &[&str]) -> Self {
        let mut promises = Self { plan, kind, before: Vec::new(), after: Vec::new(), leaving: leaving(plan) };
        promises.before = promises.walk_back(kept_by);
        promises.after = promises.walk_on();
        promises
    }

    /// The screens behind which nothing happens, each with the way on that shows it.
    pub fn empty(&self) -> Vec<(StepId, &'p Way)> {
        let screens = self.plan.steps.iter().filter(|(id, step)| self.is_promise(*id, step));
        screens.filter_map(|(id, _)| Some((id, self.way_on(id)?))).collect()
    }

    fn is_promise(&self, id: StepId, step: &Step) -> bool {
        let follows = || self.plan.ways_from(id).any(|(_, way)| matches!(way.cause, Cause::State(_)));
        step.nature == Nature::Screen
            && self.is_inside(id)
            && step.role == self.plan.journey_of(id).role
            && !works(step)
            && !self.before[id.index()]
            && !self.after[id.index()]
            && !follows()
    }

    /// The click that leads on to a later stage or to success; the main button where there are several.
    fn way_on(&self, id: StepId) -> Option<&'p Way> {
        let ways = self.plan.ways_from(id).map(|(_, way)| way).filter(|way| self.leads_on(way));
        ways.min_by_key(|way| way.cause != Cause::Next)
    }

    fn leads_on(&self, way: &Way) -> bool {
        let (from, to) = (&self.plan.steps[way.from], &self.plan.steps[way.to]);
        let succeeds = to.end.as_ref().is_some_and(|end| end.kind == EndKind::Success);
        let is_later = to.stage > from.stage && !self.is_inside(way.to) && !self.leaving[way.to.index()];
        self.plan.is_click(way) && !way.is_back && from.journey == to.journey && (succeeds || is_later)
    }

    fn is_inside(&self, step: StepId) -> bool {
        self.plan.stage_kind(step) == Some(self.kind)
    }

    fn walk_back(&self, kept_by: &[&str]) -> Vec<bool> {
        let plan = self.plan;
        let keeps = |step: &Step| {
            let mut runs = step.runs.iter().filter(|run| matches!(run.how, How::Backend | How::Choice(_)));
            runs.any(|run| kept_by.contains(&plan.actions[run.action].kind()))
        };
        let does_it = |(id, step): &(StepId, &Step)| (self.is_inside(*id) && works(step)) || (is_promising(plan, *id) && keeps(step));
        let leads_there = |way: &Way| {
            let is_page = self.is_inside(way.from) || (is_promising(plan, way.from) && !works(&plan.steps[way.from]));
            is_page && (is_forward(plan, way) || (self.is_inside(way.to) && is_within(plan, way)))
        };
        let before = |step: StepId| plan.ways_to(step).map(|(_, way)| way).filter(|way| leads_there(way)).map(|way| way.from).collect();
        spread(plan, plan.steps.iter().filter(does_it).map(|(id, _)| id), before)
    }

    fn walk_on(&self) -> Vec<bool> {
        let plan = self.plan;
        let is_answer = |way: &Way| {
            let from = &plan.steps[way.from];
            let is_click = plan.is_click(way) || matches!(way.cause, Cause::ScreenState(_)) || way.is_back;
            !is_click && (works(from) || matches!(from.nature, Nature::Wait(_)) || matches!(way.cause, Cause::State(_)))
        };
        let is_inside = |way: &Way| self.is_inside(way.from) && self.is_inside(way.to) && is_within(plan, way) && !way.is_back;
        let answered = plan.ways().map(|(_, way)| way).filter(|way| is_inside(way) && is_answer(way)).map(|way| way.to);
        spread(plan, answered, |step| plan.ways_from(step).map(|(_, way)| way).filter(|way| is_inside(way)).map(|way| way.to).collect())
    }
}

/// Whether something happens in a step: an action, a decision that sets something, work of staff or of a system, another journey.
fn works(step: &Step) -> bool {
    let decides = step.form.decide.as_ref().is_some_and(|decide| decide.values.iter().any(|(_, sets)| !sets.moves.is_empty()));
    let in_states = step.form.screen.iter().flat_map(|screen| screen.states.iter()).flat_map(|(_, state)| state.choices.iter());
    let mut choices = step.form.choices.iter().chain(in_states);
    step.form.backend.is_some()
        || choices.any(|(_, choice)| choice.backend.is_some())
        || decides
        || matches!(step.nature, Nature::Task | Nature::Job(_) | Nature::Journey(_))
}

fn is_promising(plan: &Plan, step: StepId) -> bool {
    plan.stage_kind(step).is_some_and(|kind| PROMISING.contains(&kind))
}

fn is_within(plan: &Plan, way: &Way) -> bool {
    plan.steps[way.from].journey == plan.steps[way.to].journey
}

/// Whether a way stays in its stage or leads to a later one.
fn is_forward(plan: &Plan, way: &Way) -> bool {
    is_within(plan, way) && plan.steps[way.from].stage <= plan.steps[way.to].stage
}

/// For each step, whether going on from it, and never back to an earlier stage, leads only to ends that are no success.
fn leaving(plan: &Plan) -> Vec<bool> {
    let before = |step: StepId| plan.ways_to(step).map(|(_, way)| way).filter(|way| is_forward(plan, way)).map(|way| way.from).collect();
    let ends = |is_wanted: fn(EndKind) -> bool| {
        let ends = plan.steps.iter().filter(move |(_, step)| step.end.as_ref().is_some_and(|end| is_wanted(end.kind)));
        ends.map(|(id, _)| id)
    };
    let ended = spread(plan, ends(|_| true), before);
    let good = spread(plan, ends(|kind| matches!(kind, EndKind::Success | EndKind::Done)), before);
    ended.into_iter().zip(good).map(|(ended, good)| ended && !good).collect()
}

/// The steps that are reached from some by going on and on, these included.
fn spread(plan: &Plan, from: impl Iterator<Item = StepId>, next: impl Fn(StepId) -> Vec<StepId>) -> Vec<bool> {
    let mut reached = vec![false; plan.steps.len()];
    let mut open: Vec<StepId> = from.collect();
    while let Some(step) = open.pop() {
        if !std::mem::replace(&mut reached[step.index()], true) {
            open.extend(next(step));
        }
    }
    reached
}
