//! See `expired_link_is_dead.md`.

use crate::finding::{Finding, Level};
use crate::model::{How, Nature, Notification, NotificationId, Outcome, Plan, Run, StepId, Subject, Way};
use crate::rules::answers::{is_over, keys_of, ways_of};
use crate::rules::snippet::{OPEN, entry, text, under};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::{Link, Name, ScreenState};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "expired-link-is-dead",
    group: Group::Entry,
    level: Level::Warning,
    page: include_str!("expired_link_is_dead.md"),
    follows_from: &[FollowsFrom::on_subject("message-opens-dead-end"), FollowsFrom::on_subject("unhandled-outcome")],
    phase: Phase::Plan,
    check,
};

/// Words in the name of a result or a screen state that say that a link is no longer good.
const OVER: [&str; 8] = ["expired", "used", "old", "over", "late", "invalid", "gone", "void"];

/// The duty by which an action says how people get a new link.
const ANSWER: &str = "renewable";

fn check(cx: &Context<'_>) -> Vec<Finding> {
    cx.plan.notifications.iter().filter_map(|(id, notification)| finding(cx.plan, id, notification)).collect()
}

fn finding(plan: &Plan, id: NotificationId, notification: &Notification) -> Option<Finding> {
    let link = notification.form.opens.as_ref().filter(|link| link.expires.is_some() || link.once)?;
    let opens = notification.opens.filter(|_| !goes_to_staff(plan, notification))?;
    let Found::Dead(what) = answer(plan, opens) else { return None };
    let step = &plan.steps[opens];
    let (name, page) = (&notification.name, &step.name);
    let (who, span) = late_comer(link);
    let message = match &what {
        Some(dead) => format!("`{name}` opens `{page}`, and {who} meets `{}` there and can do nothing", dead.name),
        None => format!("`{name}` opens `{page}`, and {who} finds nothing there to go on with"),
    };
    let finding = Finding::new(Subject::Notification(id), span.unwrap_or(name.span), message).about(Subject::Step(opens));
    let finding = step.runs.iter().fold(finding, |finding, run| finding.about(Subject::Action(run.action)));
    Some(match what {
        Some(Dead { name, run: Some(run) }) => {
            let yaml = under(&keys_of(step, run), [entry(&name.text, OPEN)]);
            finding.label(name.span, "leads nowhere").help(format!("Lead to a page on which they can get a new one:\n{yaml}"))
        }
        Some(Dead { name, run: None }) => finding.label(name.span, "nothing to do").help(state(step.title(), page, &name.text)),
        None => finding.label(page.span, "opens this").help(state(step.title(), page, "expired")),
    })
}

fn goes_to_staff(plan: &Plan, notification: &Notification) -> bool {
    !notification.to.is_empty() && notification.to.iter().all(|role| plan.roles[*role].form.staff)
}

/// Who comes too late, and the place that says so.
fn late_comer(link: &Link) -> (String, Option<crate::source::Span>) {
    match &link.expires {
        Some(after) => (format!("whoever comes after {}", after.text), Some(after.span)),
        None => ("whoever opens it a second time".to_owned(), link.step.as_ref().map(|step| step.span)),
    }
}

/// A screen state, or a result of an action, from which nothing leads on.
struct Dead<'p> {
    name: &'p Name,
    run: Option<&'p Run>,
}

/// What somebody meets with a link that is no longer good.
enum Found<'p> {
    /// A way on, or something that the plan answers in words.
    WayOn,
    /// Nothing to do, and what says so, where there is anything.
    Dead(Option<Dead<'p>>),
}

fn answer(plan: &Plan, id: StepId) -> Found<'_> {
    let step = &plan.steps[id];
    // A rule of the system, or a journey of its own, looks at the link itself.
    if matches!(step.nature, Nature::Decide | Nature::Journey(_)) || step.runs.iter().any(|run| plan.actions[run.action].has_duty(ANSWER)) {
        return Found::WayOn;
    }
    let mut dead: Option<Dead<'_>> = None;
    for (name, state) in step.form.screen.iter().flat_map(|screen| screen.states.iter()).filter(|(name, _)| says_over(&name.text)) {
        if leads_on(state) {
            return Found::WayOn;
        }
        dead = dead.or(Some(Dead { name, run: None }));
    }
    for run in step.runs.iter().filter(|run| run.how != How::Shows) {
        for (outcome_id, outcome) in plan.outcomes(run.action).filter(|(_, outcome)| is_about_links(plan, run, outcome)) {
            if ways_of(plan, id, run, outcome_id).any(|way| is_way_on(plan, way)) {
                return Found::WayOn;
            }
            dead = dead.or(Some(Dead { name: &outcome.name, run: Some(run) }));
        }
    }
    Found::Dead(dead)
}

fn says_over(name: &str) -> bool {
    name.split('-').any(|word| OVER.contains(&word))
}

fn leads_on(state: &ScreenState) -> bool {
    state.to.is_some() || !state.choices.is_empty()
}

/// Whether a result is about the link: that of a sign-in by its name or meaning, and of anything else where it speaks of a link.
fn is_about_links(plan: &Plan, run: &Run, outcome: &Outcome) -> bool {
    let is_link = ["link-expired", "link-used"].iter().any(|known| outcome.stands_for(known));
    is_link || (plan.actions[run.action].kind() != "pay" && says_over(&outcome.name.text))
}

/// Whether somebody can do something where a way leads: on the same page by another button, on another page before it is over.
fn is_way_on(plan: &Plan, way: &Way) -> bool {
    if way.to == way.from {
        return plan.ways_from(way.from).any(|(_, other)| other.choice.is_some() && other.choice != way.choice);
    }
    !is_over(plan, way.to)
}

/// The state of the page that says it, with a way on.
fn state(title: &str, page: &Name, word: &str) -> String {
    let lines = [
        format!("title: {}", text(title)),
        format!("states: {{{word}: {{shows: This link is no longer good, choices: {{Send me a new one: {OPEN}}}}}}}"),
    ];
    format!("Say what they see, and how they get a new one:\n{}", under(&[page.text.as_str(), "screen"], lines))
}
