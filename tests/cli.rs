//! The program from outside: what it prints, and with which code it ends.

use std::process::{Command, Output, Stdio};

use crate::common::{folder_with, root, run as flowcheck};

/// A plan with one error, one fault of form aside.
const OPEN: &str = "flowcheck: 1\njourney: order\nstages:\n  entry:\n    open: {screen: Home, next: menu}\n";

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

#[test]
fn the_code_says_what_came_of_it_and_never_depends_on_the_format() {
    let folder = folder_with(&[
        ("open.flow.yaml", OPEN),
        ("shared.flow.yaml", "flowcheck: 1\nnote: Nothing in it yet\n"),
        ("torn.flow.yaml", "flowcheck: 1\nroles: {\n"),
        ("empty/readme.txt", ""),
    ]);
    for format in ["text", "concise", "json", "sarif", "github", "gitlab", "junit", "checkstyle", "markdown"] {
        let code = |path: &str| flowcheck(folder.path(), &["validate", path, "--format", format]).status.code();
        assert_eq!(code("shared.flow.yaml"), Some(0), "{format}");
        assert_eq!(code("open.flow.yaml"), Some(1), "{format}");
        assert_eq!(code("torn.flow.yaml"), Some(2), "{format}");
        assert_eq!(code("missing.flow.yaml"), Some(2), "{format}");
        assert_eq!(code("empty"), Some(2), "{format}");
        assert_eq!(code("."), Some(2), "{format}: one of several could not be read");
    }
    let code = |arguments: &[&str]| flowcheck(folder.path(), arguments).status.code();
    assert_eq!(code(&["validate", "open.flow.yaml", "--fail-on", "never"]), Some(0));
    assert_eq!(code(&["validate", "--no-such-flag"]), Some(2));
    assert_eq!(code(&["explain", "no-such-rule"]), Some(2));
    assert_eq!(code(&["--help"]), Some(0));
    assert_eq!(code(&["--version"]), Some(0));
}

