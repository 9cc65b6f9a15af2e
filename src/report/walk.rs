//! The plan as a walk through it needs it: steps, ways on, and what results do to things. Plain data for the page's script.
//!
//! Things are named by their positions, what happens by its name in the plan: `order.paid`, `pay-order.declined`.

use serde::Serialize;

use super::content::Report;
use super::content::words::{actor, clean, entity_title, guard, said, step_title, system_title, way_cause};
use crate::model::{Cause, Guard, How, Id as _, Moments, Nature, Plan, Start, Step, StepId, Way};
use crate::rules::{cause, moment_name, outcome_name, state_name};
use crate::spec::{Becomes, Sets};

/// Everything that can be walked.
#[derive(Debug, Serialize)]
pub struct Walk {
    steps: Vec<Place>,
    actions: Vec<Work>,
    things: Vec<Thing>,
    messages: Vec<Message>,
    sends: Vec<Sends>,
    /// The first step of each journey.
    firsts: Vec<Option<usize>>,
    /// For each finding, the way there.
    paths: Vec<Vec<Hop>>,
}

#[derive(Debug, Serialize)]
struct Place {
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
}

/// A thing in one of these states.
#[derive(Debug, Serialize)]
struct Term(usize, Vec<usize>);

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

/// What a thing becomes: always, or by the state it was in.
#[derive(Debug, Serialize)]
struct Change(usize, Vec<(Option<usize>, usize)>);

#[derive(Debug, Serialize)]
struct Work {
    name: String,
    system: String,
    is_later: bool,
    creates: Vec<usize>,
    outcomes: Vec<Outcome>,
}

#[derive(Debug, Serialize)]
struct Outcome {
    what: String,
    text: String,
    class: &'static str,
    sets: Vec<Change>,
    when: Vec<Term>,
    when_text: String,
}

#[derive(Debug, Serialize)]
struct Thing {
    title: String,
    states: Vec<State>,
}

#[derive(Debug, Serialize)]
struct State {
    what: String,
    title: String,
    is_final: bool,
    then: Vec<usize>,
    goes_on: Vec<String>,
    /// After how long, and what it becomes and sets.
    #[serde(skip_serializing_if = "Option::is_none")]
    timeout: Option<(String, Vec<Change>)>,
    /// What it does with answers that arrive in it; nothing set where they are ignored.
    on: Vec<(String, Vec<Change>)>,
}

