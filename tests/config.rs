//! `flowcheck.toml`: what stands in it holds, flags win, and whatever is wrong in it is told at its place.

use crate::common::{folder_with, run};

/// Has an error of outcomes, a warning of structure, an info of the plan.
const PLAN: &str = "flowcheck: 1
journey: order
goal: A guest has a coffee
role: guest
surface: app
roles: {guest: {}}
surfaces: {app: {job: Order}}
systems: {shop: {}}
backend:
  place-order: {kind: other, system: shop, outcomes: [placed, sold-out]}
stages:
  entry:
    open: {screen: Home, from: search, next: menu}
  browse:
    menu: {screen: Menu, question: Which drinks come first?, next: checkout}
  submit:
    checkout: {screen: Checkout, backend: place-order, on: {placed: thanks}}
  follow-up:
    thanks: {screen: Your order, ends: success}
";

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What is told of a plan under a configuration, a line each without the summary; and the exit code.
fn found(config: &str, arguments: &[&str]) -> (Vec<String>, Option<i32>) {
    let folder = folder_with(&[("flowcheck.toml", config), ("plans/order.flow.yaml", PLAN), ("drafts/new.flow.yaml", PLAN)]);
    let output = run(folder.path(), &[&["validate", "--format", "concise", "--today", "2026-11-22"], arguments].concat());
    let lines: Vec<String> = text(&output.stdout).lines().map(str::to_owned).collect();
    let short = |line: &String| {
        let (place, rest) = line.split_once(": ").expect("a place");
        format!("{} {}", place.split(':').next().unwrap_or(""), rest.split(' ').next().unwrap_or(""))
    };
    let told = lines.len().saturating_sub(1);
    (lines[..told].iter().map(short).collect(), output.status.code())
}

#[test]
fn what_it_says_holds_and_flags_win() {
    let of_plans = |words: &[&str]| words.iter().map(|word| format!("plans/order.flow.yaml {word}")).collect::<Vec<_>>();
    let all = of_plans(&["error[unhandled-outcome]", "warning[missing-stage]", "info[open-question]"]);
    assert_eq!(found("plans = [\"plans\"]\n", &[]), (all.clone(), Some(1)));
    assert_eq!(found("exclude = [\"drafts\"]\n", &[]), (all.clone(), Some(1)));
    assert_eq!(found("exclude = [\"drafts/**\"]\n", &["plans", "drafts/new.flow.yaml"]).0.len(), 6, "a file that is named is checked");
    assert_eq!(found("plans = [\"plans\"]\n[levels]\noutcomes = \"off\"\n", &[]).1, Some(0));
    let rule_wins = "plans = [\"plans\"]\n[levels]\nunhandled-outcome = \"info\"\noutcomes = \"off\"\n";
    assert_eq!(found(rule_wins, &["--skip", "plan,structure"]), (of_plans(&["info[unhandled-outcome]"]), Some(0)));
    assert_eq!(found(rule_wins, &["--skip", "plan,structure", "-D", "unhandled-outcome"]).1, Some(1));
    assert_eq!(found("plans = [\"plans\"]\nfail-on = \"never\"\n", &[]).1, Some(0));
    assert_eq!(found("plans = [\"plans\"]\nfail-on = \"never\"\n", &["--fail-on", "error"]).1, Some(1));
    assert_eq!(found("plans = [\"plans\"]\nmax-warnings = 0\n", &["--skip", "outcomes"]).1, Some(1));
    assert_eq!(found("plans = [\"plans\"]\nmax-warnings = 0\n", &["--skip", "outcomes", "--max-warnings", "1"]).1, Some(0));
    assert_eq!(
        found("plans = [\"plans\"]\nprofile = \"strict\"\n", &["--skip", "outcomes"]).0,
        of_plans(&["error[missing-stage]", "warning[open-question]"])
    );
    assert_eq!(found("profile = \"strict\"\n", &["--no-config", "plans", "--only", "plan"]).1, Some(0));
}

#[test]
fn levels_of_a_path_hold_there_and_nowhere_else() {
    let config = "[levels]\nplan = \"off\"\n[paths.drafts]\nstructure = \"off\"\nunhandled-outcome = \"warning\"\n[paths.\"**/new.flow.yaml\"]\nopen-question = \"error\"\n";
    let (lines, code) = found(config, &[]);
    let expected = [
        "drafts/new.flow.yaml error[open-question]",
        "drafts/new.flow.yaml warning[unhandled-outcome]",
        "plans/order.flow.yaml error[unhandled-outcome]",
        "plans/order.flow.yaml warning[missing-stage]",
    ];
    assert_eq!((lines, code), (expected.map(str::to_owned).to_vec(), Some(1)));
}

