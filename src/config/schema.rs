//! The file as a JSON Schema (draft-07), which editors with a TOML language server read.

use serde_json::{Map, Value as Data, json};

use super::keys::{KEYS, Takes};
use crate::lint::Setting;
use crate::rules::{RULES, groups};

/// The schema of the file.
pub fn schema() -> Data {
    let properties: Map<String, Data> = KEYS
        .iter()
        .map(|key| {
            let mut schema = takes(&key.takes);
            schema["description"] = json!(key.doc);
            (key.name.to_owned(), schema)
        })
        .collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "flowcheck configuration",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "definitions": {"levels": levels()},
    })
}

fn takes(takes: &Takes) -> Data {
    match takes {
        Takes::Texts => json!({"type": "array", "items": {"type": "string"}}),
        Takes::Text => json!({"type": "string"}),
        Takes::Number => json!({"type": "integer", "minimum": 0}),
        Takes::Word(words) => {
            let each: Vec<Data> = words.iter().map(|(word, meaning)| json!({"const": word, "description": meaning})).collect();
            json!({"type": "string", "oneOf": each})
        }
        // Beside `$ref`, draft-07 ignores every other keyword.
        Takes::Levels => json!({"allOf": [{"$ref": "#/definitions/levels"}]}),
        Takes::Paths => json!({"type": "object", "additionalProperties": {"$ref": "#/definitions/levels"}}),
    }
}

fn levels() -> Data {
    let words: Vec<&str> = Setting::WORDS.iter().map(|(word, _)| *word).collect();
    let of_group = groups().map(|group| {
        (group.name().to_owned(), json!({"enum": words, "description": format!("Every rule of the group {}.", group.name())}))
    });
    let of_rule = RULES.iter().map(|rule| (rule.name.to_owned(), json!({"enum": words, "description": rule.summary()})));
    let properties: Map<String, Data> = of_group.chain(of_rule).collect();
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}

/// The schema of the file as text.
pub fn schema_text() -> String {
    let mut text = serde_json::to_string_pretty(&schema()).unwrap_or_default();
    text.push('\n');
    text
}
