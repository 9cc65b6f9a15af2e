//! Lists, maps and optional values of other forms.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde_json::Value as Data;

use super::declared::Meta;
use super::fault::FaultKind;
use super::form::{Form, Lowering, Scalar, Shape};
use super::tree::{Node, Value};
use crate::source::Span;

impl<F: Form> Form for Option<F> {
    fn shape() -> Shape {
        F::shape()
    }

    fn fits(node: Node<'_>) -> bool {
        F::fits(node)
    }

    fn lower(node: Node<'_>, cx: &mut Lowering) -> Option<Self> {
        F::lower(node, cx).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn write(&self) -> Option<Data> {
        self.as_ref().and_then(Form::write)
    }

    fn metas(&self, show: &mut dyn FnMut(&Meta)) {
        if let Some(form) = self {
            form.metas(show);
        }
    }
}

/// A list: `[a, b]`.
impl<F: Form> Form for Vec<F> {
    fn shape() -> Shape {
        Shape::List(Box::new(F::shape()))
    }

    fn fits(node: Node<'_>) -> bool {
        matches!(node.value(), Value::List)
    }

    fn lower(node: Node<'_>, cx: &mut Lowering) -> Option<Self> {
        if !matches!(node.value(), Value::List) {
            cx.wrong_type::<Self>(node);
            return None;
        }
        Some(node.items().filter_map(|item| if cx.enter(item) { F::lower(item, cx) } else { None }).collect())
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }

    fn write(&self) -> Option<Data> {
        (!self.is_empty()).then(|| Data::Array(self.iter().filter_map(Form::write).collect()))
    }

    fn metas(&self, show: &mut dyn FnMut(&Meta)) {
        for form in self {
            form.metas(show);
        }
    }
}

/// One thing, or a list of such: `menu` or `[menu, cart]`.
#[derive(Clone, Debug, PartialEq)]
pub struct OneOrMany<F>(pub Vec<F>);

impl<F> Default for OneOrMany<F> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<F> std::ops::Deref for OneOrMany<F> {
    type Target = [F];

    fn deref(&self) -> &[F] {
        &self.0
    }
}

impl<F: Form> Form for OneOrMany<F> {
    fn shape() -> Shape {
        Shape::Either(vec![F::shape(), Shape::List(Box::new(F::shape()))])
    }

    fn fits(node: Node<'_>) -> bool {
        F::fits(node) || matches!(node.value(), Value::List)
    }

    fn lower(node: Node<'_>, cx: &mut Lowering) -> Option<Self> {
        if matches!(node.value(), Value::List) {
            return Vec::lower(node, cx).map(Self);
        }
        if !F::fits(node) {
            cx.wrong_type::<Self>(node);
            return None;
        }
        F::lower(node, cx).map(|one| Self(vec![one]))
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn write(&self) -> Option<Data> {
        self.0.write()
    }

    fn metas(&self, show: &mut dyn FnMut(&Meta)) {
        self.0.metas(show);
    }
}

/// A map in the order of the file. Keys keep their spans.
#[derive(Clone, Debug, PartialEq)]
pub struct Map<K, V>(pub Vec<(K, V)>);

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K, V> std::ops::Deref for Map<K, V> {
    type Target = [(K, V)];

    fn deref(&self) -> &[(K, V)] {
        &self.0
    }
}

impl<K: Form + std::fmt::Display, V: Form> Form for Map<K, V> {
    fn shape() -> Shape {
        Shape::Map(key_shape::<K>(), Box::new(V::shape()))
    }

    fn fits(node: Node<'_>) -> bool {
        matches!(node.value(), Value::Map)
    }

    fn lower(node: Node<'_>, cx: &mut Lowering) -> Option<Self> {
        match node.value() {
            Value::Map => Some(Self(node.entries().filter_map(|(key, value)| entry(key, value, cx)).collect())),
            // `entry:` with nothing under it is a map that is still empty.
            Value::Null => Some(Self::default()),
            _ => {
                cx.wrong_type::<Self>(node);
                None
            }
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn write(&self) -> Option<Data> {
        // A name with nothing under it is still a name.
        let entries = self.0.iter().map(|(key, value)| (key.to_string(), value.write().unwrap_or(Data::Null)));
        (!self.0.is_empty()).then(|| Data::Object(entries.collect()))
    }

    fn metas(&self, show: &mut dyn FnMut(&Meta)) {
        for (_, form) in &self.0 {
            form.metas(show);
        }
    }
}

fn entry<K: Form, V: Form>(key: Node<'_>, value: Node<'_>, cx: &mut Lowering) -> Option<(K, V)> {
    if !cx.enter(key) {
        return None;
    }
    let name = K::lower(key, cx)?;
    let value = cx.held(key.span(), |cx| V::lower(value, cx)).or_else(V::absent)?;
    Some((name, value))
}

fn key_shape<K: Form>() -> Scalar {
    match K::shape() {
        Shape::Scalar(scalar) => scalar,
        _ => Scalar { what: "a name", json: "string", pattern: "", example: "" },
    }
}

/// Names alone, or a map that says more of each: `[loading, error]` or `{loading: three grey cards, error: try again}`.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<K, V>(pub Map<K, V>);

impl<K, V> Default for Named<K, V> {
    fn default() -> Self {
        Self(Map::default())
    }
}

impl<K, V> std::ops::Deref for Named<K, V> {
    type Target = [(K, V)];

    fn deref(&self) -> &[(K, V)] {
        &self.0.0
    }
}

impl<K: Form + std::fmt::Display, V: Form + Default> Form for Named<K, V> {
    fn shape() -> Shape {
        Shape::Either(vec![Shape::List(Box::new(K::shape())), Map::<K, V>::shape()])
    }

    fn fits(node: Node<'_>) -> bool {
        matches!(node.value(), Value::List | Value::Map)
    }

    fn lower(node: Node<'_>, cx: &mut Lowering) -> Option<Self> {
        match node.value() {
            Value::List => Some(Self(Map(names(node, cx)))),
            Value::Map | Value::Null => Map::lower(node, cx).map(Self),
            _ => {
                cx.wrong_type::<Self>(node);
                None
            }
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn write(&self) -> Option<Data> {
        self.0.write()
    }

    fn metas(&self, show: &mut dyn FnMut(&Meta)) {
        self.0.metas(show);
    }
}

/// The names of a list, each with nothing said of it. One that stands twice is reported, as in a map.
fn names<K: Form + std::fmt::Display, V: Default>(node: Node<'_>, cx: &mut Lowering) -> Vec<(K, V)> {
    let mut named: Vec<(K, V)> = Vec::new();
    let mut places: HashMap<String, Span> = HashMap::new();
    for item in node.items() {
        let Some(name) = K::lower(item, cx) else { continue };
        match places.entry(name.to_string()) {
            Entry::Occupied(first) => cx.fault(item.span(), FaultKind::DuplicateName { name: name.to_string(), first: *first.get() }),
            Entry::Vacant(place) => {
                place.insert(item.span());
                named.push((name, V::default()));
            }
        }
    }
    named
}
