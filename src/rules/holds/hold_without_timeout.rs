//! See `hold_without_timeout.md`.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::analysis::{Holding, Transition, transitions};
use crate::finding::{Finding, Level};
use crate::model::{Cause, EntityId, How, MoveBy, Nature, Plan, RoleId, StateId, Step, StepId, Subject};
use crate::rules::snippet::{OPEN, under};
use crate::rules::words::{quoted, quoted_or, state_name};
use crate::rules::{Context, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "hold-without-timeout",
    group: Group::Holds,
    level: Level::Error,
    page: include_str!("hold_without_timeout.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let holds = cx.holds();
    let mut exits = Exits::new(cx.plan);
    let mut found = Vec::new();
    // Where nothing ever gives it back, there is nothing yet that a timeout could do.
    for (resource, held) in holds.resources.iter().filter(|(_, held)| !held.endings.is_empty()) {
        let open = held.states.iter().map(|(state, _)| *state).filter(|state| exits.waits_for_ever(*state)).collect::<Vec<_>>();
        let groups = cx.together(RULE.name, open, |state| Subject::State(*state));
        found.extend(groups.iter().map(|states| finding(cx.plan, resource, held, states, &exits)));
    }
    found
}

/// Who and what brings things out of states.
struct Exits<'p> {
    plan: &'p Plan,
    moves: HashMap<EntityId, Vec<Transition>>,
    /// Things for which a step waits that goes on by itself when it has taken too long.
    watched: HashSet<EntityId>,
}

impl<'p> Exits<'p> {
    fn new(plan: &'p Plan) -> Self {
        let has_deadline = |id: StepId, step: &Step| {
            let acts_late = |to: StepId| plan.steps[to].runs.iter().any(|run| run.how == How::Backend);
            step.form.within.is_some() && plan.ways_from(id).any(|(_, way)| way.cause == Cause::Timeout && acts_late(way.to))
        };
        let waits = plan.steps.iter().filter(|(id, step)| has_deadline(*id, step));
        Self { plan, moves: HashMap::new(), watched: waits.flat_map(|(_, step)| step.follows.iter().copied()).collect() }
    }

    fn of(&mut self, state: StateId) -> Vec<Transition> {
        let plan = self.plan;
        let moves = self.moves.entry(state.entity).or_insert_with(|| transitions(plan, state.entity));
        moves.iter().filter(|step| step.from == state).copied().collect()
    }

    /// Whether a state lasts until somebody comes who may never come.
    fn waits_for_ever(&mut self, id: StateId) -> bool {
        let state = self.plan.state(id);
        let exits = self.of(id);
        let is_timed = state.form.timeout.is_some() || self.watched.contains(&id.entity) || exits.iter().any(|exit| self.is_by_clock(exit));
        if state.is_final() || is_timed || state.form.escalate.is_some() {
            return false;
        }
        if !state.form.waits_for.is_empty() {
            // What is no role is a system.
            return state.waits_for.len() < state.form.waits_for.len() || state.waits_for.iter().any(|role| !self.comes(*role));
        }
        let roles: BTreeSet<RoleId> = exits.iter().flat_map(|exit| self.movers(exit)).collect();
        !roles.is_empty() && roles.iter().all(|role| !self.plan.roles[*role].form.staff && !self.comes(*role))
    }

    fn comes(&self, role: RoleId) -> bool {
        self.plan.roles[role].form.backstop
    }

    /// Whether a timer or a system makes the move, and nobody has to come for it.
    fn is_by_clock(&self, exit: &Transition) -> bool {
        match exit.by {
            MoveBy::Timeout(_) | MoveBy::Sent(_) => true,
            MoveBy::Outcome(_) => self.runners(exit).any(|(_, step)| matches!(step.nature, Nature::Job(_)) || step.form.every.is_some()),
            MoveBy::Reaction(_) | MoveBy::Decision(_) => false,
        }
    }

    fn runners(&self, exit: &Transition) -> impl Iterator<Item = (StepId, &'p Step)> + use<'p> {
        let runs = match exit.by {
            MoveBy::Outcome(outcome) => &self.plan.actions[outcome.action].runs[..],
            _ => &[],
        };
        let plan = self.plan;
        runs.iter().filter(|(_, run)| matches!(run.how, How::Backend | How::Choice(_))).map(move |(step, _)| (*step, &plan.steps[*step]))
    }

    fn movers(&self, exit: &Transition) -> Vec<RoleId> {
        self.runners(exit).filter_map(|(_, step)| step.role).collect()
    }
}

fn finding(plan: &Plan, resource: &str, held: &Holding, states: &[StateId], exits: &Exits<'_>) -> Finding {
    let first = states[0];
    let names = quoted(states.iter().map(|state| state_name(plan, *state)));
    let mut awaited: Vec<&str> =
        states.iter().flat_map(|state| plan.state(*state).form.waits_for.iter()).map(|name| name.text.as_str()).collect();
    awaited.retain(|name| !plan.roles.iter().any(|(id, role)| role.name.text == *name && exits.comes(id)));
    awaited.sort_unstable();
    awaited.dedup();
    let until = if awaited.is_empty() { "somebody comes who may never come".to_owned() } else { format!("{} comes", quoted_or(&awaited)) };
    let message = format!("`{resource}` is held in {names} until {until}, without any timeout");
    let state = plan.state(first);
    // Where it could go: a state that gives the resource back.
    let is_free = |id: &StateId| plan.state(*id).form.releases.iter().any(|name| name.text == resource);
    let free = state.then.iter().copied().find(is_free).or_else(|| plan.states(first.entity).map(|(id, _)| id).find(is_free));
    let becomes = free.map_or(OPEN, |id| &plan.state(id).name.text);
    let yaml = under(
        &["entities", &plan.entities[first.entity].name.text, "states"],
        [format!("{}: {{timeout: {{after: {OPEN}, becomes: {becomes}}}}}", state.name)],
    );
    let advice = format!(
        "Say how long it is kept, and what then gives it back:\n{yaml}\nOr, where it is to be kept for ever, why: `decided: {{hold-without-timeout: {OPEN}}}` on the state."
    );
    let mut finding = Finding::new(Subject::State(first), state.name.span, message).help(advice);
    for state in &states[1..] {
        finding = finding.about(Subject::State(*state)).label(plan.state(*state).name.span, "and here");
    }
    held.takings
        .iter()
        .filter(|taking| taking.by != Subject::State(first))
        .fold(finding, |finding, taking| finding.label(taking.span, format!("takes `{resource}`")))
}
