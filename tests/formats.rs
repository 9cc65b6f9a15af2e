//! Every format is held against what its readers publish: a schema, or the output of their own library.

use serde_json::Value;

use crate::common::{command, folder_with, root, run, today};

/// Everything in it that formats trip over: a path, labels in two places, marks of every syntax, a decision, a question.
const PLAN: &str = "flowcheck: 1
journey: order
title: \"<b>Order</b> & pay | now, 100 %\"
goal: A guest has a coffee
role: guest
surface: app
without: {pay: \"Paid at the counter | cash, <card> & 'points'\"}
decided: {unused-declaration: \"Kept for the <kitchen> & the 2nd floor\"}
roles: {guest: {}, cook: {staff: true}}
surfaces: {app: {job: Order}}
systems: {shop: {}}
entities:
  cup: {states: {open: {then: closed, timeout: {after: 1d, becomes: closed, by: shop}}, closed: end}}
backend:
  place-order: {kind: other, system: shop, outcomes: {placed: {cup: open}, sold-out: }}
stages:
  entry:
    open: {screen: Home, from: search, next: menu}
  browse:
    menu: {screen: \"Menu: <b>*é 注*</b> | `x`\", choices: {\"A & \\\"B\\\", 100 %\": checkout, Lost: lost}, question: \"Who says `no`, *and* <when> | why?\"}
    lost: {screen: Nowhere to go}
  submit:
    checkout: {screen: Checkout, backend: place-order, on: {placed: thanks}}
  follow-up:
    thanks: {screen: Your order, ends: success}
";

/// Below a folder whose name is hard on every syntax.
const FILE: &str = "a & b, c/é 注: 100%.flow.yaml";

fn report(format: &str) -> String {
    let folder = folder_with(&[(FILE, PLAN)]);
    let output = run(folder.path(), &["validate", "--format", format, "--today", &today().to_string()]);
    assert_eq!(output.status.code(), Some(1), "{format}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

fn of_examples(format: &str) -> String {
    let output = run(root(), &["validate", "examples", "--format", format, "--today", &today().to_string()]);
    String::from_utf8(output.stdout).expect("text")
}

/// How many findings are open in the plan, by the JSON report.
fn count() -> usize {
    let report: Value = serde_json::from_str(&report("json")).expect("JSON");
    report["findings"].as_array().map_or(0, Vec::len)
}

fn fits(schema: &str, instance: &Value) {
    // The published schema of SARIF has a pattern with a bracket too many, for keys that nobody writes here.
    let schema: Value = serde_json::from_str(&schema.replace("{2}]?$", "{2}$")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let wrong: Vec<String> = validator.iter_errors(instance).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sarif_fits_the_schema_of_its_committee() {
    const SCHEMA: &str = include_str!("published/sarif-2.1.0.schema.json");
    for text in [report("sarif"), of_examples("sarif")] {
        fits(SCHEMA, &serde_json::from_str(&text).expect("JSON"));
    }
    let log: Value = serde_json::from_str(&report("sarif")).expect("JSON");
    let (tool, results) = (&log["runs"][0]["tool"]["driver"], log["runs"][0]["results"].as_array().expect("results"));
    let suppressed = results.iter().filter(|result| result.get("suppressions").is_some()).count();
    assert_eq!((results.len() - suppressed, suppressed), (count(), 1), "what a decision answers is there as suppressed");
    for result in results {
        let rule = &tool["rules"][usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small")];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["markdown"].as_str().is_some_and(|page| page.contains("## Why it hurts")));
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("a URI");
        assert_eq!(uri, "a%20%26%20b%2C%20c/%C3%A9%20%E6%B3%A8%3A%20100%25.flow.yaml");
    }
    let keys: std::collections::HashSet<&str> =
        results.iter().filter_map(|result| result["partialFingerprints"]["flowcheck/v1"].as_str()).collect();
    assert_eq!(keys.len(), results.len(), "each finding can be followed by itself");
}

#[test]
fn sarif_shows_paths_as_code_flows() {
    let rule = flowcheck::rules::find("needs-unmet").expect("it is there");
    let page = rule.read_page();
    let folder = folder_with(&[("plan.flow.yaml", page.section("Example").expect("it is there").fences[0].text)]);
    let of =
        |format: &str| -> Value { serde_json::from_slice(&run(folder.path(), &["validate", "--format", format]).stdout).expect("JSON") };
    let (log, json) = (of("sarif"), of("json"));
    let findings = json["findings"].as_array().expect("findings");
    let paths: Vec<usize> = findings.iter().map(|one| one["path"].as_array().map_or(0, Vec::len)).collect();
    let results = log["runs"][0]["results"].as_array().expect("results");
    let flows = results.iter().filter(|result| result.get("suppressions").is_none());
    let flows: Vec<usize> =
        flows.map(|result| result["codeFlows"][0]["threadFlows"][0]["locations"].as_array().map_or(0, Vec::len)).collect();
    assert_eq!(flows, paths);
    assert!(paths.iter().any(|length| *length > 1), "an example shows a path");
}

#[test]
fn gitlab_takes_every_finding_of_the_code_quality_report() {
    const SCHEMA: &str = include_str!("published/gitlab-code-quality.schema.json");
    for text in [report("gitlab"), of_examples("gitlab")] {
        let issues: Value = serde_json::from_str(&text).expect("JSON");
        let issues = issues.as_array().expect("a list");
        let mut seen = std::collections::HashSet::new();
        for issue in issues {
            fits(SCHEMA, issue);
            assert!(seen.insert(issue["fingerprint"].to_string()), "GitLab drops what has the fingerprint of another: {issue}");
            assert!(["info", "minor", "major", "critical", "blocker"].contains(&issue["severity"].as_str().unwrap_or("")));
        }
    }
    let issues: Value = serde_json::from_str(&report("gitlab")).expect("JSON");
    assert_eq!(issues.as_array().map(Vec::len), Some(count()));
    assert_eq!(issues[0]["location"]["path"], FILE);
}

#[test]
fn junit_fits_the_schema_that_jenkins_publishes() {
    let schema = uppsala::parse(include_str!("published/junit-10.xsd")).expect("XML");
    let validator = uppsala::XsdValidator::from_schema(&schema).expect("a schema");
    for text in [report("junit"), of_examples("junit")] {
        let wrong: Vec<String> = validator.validate(&uppsala::parse(&text).expect("XML")).iter().map(ToString::to_string).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
    for broken in ["<testsuites><testsuite tests='1'><case/></testsuite></testsuites>", "<testsuites skipped='1'/>"] {
        assert!(!validator.validate(&uppsala::parse(broken).expect("XML")).is_empty(), "the schema refuses {broken}");
    }
}

#[test]
fn junit_fails_what_fails_the_run() {
    let folder = folder_with(&[(FILE, PLAN)]);
    let failures = |arguments: &[&str]| {
        let output = run(folder.path(), &[&["validate", "--format", "junit"], arguments].concat());
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        (text.matches("<failure").count() > 0, output.status.code())
    };
    assert_eq!(failures(&[]), (true, Some(1)));
    assert_eq!(failures(&["--only", "plan"]), (false, Some(0)));
    assert_eq!(failures(&["--only", "plan", "--fail-on", "info"]), (true, Some(1)));
}

/// Every element of a document with its attributes.
fn elements(text: &str) -> Vec<(String, Vec<(String, String)>)> {
    let document = uppsala::parse(text).expect("XML");
    let element = |id: &uppsala::NodeId| {
        let element = document.element(*id)?;
        let attribute = |attribute: &uppsala::Attribute<'_>| (attribute.name.local_name.to_string(), attribute.value.to_string());
        Some((element.name.local_name.to_string(), element.attributes.iter().map(attribute).collect()))
    };
    document.descendants(document.root()).iter().filter_map(element).collect()
}

/// The kinds of elements, each with the names of its attributes.
fn shape(text: &str) -> std::collections::BTreeSet<(String, Vec<String>)> {
    let names = |attributes: Vec<(String, String)>| attributes.into_iter().map(|(name, _)| name).collect();
    elements(text).into_iter().map(|(element, attributes)| (element, names(attributes))).collect()
}

#[test]
fn checkstyle_has_the_shape_that_eslint_writes() {
    let reference = shape(include_str!("published/checkstyle.xml"));
    for text in [report("checkstyle"), of_examples("checkstyle")] {
        assert_eq!(shape(&text), reference);
    }
    let json: Value = serde_json::from_str(&report("json")).expect("JSON");
    let ours = elements(&report("checkstyle"));
    let of = |name: &str| -> Vec<String> {
        ours.iter().flat_map(|(_, attributes)| attributes).filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    };
    let expected = |key: &str| -> Vec<String> {
        json["findings"].as_array().expect("findings").iter().map(|one| one[key].as_str().expect("text").to_owned()).collect()
    };
    assert_eq!(of("message"), expected("message"));
    assert_eq!(of("severity"), expected("level"));
    assert_eq!(of("name"), [FILE]);
}

#[test]
fn github_commands_are_written_as_by_its_own_library() {
    let cases: Value = serde_json::from_str(include_str!("published/github-commands.json")).expect("JSON");
    for case in cases.as_array().expect("a list") {
        let properties: Vec<(&str, &str)> = case["properties"]
            .as_object()
            .expect("a map")
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str().expect("text")))
            .collect();
        let text = |key: &str| case[key].as_str().expect("text");
        assert_eq!(flowcheck::output::workflow_command(text("command"), &properties, text("message")), text("line"));
    }
    let ours = report("github");
    assert_eq!(ours.lines().count(), count());
    for line in ours.lines() {
        assert!(
            ["::error file=a & b%2C c/é 注%3A 100%25.flow.yaml,line=", "::warning file=", "::notice file="]
                .iter()
                .any(|start| line.starts_with(start)),
            "{line}"
        );
    }
}

/// A plan with more errors of a kind than GitHub shows.
fn with_errors(number: usize) -> String {
    let steps: Vec<String> = (0..number).map(|index| format!("    lost-{index}: {{screen: Lost {index}, from: search}}\n")).collect();
    let steps = steps.concat();
    PLAN.replace("    lost: {screen: Nowhere to go}\n", &format!("    lost: {{screen: Gone, ends: abandoned}}\n{steps}"))
}

#[test]
fn in_github_actions_annotations_stand_beside_the_text_and_say_how_many_are_not_shown() {
    let (ten, more) = (with_errors(9), with_errors(30));
    let folder = folder_with(&[("ten.flow.yaml", &ten), ("more.flow.yaml", &more)]);
    let says = |arguments: &[&str]| {
        let output = command(folder.path(), &[&["validate"], arguments].concat()).env("GITHUB_ACTIONS", "true").output().expect("runs");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let annotations = |text: &str| text.lines().filter(|line| line.starts_with("::error")).map(str::to_owned).collect::<Vec<_>>();
    let text = says(&["ten.flow.yaml"]);
    assert!(text.contains("× `lost-0`") && text.contains("\nFound 10 errors"), "the text is whole: {text}");
    assert_eq!(annotations(&text).len(), 10);
    assert!(!text.contains("are not shown here"), "{text}");
    let text = says(&["more.flow.yaml"]);
    assert_eq!(annotations(&text).len(), 10);
    assert!(
        annotations(&text)[9].ends_with("::22 more errors are not shown here, because GitHub shows 10 of a kind; the log has all of them"),
        "{text}"
    );
    assert!(annotations(&says(&["ten.flow.yaml", "--format", "json"])).is_empty(), "data stays data");
    assert_eq!(annotations(&says(&["ten.flow.yaml", "--format", "github"])).len(), 10, "once, not twice");
}

#[test]
fn markdown_is_read_as_a_table_with_the_words_that_were_found() {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let text = report("markdown");
    let json: Value = serde_json::from_str(&report("json")).expect("JSON");
    let (mut rows, mut cells, mut cell, mut in_cell) = (Vec::new(), Vec::new(), String::new(), false);
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::TableCell) => in_cell = true,
            Event::End(TagEnd::TableCell) => {
                in_cell = false;
                cells.push(std::mem::take(&mut cell));
            }
            Event::End(TagEnd::TableHead) => cells.clear(),
            Event::End(TagEnd::TableRow) => rows.push(std::mem::take(&mut cells)),
            Event::Text(text) if in_cell => cell.push_str(&text),
            Event::Code(text) if in_cell => cell.extend(["`", &text, "`"]),
            Event::Html(html) | Event::InlineHtml(html) => panic!("a plan cannot bring HTML in: {html}"),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. }) if in_cell => panic!("{text}"),
            _ => {}
        }
    }
    let expected: Vec<Vec<String>> = json["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .map(|one| {
            let text = |key: &str| one[key].as_str().expect("text").to_owned();
            vec![text("level"), format!("`{}`", text("rule")), format!("`{FILE}:{}`", one["place"]["line"]), text("message")]
        })
        .collect();
    assert_eq!(rows, expected);
}

#[test]
fn several_formats_come_of_one_run() {
    let folder = folder_with(&[(FILE, PLAN)]);
    let output = run(folder.path(), &["validate", "--format", "sarif=a.sarif", "--format", "junit=b.xml", "--format", "concise"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("error[unhandled-outcome]"));
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("written");
    assert!(read("a.sarif").starts_with('{') && read("b.xml").starts_with("<?xml"));
    let output = run(folder.path(), &["validate", "--format", "json=c.json"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("\nFound "), "people still see the text");
    assert!(serde_json::from_str::<Value>(&read("c.json")).is_ok());
    let refused = |arguments: &[&str]| {
        let output = run(folder.path(), &[&["validate"], arguments].concat());
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(refused(&["--format", "json", "--format", "sarif"]).contains("only one format can go to standard output"));
    assert!(refused(&["--format", "json=x", "--format", "sarif=x"]).contains("two formats cannot go to the one file x"));
    assert!(refused(&["--format", "sariff"]).contains("sarif"));
    assert!(refused(&["--format", "sarif="]).contains("names no file"));
    let output = run(folder.path(), &["validate", "--format", "sarif=missing/a.sarif"]);
    assert_eq!(output.status.code(), Some(2), "a report that could not be written is no success");
}

#[test]
fn services_are_told_files_from_the_folder_of_the_repository() {
    let folder = folder_with(&[("shop/.keep", ""), ("shop/plans/a.flow.yaml", PLAN), (".git/HEAD", "")]);
    let from = |format: &str| {
        String::from_utf8(run(&folder.path().join("shop"), &["validate", "plans", "--format", format]).stdout).expect("text")
    };
    assert!(from("github").starts_with("::error file=shop/plans/a.flow.yaml,"));
    assert!(from("gitlab").contains("\"path\": \"shop/plans/a.flow.yaml\""));
    assert!(from("sarif").contains("\"uri\": \"shop/plans/a.flow.yaml\""));
    assert!(from("concise").starts_with("plans/a.flow.yaml:"), "people are told from where they are");
}
