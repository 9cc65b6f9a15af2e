//! The schema says the same as the reader: what one takes the other allows, and what is a fault of form for one is refused by the other.

use flowcheck::source::FileId;
use flowcheck::spec::{self, Fault, FaultKind, File, Tree};
use serde_json::Value;

use crate::common::example_plans;
use crate::data::data;

fn validator() -> jsonschema::Validator {
    jsonschema::draft7::new(&spec::schema()).expect("the schema is one")
}

fn errors(validator: &jsonschema::Validator, instance: &Value) -> Vec<String> {
    validator.iter_errors(instance).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn the_schemas_in_the_repository_are_the_generated_ones() {
    let hint =
        "write it with `flowcheck schema > schemas/flow.schema.json` and `flowcheck schema --of findings > schemas/findings.schema.json`";
    assert!(include_str!("../schemas/flow.schema.json") == spec::schema_text(), "flow.schema.json is stale: {hint}");
    assert!(
        include_str!("../schemas/config.schema.json") == flowcheck::config::schema_text(),
        "config.schema.json is stale: write it with `flowcheck schema --of config > schemas/config.schema.json`"
    );
    assert!(include_str!("../schemas/findings.schema.json") == flowcheck::output::json_schema(), "findings.schema.json is stale: {hint}");
}

#[test]
fn every_example_fits_the_schema() {
    let validator = validator();
    for (path, text) in example_plans() {
        let found = errors(&validator, &data(&text));
        assert!(found.is_empty(), "{path}: {found:?}");
    }
}

/// Faults that only the meaning of names or the text itself can show: a schema cannot see them.
fn is_beyond_a_schema(fault: &Fault) -> bool {
    matches!(&fault.kind, FaultKind::Unreadable { .. } | FaultKind::DuplicateName { .. } | FaultKind::BadName { reserved: true, .. })
}

#[test]
fn every_fault_of_form_on_a_page_is_refused_and_every_plan_without_one_is_allowed() {
    let validator = validator();
    let (mut refused, mut allowed) = (0, 0);
    for rule in flowcheck::rules::RULES {
        for fence in rule.read_page().sections.iter().flat_map(|section| &section.fences) {
            let (_, faults) = spec::read::<File>(FileId::default(), fence.text);
            if faults.iter().any(is_beyond_a_schema) {
                continue;
            }
            let found = errors(&validator, &data(fence.text));
            assert_eq!(faults.is_empty(), found.is_empty(), "{}: the reader says {faults:?}, the schema {found:?}", rule.name);
            if faults.is_empty() { allowed += 1 } else { refused += 1 }
        }
    }
    assert!(refused >= 5 && allowed >= 50, "{refused} refused, {allowed} allowed");
}

#[test]
fn every_key_has_words_and_an_example_that_fits() {
    let mut wrong = Vec::new();
    let schema = spec::schema();
    let records = std::iter::once(("a plan file", &schema))
        .chain(schema["definitions"].as_object().expect("definitions").iter().map(|(name, definition)| (name.as_str(), definition)));
    let mut count = 0;
    for (record, definition) in records {
        if definition["properties"].is_null() {
            continue; // `note`, `question` and `decided`, which every record shares
        }
        assert!(!definition["description"].as_str().unwrap_or("").is_empty(), "{record} has no description");
        for (key, property) in definition["properties"].as_object().expect("properties") {
            if property.get("$ref").is_some() {
                continue;
            }
            let doc = property["description"].as_str().unwrap_or("");
            assert!(doc.ends_with('.') || doc.ends_with("`."), "{record}.{key}: {doc}");
            let mut wrapped = property.clone();
            wrapped["definitions"] = schema["definitions"].clone();
            let validator = jsonschema::draft7::new(&wrapped).expect("a part of a schema is one");
            let example = &property["examples"][0];
            let found = errors(&validator, example);
            if !found.is_empty() {
                wrong.push(format!("{record}.{key}: the example {example} does not fit: {found:?}"));
            }
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 150, "{count} keys");
}

#[test]
fn an_empty_tree_is_no_plan() {
    assert!(Tree::read(FileId::default(), "").is_empty());
    assert!(!validator().is_valid(&Value::Null));
}
