//! Random plans that are right in form, made from the same declarations that the reader and the schema come from.

use flowcheck::source::FileId;
use flowcheck::spec::{self, File, Form, RESERVED, Record, Scalar, Shape};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A source of choices; the same seed makes the same plan.
pub(crate) struct Choices(u64);

impl Choices {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`, by a linear congruential generator: enough to choose, nothing more.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

const TEXTS: [&str; 12] = ["Menu", "yes", "no", "on", "true", "12", "1.5", "a: b", "# no comment", "注文 é 🔎", "two\nlines", " padded "];
const NAMES: [&str; 8] = ["order", "pay-order", "menu", "a1", "checkout", "3-d-secure", "shop", "z"];

fn scalar(scalar: &Scalar, choices: &mut Choices) -> Value {
    match (scalar.json, scalar.what) {
        ("boolean", _) => json!(true),
        ("integer", what) if what.starts_with('1') => json!(1),
        ("integer", _) => json!(choices.below(9)),
        (_, "a duration") => json!(format!("{}{}", choices.below(90), choices.pick(&["s", "m", "h", "d"]))),
        (_, "a day") => json!(format!("20{}-0{}-1{}", 10 + choices.below(80), 1 + choices.below(9), choices.below(9))),
        (_, "`name.part`") => json!(format!("{}.{}", choices.pick(&NAMES), choices.pick(&NAMES))),
        (_, "a name, or `name.part`") => {
            let owner = *choices.pick(&NAMES);
            json!(match choices.below(3) {
                0 => owner.to_owned(),
                1 => format!("{owner}.{}", choices.pick(&NAMES)),
                _ => format!("{owner} -> {}", choices.pick(&NAMES)),
            })
        }
        (_, "a text") => json!(choices.pick(&TEXTS)),
        (_, what) if what.starts_with("a step to go to") => json!(choices.pick(&["menu", "stay", "back", "renew/", "renew/step"])),
        _ => json!(choices.pick(&NAMES)),
    }
}

fn record(record: &Record, depth: usize, choices: &mut Choices) -> Value {
    let mut map = Map::new();
    for field in &record.fields {
        // A clock says what it is measured from; which of the two keys does is beyond a list of required ones.
        let anchors_clock = record.place == "a time by the clock" && field.key == "before";
        // Deep down only what must be there, so that every plan ends.
        if field.required || anchors_clock || (depth < 5 && choices.below(3) == 0) {
            map.insert(field.key.to_owned(), shape(&field.shape, depth + 1, choices));
        }
    }
    Value::Object(map)
}

/// Data that a place of this shape takes.
pub(crate) fn shape(described: &Shape, depth: usize, choices: &mut Choices) -> Value {
    match described {
        Shape::Scalar(it) => scalar(it, choices),
        Shape::Words { words, .. } => json!(choices.pick(words).0),
        // One entity is set once; that two items of a list name the same is beyond a shape.
        Shape::List(item) if matches!(**item, Shape::Scalar(scalar) if scalar.what == "`name.part`") => {
            json!([shape(item, depth + 1, choices)])
        }
        Shape::List(item) => {
            let mut items: Vec<Value> = Vec::new();
            for _ in 0..=choices.below(2) {
                let item = shape(item, depth + 1, choices);
                if !items.contains(&item) {
                    items.push(item);
                }
            }
            Value::Array(items)
        }
        Shape::Map(key, value) => {
            let mut map = Map::new();
            for _ in 0..=choices.below(2) {
                let Value::String(key) = scalar(key, choices) else { panic!("a key that is no text") };
                map.insert(key, shape(value, depth + 1, choices));
            }
            Value::Object(map)
        }
        Shape::Record(make) => record(&make(), depth, choices),
        Shape::Either(shapes) => {
            let each = choices.below(shapes.len());
            shape(&shapes[each], depth, choices)
        }
        Shape::Nothing => Value::Null,
    }
}

/// A plan file that is right in form, as data.
pub(crate) fn plan(seed: u64) -> Value {
    record(&File::record(), 0, &mut Choices::new(seed))
}

fn read(text: &str) -> File {
    let (form, faults) = spec::read::<File>(FileId::default(), text);
    assert!(faults.is_empty(), "{faults:?}\n{text}");
    form
}

fn print(data: &Value) -> String {
    serde_yaml::to_string(data).expect("data can be written")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_that_is_printed_and_read_again_is_the_same_plan(seed: u64) {
        let data = plan(seed);
        let form = read(&print(&data));
        let written = form.write().expect("a plan is a map");
        let again = read(&print(&written));
        prop_assert!(form == again, "the plan changed:\n{}", print(&written));
        prop_assert_eq!(written, again.write().expect("a plan is a map"));
    }

    #[test]
    fn both_readers_agree_on_every_plan_and_the_schema_allows_it(seed: u64) {
        let written = plan(seed);
        prop_assert_eq!(crate::data::data(&print(&written)), written.clone());
        thread_local!(static VALIDATOR: jsonschema::Validator = jsonschema::draft7::new(&spec::schema()).expect("the schema is one"));
        let found: Vec<String> = VALIDATOR.with(|validator| validator.iter_errors(&written).map(|error| format!("{}: {error}", error.instance_path())).collect());
        prop_assert!(found.is_empty(), "{:?}", found);
    }

    #[test]
    fn checking_any_plan_that_is_right_in_form_ends(seed: u64) {
        let (sources, verdict) = crate::common::check(&print(&plan(seed)));
        for finding in &verdict.findings {
            prop_assert!(finding.span().end as usize <= sources.get(finding.span().file).text().len());
        }
    }
}

#[test]
fn generated_names_are_not_reserved() {
    assert!(NAMES.iter().all(|name| !RESERVED.contains(name)));
}