#[derive(Debug, Serialize)]
struct Message {
    title: String,
    to: String,
    when: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Sends {
    what: String,
    system: String,
    sets: Vec<Change>,
}

#[derive(Debug, Serialize)]
struct Hop {
    cause: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<usize>,
}

impl Walk {
    /// Reads it off the plan and its report.
    pub fn new(plan: &Plan, report: &Report) -> Self {
        let rows = report.blueprint.iter().flat_map(|lane| lane.rows.iter().map(move |row| (lane, row)));
        let steps = plan.steps.ids().zip(rows).map(|(id, (lane, row))| Place {
            stage: lane.stage.clone(),
            seen: row.seen.clone(),
            behind: row.behind.clone(),
            waits: row.waits.clone(),
            surfaces: row.surfaces.clone(),
            ..place(plan, id)
        });
        Self {
            steps: steps.collect(),
            actions: plan.actions.ids().map(|id| work(plan, id)).collect(),
            things: plan.entities.ids().zip(&report.things).map(|(id, told)| thing(plan, id, told)).collect(),
            messages: report.messages.iter().zip(plan.notifications.iter()).map(|(told, (_, of))| message(plan, told, &of.when)).collect(),
            sends: sends(plan),
            firsts: plan.journeys.iter().map(|(_, journey)| journey.first.map(crate::model::Id::index)).collect(),
            paths: report.gaps.iter().map(|gap| gap.path.iter().map(hop).collect()).collect(),
        }
    }
}

fn hop(step: &super::content::GapStep) -> Hop {
    Hop { cause: step.cause.clone(), name: step.step.clone(), at: step.at.map(crate::model::Id::index) }
}

fn place(plan: &Plan, id: StepId) -> Place {
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
        stage: String::new(),
        surfaces: Vec::new(),
        seen: Vec::new(),
        behind: Vec::new(),
        waits: Vec::new(),
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
    }
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

fn terms(guard: &Guard) -> Vec<Term> {
    guard.terms.iter().map(|term| Term(term.entity.index(), term.states.iter().map(|(index, _)| *index).collect())).collect()
}

fn moments(plan: &Plan, moments: &Moments) -> Vec<String> {
    moments.any.iter().map(|(moment, _)| moment_name(plan, *moment)).collect()
}

fn sets(plan: &Plan, sets: &Sets) -> Vec<Change> {
    let found = sets.moves.iter().filter_map(|(name, becomes)| {
        let (id, entity) = plan.entities.iter().find(|(_, entity)| entity.name == *name)?;
        let moves = match becomes {
            Becomes::State(to) => entity.state(&to.text).map(|to| (None, to)).into_iter().collect(),
            Becomes::PerState(map) => {
                let pairs = map.iter().filter_map(|(from, to)| Some((Some(entity.state(&from.text)?), entity.state(&to.text)?)));
                pairs.collect()
            }
        };
        Some(Change(id.index(), moves))
    });
    found.collect()
}

fn work(plan: &Plan, id: crate::model::ActionId) -> Work {
    let action = &plan.actions[id];
    let created = plan.entities.iter().filter(|(_, entity)| action.form.creates.contains(&entity.name));
    let outcomes = plan.outcomes(id).map(|(outcome, of)| Outcome {
        what: outcome_name(plan, outcome),
        text: match &of.form.title {
            Some(title) => format!("{}: {}", of.name, clean(&title.text)),
            None => of.name.text.clone(),
        },
        class: of.class.word(),
        sets: sets(plan, &of.form.sets),
        when: terms(&of.when),
        when_text: guard(plan, &of.when),
    });
    Work {
        name: action.name.text.clone(),
        system: action.system.map(|system| system_title(plan, system)).unwrap_or_default(),
        is_later: action.answers_later(),
        creates: created.map(|(id, _)| id.index()).collect(),
        outcomes: outcomes.collect(),
    }
}

fn thing(plan: &Plan, id: crate::model::EntityId, told: &super::content::Thing) -> Thing {
    let own = |name: &crate::spec::Name| plan.entities[id].state(&name.text).map(|to| Change(id.index(), vec![(None, to)]));
    let states = plan.states(id).zip(&told.states).map(|((state_id, state), told)| State {
        what: state_name(plan, state_id),
        title: if told.title.is_empty() { told.name.clone() } else { told.title.clone() },
        is_final: state.is_final(),
        then: state.then.iter().filter(|then| then.entity == id).map(|then| then.index).collect(),
        goes_on: told.goes_on.clone(),
        timeout: state.form.timeout.as_ref().map(|timeout| {
            let after = timeout.after.as_ref().map(|after| after.text.clone()).unwrap_or_default();
            let moved = timeout.becomes.as_ref().and_then(own);
            (after, moved.into_iter().chain(sets(plan, &timeout.sets)).collect())
        }),
        on: state
            .form
            .on
            .iter()
            .map(|(answer, reaction)| {
                let moved = reaction.becomes.as_ref().and_then(own);
                (answer.to_string(), moved.into_iter().chain(sets(plan, &reaction.sets)).collect())
            })
            .collect(),
    });
    Thing { title: entity_title(plan, id), states: states.collect() }
}

fn message(plan: &Plan, told: &super::content::Message, when: &Moments) -> Message {
    let title = if told.title.is_empty() { told.name.clone() } else { told.title.clone() };
    Message { title, to: told.to.join(", "), when: moments(plan, when) }
}

fn sends(plan: &Plan) -> Vec<Sends> {
    let sends = plan.systems.iter().flat_map(|(id, system)| {
        let sent = system.form.sends.iter();
        sent.map(move |(name, outcome)| Sends {
            what: format!("{}.{name}", system.name),
            system: system_title(plan, id),
            sets: sets(plan, &outcome.sets),
        })
    });
    sends.collect()
}
