//! See `message_opens_dead_end.md`.

use crate::analysis::{Work, entered_at, left_by, walk};
use crate::finding::{Finding, Level};
use crate::model::{Guard, How, Id as _, Nature, Notification, NotificationId, Plan, RoleId, StateId, StepId, Subject, Way};
use crate::rules::words::{quoted, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "message-opens-dead-end",
    group: Group::Messages,
    level: Level::Warning,
    page: include_str!("message_opens_dead_end.md"),
    // Where nobody can act on it at all, that comes first.
    follows_from: &[FollowsFrom::on_subject("dead-end"), FollowsFrom::on_subject("staff-task-missing")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let work = Work::new(cx.plan);
    cx.plan.notifications.iter().filter_map(|(id, notification)| at(cx, &work, id, notification)).collect()
}

fn at(cx: &Context<'_>, work: &Work, id: NotificationId, notification: &Notification) -> Option<Finding> {
    let plan = cx.plan;
    let sent_in: Vec<StateId> = notification.when.any.iter().flat_map(|(moment, _)| entered_at(plan, *moment)).collect();
    let asked = || sent_in.iter().copied().filter(|state| asks(plan, work, *state, notification));
    let Some(step) = notification.opens else {
        let state = asked().next().filter(|_| notification.form.opens.is_none())?;
        return Some(without_link(plan, id, notification, state));
    };
    if is_blank(plan, step) {
        return Some(blank(plan, id, notification, step));
    }
    if let Some(state) = sent_in.iter().find(|state| excludes(&plan.steps[step].needs, **state)) {
        return Some(untrue(plan, id, notification, step, *state));
    }
    let state = asked().find(|state| !can_act(cx, step, *state, &notification.to))?;
    Some(helpless(plan, id, notification, step, state))
}

/// Whether a message about a state asks the people who get it to act, and they can, somewhere.
fn asks(plan: &Plan, work: &Work, state: StateId, notification: &Notification) -> bool {
    let waits_for = &plan.state(state).waits_for;
    waits_for.iter().any(|role| notification.to.contains(role) && work.acts(*role, state))
}

/// Whether there is nothing to see and nothing to do.
fn is_blank(plan: &Plan, step: StepId) -> bool {
    let form = &plan.steps[step];
    form.nature == Nature::Plain && form.end.is_some() && !form.has_way()
}

/// Whether a guard does not hold in a state.
fn excludes(guard: &Guard, state: StateId) -> bool {
    guard.terms.iter().any(|term| term.entity == state.entity && term.states.iter().all(|(index, _)| *index != state.index))
}

/// Whether one gets from a step to something that moves the thing out of the state, over what is offered there.
fn can_act(cx: &Context<'_>, step: StepId, state: StateId, roles: &[RoleId]) -> bool {
    let plan = cx.plan;
    let is_offered = |way: &Way| !excludes(&way.when, state);
    let is_theirs = |id: StepId| plan.steps[id].role.is_none_or(|role| roles.contains(&role));
    let seen = walk(plan, cx.reach(), [step], |way| is_offered(way) && is_theirs(way.to));
    plan.steps.iter().filter(|(id, _)| seen[id.index()]).any(|(id, step)| {
        let mut ways = plan.ways_from(id).map(|(_, way)| way).filter(|way| is_offered(way));
        let mut runs = step.runs.iter().filter(|run| match &run.how {
            How::Backend => true,
            How::Choice(label) => ways.any(|way| way.choice.as_ref() == Some(label)),
            _ => false,
        });
        let leads_into_journey = matches!(step.nature, Nature::Journey(_));
        leads_into_journey || runs.any(|run| plan.outcomes(run.action).any(|(outcome, _)| left_by(plan, outcome).contains(&state)))
    })
}

fn start(plan: &Plan, id: NotificationId, notification: &Notification, message: String) -> Finding {
    let opens = notification.form.opens.as_ref().and_then(|link| link.step.as_ref());
    let span = opens.map_or(notification.name.span, |target| target.span);
    let finding = Finding::new(Subject::Notification(id), span, message);
    notification.opens.map_or(finding.clone(), |step| finding.about(Subject::Step(step)).label(plan.steps[step].name.span, "opens this"))
}

fn without_link(plan: &Plan, id: NotificationId, notification: &Notification, state: StateId) -> Finding {
    let name = &notification.name;
    let roles = quoted(notification.to.iter().map(|role| &plan.roles[*role].name.text));
    let message = format!("`{name}` tells {roles} that `{}` waits for them, and opens nothing", state_name(plan, state));
    start(plan, id, notification, message).help(format!("Name the step where they can act:\nnotifications:\n  {name}:\n    opens: .."))
}

fn blank(plan: &Plan, id: NotificationId, notification: &Notification, step: StepId) -> Finding {
    let (name, step) = (&notification.name, &plan.steps[step]);
    let message = format!("`{name}` opens `{}`, where there is nothing to see and nothing to do", step.name);
    start(plan, id, notification, message)
        .help(format!("Open the page that the message is about, or show one there:\n{}:\n  screen: ..", step.name))
}

fn untrue(plan: &Plan, id: NotificationId, notification: &Notification, step: StepId, state: StateId) -> Finding {
    let (name, step) = (&notification.name, &plan.steps[step]);
    let message = format!("`{name}` is sent at `{}` and opens `{}`, which is not for that state", state_name(plan, state), step.name);
    let finding = start(plan, id, notification, message)
        .help("Open a page that shows this state as well, or send the message for the states that the page is for.");
    step.form.needs.as_ref().map_or(finding.clone(), |needs| finding.label(needs.span, "needs another state"))
}

fn helpless(plan: &Plan, id: NotificationId, notification: &Notification, step: StepId, state: StateId) -> Finding {
    let (name, step) = (&notification.name, &plan.steps[step].name);
    let message = format!("`{name}` opens `{step}`, from where nobody gets to what `{}` waits for", state_name(plan, state));
    start(plan, id, notification, message)
        .label(plan.state(state).name.span, "waits for them")
        .help(format!("Let the message open the step where they act, or offer it there:\n{step}:\n  choices: {{..: ..}}"))
}
