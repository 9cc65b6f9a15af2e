//! See `dead_end.md`.

use std::collections::HashSet;

use crate::finding::{Finding, Level};
use crate::model::{How, JourneyId, Nature, Step, StepId, Subject, Waits};
use crate::rules::words::some_of;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule, snippet};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "dead-end",
    group: Group::Structure,
    level: Level::Error,
    page: include_str!("dead_end.md"),
    // Without any end, the last step is no dead end of its own: the one `ends` that is missing answers both.
    follows_from: &[FollowsFrom::in_journey("no-end")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let stuck = cx.plan.steps.iter().filter(|(id, step)| cx.reach().is_reachable(*id) && step.end.is_none() && !step.has_way());
    stuck
        .map(|(id, step)| {
            Finding::new(Subject::Step(id), step.name.span, format!("`{}` is a dead end: nothing leads on from here", step.name))
                .help(with_others(cx, id, help(cx, id, step)))
                .path(cx.shortest_path(id))
        })
        .collect()
}

fn with_others(cx: &Context<'_>, id: StepId, help: String) -> String {
    let others = others(cx, id);
    if others.is_empty() { help } else { format!("{help}\nNothing leads on from {} either.", some_of(&others)) }
}

/// What could follow, by what the step is.
fn help(cx: &Context<'_>, id: StepId, step: &Step) -> String {
    let results = results(cx, step);
    if !results.is_empty() {
        let answers = results.iter().map(|result| format!("{result}: {}", snippet::OPEN));
        return format!("Say what follows each result:\n{}", snippet::under(&[&step.name.text, "on"], answers));
    }
    let at = |line: String| snippet::under(&[&step.name.text], [line]);
    match step.nature {
        Nature::Wait(Waits::Time) => format!("Say what follows when the time is over:\n{}", at(format!("next: {}", snippet::OPEN))),
        Nature::Task | Nature::Job(_) => format!("Say what follows, or that the work is done:\n{}", at("ends: done".to_owned())),
        _ => {
            let choice = at(format!("choices: {{{}: {}}}", snippet::OPEN, onwards(cx, id).unwrap_or(snippet::OPEN)));
            format!(
                "Say what people can do here, what the button says on the left and the step it leads to on the right:\n{choice}\n\
                 Or that the way ends here, and how:\n{}",
                at("ends: failure".to_owned())
            )
        }
    }
}

/// The step that is told next and that nothing leads to yet.
fn onwards<'p>(cx: &'p Context<'_>, id: StepId) -> Option<&'p str> {
    let journey = cx.plan.journey_of(id);
    let mut later = journey.steps.iter().skip_while(|step| **step != id).skip(1);
    later.find(|step| !cx.reach().is_reachable(**step)).map(|step| cx.plan.steps[*step].name.text.as_str())
}

/// The other steps from which nothing leads on, reached or not: whoever links one box links the next as well.
fn others<'p>(cx: &'p Context<'_>, id: StepId) -> Vec<&'p str> {
    let steps = cx.plan.journey_of(id).steps.iter().filter(|step| **step != id);
    let ends_nowhere = |step: &&StepId| {
        let step = &cx.plan.steps[**step];
        step.end.is_none() && !step.has_way()
    };
    steps.filter(ends_nowhere).map(|step| cx.plan.steps[*step].name.text.as_str()).collect()
}

/// The names that `on` could answer here.
fn results<'p>(cx: &'p Context<'_>, step: &'p Step) -> Vec<&'p str> {
    let plan = cx.plan;
    let run = step.runs.iter().find(|run| matches!(run.how, How::Backend | How::Wait));
    match (run, step.nature) {
        (Some(run), _) => plan.actions[run.action].outcomes.iter().map(|outcome| outcome.name.text.as_str()).collect(),
        (None, Nature::Decide) => {
            step.form.decide.iter().flat_map(|decide| decide.values.iter()).map(|(value, _)| value.text.as_str()).collect()
        }
        (None, Nature::Journey(Some(used))) => ends(cx, used),
        (None, Nature::Wait(Waits::Entity(entity))) => {
            plan.entities[entity].states.iter().skip(1).map(|state| state.name.text.as_str()).collect()
        }
        _ => Vec::new(),
    }
}

/// The ends of a journey by name, each once.
fn ends<'p>(cx: &'p Context<'_>, journey: JourneyId) -> Vec<&'p str> {
    let mut told = HashSet::new();
    let ends = cx.plan.journeys[journey].steps.iter().filter_map(|step| cx.plan.steps[*step].end.as_ref());
    ends.map(|end| end.name.text.as_str()).filter(|end| told.insert(*end)).collect()
}
