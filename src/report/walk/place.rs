//! A step of the walk, with the ways on.

use serde::Serialize;

use super::{Change, Term, moments, sets, terms};
use crate::model::{Cause, How, Id as _, Nature, Plan, Start, Step, StepId, Subject, Way};
use crate::report::content::words::{actor, clean, guard, said, step_title, way_cause};
use crate::report::content::{Lane, Report, Row};
use crate::rules::{cause, outcome_name, state_name};

#[derive(Debug, Serialize)]
pub(super) struct Place {
    name: String,
    title: String,
    who: String,
    stage: String,
    surfaces: Vec<String>,
    seen: Vec<String>,
    behind: Vec<String>,
    waits: Vec<String>,
    /// What the main button says.
    button: String,
    /// How one gets in here; nothing where one does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    entrance: Option<String>,
    /// Whether nobody has to come for it to begin.
    is_beside: bool,
    /// The journey that is gone through here.
    #[serde(skip_serializing_if = "Option::is_none")]
    calls: Option<usize>,
    /// The name and the kind of the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<(String, &'static str)>,
    /// The action that going on runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    runs: Option<usize>,
    /// The actions that choices run, by their labels.
    choices: Vec<(String, usize)>,
    needs: Vec<Term>,
    needs_text: String,
    /// What begins it by itself.
    when: Vec<String>,
    ways: Vec<Onward>,
    /// Messages that are sent from here, or that it asks consent for.
    messages: Vec<String>,
    /// The findings about it, by their positions.
    found: Vec<usize>,
    /// Open questions and decisions that stand on it.
    remarks: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Onward {
    to: usize,
    kind: &'static str,
    /// As the buttons say it.
    text: String,
    /// As findings say it.
    cause: String,
    /// What happens, by its name: the outcome, the state, the value, the end.
    what: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    choice: Option<String>,
    when: Vec<Term>,
    when_text: String,
    /// How many of the terms are asked after the result.
    after: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    is_back: bool,
    sets: Vec<Change>,
}

pub(super) fn place(plan: &Plan, id: StepId, report: &Report, lane: &Lane, row: &Row) -> Place {
    let step = &plan.steps[id];
    let choices = step.runs.iter().filter_map(|run| match &run.how {
        How::Choice(label) => Some((clean(label), run.action.index())),
        _ => None,
    });
    let awaited = step.runs.iter().find(|run| matches!(run.how, How::Backend | How::Wait));
    Place {
        name: step.name.text.clone(),
        title: step_title(plan, id),
        who: actor(plan, id),
        stage: lane.stage.clone(),
        surfaces: row.surfaces.clone(),
        seen: row.seen.clone(),
        behind: row.behind.clone(),
        waits: row.waits.clone(),
        button: said(step.form.action.as_ref()),
        entrance: entrance(step),
        is_beside: step.starts_by_itself() || matches!(step.nature, Nature::Job(_)),
        calls: match step.nature {
            Nature::Journey(used) => used.map(crate::model::Id::index),
            _ => None,
        },
        end: step.end.as_ref().map(|end| (end.name.text.clone(), end.kind.word())),
        runs: awaited.map(|run| run.action.index()),
        choices: choices.collect(),
        needs: terms(&step.needs),
        needs_text: guard(plan, &step.needs),
        when: moments(plan, &step.when),
        ways: plan.ways_from(id).map(|(_, way)| onward(plan, step, way)).collect(),
        messages: row.messages.clone(),
        found: report.gaps.iter().enumerate().filter(|(_, gap)| gap.steps.contains(&id)).map(|(index, _)| index).collect(),
        remarks: remarks(plan, id),
    }
}

fn remarks(plan: &Plan, id: StepId) -> Vec<String> {
    let is_here = |subject: Subject| subject == Subject::Step(id);
    let asked = plan.questions.iter().filter(|question| is_here(question.subject));
    let decided = plan.decisions.iter().filter(|decision| is_here(decision.subject));
    let asked = asked.map(|at| format!("asked: {}", said(at.question.ask.as_ref())));
    asked.chain(decided.map(|at| format!("decided, {}: {}", at.rule, said(at.decision.why.as_ref())))).collect()
}

fn entrance(step: &Step) -> Option<String> {
    let how = step.starts.iter().map(|start| match start {
        Start::Outside => {
            let from: Vec<&str> = step.form.from.iter().map(|from| from.text.as_str()).collect();
            format!("from {}", from.join(", "))
        }
        Start::First => "the first step".to_owned(),
        Start::Notification(_) => "from a message".to_owned(),
        Start::Itself => "begins by itself".to_owned(),
        Start::Draining => "for those still in it".to_owned(),
    });
    let how: Vec<String> = how.collect();
    how.first().cloned()
}

fn onward(plan: &Plan, step: &Step, way: &Way) -> Onward {
    let (kind, what) = match &way.cause {
        Cause::Choice(_) => ("choice", String::new()),
        Cause::Next => ("next", String::new()),
        Cause::Outcome(outcome) => ("outcome", outcome_name(plan, *outcome)),
        Cause::State(state) => ("state", state_name(plan, *state)),
        Cause::Timeout => ("timeout", String::new()),
        Cause::Exhausted => ("exhausted", String::new()),
        Cause::Value(name) => ("value", name.clone()),
        Cause::End(name) => ("end", name.clone()),
        Cause::ScreenState(name) => ("screen", name.clone()),
    };
    let decided = step.form.decide.iter().flat_map(|decide| decide.values.iter()).find(|(name, _)| kind == "value" && name.text == what);
    Onward {
        to: way.to.index(),
        kind,
        text: way_cause(plan, way),
        cause: clean(&cause(plan, way)),
        what,
        choice: way.choice.as_deref().map(clean),
        when: terms(&way.when),
        when_text: guard(plan, &way.when),
        after: way.asked_after,
        times: way.times,
        is_back: way.is_back,
        sets: decided.map(|(_, to)| sets(plan, to)).unwrap_or_default(),
    }
}