#[test]
fn nothing_to_check_is_said_and_is_no_success() {
    let folder = folder_with(&[("readme.txt", "")]);
    let output = flowcheck(folder.path(), &["validate"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(err(&output), "flowcheck: no plan in .: the name of a plan ends in .flow.yaml or .flow.yml\n");
}

#[test]
fn standard_input_is_read_for_a_dash() {
    use std::io::Write as _;
    let mut child = Command::new(env!("CARGO_BIN_EXE_flowcheck"))
        .args(["validate", "--format", "concise", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("piped").write_all(b"flowcheck: 1\njurney: x\n").expect("written");
    let output = child.wait_with_output().expect("the program ends");
    assert!(out(&output).starts_with("<stdin>:2:1: error[unknown-key] "), "{}", out(&output));
}

const ROOT: &str = "flowcheck: 1\nparts: [journeys/*.flow.yaml, shared.flow.yaml]\n";
const SHARED: &str = "flowcheck: 1\nroles: {member: {}}\nsurfaces: {app: {job: Order}}\n";
const PART: &str = "flowcheck: 1\njourney: order\nrole: member\nsurface: app\nstages:\n  entry:\n    open: {screen: Home, ends: success}\n";

#[test]
fn a_part_is_checked_within_its_root() {
    let folder = folder_with(&[("shop.flow.yaml", ROOT), ("shared.flow.yaml", SHARED), ("journeys/order.flow.yaml", PART)]);
    let whole = out(&flowcheck(folder.path(), &["validate", "--format", "concise"]));
    assert!(!whole.contains("unknown-name"), "{whole}");
    assert!(whole.contains("in 1 plan."), "{whole}");
    let alone = flowcheck(folder.path(), &["validate", "journeys/order.flow.yaml", "--format", "concise"]);
    assert_eq!(out(&alone), whole, "a part alone is checked as the whole is");
    let from_inside = out(&flowcheck(&folder.path().join("journeys"), &["validate", "order.flow.yaml", "--format", "concise"]));
    assert!(!from_inside.contains("unknown-name"), "{from_inside}");
}

#[test]
fn a_name_in_two_files_is_shown_in_both() {
    let folder = folder_with(&[
        ("shop.flow.yaml", &ROOT.replace("parts", "roles: {member: {}}\nparts")),
        ("shared.flow.yaml", SHARED),
        ("journeys/order.flow.yaml", PART),
    ]);
    let output = out(&flowcheck(folder.path(), &["validate"]));
    assert!(output.contains("`member` stands twice"), "{output}");
    assert!(output.contains("shared.flow.yaml:2:9") && output.contains("shop.flow.yaml:2:9"), "{output}");
}

#[test]
fn a_pattern_that_finds_nothing_is_said_at_its_place() {
    let folder = folder_with(&[("shop.flow.yaml", "flowcheck: 1\nparts: [jurneys/*.flow.yaml]\n")]);
    let output = out(&flowcheck(folder.path(), &["validate", "--format", "concise"]));
    assert!(output.starts_with("shop.flow.yaml:2:9: error[conflicting-keys] no file below . fits `jurneys/*.flow.yaml`"), "{output}");
}

#[test]
fn json_fits_its_schema_and_tells_the_same_as_the_text() {
    let schema: serde_json::Value = serde_json::from_str(&flowcheck::output::json_schema()).expect("JSON");
    let validator = jsonschema::draft7::new(&schema).expect("a schema");
    let output = flowcheck(root(), &["validate", "examples", "--format", "json", "--today", "2026-11-22"]);
    let report: serde_json::Value = serde_json::from_str(&out(&output)).expect("JSON and nothing else");
    let wrong: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let findings = report["findings"].as_array().expect("a list");
    let concise = out(&flowcheck(root(), &["validate", "examples", "--format", "concise", "--today", "2026-11-22"]));
    let lines: Vec<String> = findings
        .iter()
        .map(|finding| {
            let (place, text) = (&finding["place"], |key: &str| finding[key].as_str().expect("text").to_owned());
            let file = place["file"].as_str().expect("a name");
            format!("{file}:{}:{}: {}[{}] {}", place["line"], place["column"], text("level"), text("rule"), text("message"))
        })
        .collect();
    assert_eq!(concise.lines().take(lines.len()).collect::<Vec<_>>(), lines);
}

#[test]
fn every_rule_is_explained() {
    for rule in flowcheck::rules::RULES {
        let output = flowcheck(root(), &["explain", rule.name]);
        let text = out(&output);
        assert_eq!(output.status.code(), Some(0));
        assert!(text.starts_with(rule.name) && text.contains("Why it hurts") && !text.contains("```"), "{text}");
        let too_wide = text.lines().find(|line| !line.starts_with("    ") && line.chars().count() > 100 && line.contains(' '));
        assert!(too_wide.is_none_or(|line| line.contains("http")), "{}: {too_wide:?}", rule.name);
    }
}

#[test]
fn the_help_is_the_one_we_mean() {
    insta::assert_snapshot!("help", out(&flowcheck(root(), &["--help"])));
    insta::assert_snapshot!("help_validate", out(&flowcheck(root(), &["validate", "--help"])));
    insta::assert_snapshot!("catalogue_pay", out(&flowcheck(root(), &["catalogue", "pay"])));
    insta::assert_snapshot!("rules", out(&flowcheck(root(), &["rules"])));
}

#[test]
fn a_name_that_is_nearly_right_is_met_with_the_right_one() {
    assert_eq!(err(&flowcheck(root(), &["explain", "dead-ends"])), "flowcheck: there is no rule dead-ends; did you mean dead-end?\n");
    assert_eq!(err(&flowcheck(root(), &["catalogue", "strip"])), "flowcheck: the catalogue has no strip; did you mean stripe?\n");
}

#[test]
fn render_writes_what_it_is_asked_for_or_says_why_not() {
    let folder = folder_with(&[
        ("open.flow.yaml", OPEN),
        ("shared.flow.yaml", "flowcheck: 1\nnote: Nothing in it yet\n"),
        ("bare.flow.yaml", "flowcheck: 1\njourney: bare\n"),
        ("broken.flow.yaml", "a: ["),
    ]);
    let run = |arguments: &[&str]| flowcheck(folder.path(), &[&["render"], arguments].concat());
    let svg = run(&["open.flow.yaml"]);
    assert_eq!(svg.status.code(), Some(0), "{}", err(&svg));
    assert!(out(&svg).starts_with("<svg") && out(&svg).contains("Home"));
    for (file, start) in [("a.svg", &b"<svg"[..]), ("a.png", b"\x89PNG"), ("a.pdf", b"%PDF")] {
        assert_eq!(run(&["open.flow.yaml", "-o", file]).status.code(), Some(0));
        assert!(std::fs::read(folder.path().join(file)).expect("written").starts_with(start), "{file}");
    }
    for (arguments, said) in [
        (&["shared.flow.yaml"][..], "no journey in this plan"),
        (&["bare.flow.yaml"], "has no steps yet"),
        (&["broken.flow.yaml"], "the plan cannot be read: "),
        (&["missing.flow.yaml"], "missing.flow.yaml"),
        (&["."], "holds 4 plans; name the one to draw"),
        (&["open.flow.yaml", "--journey", "ordr"], "has no journey ordr; it has order"),
        (&["open.flow.yaml", "-o", "a.gif"], "no format is known by the ending .gif"),
        (&["open.flow.yaml", "-o", "no/such/folder/a.svg"], "could not be written"),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(err(&output).contains(said), "{arguments:?}: {}", err(&output));
    }
}

#[test]
fn an_export_is_of_one_plan_without_faults() {
    const THINGS: &str = "flowcheck: 1\nentities:\n  order: {states: {placed: end}}\n";
    let folder = folder_with(&[
        ("good/plan.flow.yaml", THINGS),
        ("nothing.flow.yaml", "flowcheck: 1\nnote: Nothing in it yet\n"),
        ("faulty.flow.yaml", "flowcheck: 1\nentitys: {}\n"),
    ]);
    let export = |arguments: &[&str]| flowcheck(folder.path(), &[&["export"], arguments, &["--to", "promela"]].concat());
    let refused = |arguments: &[&str]| {
        let output = export(arguments);
        assert_eq!(output.status.code(), Some(2), "{}", out(&output));
        assert_eq!(out(&output), "");
        err(&output)
    };
    let model = out(&export(&["good"]));
    assert!(model.contains("active proctype plan()") && model.contains("#define order_is_placed"), "{model}");
    assert_eq!(out(&export(&["good", "-o", "order.pml"])), "");
    assert_eq!(std::fs::read_to_string(folder.path().join("order.pml")).expect("written"), model);
    assert!(!out(&export(&["good", "--entity", "order"])).is_empty());
    insta::assert_snapshot!(
        "export_refused",
        [
            refused(&["good", "--entity", "ordr"]),
            refused(&["."]),
            refused(&["nothing.flow.yaml"]),
            refused(&["faulty.flow.yaml"]),
            refused(&["missing.flow.yaml"]),
            refused(&["good", "-o", "no/such/folder.pml"]),
        ]
        .concat()
    );
}
