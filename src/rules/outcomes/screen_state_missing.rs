//! See `screen_state_missing.md`.

use crate::finding::{Finding, Level};
use crate::model::{How, Plan, Run, Step, StepId, Subject};
use crate::rules::demands::UNKNOWN;
use crate::rules::snippet::{OPEN, entry, reasons, text, under};
use crate::rules::words::{quoted, says_failure};
use crate::rules::{Context, Group, Phase, Rule};
use crate::spec::{Class, Demand};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "screen-state-missing",
    group: Group::Outcomes,
    level: Level::Warning,
    page: include_str!("screen_state_missing.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

/// A state that a screen lacks, with what happens to people without it.
struct Gap<'p> {
    name: &'p str,
    why: &'p str,
}

fn check(cx: &Context<'_>) -> Vec<Finding> {
    cx.plan.steps.iter().filter_map(|(id, step)| finding(cx.plan, id, step)).collect()
}

fn finding(plan: &Plan, id: StepId, step: &Step) -> Option<Finding> {
    let shown = step.runs.iter().find(|run| run.how == How::Shows)?;
    let screen = step.form.screen.as_ref()?;
    let mut gaps = of_stage(plan, id);
    gaps.extend(of_reads(plan, step));
    gaps.retain(|gap| screen.states.iter().all(|(state, _)| state.text != gap.name));
    let names = quoted(gaps.iter().map(|gap| gap.name));
    let states = match gaps.len() {
        0 => return None,
        1 => "state",
        _ => "states",
    };
    let message = format!("the screen `{}` shows `{}`, and has no {states} {names}", step.name, plan.actions[shown.action].name);
    let mut yaml = under(&["states"], gaps.iter().map(|gap| entry(gap.name, OPEN)));
    if let Some(title) = screen.title.as_ref().filter(|_| screen.states.is_empty()) {
        yaml = format!("{}\n{yaml}", entry("title", &text(&title.text)));
    }
    let yaml = under(&[&step.name.text, "screen"], yaml.lines().map(str::to_owned));
    let finding = Finding::new(Subject::Step(id), shown.span, message).help(format!("Say what people see then:\n{yaml}"));
    Some(finding.why(reasons(gaps.iter().map(|gap| (gap.name, gap.why)))))
}

/// What every screen of a stage must be able to show.
fn of_stage(plan: &Plan, step: StepId) -> Vec<Gap<'_>> {
    let stage = plan.stage_kind(step).and_then(|kind| plan.catalogue.stage(kind));
    let states = stage.into_iter().flat_map(|stage| stage.states.iter()).filter(|(_, state)| state.demand == Some(Demand::Required));
    states.map(|(name, state)| Gap { name: &name.text, why: state.why.as_ref().map_or("", |why| &why.text) }).collect()
}

/// What the reads of a screen can come to, beside the good. One that just fails is told by the state `error`.
fn of_reads<'p>(plan: &'p Plan, step: &'p Step) -> Vec<Gap<'p>> {
    let mut gaps: Vec<Gap<'p>> = Vec::new();
    for run in step.runs.iter().filter(|run| run.how == How::Shows && plan.actions[run.action].kind() == "read") {
        for name in bad_results(plan, run) {
            if gaps.iter().all(|gap| gap.name != name) {
                gaps.push(Gap { name, why: "" });
            }
        }
    }
    gaps
}

fn bad_results<'p>(plan: &'p Plan, run: &'p Run) -> impl Iterator<Item = &'p str> {
    plan.outcomes(run.action)
        .filter(|(id, outcome)| outcome.class != Class::Success && !run.answered.contains(&id.index))
        .filter(|(_, outcome)| !outcome.stands_for(UNKNOWN) && !says_failure(&outcome.name.text))
        .map(|(_, outcome)| outcome.name.text.as_str())
}
