//! What is missing, by stage and area, with the way there.

use super::areas::Area;
use super::words::{clean, stage_title};
use crate::diagram::view::steps_of;
use crate::finding::{Finding, Level, PathStep};
use crate::lint::Verdict;
use crate::model::{Id as _, Plan, StageId, StepId, Subject};
use crate::source::Sources;

/// Something that is missing.
#[derive(Debug)]
pub struct Gap {
    /// How much it weighs.
    pub level: Level,
    /// The rule that says so.
    pub rule: &'static str,
    /// Where it belongs.
    pub area: Area,
    /// The stage in which it shows, when it is one; the position of the stage in the plan, for order.
    pub stage: Option<(usize, String)>,
    /// The journey of that stage, where the plan has several.
    pub journey: String,
    /// What is missing.
    pub message: String,
    /// Why it hurts.
    pub why: String,
    /// What to write, with YAML on lines of its own.
    pub help: String,
    /// `file:line:column`
    pub place: String,
    /// The steps that it is about.
    pub steps: Vec<StepId>,
    /// The shortest way there.
    pub path: Vec<GapStep>,
}

/// A step on the way to what is missing.
#[derive(Debug)]
pub struct GapStep {
    /// Why one gets here.
    pub cause: String,
    /// The name of the step, or what happens.
    pub step: String,
    /// The step, where it is one.
    pub at: Option<StepId>,
}

impl Gap {
    /// The shortest way there, in a line; empty where the gap speaks of none.
    pub fn way(&self) -> String {
        let step = |step: &GapStep| {
            let name = super::words::code(&step.step);
            if step.cause.is_empty() { name } else { format!("{} → {name}", step.cause) }
        };
        let steps: Vec<String> = self.path.iter().map(step).collect();
        if steps.is_empty() { String::new() } else { format!("The way there: {}", steps.join(", ")) }
    }

    /// The first sentence of what to write: the question to answer.
    pub fn task(&self) -> &str {
        let first = self.help.lines().next().unwrap_or("");
        first.split_once(": ").filter(|(_, rest)| rest.starts_with('`')).map_or(first, |_| first).trim_end_matches(':')
    }
}

/// Every open finding, in order.
pub(super) fn gaps(sources: &Sources, plan: &Plan, verdict: &Verdict) -> Vec<Gap> {
    verdict.findings.iter().map(|finding| gap(sources, plan, finding)).collect()
}

fn gap(sources: &Sources, plan: &Plan, finding: &Finding) -> Gap {
    let stage = stage_of(plan, finding);
    let journey = stage.map(|stage| plan.stages[stage].journey).filter(|_| plan.journeys.len() > 1);
    let at = sources.place(finding.span());
    Gap {
        level: finding.level,
        rule: finding.rule,
        area: Area::of(plan, finding),
        stage: stage.map(|stage| (stage.index(), stage_title(plan, stage))),
        journey: journey.map(|journey| clean(plan.journeys[journey].title())).unwrap_or_default(),
        message: clean(&finding.message),
        why: clean(&finding.why),
        help: finding.help.lines().map(clean_code).collect::<Vec<_>>().join("\n"),
        place: clean(&format!("{}:{}:{}", sources.get(finding.span().file).name(), at.line, at.column)),
        steps: unique(steps_of(plan, finding)),
        path: finding.path.iter().map(|step| gap_step(plan, step)).collect(),
    }
}

fn unique(mut steps: Vec<StepId>) -> Vec<StepId> {
    steps.sort_unstable();
    steps.dedup();
    steps
}

/// A line that may be YAML: its indent says something.
fn clean_code(line: &str) -> String {
    let text = line.trim_start_matches(' ');
    format!("{}{}", " ".repeat(line.len() - text.len()), clean(text))
}

/// The stage of what a finding is about, or of the step at which one meets it.
fn stage_of(plan: &Plan, finding: &Finding) -> Option<StageId> {
    let of_subject = |subject: &Subject| match subject {
        Subject::Stage(stage) => Some(*stage),
        Subject::Step(step) => Some(plan.steps[*step].stage),
        Subject::Action(action) => plan.actions[*action].run_at().next().map(|step| plan.steps[step].stage),
        Subject::Outcome(outcome) => plan.actions[outcome.action].run_at().next().map(|step| plan.steps[step].stage),
        _ => None,
    };
    let at_place = || finding.labels.iter().find_map(|label| plan.step_at(label.span)).map(|step| plan.steps[step].stage);
    finding.subjects.iter().find_map(of_subject).or_else(at_place)
}

fn gap_step(plan: &Plan, step: &PathStep) -> GapStep {
    let at = plan.steps.iter().find(|(_, known)| known.name.span == step.span).map(|(id, _)| id);
    GapStep { cause: clean(&step.cause), step: clean(&step.step), at }
}
