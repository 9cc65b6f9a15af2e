//! See `unattended_queue.md`.

use std::collections::{HashMap, HashSet};

use crate::analysis::entered_at;
use crate::finding::{Finding, Level};
use crate::model::{Moment, Moments, Nature, Plan, RoleId, StateId, Step, StepId, Subject};
use crate::rules::words::moment_name;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::Clock;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unattended-queue",
    group: Group::Backend,
    level: Level::Warning,
    page: include_str!("unattended_queue.md"),
    // A deadline on the task answers both.
    follows_from: &[FollowsFrom::on_subject("wait-without-timeout")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let told = told(cx.plan);
    let nothing = Told::default();
    let queues = cx.plan.steps.iter().filter_map(|(id, step)| queue_of(cx.plan, step).map(|role| (id, step, role)));
    queues
        .filter(|(id, step, role)| !is_attended(cx.plan, *id, step, told.get(role).unwrap_or(&nothing)))
        .map(|(id, step, role)| finding(cx.plan, id, step, role))
        .collect()
}

/// The staff in whose queue a step lands by itself; nobody where somebody always comes.
fn queue_of(plan: &Plan, step: &Step) -> Option<RoleId> {
    let is_work = matches!(step.nature, Nature::Task | Nature::Screen) && step.form.when.is_some();
    step.role.filter(|role| is_work && plan.roles[*role].form.staff && !plan.roles[*role].form.backstop)
}

/// What a role is told.
#[derive(Default)]
struct Told<'p> {
    moments: HashSet<Moment>,
    /// Into which things come at these moments.
    states: HashSet<StateId>,
    clocks: Vec<&'p Clock>,
    /// The steps that messages open.
    opens: HashSet<StepId>,
}

fn told(plan: &Plan) -> HashMap<RoleId, Told<'_>> {
    let mut roles: HashMap<RoleId, Told<'_>> = HashMap::new();
    for (_, notification) in plan.notifications.iter() {
        for role in &notification.to {
            let told = roles.entry(*role).or_default();
            for (moment, _) in &notification.when.any {
                told.moments.insert(*moment);
                told.states.extend(entered_at(plan, *moment));
            }
            told.clocks.extend(&notification.when.clock);
            told.opens.extend(notification.opens);
        }
    }
    roles
}

/// Whether a task has a deadline, or each of the things that start it is told or has a deadline of its own.
fn is_attended(plan: &Plan, id: StepId, step: &Step, told: &Told<'_>) -> bool {
    let has_deadline = step.form.within.is_some() || step.form.escalate.is_some() || told.opens.contains(&id);
    // A moment that could not be resolved was reported: nothing is known of it.
    has_deadline || (step.when.any.iter().all(|(moment, _)| is_noticed(plan, *moment, told)) && is_clock_noticed(&step.when, told))
}

fn is_noticed(plan: &Plan, moment: Moment, told: &Told<'_>) -> bool {
    let is_noticed = |state: &StateId| {
        let form = &plan.state(*state).form;
        form.timeout.is_some() || form.escalate.is_some() || told.states.contains(state)
    };
    told.moments.contains(&moment) || entered_at(plan, moment).iter().any(is_noticed)
}

fn is_clock_noticed(when: &Moments, told: &Told<'_>) -> bool {
    when.clock.as_ref().is_none_or(|clock| told.clocks.iter().any(|other| clock.before == other.before && clock.after == other.after))
}

fn finding(plan: &Plan, id: StepId, step: &Step, role: RoleId) -> Finding {
    let role_name = &plan.roles[role].name;
    let message = format!("`{}` lands in a queue of `{role_name}`, who is not told and has no deadline", step.name);
    let mut finding = Finding::new(Subject::Step(id), step.name.span, message).help(help(plan, step, role));
    if let Some(when) = &step.form.when {
        finding = finding.label(when.span, "it starts by itself here");
    }
    finding
}

fn help(plan: &Plan, step: &Step, role: RoleId) -> String {
    let backstop = plan.roles.iter().find(|(other, candidate)| *other != role && candidate.form.backstop);
    let to = backstop.map_or("..", |(_, role)| &role.name.text);
    let (name, role) = (&step.name, &plan.roles[role].name);
    let when: Vec<String> = step.when.any.iter().map(|(moment, _)| moment_name(plan, *moment)).collect();
    let when = match &when[..] {
        [] => "..".to_owned(),
        [only] => only.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    format!(
        "Say on the task who takes over when nobody acts:\nescalate: {{after: 1d, to: {to}}}\nor tell `{role}` when it starts:\nnotifications:\n  \
         {name}-due: {{to: {role}, channel: email, when: {when}, opens: {name}}}"
    )
}
