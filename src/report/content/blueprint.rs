//! The service blueprint: every step, stage by stage, with who, where, what is seen and what happens behind it.

use super::words::{actor, clean, code, deadline, moments, said, stage_title, step_title, surface_title, system_title, way};
use crate::model::{How, Id as _, Moment, Nature, NotificationId, Plan, Run, StageId, Start, StepId, Waits};
use crate::spec::list_with;

/// A stage with its steps.
#[derive(Debug)]
pub struct Lane {
    /// The journey.
    pub journey: String,
    /// The stage.
    pub stage: String,
    /// Its position among all stages of the plan.
    pub position: usize,
    /// Its steps.
    pub rows: Vec<Row>,
}

/// A step.
#[derive(Debug)]
pub struct Row {
    /// What people read.
    pub title: String,
    /// Its name.
    pub name: String,
    /// Who goes through it.
    pub role: String,
    /// Whether it is staff or a system who does.
    pub is_staff: bool,
    /// Where.
    pub surfaces: Vec<String>,
    /// How one gets in here, other than by a way of the journey.
    pub starts: Vec<String>,
    /// What is seen or done: the screen and its states, the task, the rule.
    pub seen: Vec<String>,
    /// What happens behind it: actions with their systems.
    pub behind: Vec<String>,
    /// What follows.
    pub follows: Vec<String>,
    /// What is waited for, and for how long.
    pub waits: Vec<String>,
    /// Messages that are sent from here, or that this step asks consent for.
    pub messages: Vec<String>,
}

/// All stages of all journeys, in order.
pub(super) fn blueprint(plan: &Plan) -> Vec<Lane> {
    plan.stages.iter().map(|(id, _)| lane(plan, id)).collect()
}

fn lane(plan: &Plan, id: StageId) -> Lane {
    let stage = &plan.stages[id];
    Lane {
        journey: clean(plan.journeys[stage.journey].title()),
        stage: stage_title(plan, id),
        position: id.index(),
        rows: stage.steps.iter().map(|step| row(plan, *step)).collect(),
    }
}

fn row(plan: &Plan, id: StepId) -> Row {
    let step = &plan.steps[id];
    let is_staff = step.role.is_some_and(|role| plan.roles[role].form.staff);
    let mut follows: Vec<String> = plan.ways_from(id).map(|(_, on)| way(plan, on)).collect();
    follows.extend(step.end.as_ref().map(|end| {
        if end.name.text == end.kind.word() { format!("ends: {}", end.name) } else { format!("ends: {} ({})", end.name, end.kind.word()) }
    }));
    Row {
        title: step_title(plan, id),
        name: step.name.text.clone(),
        role: actor(plan, id),
        is_staff: is_staff || matches!(step.nature, Nature::Job(_) | Nature::Task),
        surfaces: step.surfaces.iter().map(|surface| surface_title(plan, *surface)).collect(),
        starts: step.starts.iter().filter_map(|start| begins(plan, id, start)).collect(),
        seen: seen(plan, id),
        behind: step.runs.iter().map(|run| behind(plan, run)).collect(),
        follows,
        waits: waits(plan, id),
        messages: messages(plan, id),
    }
}

fn begins(plan: &Plan, id: StepId, start: &Start) -> Option<String> {
    let step = &plan.steps[id];
    match start {
        Start::Outside => {
            let from: Vec<String> = step.form.from.iter().map(|from| from.text.clone()).collect();
            Some(format!("from {}", list_with(&from, "or")))
        }
        Start::Itself => Some(match &step.form.every {
            Some(every) => format!("begins by itself every {every}"),
            None => format!("begins by itself: {}", moments(plan, &step.when)),
        }),
        Start::Notification(notification) => Some(format!("from the message {}", code(&plan.notifications[*notification].name.text))),
        Start::Draining => {
            Some(format!("only for those still in it: {}", said(step.form.draining.as_ref().and_then(|it| it.why.as_ref()))))
        }
        Start::First => None,
    }
}

