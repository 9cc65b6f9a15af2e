//! See `shared_without_entry.md`.

use crate::analysis::entered_at;
use crate::finding::{Finding, Level};
use crate::model::{ActionId, How, Moment, Plan, Start, StepId, Subject};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::source::Span;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "shared-without-entry",
    group: Group::Entry,
    level: Level::Warning,
    page: include_str!("shared_without_entry.md"),
    follows_from: &[FollowsFrom::in_journey("unknown-name"), FollowsFrom::in_journey("no-entrance")],
    phase: Phase::Plan,
    check,
};

/// What people do who pass something on, as the first word of a button or of an action's name.
const PASSING_ON: [&str; 3] = ["share", "invite", "recommend"];

/// Words that say that nothing is passed on that could be opened: costs are shared, and so are thoughts.
const NOT_A_PAGE: [&str; 9] = ["bill", "cost", "costs", "feedback", "thoughts", "opinion", "experience", "review", "screen"];

/// Words by which an entrance says that people come in by what somebody passed on.
const BY_LINK: [&str; 17] = [
    "share",
    "shared",
    "sharing",
    "link",
    "links",
    "deep",
    "invite",
    "invited",
    "invitation",
    "invitations",
    "referral",
    "referred",
    "friend",
    "friends",
    "recommendation",
    "recommended",
    "forwarded",
];

/// Something by which people pass on what they see.
struct Sharing {
    step: StepId,
    action: Option<ActionId>,
    span: Span,
    label: String,
}

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let plan = cx.plan;
    let sources = plan.steps.iter().flat_map(|(_, step)| step.form.from.iter());
    if sources.into_iter().any(|from| from.text.split('-').any(|word| BY_LINK.contains(&word))) {
        return Vec::new();
    }
    let all =
        plan.steps.ids().filter(|step| cx.reach().is_reachable(*step) && plan.is_for_people(*step)).flat_map(|step| sharing(plan, step));
    let mut open = all.filter(|sharing| sharing.action.is_none_or(|action| !is_sent(plan, action)));
    let Some(first) = open.next() else { return Vec::new() };
    let finding = open.take(3).fold(finding(plan, &first), |finding, more| finding.label(more.span, "passed on here as well"));
    vec![finding]
}

/// What people pass on from a step: by a choice, or by its main button.
fn sharing(plan: &Plan, id: StepId) -> Vec<Sharing> {
    let step = &plan.steps[id];
    let in_states = step.form.screen.iter().flat_map(|screen| screen.states.iter()).flat_map(|(_, state)| state.choices.iter());
    let mut found: Vec<Sharing> = Vec::new();
    for (label, choice) in step.form.choices.iter().chain(in_states).filter(|(label, _)| passes_on(&label.text)) {
        let runs = |run: &&crate::model::Run| choice.backend.is_some() && run.how == How::Choice(label.text.clone());
        let action = step.runs.iter().find(runs).map(|run| run.action);
        if action.is_some_and(|action| !may_pass_on(plan, action, &label.text)) {
            continue;
        }
        found.push(Sharing { step: id, action, span: label.span, label: format!("\"{}\"", label.text) });
    }
    for run in step.runs.iter().filter(|run| run.how == How::Backend) {
        let name = &plan.actions[run.action].name.text;
        if passes_on(name) || step.form.action.as_ref().is_some_and(|label| passes_on(&label.text)) {
            found.push(Sharing { step: id, action: Some(run.action), span: run.span, label: format!("`{name}`") });
        }
    }
    found
}

fn passes_on(text: &str) -> bool {
    let words: Vec<String> = text.split([' ', '-']).map(str::to_lowercase).collect();
    let is_it = words.first().is_some_and(|first| PASSING_ON.contains(&first.as_str()));
    is_it && !words.iter().any(|word| NOT_A_PAGE.contains(&word.as_str()))
}

/// Whether an action may be what passes something on. What is handed in or published stays in the product, except an invitation.
fn may_pass_on(plan: &Plan, action: ActionId, text: &str) -> bool {
    text.to_lowercase().starts_with("invite") || ["message", "other"].contains(&plan.actions[action].kind())
}

/// Whether a message that opens a step is sent by what the action does: then people come in by the message.
fn is_sent(plan: &Plan, action: ActionId) -> bool {
    let opening = plan.notifications.iter().filter(|(_, notification)| notification.opens.is_some());
    opening.flat_map(|(_, notification)| &notification.when.any).any(|(moment, _)| match moment {
        Moment::Action(of) => *of == action,
        Moment::Outcome(of) => of.action == action,
        Moment::State(_) => {
            let states = entered_at(plan, *moment);
            plan.actions[action].outcomes.iter().any(|outcome| outcome.sets.iter().any(|state| states.contains(state)))
        }
        Moment::Sent(..) => false,
    })
}

fn finding(plan: &Plan, sharing: &Sharing) -> Finding {
    let step = &plan.steps[sharing.step];
    let message = format!("{} on `{}` passes something on, and no step lets anybody in by it", sharing.label, step.name);
    let mut from: Vec<&str> = step.form.from.iter().map(|name| name.text.as_str()).collect();
    from.push("share-link");
    let from = if let [only] = from[..] { only.to_owned() } else { format!("[{}]", from.join(", ")) };
    let help = format!("Say which step a friend sees who opens it, if it is this one:\n{}:\n  from: {from}", step.name);
    let finding = Finding::new(Subject::Step(sharing.step), sharing.span, message).help(help);
    let doors = plan.steps.iter().filter(|(_, door)| door.starts.contains(&Start::Outside) && door.journey == step.journey);
    let finding = doors.take(2).fold(finding, |finding, (_, door)| {
        let span = door.form.from.first().map_or(door.name.span, |name| name.span);
        finding.label(span, "people come in here")
    });
    sharing.action.map_or(finding.clone(), |action| finding.about(Subject::Action(action)))
}
