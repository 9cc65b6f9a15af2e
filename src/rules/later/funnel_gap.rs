//! See `funnel_gap.md`.

use std::collections::HashSet;

use crate::analysis::{entered_at, is_only_used};
use crate::finding::{Finding, Level};
use crate::model::{ActionId, Cause, EntityId, Journey, JourneyId, Moment, Nature, OutcomeId, Plan, StageId, StateId, StepId, Subject};
use crate::rules::words::quoted;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "funnel-gap",
    group: Group::Later,
    level: Level::Info,
    page: include_str!("funnel_gap.md"),
    // What is misspelt may be what is counted.
    follows_from: &[FollowsFrom::in_plan("unknown-name")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    if cx.plan.events.is_empty() {
        return Vec::new();
    }
    let counted = Counted::new(cx.plan);
    let journeys = cx.plan.journeys.iter().filter(|(id, journey)| !journey.is_operations() && !is_only_used(cx.plan, *id));
    journeys.filter_map(|(id, journey)| finding(cx.plan, &counted, id, journey)).collect()
}

fn finding(plan: &Plan, counted: &Counted, id: JourneyId, journey: &Journey) -> Option<Finding> {
    // What a journey's own role does not come to is work, and no part of the funnel.
    let is_walked = |stage: &&StageId| plan.stages[**stage].steps.iter().any(|step| plan.steps[*step].role == journey.role);
    let walked: Vec<StageId> = journey.stages.iter().filter(is_walked).copied().collect();
    let (seen, open): (Vec<StageId>, Vec<StageId>) =
        walked.into_iter().partition(|stage| plan.stages[*stage].steps.iter().any(|step| counted.at(plan, *step)));
    // A journey of which nothing is counted is not measured at all: that is another question.
    if seen.is_empty() {
        return None;
    }
    let first = &plan.stages[*open.first()?];
    let names: Vec<&str> = open.iter().map(|stage| plan.stages[*stage].name.text.as_str()).collect();
    let (what, them) = if names.len() == 1 { ("the stage", "it") } else { ("the stages", "them") };
    let message = format!("nothing is counted in {what} {} of `{}`, and in others something is", quoted(&names), journey.name);
    let help =
        format!("Count what happens in {them}, so that it can be told where people are lost:\nevents:\n  {}-seen: {{on: ..}}", names[0]);
    let mut finding = Finding::new(Subject::Stage(open[0]), first.name.span, message).help(help).about(Subject::Journey(id));
    for stage in &open[1..] {
        finding = finding.label(plan.stages[*stage].name.span, "nothing counted here").about(Subject::Stage(*stage));
    }
    Some(finding)
}

/// What events hang on.
#[derive(Default)]
struct Counted {
    actions: HashSet<ActionId>,
    states: HashSet<StateId>,
    entities: HashSet<EntityId>,
    steps: HashSet<StepId>,
}

impl Counted {
    fn new(plan: &Plan) -> Self {
        let mut counted = Self::default();
        for (_, event) in plan.events.iter() {
            counted.steps.extend(event.shown.iter().map(|(step, _)| *step));
            for (moment, _) in &event.on.any {
                match moment {
                    Moment::Outcome(OutcomeId { action, .. }) | Moment::Action(action) => _ = counted.actions.insert(*action),
                    Moment::State(_) | Moment::Sent(..) => counted.states.extend(entered_at(plan, *moment)),
                }
            }
        }
        counted.entities = counted.states.iter().map(|state| state.entity).collect();
        counted
    }

    /// Whether something that is counted happens at a step, or is seen there.
    fn at(&self, plan: &Plan, id: StepId) -> bool {
        let step = &plan.steps[id];
        let happens = |action: ActionId| {
            let sets = |outcome: &crate::model::Outcome| outcome.sets.iter().any(|state| self.states.contains(state));
            self.actions.contains(&action) || plan.actions[action].outcomes.iter().any(sets)
        };
        let used = || match step.nature {
            Nature::Journey(Some(used)) => plan.journeys[used].steps.iter().any(|inner| *inner != id && self.happens_inside(plan, *inner)),
            _ => false,
        };
        self.steps.contains(&id)
            || step.runs.iter().any(|run| happens(run.action))
            || step.follows.iter().any(|entity| self.entities.contains(entity))
            || plan.ways_from(id).any(|(_, way)| matches!(way.cause, Cause::State(state) if self.states.contains(&state)))
            || used()
    }

    /// The same inside of a journey that is used as a step, without looking into those that it uses itself.
    fn happens_inside(&self, plan: &Plan, id: StepId) -> bool {
        self.steps.contains(&id) || plan.steps[id].runs.iter().any(|run| self.actions.contains(&run.action))
    }
}
