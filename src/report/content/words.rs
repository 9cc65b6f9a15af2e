//! Texts of the plan, cleaned, and its things by the names that people know.

use crate::model::{ActionId, Cause, EntityId, Guard, Moments, Nature, Plan, RoleId, StateId, StepId, Subject, SurfaceId, SystemId, Way};
use crate::rules::{moment_name, outcome_name, state_name};
use crate::spec::{Clock, Deadline, Text, list_with};

/// A text of the plan on one line. What cannot be seen, and what turns the direction of writing, becomes visible: in a terminal it
/// could do things, and anywhere it could make a text look like another.
pub(in crate::report) fn clean(text: &str) -> String {
    let visible = |c: char| match c {
        _ if c.is_whitespace() => ' ',
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => '\u{fffd}',
        _ if c.is_control() => '\u{fffd}',
        _ => c,
    };
    let one_line: String = text.chars().map(visible).collect();
    one_line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// An optional text, cleaned; nothing where there is none.
pub(in crate::report) fn said(text: Option<&Text>) -> String {
    text.map(|text| clean(&text.text)).unwrap_or_default()
}

fn titled(title: Option<&Text>, name: &str) -> String {
    title.map_or_else(|| name.to_owned(), |title| clean(&title.text))
}

/// What people read on a step, or else its name.
pub(in crate::report) fn step_title(plan: &Plan, step: StepId) -> String {
    clean(plan.steps[step].title())
}

pub(in crate::report) fn role_title(plan: &Plan, role: RoleId) -> String {
    clean(plan.roles[role].title())
}

pub(in crate::report) fn entity_title(plan: &Plan, entity: EntityId) -> String {
    clean(plan.entities[entity].title())
}

pub(in crate::report) fn system_title(plan: &Plan, system: SystemId) -> String {
    titled(plan.systems[system].form.title.as_ref(), &plan.systems[system].name.text)
}

pub(in crate::report) fn surface_title(plan: &Plan, surface: SurfaceId) -> String {
    titled(plan.surfaces[surface].form.title.as_ref(), &plan.surfaces[surface].name.text)
}

pub(in crate::report) fn stage_title(plan: &Plan, stage: crate::model::StageId) -> String {
    let of = &plan.stages[stage];
    let form = &plan.journeys[of.journey].form;
    let declared = form.stages.iter().find(|(name, _)| name.text == of.name.text).and_then(|(_, stage)| stage.title.as_ref());
    titled(declared, &of.name.text)
}

/// Who goes through a step: its role, the system whose job it is, or whoever the journey is for.
pub(in crate::report) fn actor(plan: &Plan, step: StepId) -> String {
    match (plan.steps[step].nature, plan.steps[step].role) {
        (Nature::Job(Some(system)), _) => system_title(plan, system),
        (_, Some(role)) => role_title(plan, role),
        _ => "anybody".to_owned(),
    }
}

/// Who sets an action going, and where: `Member at Checkout`.
pub(in crate::report) fn runners(plan: &Plan, action: ActionId) -> Vec<String> {
    let mut runners: Vec<String> = Vec::new();
    for step in plan.actions[action].run_at() {
        let runner = format!("{} at {}", actor(plan, step), step_title(plan, step));
        if !runners.contains(&runner) {
            runners.push(runner);
        }
    }
    runners
}

/// `` `order.paid` or `order.making` ``
pub(in crate::report) fn guard(plan: &Plan, guard: &Guard) -> String {
    let terms = guard.terms.iter().map(|term| {
        let states = term.states.iter().map(|(index, _)| code(&state_name(plan, StateId { entity: term.entity, index: *index })));
        list_with(&states.collect::<Vec<_>>(), "or")
    });
    terms.collect::<Vec<_>>().join(" and ")
}

/// What starts something: `` `order.paid` ``, or a time by the clock.
pub(in crate::report) fn moments(plan: &Plan, moments: &Moments) -> String {
    let any: Vec<String> = moments.any.iter().map(|(moment, _)| code(&moment_name(plan, *moment))).collect();
    match &moments.clock {
        Some(clock) => clock_time(plan, clock, &moments.clock_in),
        None => list_with(&any, "or"),
    }
}

fn clock_time(plan: &Plan, clock: &Clock, within: &Guard) -> String {
    let (word, mention) = if clock.before.is_some() { ("before", &clock.before) } else { ("after", &clock.after) };
    let by = clock.by.as_ref().map(|by| format!("{by} ")).unwrap_or_default();
    let of = mention.as_ref().map(|mention| code(&mention.to_string())).unwrap_or_default();
    let only = if within.is_empty() { String::new() } else { format!(", while {}", guard(plan, within)) };
    format!("{by}{word} {of}{only}")
}

/// How long: `15m`, or the deadline of a state with its length.
pub(in crate::report) fn deadline(plan: &Plan, deadline: &Deadline) -> String {
    match deadline {
        Deadline::After(duration) => duration.text.clone(),
        Deadline::Of(mention) => {
            let entity = plan.entities.iter().find(|(_, entity)| entity.name.text == mention.owner).map(|(_, entity)| entity);
            let state = entity.zip(mention.member.as_deref()).and_then(|(entity, name)| Some(&entity.states[entity.state(name)?]));
            let after = state.and_then(|state| state.form.timeout.as_ref()).and_then(|timeout| timeout.after.as_ref());
            after.map_or_else(|| code(&mention.to_string()), |after| format!("{after}, as {}", code(&mention.to_string())))
        }
    }
}

/// A way on, as people tell it: what happens, and where it leads.
pub(in crate::report) fn way(plan: &Plan, way: &Way) -> String {
    let to = if way.is_back {
        "back".to_owned()
    } else if way.to == way.from {
        "stays here".to_owned()
    } else {
        step_title(plan, way.to)
    };
    let only = if way.when.is_empty() { String::new() } else { format!(" (only {})", guard(plan, &way.when)) };
    let times = way.times.map(|times| format!(" (at most {times} times)")).unwrap_or_default();
    format!("{} → {to}{only}{times}", way_cause(plan, way))
}

/// Why a way is taken, as people tell it.
pub(in crate::report) fn way_cause(plan: &Plan, way: &Way) -> String {
    let what = match &way.cause {
        Cause::Choice(label) => return format!("“{}”", clean(label)),
        Cause::Next => "goes on".to_owned(),
        Cause::Outcome(outcome) => plan.outcome(*outcome).name.text.clone(),
        Cause::State(state) => format!("{} {}", entity_title(plan, state.entity), plan.state(*state).name),
        Cause::Timeout => "too late".to_owned(),
        Cause::Exhausted => "tried often enough".to_owned(),
        Cause::Value(name) | Cause::End(name) => name.clone(),
        Cause::ScreenState(name) => format!("screen is {name}"),
    };
    way.choice.as_ref().map_or(what.clone(), |label| format!("“{}”, {what}", clean(label)))
}

/// A name, marked as one.
pub(in crate::report) fn code(name: &str) -> String {
    format!("`{name}`")
}

/// `` `checkout` in Submit ``: a thing with where it stands.
pub(in crate::report) fn about(plan: &Plan, subject: Subject) -> String {
    match subject {
        Subject::Plan => "the plan".to_owned(),
        Subject::Journey(journey) => format!("journey {}", clean(plan.journeys[journey].title())),
        Subject::Stage(stage) => format!("stage {}", stage_title(plan, stage)),
        Subject::Step(step) => format!("{} ({})", step_title(plan, step), code(&plan.steps[step].name.text)),
        Subject::Outcome(outcome) => code(&outcome_name(plan, outcome)),
        Subject::State(state) => code(&state_name(plan, state)),
        _ => code(&crate::rules::name_of(plan, subject)),
    }
}
