//! The run as JSON, version 1. Positions count from 1, columns in characters; `end` is exclusive.
//!
//! Within a version, fields are only added. Its schema is `schemas/findings.schema.json`.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Run, Summary};
use crate::finding::{Finding, PathStep};
use crate::model::{Plan, PolicyId};
use crate::rules::find;
use crate::source::{Sources, Span};

/// A run.
#[derive(Debug, Serialize, JsonSchema)]
pub struct JsonReport {
    /// The version of this format.
    version: u32,
    /// What is open, in the order of the text report.
    findings: Vec<JsonFinding>,
    /// What waits until other findings are answered.
    held_back: Vec<JsonFinding>,
    /// What decisions of the plan answer.
    decided: Vec<JsonDecided>,
    /// What the baseline knows.
    known: Vec<JsonFinding>,
    /// Files that could not be read, a sentence each.
    unread: Vec<String>,
    /// Rules that were switched off, for the whole run or for some files.
    not_asked: Vec<&'static str>,
    /// What came of the plans' own laws. The way against one stands in its finding.
    policies: Vec<JsonPolicy>,
    /// The numbers.
    summary: JsonSummary,
}

/// A finding.
#[derive(Debug, Serialize, JsonSchema)]
struct JsonFinding {
    /// The rule's name.
    rule: &'static str,
    /// The rule's group.
    group: &'static str,
    /// `error`, `warning` or `info`.
    level: &'static str,
    /// What is wrong.
    message: String,
    /// What happens to a person.
    why: String,
    /// What to write instead; may be empty.
    help: String,
    /// The main place.
    place: JsonPlace,
    /// Words on the main place and on others.
    labels: Vec<JsonLabel>,
    /// The shortest way there, where the finding speaks of one.
    path: Vec<JsonStep>,
}

/// A finding that a decision answers.
#[derive(Debug, Serialize, JsonSchema)]
struct JsonDecided {
    /// The finding.
    #[serde(flatten)]
    finding: JsonFinding,
    /// The reason.
    reason: String,
    /// Who decided.
    by: Option<String>,
    /// The last day on which it holds.
    until: Option<String>,
}

/// A law of a plan.
#[derive(Debug, Serialize, JsonSchema)]
struct JsonPolicy {
    /// Its title, or what it says.
    title: String,
    /// `holds`, `holds-if-people-keep-trying`, `violated`, `vacuous` (what it asks about never happens) or `inconclusive`.
    verdict: &'static str,
    /// Where it stands.
    place: JsonPlace,
}

/// A stretch of text.
#[derive(Debug, Serialize, JsonSchema)]
struct JsonPlace {
    /// The file, as given or found.
    file: String,
    /// First line, from 1.
    line: usize,
    /// First column, in characters from 1.
    column: usize,
    /// Last line, from 1.
    end_line: usize,
    /// One past the last column, in characters from 1.
    end_column: usize,
}

/// Words on a place.
#[derive(Debug, Serialize, JsonSchema)]
struct JsonLabel {
    /// The place.
    place: JsonPlace,
    /// The words; may be empty.
    text: String,
}

/// A step on a way.
#[derive(Debug, Serialize, JsonSchema)]
struct JsonStep {
    /// Why one gets here from the step before; empty for the first.
    cause: String,
    /// The step's name.
    step: String,
    /// Where it is declared.
    place: JsonPlace,
}

/// The numbers.
#[derive(Debug, Serialize, JsonSchema)]
struct JsonSummary {
    /// Plans that were checked.
    plans: usize,
    /// Open errors.
    errors: usize,
    /// Open warnings.
    warnings: usize,
    /// Open infos.
    infos: usize,
    /// Findings that wait.
    held_back: usize,
    /// Findings that decisions answer.
    decided: usize,
    /// Findings that the baseline knows.
    known: usize,
    /// The plans' own laws.
    policies: usize,
    /// Those of them that hold on every way.
    policies_held: usize,
    /// Those that hold if people keep trying.
    policies_patient: usize,
}

/// The run as JSON text.
pub fn json(run: &Run) -> String {
    let report = JsonReport::of(run);
    let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
    text.push('\n');
    text
}

/// The schema of [`json`], as JSON text.
pub fn json_schema() -> String {
    let generator = schemars::generate::SchemaSettings::draft07().into_generator();
    let mut text = serde_json::to_string_pretty(&generator.into_root_schema_for::<JsonReport>()).unwrap_or_default();
    text.push('\n');
    text
}

impl JsonReport {
    fn of(run: &Run) -> Self {
        let of = |finding: &Finding| JsonFinding::of(&run.sources, finding);
        let verdicts = || run.plans.iter().map(|checked| &checked.verdict);
        let decided = run.plans.iter().flat_map(|checked| {
            checked.verdict.decided.iter().map(|(finding, index)| {
                let decision = &checked.plan.decisions[*index].decision;
                JsonDecided {
                    finding: of(finding),
                    reason: decision.why.as_ref().map(ToString::to_string).unwrap_or_default(),
                    by: decision.by.as_ref().map(ToString::to_string),
                    until: decision.until.as_ref().map(ToString::to_string),
                }
            })
        });
        let policies = run
            .plans
            .iter()
            .flat_map(|checked| checked.verdict.policies.iter().map(|judged| JsonPolicy::of(&run.sources, &checked.plan, *judged)));
        let summary = Summary::of(run);
        Self {
            version: 1,
            findings: verdicts().flat_map(|verdict| &verdict.findings).map(of).collect(),
            held_back: verdicts().flat_map(|verdict| &verdict.held_back).map(of).collect(),
            decided: decided.collect(),
            known: verdicts().flat_map(|verdict| &verdict.known).map(of).collect(),
            unread: run.unread.clone(),
            not_asked: run.not_asked(),
            policies: policies.collect(),
            summary: JsonSummary {
                plans: summary.plans,
                errors: summary.errors,
                warnings: summary.warnings,
                infos: summary.infos,
                held_back: summary.held_back,
                decided: summary.decided,
                known: summary.known,
                policies: summary.policies,
                policies_held: summary.policies_held,
                policies_patient: summary.policies_patient,
            },
        }
    }
}

impl JsonPolicy {
    fn of(sources: &Sources, plan: &Plan, (id, verdict): (PolicyId, &'static str)) -> Self {
        let policy = &plan.policies[id];
        Self { title: policy.title(), verdict, place: JsonPlace::of(sources, policy.span()) }
    }
}

impl JsonFinding {
    fn of(sources: &Sources, finding: &Finding) -> Self {
        let label = |label: &crate::finding::Label| JsonLabel { place: JsonPlace::of(sources, label.span), text: label.text.clone() };
        let step =
            |step: &PathStep| JsonStep { cause: step.cause.clone(), step: step.step.clone(), place: JsonPlace::of(sources, step.span) };
        Self {
            rule: finding.rule,
            group: find(finding.rule).map_or("", |rule| rule.group.name()),
            level: finding.level.word(),
            message: finding.message.clone(),
            why: finding.why.clone(),
            help: finding.help.clone(),
            place: JsonPlace::of(sources, finding.span()),
            labels: finding.labels.iter().map(label).collect(),
            path: finding.path.iter().map(step).collect(),
        }
    }
}

impl JsonPlace {
    fn of(sources: &Sources, span: Span) -> Self {
        let source = sources.get(span.file);
        let (start, end) = (source.place(span.start), source.place(span.end));
        Self { file: source.name().to_owned(), line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }
}
