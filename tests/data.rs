//! Our reader's data against that of an independent reader of YAML.

use flowcheck::source::FileId;
use flowcheck::spec::{Node, Tree, Value as Kind};
use serde_json::{Value, json};

use crate::common::example_plans;

/// A document as plain data, by our reader.
pub(crate) fn data(text: &str) -> Value {
    Tree::read(FileId::default(), text).root().map_or(Value::Null, of)
}

/// Plain scalars have the types of YAML 1.2's core schema, as far as plans use them.
fn of(node: Node<'_>) -> Value {
    match node.value() {
        Kind::Null | Kind::Broken => Value::Null,
        Kind::Scalar { text: "true", plain: true } => json!(true),
        Kind::Scalar { text: "false", plain: true } => json!(false),
        Kind::Scalar { text, plain: true } if text.parse::<i64>().is_ok() => json!(text.parse::<i64>().expect("just parsed")),
        Kind::Scalar { text, .. } => json!(text),
        Kind::List => node.items().map(of).collect(),
        Kind::Map => {
            let entry = |(key, value): (Node<'_>, Node<'_>)| match key.value() {
                Kind::Scalar { text, .. } => (text.to_owned(), of(value)),
                _ => panic!("a key that is no word"),
            };
            Value::Object(node.entries().map(entry).collect())
        }
    }
}

/// The independent reader's data in the same form.
fn theirs(value: serde_yaml::Value) -> Value {
    use serde_yaml::Value as Yaml;
    match value {
        Yaml::Null => Value::Null,
        Yaml::Bool(flag) => json!(flag),
        Yaml::Number(number) => number.as_i64().map_or_else(|| json!(number.to_string()), |number| json!(number)),
        Yaml::String(text) => json!(text),
        Yaml::Sequence(items) => items.into_iter().map(theirs).collect(),
        Yaml::Mapping(entries) => {
            let key = |key: Yaml| match theirs(key) {
                Value::String(text) => text,
                other => other.to_string(),
            };
            Value::Object(entries.into_iter().map(|(name, value)| (key(name), theirs(value))).collect())
        }
        Yaml::Tagged(_) => panic!("a tag in a plan"),
    }
}

fn agree(name: &str, text: &str) {
    let their: serde_yaml::Value = serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(data(text), theirs(their), "{name}");
}

#[test]
fn both_readers_agree_on_every_example() {
    let plans = example_plans();
    assert!(plans.len() >= 10, "{} plans", plans.len());
    for (path, text) in &plans {
        agree(path, text);
    }
}

#[test]
fn both_readers_agree_on_every_page() {
    let mut count = 0;
    for rule in flowcheck::rules::RULES {
        for fence in rule.read_page().sections.iter().flat_map(|section| &section.fences) {
            if rule.name != "unreadable-file" && rule.name != "duplicate-name" {
                agree(rule.name, fence.text);
                count += 1;
            }
        }
    }
    assert!(count > 50, "{count} plans");
}
