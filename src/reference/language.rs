//! Every place of the language with its keys.

use super::mended::{RulesByKey, rules_by_key};
use crate::report::document::{Block, Document, Section, Table, one};
use crate::spec::{Field, Meta, Record, Shape, records};

/// The whole language.
pub fn document() -> Document {
    let rules = rules_by_key();
    let mut sections = vec![everywhere(rules)];
    sections.extend(records().iter().map(|record| section(record, &own(record), rules)));
    Document { title: "The language".to_owned(), sections }
}

/// The places that have a name or a key of that name; nothing where there is none.
pub fn about(name: &str) -> Option<Document> {
    let rules = rules_by_key();
    let mut sections = Vec::new();
    if everywhere_fields().iter().any(|field| field.key == name) {
        sections.push(everywhere(rules));
    }
    for record in records() {
        let fields = own(&record);
        if bare(record.place) == name {
            sections.push(section(&record, &fields, rules));
        } else if let Some(field) = fields.iter().find(|field| field.key == name) {
            sections.push(section(&record, std::slice::from_ref(field), rules));
        }
    }
    (!sections.is_empty()).then(|| Document { title: "From the language".to_owned(), sections })
}

/// Every name that [`about`] knows, places first.
pub fn names() -> Vec<&'static str> {
    let records = records();
    let places = records.iter().map(|record| bare(record.place));
    let mut names: Vec<&str> = places.chain(records.iter().flat_map(|record| record.fields.iter().map(|field| field.key))).collect();
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(*name));
    names
}

/// The keys of a place, without those that every part of a plan may carry.
pub fn own_keys(record: &Record) -> impl Iterator<Item = &'static str> {
    own(record).into_iter().map(|field| field.key)
}

/// A place without its article.
fn bare(place: &'static str) -> &'static str {
    place.split_once(' ').map_or(place, |(_, name)| name)
}

fn everywhere_fields() -> Vec<Field> {
    Meta::fields()
}

fn everywhere(rules: &RulesByKey) -> Section {
    Section {
        id: "everywhere",
        title: "everywhere",
        lead: "Every part of a plan may carry these.".to_owned(),
        blocks: vec![keys("", &everywhere_fields(), rules)],
    }
}

/// The keys of a place without those that all places have.
fn own(record: &Record) -> Vec<Field> {
    let common = everywhere_fields();
    let is_common = |field: &Field| common.iter().any(|common| common.key == field.key && common.doc == field.doc);
    record.fields.iter().filter(|field| !is_common(field)).cloned().collect()
}

fn section(record: &Record, fields: &[Field], rules: &RulesByKey) -> Section {
    let mut facts = Vec::new();
    let stands = stands_in(record.place);
    if !stands.is_empty() {
        facts.push(("stands in", stands));
    }
    if let Some(short) = &record.short {
        facts.push(("short form", one(short.describe())));
    }
    let mut blocks = Vec::new();
    if !facts.is_empty() {
        blocks.push(Block::Facts(facts));
    }
    blocks.push(keys(record.place, fields, rules));
    blocks.extend(fields.iter().filter_map(words));
    Section { id: bare(record.place), title: record.place, lead: record.doc.to_owned(), blocks }
}

/// The keys that hold such a place.
fn stands_in(place: &str) -> Vec<String> {
    let holds = |record: &Record| {
        let keys = record.fields.iter().filter(|field| reaches(&field.shape, place));
        keys.map(|field| format!("`{}` of {}", field.key, record.place)).collect::<Vec<_>>()
    };
    records().iter().flat_map(holds).collect()
}

/// Whether a shape holds a place, without going through another place.
fn reaches(shape: &Shape, place: &str) -> bool {
    match shape {
        Shape::Record(record) => record().place == place,
        Shape::List(inner) | Shape::Map(_, inner) => reaches(inner, place),
        Shape::Either(shapes) => shapes.iter().any(|shape| reaches(shape, place)),
        Shape::Scalar(_) | Shape::Words { .. } | Shape::Nothing => false,
    }
}

fn keys(place: &'static str, fields: &[Field], rules: &RulesByKey) -> Block {
    let rows = fields.iter().map(|field| {
        let mut key = vec![format!("`{}`", field.key)];
        if field.required {
            key.push("required".to_owned());
        }
        let answered = rules.get(&(place, field.key)).into_iter().flatten().map(|rule| format!("`{rule}`"));
        vec![key, one(field.doc), one(field.shape.describe()), one(format!("`{}`", field.example)), answered.collect()]
    });
    Table::block(&["key", "what it is", "takes", "for example", "answers the rules"], rows.collect())
}

/// The words that a key takes, with what each means.
fn words(field: &Field) -> Option<Block> {
    let words = word_list(&field.shape)?;
    let rows = words.iter().map(|(word, meaning)| vec![one(format!("`{word}`")), one(*meaning)]).collect();
    let column = field.key;
    Some(Table::block(&[column, "means"], rows))
}

fn word_list(shape: &Shape) -> Option<&'static [(&'static str, &'static str)]> {
    match shape {
        Shape::Words { words, .. } => Some(words),
        Shape::List(inner) | Shape::Map(_, inner) => word_list(inner),
        Shape::Either(shapes) => shapes.iter().find_map(word_list),
        Shape::Scalar(_) | Shape::Record(_) | Shape::Nothing => None,
    }
}
