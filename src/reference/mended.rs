//! Which rules are answered with which key: those whose page mends its example by writing, taking away or changing that key.
//!
//! Knows shapes and pages, and no single key or rule.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value as Data;

use crate::rules::{Group, RULES, Rule};
use crate::source::FileId;
use crate::spec::{self, File, Form, Shape};

/// A key in the place that it stands in, such as `("a step", "within")`.
pub(super) type Key = (&'static str, &'static str);

/// The rules by the keys that answer them.
pub(super) type RulesByKey = BTreeMap<Key, Vec<&'static str>>;

/// What is written under each key of a plan, in no order.
type Written = BTreeMap<Key, Vec<String>>;

/// The rules that each key answers, in the order of the rules. What the language itself refuses can be any key, and is left out.
pub(super) fn rules_by_key() -> &'static RulesByKey {
    static FOUND: LazyLock<RulesByKey> = LazyLock::new(|| {
        let mut found = RulesByKey::new();
        for rule in RULES.iter().filter(|rule| rule.group != Group::Language) {
            for key in keys(rule) {
                found.entry(key).or_default().push(rule.name);
            }
        }
        found
    });
    &FOUND
}

/// The keys with which a rule's page mends its first example.
fn keys(rule: &Rule) -> Vec<Key> {
    let page = rule.read_page();
    let plan = |heading: &str| page.section(heading).and_then(|section| section.fences.first()).map(|fence| written(fence.text));
    let (Some(faulty), Some(mended)) = (plan("Example"), plan("Use instead")) else { return Vec::new() };
    let all = faulty.keys().chain(mended.keys().filter(|key| !faulty.contains_key(*key)));
    all.filter(|key| faulty.get(*key) != mended.get(*key)).copied().collect()
}

fn written(plan: &str) -> Written {
    let (form, _) = spec::read::<File>(FileId::default(), plan);
    let mut all = Written::new();
    if let Some(data) = form.write() {
        visit(&File::shape(), &data, &mut all);
    }
    for values in all.values_mut() {
        values.sort();
    }
    all
}

fn visit(shape: &Shape, data: &Data, all: &mut Written) {
    match (shape, data) {
        (Shape::Record(record), Data::Object(map)) => {
            let record = record();
            for field in &record.fields {
                if let Some(value) = map.get(field.key) {
                    all.entry((record.place, field.key)).or_default().push(own(&field.shape, value));
                    visit(&field.shape, value, all);
                }
            }
        }
        (Shape::List(item), Data::Array(items)) => {
            for data in items {
                visit(item, data, all);
            }
        }
        (Shape::Map(_, value), Data::Object(map)) => {
            for data in map.values() {
                visit(value, data, all);
            }
        }
        (Shape::Either(shapes), _) => {
            // Long forms are what is written, so a map is that of a record wherever it can be.
            let record = shapes.iter().find(|shape| matches!(shape, Shape::Record(_)) && takes(shape, data));
            if let Some(shape) = record.or_else(|| shapes.iter().find(|shape| takes(shape, data))) {
                visit(shape, data, all);
            }
        }
        _ => {}
    }
}

/// What a key itself says: all of it, or the names in it where each name has keys of its own, which then speak for themselves.
fn own(shape: &Shape, data: &Data) -> String {
    match data {
        _ if !has_records(shape) => data.to_string(),
        Data::Object(map) if !is_record(shape, data) => map.keys().map(String::as_str).collect::<Vec<_>>().join(" "),
        _ => String::new(),
    }
}

fn has_records(shape: &Shape) -> bool {
    match shape {
        Shape::Record(_) => true,
        Shape::List(inner) | Shape::Map(_, inner) => has_records(inner),
        Shape::Either(shapes) => shapes.iter().any(has_records),
        Shape::Scalar(_) | Shape::Words { .. } | Shape::Nothing => false,
    }
}

fn is_record(shape: &Shape, data: &Data) -> bool {
    match shape {
        Shape::Record(_) => takes(shape, data),
        Shape::Either(shapes) => shapes.iter().any(|shape| is_record(shape, data)),
        _ => false,
    }
}

fn takes(shape: &Shape, data: &Data) -> bool {
    match (shape, data) {
        (Shape::Record(record), Data::Object(map)) => {
            let record = record();
            map.keys().all(|key| record.fields.iter().any(|field| field.key == key))
        }
        (Shape::Map(..), Data::Object(_)) | (Shape::List(_), Data::Array(_)) | (Shape::Nothing, Data::Null) => true,
        (Shape::Scalar(_) | Shape::Words { .. }, _) => !data.is_object() && !data.is_array(),
        (Shape::Either(shapes), _) => shapes.iter().any(|shape| takes(shape, data)),
        _ => false,
    }
}
