//! Declares a record of the language: one declaration gives the struct, its reading, its writing and its shape.

/// Declares a map with known keys.
///
/// ```text
/// record! {
///     /// What the thing is.
///     "a role" pub struct Role {
///         /// What the key is for.
///         "staff" staff: bool = "true",
///         /// A key without which the thing means nothing.
///         required "title" title: Option<Text> = "Barista",
///     }
///     short: Text,            // what may stand for the whole map; needs `impl From<Text> for Role`
/// }
/// ```
/// Every record also has `note`, `question` and `decided`, and the span of the whole value. Reading never gives up a record: what
/// could not be read is as if absent, so that one fault is not told again as an unknown name elsewhere.
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        $place:literal pub struct $name:ident {
            $(
                $(#[doc = $field_doc:literal])*
                $($required:ident)? $key:literal $field:ident : $type:ty = $example:literal,
            )*
        }
        $(short: $short:ty,)?
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            $( $(#[doc = $field_doc])* pub $field: $type, )*
            /// What every part of a plan may carry.
            pub meta: $crate::spec::Meta,
            /// The whole value.
            pub span: $crate::source::Span,
        }

        // Two records are the same when they say the same, wherever they stand.
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $(self.$field == other.$field)&&* && self.meta == other.meta
            }
        }

        impl $name {
            /// The keys, described.
            pub fn record() -> $crate::spec::Record {
                let mut fields = vec![
                    $( $crate::spec::Field {
                        key: $key,
                        doc: concat!($($field_doc),*).trim_ascii(),
                        example: $example,
                        required: $crate::spec::record::is_required(&[$(stringify!($required))?]),
                        shape: <$type as $crate::spec::Form>::shape(),
                    }, )*
                ];
                // A record may have a `question` of its own, which then is what the key means there.
                let common = $crate::spec::Meta::fields().into_iter().filter(|meta| fields.iter().all(|field| field.key != meta.key));
                let common: Vec<_> = common.collect();
                fields.extend(common);
                $crate::spec::Record {
                    place: $place,
                    doc: concat!($($doc),*).trim_ascii(),
                    fields,
                    short: $crate::spec::record::short_shape(&[$(<$short as $crate::spec::Form>::shape)?]),
                }
            }
        }

        impl $crate::spec::Form for $name {
            fn shape() -> $crate::spec::Shape {
                $crate::spec::record::shape(Self::record, &[$(<$short as $crate::spec::Form>::shape)?])
            }

            fn fits(node: $crate::spec::Node<'_>) -> bool {
                matches!(node.value(), $crate::spec::Value::Map | $crate::spec::Value::Null)
                    $(|| <$short as $crate::spec::Form>::fits(node))?
            }

            fn lower(node: $crate::spec::Node<'_>, cx: &mut $crate::spec::Lowering) -> Option<Self> {
                if !cx.enter(node) {
                    return Some(Self::default());
                }
                let own_key = |key: $crate::spec::Node<'_>| matches!(key.value(), $crate::spec::Value::Scalar { text: $($key)|*, .. });
                let is_long = node.entries().any(|(key, _)| own_key(key) || $crate::spec::Meta::is_key(key));
                $(
                    if !is_long && !matches!(node.value(), $crate::spec::Value::Null) && <$short as $crate::spec::Form>::fits(node) {
                        let short = <$short as $crate::spec::Form>::lower(node, cx)?;
                        let mut whole = Self::from(short);
                        whole.span = node.span();
                        return Some(whole);
                    }
                )?
                if !is_long && !matches!(node.value(), $crate::spec::Value::Map | $crate::spec::Value::Null) {
                    cx.wrong_type::<Self>(node);
                    return Some(Self { span: node.span(), ..Self::default() });
                }
                let mut whole = Self { span: node.span(), ..Self::default() };
                for (key, value) in node.entries() {
                    let $crate::spec::Value::Scalar { text, .. } = key.value() else {
                        $crate::spec::record::refuse_key(key, cx);
                        continue;
                    };
                    match text {
                        $( $key => {
                            if let Some(read) = cx.held(key.span(), |cx| <$type as $crate::spec::Form>::lower(value, cx)) {
                                whole.$field = read;
                            }
                        } )*
                        _ if whole.meta.take(text, key, value, cx) => {}
                        _ if cx.is_full() => {}
                        _ => $crate::spec::record::unknown_key(text, key, &Self::record(), cx),
                    }
                }
                $(
                    if $crate::spec::record::is_required(&[$(stringify!($required))?]) && node.get($key).is_none() && !node.is_cut() {
                        let doc = concat!($($field_doc),*).trim_ascii();
                        $crate::spec::record::missing_key(node, $key, $place, $example, doc, cx);
                    }
                )*
                Some(whole)
            }

            fn absent() -> Option<Self> {
                Some(Self::default())
            }

            fn write(&self) -> Option<serde_json::Value> {
                #[allow(unused_mut)]
                let mut map = serde_json::Map::new();
                $(
                    if let Some(value) = $crate::spec::Form::write(&self.$field) {
                        map.insert($key.to_owned(), value);
                    }
                )*
                self.meta.write_into(&mut map);
                Some(serde_json::Value::Object(map))
            }

            fn metas(&self, show: &mut dyn FnMut(&$crate::spec::Meta)) {
                show(&self.meta);
                $( $crate::spec::Form::metas(&self.$field, show); )*
            }
        }
    };
}

pub(crate) use record;

use super::fault::FaultKind;
use super::form::{Lowering, Record, Shape};
use super::nearest::nearest;
use super::tree::Node;

pub(crate) const fn is_required(marker: &[&str]) -> bool {
    !marker.is_empty()
}

pub(crate) fn short_shape(short: &[fn() -> Shape]) -> Option<Shape> {
    short.first().map(|shape| shape())
}

pub(crate) fn shape(record: fn() -> Record, short: &[fn() -> Shape]) -> Shape {
    match short_shape(short) {
        Some(Shape::Either(mut shapes)) => {
            shapes.push(Shape::Record(record));
            Shape::Either(shapes)
        }
        Some(short) => Shape::Either(vec![short, Shape::Record(record)]),
        None => Shape::Record(record),
    }
}

pub(crate) fn refuse_key(key: Node<'_>, cx: &mut Lowering) {
    cx.wrong_type::<super::scalar::Name>(key);
}

pub(crate) fn unknown_key(text: &str, key: Node<'_>, record: &Record, cx: &mut Lowering) {
    let known: Vec<&'static str> = record.fields.iter().map(|field| field.key).collect();
    let kind = FaultKind::UnknownKey {
        key: text.to_owned(),
        place: record.place,
        nearest: nearest(text, known.iter().copied()).first().copied(),
        belongs_to: super::declared::place_of_key(text, record.place),
        known,
    };
    cx.fault(key.span(), kind);
}

pub(crate) fn missing_key(
    node: Node<'_>,
    key: &'static str,
    place: &'static str,
    example: &'static str,
    doc: &'static str,
    cx: &mut Lowering,
) {
    let span = if cx.holder.is_empty() { crate::source::Span { end: node.span().start, ..node.span() } } else { cx.holder };
    cx.fault(span, FaultKind::MissingKey { key, place, example, doc });
}
