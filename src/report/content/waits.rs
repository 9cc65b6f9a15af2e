//! What waits on whom, for how long, and what then.

use super::words::{actor, code, deadline, role_title, step_title, system_title};
use crate::model::{Cause, Nature, Plan, State, StateId, StepId, Waits};
use crate::rules::state_name;
use crate::spec::{Deadline, Wait, list_with};

/// Somebody or something that waits.
#[derive(Debug)]
pub struct Waiting {
    /// What waits.
    pub what: String,
    /// On whom; empty for mere time.
    pub on: String,
    /// For how long; empty where nothing is said.
    pub long: String,
    /// What happens then; empty where nothing is said.
    pub then: String,
}

/// Steps that wait, then states that do, then systems that answer later.
pub(super) fn waits(plan: &Plan) -> Vec<Waiting> {
    let steps = plan.steps.ids().filter_map(|id| step(plan, id));
    let states = plan.entities.ids().flat_map(|entity| plan.states(entity)).filter_map(|(id, of)| state(plan, id, of));
    steps.chain(states).chain(outside(plan)).collect()
}

fn step(plan: &Plan, id: StepId) -> Option<Waiting> {
    let step = &plan.steps[id];
    let on = match step.nature {
        Nature::Wait(Waits::Time) => String::new(),
        Nature::Wait(Waits::Action(action)) => {
            let system = plan.actions[action].system.map(|system| system_title(plan, system));
            system.unwrap_or_else(|| code(&plan.actions[action].name.text))
        }
        Nature::Wait(Waits::Entity(entity)) => super::words::entity_title(plan, entity),
        Nature::Wait(Waits::Role(role)) => role_title(plan, role),
        Nature::Wait(Waits::Unknown) => "not known".to_owned(),
        _ if step.form.within.is_some() || step.form.escalate.is_some() => actor(plan, id),
        _ => return None,
    };
    let time = match &step.form.wait {
        Some(Wait::For(time)) => Some(time.text.clone()),
        _ => step.form.within.as_ref().map(|within| deadline(plan, within)),
    };
    let escalate = step.form.escalate.as_ref();
    let mut then: Vec<String> = plan
        .ways_from(id)
        .filter(|(_, way)| way.cause == Cause::Timeout)
        .map(|(_, way)| if way.to == id { "waits again".to_owned() } else { step_title(plan, way.to) })
        .collect();
    then.extend(escalate.and_then(|escalate| escalate.to.as_ref()).map(|to| format!("{} is called", code(&to.text))));
    Some(Waiting {
        what: format!("{} ({})", step_title(plan, id), code(&step.name.text)),
        on,
        long: time.or_else(|| escalate.and_then(|escalate| escalate.after.as_ref()).map(|after| after.text.clone())).unwrap_or_default(),
        then: then.join("; "),
    })
}

fn state(plan: &Plan, id: StateId, state: &State) -> Option<Waiting> {
    let (timeout, escalate) = (state.form.timeout.as_ref(), state.form.escalate.as_ref());
    if timeout.is_none() && escalate.is_none() && state.form.waits_for.is_empty() {
        return None;
    }
    let on: Vec<String> = state.form.waits_for.iter().map(|name| waited_for(plan, &name.text)).collect();
    let times = [timeout.and_then(|timeout| timeout.after.as_ref()), escalate.and_then(|escalate| escalate.after.as_ref())];
    let times: Vec<String> = times.into_iter().flatten().map(|time| time.text.clone()).collect();
    let mut then: Vec<String> = Vec::new();
    then.extend(timeout.and_then(|timeout| timeout.checks.as_ref()).map(|checks| format!("asks {}", code(&checks.text))));
    then.extend(timeout.and_then(|timeout| timeout.becomes.as_ref()).map(|becomes| format!("becomes {}", code(&becomes.text))));
    then.extend(escalate.and_then(|escalate| escalate.to.as_ref()).map(|to| format!("{} is called", code(&to.text))));
    Some(Waiting { what: code(&state_name(plan, id)), on: list_with(&on, "or"), long: times.join(", "), then: then.join("; ") })
}

/// A role or a system by its title.
fn waited_for(plan: &Plan, name: &str) -> String {
    let role = plan.roles.iter().find(|(_, role)| role.name.text == name).map(|(id, _)| role_title(plan, id));
    let system = || plan.systems.iter().find(|(_, system)| system.name.text == name).map(|(id, _)| system_title(plan, id));
    role.or_else(system).unwrap_or_else(|| name.to_owned())
}

/// Answers that come later, with the deadlines of the states and steps that look after them.
fn outside(plan: &Plan) -> impl Iterator<Item = Waiting> + '_ {
    let later = plan.actions.iter().filter(|(_, action)| action.answers_later());
    later.map(|(id, action)| {
        let by_step = plan
            .steps
            .iter()
            .filter(|(_, step)| step.nature == Nature::Wait(Waits::Action(id)) || step.runs.iter().any(|run| run.action == id));
        let within = by_step.filter_map(|(_, step)| step.form.within.as_ref()).map(|within| match within {
            Deadline::After(time) => time.text.clone(),
            Deadline::Of(_) => deadline(plan, within),
        });
        let by_state = action.checked_by.iter().filter_map(|state| {
            let after = plan.state(*state).form.timeout.as_ref()?.after.as_ref()?;
            Some(format!("{after}, as {}", code(&state_name(plan, *state))))
        });
        let mut times: Vec<String> = within.chain(by_state).collect();
        times.dedup();
        let asks = ["queried", "reconciled"];
        let duties = action.form.duties.iter().filter(|(duty, _)| asks.contains(&duty.text.as_str()));
        let then: Vec<String> = duties.map(|(duty, how)| format!("{duty}: {}", super::words::clean(&how.text))).collect();
        Waiting {
            what: format!("the answer of {}", code(&action.name.text)),
            on: action.system.map(|system| system_title(plan, system)).unwrap_or_default(),
            long: times.join("; "),
            then: then.join("; "),
        }
    })
}
