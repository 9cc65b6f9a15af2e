//! The language as a JSON Schema (draft-07, which editors with a YAML language server read), from the declarations.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Data, json};

use super::declared::File;
use super::form::{Field, Record, Scalar, Shape};

/// The schema of a plan file.
pub fn schema() -> Data {
    let mut definitions = BTreeMap::new();
    let root = record(&File::record(), &mut definitions);
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("title".to_owned(), json!("flowcheck plan, version 1"));
    schema.extend(root.as_object().cloned().unwrap_or_default());
    schema.insert("definitions".to_owned(), definitions.into_iter().collect());
    Data::Object(schema)
}

type Definitions = BTreeMap<String, Data>;

fn record(described: &Record, definitions: &mut Definitions) -> Data {
    let mut properties = Map::new();
    for field in &described.fields {
        let schema = if is_common(field) { shared(field, definitions) } else { property(field, definitions) };
        properties.insert(field.key.to_owned(), schema);
    }
    let required: Vec<_> = described.fields.iter().filter(|field| field.required).map(|field| field.key).collect();
    let mut schema = json!({"type": "object", "description": described.doc, "properties": properties, "additionalProperties": false});
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

/// Whether it is one of the keys that every part of a plan has. Written out at each, they would be most of the schema.
fn is_common(field: &Field) -> bool {
    super::Meta::fields().iter().any(|common| common.key == field.key && common.doc == field.doc)
}

fn shared(field: &Field, definitions: &mut Definitions) -> Data {
    if !definitions.contains_key(field.key) {
        let schema = property(field, definitions);
        definitions.insert(field.key.to_owned(), schema);
    }
    json!({"$ref": format!("#/definitions/{}", field.key)})
}

fn property(field: &Field, definitions: &mut Definitions) -> Data {
    let mut schema = shape(&field.shape, definitions);
    if let Some(reference) = schema.get("$ref").cloned() {
        // Beside `$ref`, draft-07 ignores every other keyword.
        schema = json!({"allOf": [{"$ref": reference}]});
    }
    schema["description"] = json!(field.doc);
    schema["examples"] = json!([example(field)]);
    schema
}

/// The example of a key as data, which is what editors offer.
fn example(field: &Field) -> Data {
    let file = crate::source::FileId::default();
    let tree = super::Tree::read(file, field.example);
    tree.root().map_or_else(|| json!(field.example), data)
}

/// A node as plain data.
fn data(node: super::Node<'_>) -> Data {
    match node.value() {
        super::Value::Null | super::Value::Broken => Data::Null,
        super::Value::Scalar { text, plain: true } => {
            serde_json::from_str(text).ok().filter(|value: &Data| value.is_boolean() || value.is_i64()).unwrap_or_else(|| json!(text))
        }
        super::Value::Scalar { text, .. } => json!(text),
        super::Value::List => node.items().map(data).collect(),
        super::Value::Map => {
            let entry = |(key, value): (super::Node<'_>, super::Node<'_>)| match key.value() {
                super::Value::Scalar { text, .. } => Some((text.to_owned(), data(value))),
                _ => None,
            };
            Data::Object(node.entries().filter_map(entry).collect())
        }
    }
}

fn shape(described: &Shape, definitions: &mut Definitions) -> Data {
    match described {
        Shape::Scalar(it) => scalar(it),
        Shape::Words { words, .. } => {
            let each = words.iter().map(|(word, meaning)| json!({"const": word, "description": meaning}));
            json!({"type": "string", "oneOf": each.collect::<Vec<_>>()})
        }
        Shape::List(item) => json!({"type": "array", "items": shape(item, definitions)}),
        Shape::Map(key, value) => {
            let mut schema = json!({"type": ["object", "null"], "additionalProperties": shape(value, definitions)});
            if !key.pattern.is_empty() {
                schema["propertyNames"] = json!({"pattern": key.pattern});
            }
            schema
        }
        Shape::Record(make) => {
            let described = make();
            let name = described.place.split_once(' ').map_or(described.place, |(_, name)| name).replace(' ', "-");
            if !definitions.contains_key(&name) {
                definitions.insert(name.clone(), Data::Null); // holds the place, should a record ever contain itself
                let mut schema = record(&described, definitions);
                if described.fields.iter().all(|field| !field.required) {
                    schema["type"] = json!(["object", "null"]);
                }
                definitions.insert(name.clone(), schema);
            }
            json!({"$ref": format!("#/definitions/{name}")})
        }
        Shape::Either(shapes) => json!({"anyOf": shapes.iter().map(|each| shape(each, definitions)).collect::<Vec<_>>()}),
        Shape::Nothing => json!({"type": "null"}),
    }
}

fn scalar(described: &Scalar) -> Data {
    let types: Vec<_> = described.json.split('|').collect();
    let mut schema = if types.len() == 1 { json!({"type": types[0]}) } else { json!({"type": types}) };
    if !described.pattern.is_empty() {
        schema["pattern"] = json!(described.pattern);
    }
    if described.json == "integer" {
        schema["minimum"] = json!(0);
    }
    schema
}

/// The schema of a plan file as text.
pub fn schema_text() -> String {
    let mut text = serde_json::to_string_pretty(&schema()).unwrap_or_default();
    text.push('\n');
    text
}
