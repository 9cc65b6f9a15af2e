//! SARIF 2.1.0, the format of code scanning services. The structs are the part of it that is written.

use std::fmt::Write as _;

use serde::Serialize;

use super::Run;
use super::place::{Fingerprints, Place};
use crate::finding::{Finding, Level, PathStep};
use crate::rules::{Rule, find};
use crate::source::Span;

const SCHEMA: &str = "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [SarifRun; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifRun {
    tool: Tool,
    invocations: [Invocation; 1],
    column_kind: &'static str,
    results: Vec<SarifResult>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    short_description: Message,
    full_description: Message,
    help: Message,
    default_configuration: Configuration,
    properties: Properties,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties {
    tags: [&'static str; 1],
}

#[derive(Serialize)]
struct Message {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    code_flows: Vec<CodeFlow>,
    partial_fingerprints: Fingerprint,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression>,
}

#[derive(Serialize)]
struct Fingerprint {
    #[serde(rename = "flowcheck/v1")]
    value: String,
}

#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    justification: String,
}

// The names are those of the format.
#[expect(clippy::struct_field_names)]
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CodeFlow {
    thread_flows: [ThreadFlow; 1],
}

#[derive(Serialize)]
struct ThreadFlow {
    locations: Vec<ThreadFlowLocation>,
}

#[derive(Serialize)]
struct ThreadFlowLocation {
    location: Location,
}

/// The run: what is open, and as suppressed what decisions of the plans answer and what the baseline knows.
pub fn sarif(run: &Run) -> String {
    let mut writer = Writing { run, rules: Vec::new(), fingerprints: Fingerprints::default() };
    let mut results: Vec<SarifResult> = run.findings().map(|finding| writer.result(finding, Vec::new())).collect();
    for checked in &run.plans {
        for (finding, index) in &checked.verdict.decided {
            let why = checked.plan.decisions[*index].decision.why.as_ref().map(ToString::to_string).unwrap_or_default();
            results.push(writer.result(finding, vec![Suppression { kind: "inSource", justification: why }]));
        }
    }
    for finding in run.plans.iter().flat_map(|checked| &checked.verdict.known) {
        let justification = "Known from the baseline".to_owned();
        results.push(writer.result(finding, vec![Suppression { kind: "external", justification }]));
    }
    let notifications = run.unread.iter().map(|reason| Notification { level: "error", message: plain(reason) });
    let is_read = run.unread.is_empty() && run.plans.iter().all(|checked| !checked.verdict.is_unreadable());
    let invocation = Invocation { execution_successful: is_read, tool_execution_notifications: notifications.collect() };
    let rules = writer.rules.iter().map(|rule| descriptor(rule)).collect();
    let tool = Tool { driver: Driver { name: "flowcheck", semantic_version: env!("CARGO_PKG_VERSION"), rules } };
    let runs = [SarifRun { tool, invocations: [invocation], column_kind: "unicodeCodePoints", results }];
    let mut text = serde_json::to_string_pretty(&Log { schema: SCHEMA, version: "2.1.0", runs }).unwrap_or_default();
    text.push('\n');
    text
}

struct Writing<'r> {
    run: &'r Run,
    /// The rules that speak, each once.
    rules: Vec<&'static Rule>,
    fingerprints: Fingerprints,
}

impl Writing<'_> {
    fn result(&mut self, finding: &Finding, suppressions: Vec<Suppression>) -> SarifResult {
        let place = Place::of(self.run, finding.span());
        let others = finding.labels.iter().skip(1).enumerate();
        let related = others.map(|(index, label)| Location { id: Some(index + 1), ..self.location(label.span, &label.text) });
        let steps = finding.path.iter().map(|step| ThreadFlowLocation { location: self.location(step.span, &cause(step)) });
        let flow = CodeFlow { thread_flows: [ThreadFlow { locations: steps.collect() }] };
        SarifResult {
            related_locations: related.collect(),
            code_flows: if finding.path.is_empty() { Vec::new() } else { vec![flow] },
            locations: [self.location(finding.span(), &finding.labels[0].text)],
            rule_id: finding.rule,
            rule_index: self.rule_index(finding.rule),
            level: level(finding.level),
            message: plain(&[finding.message.as_str(), &finding.why, &finding.help].join("\n").replace("\n\n", "\n")),
            partial_fingerprints: Fingerprint { value: self.fingerprints.next(&[finding.rule, &place.file, &finding.message]) },
            suppressions,
        }
    }

    fn rule_index(&mut self, name: &str) -> usize {
        let known = self.rules.iter().position(|rule| rule.name == name);
        known.unwrap_or_else(|| {
            self.rules.extend(find(name));
            self.rules.len().saturating_sub(1)
        })
    }

    fn location(&self, span: Span, text: &str) -> Location {
        let place = Place::of(self.run, span);
        let region = Region {
            start_line: place.start.line,
            start_column: place.start.column,
            end_line: place.end.line,
            end_column: place.end.column,
        };
        let physical_location = PhysicalLocation { artifact_location: ArtifactLocation { uri: uri(&place.file) }, region };
        Location { id: None, physical_location, message: (!text.is_empty()).then(|| plain(text)) }
    }
}

fn descriptor(rule: &Rule) -> Descriptor {
    Descriptor {
        id: rule.name,
        short_description: plain(rule.summary()),
        full_description: plain(&rule.why()),
        help: Message { text: rule.page.to_owned(), markdown: Some(rule.page.to_owned()) },
        default_configuration: Configuration { level: level(rule.level) },
        properties: Properties { tags: [rule.group.name()] },
    }
}

fn plain(text: &str) -> Message {
    Message { text: text.trim_end().to_owned(), markdown: None }
}

fn cause(step: &PathStep) -> String {
    if step.cause.is_empty() { step.step.clone() } else { format!("{}, by {}", step.step, step.cause) }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}

/// The name of a file as a URI: relative to the repository, or of the whole machine.
fn uri(name: &str) -> String {
    let mut out = String::new();
    if name.starts_with('/') {
        out.push_str("file://");
    } else if name.get(1..2) == Some(":") {
        out.push_str("file:///");
    }
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
