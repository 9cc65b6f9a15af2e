//! See `long_form_without_draft.md`.

use std::collections::BTreeSet;

use crate::catalogue;
use crate::finding::{Finding, Level};
use crate::model::{How, Plan, Run, StepId, Subject};
use crate::rules::demands::kind;
use crate::rules::duties::answer;
use crate::rules::words::count;
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "long-form-without-draft",
    group: Group::Entry,
    level: Level::Warning,
    page: include_str!("long_form_without_draft.md"),
    follows_from: &[FollowsFrom::on_subject("required-outcome-missing")],
    phase: Phase::Plan,
    check,
};

/// Kinds of actions that take what people have put in.
const TAKING: [&str; 2] = ["submit", "book"];

/// Kinds of actions that keep nothing of a form: they look something up, or do one thing beside it.
const BESIDE: [&str; 5] = ["read", "upload", "message", "sign-in", "pay"];

/// As many answers are a long form.
const MANY_ANSWERS: usize = 8;

/// As many pages of questions are a long form.
const MANY_PAGES: usize = 4;

/// Nobody looks further back than over so many pages.
const FAR_ENOUGH: usize = 300;

/// The duty and the result by which an action says that a half-filled form is kept.
const ANSWER: &str = "draft-kept";
const DRAFT: &str = "draft-saved";

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (id, step) in cx.plan.steps.iter().filter(|(id, _)| cx.plan.is_for_people(*id)) {
        let takes = |run: &&Run| matches!(run.how, How::Backend | How::Choice(_)) && TAKING.contains(&cx.plan.actions[run.action].kind());
        if let Some(run) = step.runs.iter().find(takes) {
            found.extend(finding(cx.plan, id, run));
        }
    }
    found
}

/// The questions that people answer before they hand something in, with nothing kept on the way.
#[derive(Default)]
struct Form<'p> {
    pages: Vec<StepId>,
    answers: BTreeSet<&'p str>,
    has_upload: bool,
}

impl Form<'_> {
    fn is_long(&self) -> bool {
        self.answers.len() >= MANY_ANSWERS || self.pages.len() >= MANY_PAGES || (self.has_upload && self.pages.len() >= 2)
    }
}

fn finding(plan: &Plan, id: StepId, run: &Run) -> Option<Finding> {
    let action = &plan.actions[run.action];
    let is_kept = action.has_duty(ANSWER) || action.has(DRAFT) || keeps(plan, id, Some(run));
    let form = Some(form(plan, id)).filter(|form| !is_kept && form.is_long())?;
    let upload = if form.has_upload { " and an upload" } else { "" };
    let message = format!(
        "`{}` is sent after {} on {}{upload}, and nothing keeps them before that",
        action.name,
        count(form.answers.len(), "answer"),
        count(form.pages.len(), "page"),
    );
    let mut finding = Finding::new(Subject::Step(id), run.span, message).about(Subject::Action(run.action));
    for page in form.pages.iter().filter(|page| **page != id).take(3) {
        finding = finding.label(plan.steps[*page].name.span, "asks for some of it");
    }
    let duty = kind(plan, action).and_then(|kind| catalogue::duty(kind, ANSWER));
    Some(match duty {
        Some(duty) => finding.help(answer(action, ANSWER, duty)),
        None => finding.help("Keep the answers page by page: let each page run an action that saves them."),
    })
}

/// Whether a page keeps what was put in, by something else than handing it in.
fn keeps(plan: &Plan, id: StepId, beside: Option<&Run>) -> bool {
    let mut runs = plan.steps[id].runs.iter().filter(|run| matches!(run.how, How::Backend | How::Choice(_)));
    runs.any(|run| beside.is_none_or(|other| other.action != run.action) && !BESIDE.contains(&plan.actions[run.action].kind()))
}

/// Walks back from the page that hands in to the last one at which something was kept.
fn form(plan: &Plan, last: StepId) -> Form<'_> {
    let mut form = Form::default();
    let mut seen = BTreeSet::from([last]);
    let mut open = vec![last];
    while let Some(id) = open.pop().filter(|_| seen.len() <= FAR_ENOUGH) {
        let step = &plan.steps[id];
        form.has_upload |= step.runs.iter().any(|run| plan.actions[run.action].kind() == "upload");
        form.answers.extend(step.form.collects.iter().map(|name| name.text.as_str()));
        if !step.form.collects.is_empty() {
            form.pages.push(id);
        }
        let before = plan.ways_to(id).map(|(_, way)| way.from).filter(|from| {
            let of = &plan.steps[*from];
            of.journey == step.journey
                && of.stage <= plan.steps[last].stage
                && of.role == step.role
                && of.has_screen()
                && !keeps(plan, *from, None)
        });
        open.extend(before.filter(|from| seen.insert(*from)));
    }
    form.pages.sort_unstable();
    form
}