fn seen(plan: &Plan, id: StepId) -> Vec<String> {
    let step = &plan.steps[id];
    let mut seen = Vec::new();
    if let Some(screen) = &step.form.screen {
        let title = screen.title.as_ref().map_or_else(|| step_title(plan, id), |title| clean(&title.text));
        seen.push(format!("screen “{title}”"));
        seen.extend(screen.states.iter().map(|(name, state)| {
            let shows = said(state.shows.as_ref());
            if shows.is_empty() { format!("{name}: not said") } else { format!("{name}: {shows}") }
        }));
    }
    match step.nature {
        Nature::Task => seen.push(format!("task: {}", said(step.form.task.as_ref()))),
        Nature::Decide => {
            let ask = step.form.decide.as_ref().and_then(|decide| decide.ask.as_ref());
            seen.push(format!("the system decides: {}", said(ask)));
        }
        Nature::Journey(Some(used)) => seen.push(format!("goes through the journey {}", clean(plan.journeys[used].title()))),
        Nature::Job(_) => seen.push("nobody is there: a system does it".to_owned()),
        _ => {}
    }
    if !step.follows.is_empty() && !matches!(step.nature, Nature::Wait(_)) {
        let things: Vec<String> = step.follows.iter().map(|entity| code(&plan.entities[*entity].name.text)).collect();
        seen.push(format!("shows how {} stands", list_with(&things, "and")));
    }
    seen.extend(step.form.action.as_ref().map(|action| format!("main button “{}”", clean(&action.text))));
    let names = |names: &[crate::spec::Name]| names.iter().map(|name| name.text.clone()).collect::<Vec<_>>().join(", ");
    if !step.form.collects.is_empty() {
        seen.push(format!("asks for {}", names(&step.form.collects)));
    }
    if !step.form.uses.is_empty() {
        seen.push(format!("needs {}", names(&step.form.uses)));
    }
    seen
}

fn behind(plan: &Plan, run: &Run) -> String {
    let action = &plan.actions[run.action];
    let system = action.system.map_or_else(|| "no system yet".to_owned(), |system| system_title(plan, system));
    let what = format!("{}, {system}", code(&action.name.text));
    match &run.how {
        How::Backend => what,
        How::Choice(label) => format!("“{}”: {what}", clean(label)),
        How::Shows => format!("filled by {what}"),
        How::Wait => format!("awaits {what}"),
    }
}

fn waits(plan: &Plan, id: StepId) -> Vec<String> {
    let step = &plan.steps[id];
    let within = step.form.within.as_ref().map(|within| deadline(plan, within));
    let mut waits = Vec::new();
    if let Nature::Wait(on) = step.nature {
        waits.push(match on {
            Waits::Time => match &step.form.wait {
                Some(crate::spec::Wait::For(time)) => format!("waits {time}"),
                _ => "waits".to_owned(),
            },
            Waits::Action(action) => format!("waits for {}", code(&plan.actions[action].name.text)),
            Waits::Entity(entity) => format!("waits for {}", code(&plan.entities[entity].name.text)),
            Waits::Role(role) => format!("waits for {}", super::words::role_title(plan, role)),
            Waits::Unknown => "waits".to_owned(),
        });
    }
    waits.extend(within.map(|within| format!("within {within}")));
    waits.extend(step.form.escalate.as_ref().and_then(|escalate| {
        let (after, to) = (escalate.after.as_ref()?, escalate.to.as_ref()?);
        Some(format!("after {after}: `{to}` is called"))
    }));
    waits
}

/// Messages that an action of the step sends, by an outcome or by a state that it sets; and those it asks consent for.
fn messages(plan: &Plan, id: StepId) -> Vec<String> {
    let runs: Vec<&Run> = plan.steps[id].runs.iter().filter(|run| matches!(run.how, How::Backend | How::Choice(_))).collect();
    let is_sent = |notification: NotificationId| {
        plan.notifications[notification].when.any.iter().any(|(moment, _)| match moment {
            Moment::Outcome(outcome) => runs.iter().any(|run| run.action == outcome.action),
            Moment::Action(action) => runs.iter().any(|run| run.action == *action),
            Moment::State(state) => runs.iter().any(|run| plan.outcomes(run.action).any(|(_, outcome)| outcome.sets.contains(state))),
            Moment::Sent(..) => false,
        })
    };
    let mut messages = Vec::new();
    for (notification, message) in plan.notifications.iter() {
        if is_sent(notification) {
            messages.push(format!("may send {}", code(&message.name.text)));
        }
        if message.consent == Some(id) {
            messages.push(format!("asks whether {} may be sent", code(&message.name.text)));
        }
    }
    messages
}