#[test]
fn whatever_is_wrong_is_told_at_its_place_with_what_was_meant() {
    let config = "plan = [\"a\"]\nfail-on = \"warnings\"\nmax-warnings = -1\nprofile = \"loose\"\ndead-end = \"off\"\nexclude = \"drafts\"\n\n[levels]\nded-end = \"off\"\nstructure = \"of\"\nunreadable-file = \"off\"\nstates = 3\n";
    let folder = folder_with(&[("flowcheck.toml", config), ("order.flow.yaml", PLAN)]);
    let output = run(folder.path(), &["validate"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "nothing is checked by half a configuration");
    insta::assert_snapshot!(text(&output.stderr));
}

#[test]
fn what_is_not_toml_is_told_at_its_place() {
    let folder = folder_with(&[("flowcheck.toml", "plans = [\"a\"\nfail-on = error\n"), ("order.flow.yaml", PLAN)]);
    let output = run(folder.path(), &["validate"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("flowcheck: flowcheck.toml:"), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("this is not TOML"), "{}", text(&output.stderr));
}

#[test]
fn the_nearest_one_upwards_holds_within_the_repository() {
    let off = "[levels]\noutcomes = \"off\"\n";
    let folder = folder_with(&[
        ("flowcheck.toml", off),
        ("a/b/order.flow.yaml", PLAN),
        ("c/flowcheck.toml", "fail-on = \"never\"\n"),
        ("c/order.flow.yaml", PLAN),
        ("d/.git/HEAD", ""),
        ("d/order.flow.yaml", PLAN),
    ]);
    let code = |from: &str, arguments: &[&str]| run(&folder.path().join(from), &[&["validate"], arguments].concat()).status.code();
    assert_eq!(code("a/b", &[]), Some(0));
    assert_eq!(code(".", &["a/b/order.flow.yaml"]), Some(0));
    assert_eq!(code("a", &["../c"]), Some(0));
    assert_eq!(code("d", &[]), Some(1), "a repository is a whole of its own");
    assert_eq!(code(".", &["d", "--config", "flowcheck.toml"]), Some(0));
    let two = run(folder.path(), &["validate", "a", "c"]);
    assert_eq!(two.status.code(), Some(2));
    assert_eq!(
        text(&two.stderr),
        "flowcheck: a belongs to flowcheck.toml, and c to c/flowcheck.toml: check them one after the other, or name one with --config\n"
    );
}

#[test]
fn past_the_bound_it_is_told_what_stays_open() {
    let page = flowcheck::rules::find("bound-reached").expect("a rule").read_page();
    let plan = page.section("Use instead").expect("a section").fences[0].text;
    let folder = folder_with(&[("flowcheck.toml", "max-states = 20\n"), ("order.flow.yaml", plan)]);
    let told = |flags: &[&str]| text(&run(folder.path(), &[&["validate", "--format", "concise"], flags].concat()).stdout);
    assert!(told(&[]).contains("[bound-reached]"), "{}", told(&[]));
    assert!(!told(&["--max-states", "20000"]).contains("[bound-reached]"));
}

#[test]
fn what_holds_is_shown_with_where_it_was_said_and_can_be_used_again() {
    let config = "plans = [\"plans\"]\nfail-on = \"info\"\n\n[levels]\nmoney = \"off\"\n\n[paths.\"drafts/**\"]\ndead-end = \"info\"\n";
    let folder = folder_with(&[("flowcheck.toml", config), ("plans/order.flow.yaml", PLAN)]);
    let flags = ["validate", "--show-config", "--strict", "-W", "charge-before-guard", "--max-warnings", "3"];
    let shown = text(&run(folder.path(), &flags).stdout);
    insta::assert_snapshot!(shown);
    std::fs::write(folder.path().join("shown.toml"), &shown).expect("written");
    let again = text(&run(folder.path(), &["validate", "--show-config", "--config", "shown.toml"]).stdout);
    let said = |text: &str| text.lines().skip(1).map(|line| line.split("  #").next().unwrap_or("").trim().to_owned()).collect::<Vec<_>>();
    assert_eq!(said(&shown), said(&again));
}

#[test]
fn a_new_one_names_every_key_and_says_nothing() {
    let folder = folder_with(&[("order.flow.yaml", PLAN)]);
    let before = run(folder.path(), &["validate"]);
    assert_eq!(run(folder.path(), &["init", "--config"]).status.code(), Some(0));
    assert_eq!(run(folder.path(), &["validate"]).stdout, before.stdout);
    let written = std::fs::read_to_string(folder.path().join("flowcheck.toml")).expect("written");
    insta::assert_snapshot!(written);
    let uncommented: String = written
        .lines()
        .filter_map(|line| line.strip_prefix('#').filter(|line| !line.starts_with(' ')))
        .fold(String::new(), |all, line| all + line + "\n");
    let (config, problems) = flowcheck::config::read(&uncommented);
    assert!(problems.is_empty(), "{problems:?}");
    for key in flowcheck::config::KEYS {
        assert!(uncommented.contains(&format!("{} = ", key.name)), "{} is not named", key.name);
    }
    assert!(config.levels.len() == 2 && config.paths.len() == 1 && config.plans.is_some());
    let again = run(folder.path(), &["init", "--config"]);
    assert_eq!(again.status.code(), Some(2));
    assert_eq!(text(&again.stderr), "flowcheck: flowcheck.toml is there already, and was left as it is\n");
    assert_eq!(std::fs::read_to_string(folder.path().join("flowcheck.toml")).expect("there"), written);
}

#[test]
fn its_schema_takes_what_the_reader_takes() {
    let schema = flowcheck::config::schema();
    let validator = jsonschema::draft7::new(&schema).expect("a schema");
    let data = serde_json::json!({
        "plans": ["."], "exclude": ["drafts"], "profile": "strict", "fail-on": "info", "max-warnings": 3, "baseline": "b.json",
        "levels": {"structure": "off", "dead-end": "error"}, "paths": {"drafts/**": {"money": "info"}},
    });
    assert!(validator.is_valid(&data));
    for (key, wrong) in [
        ("plan", serde_json::json!([])),
        ("plans", serde_json::json!("a")),
        ("levels", serde_json::json!({"ded-end": "off"})),
        ("paths", serde_json::json!({"a": {"money": "loud"}})),
    ] {
        let mut data = data.clone();
        data[key] = wrong;
        assert!(!validator.is_valid(&data), "{key}");
    }
}
