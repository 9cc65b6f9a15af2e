//! Entries of maps in the text of a plan: put in and taken out without touching what stands around them.

use super::Edit;
use crate::source::Span;
use crate::spec::{Node, Value};

/// The way to an entry: each map on it with the position of the entry, the outermost first.
pub(super) type Way<'t> = Vec<(Node<'t>, usize)>;

/// The way to the entry whose key stands at a place.
pub(super) fn way_to(node: Node<'_>, key: Span) -> Option<Way<'_>> {
    if !(node.span().start <= key.start && key.end <= node.span().end) {
        return None;
    }
    for (index, (name, value)) in node.entries().enumerate() {
        if name.span() == key {
            return Some(vec![(node, index)]);
        }
        if let Some(mut way) = way_to(value, key) {
            way.insert(0, (node, index));
            return Some(way);
        }
    }
    node.items().find_map(|item| way_to(item, key))
}

/// Puts an entry at the end of a map. The value is written on the line of its key.
pub(super) fn put_in(text: &str, map: Node<'_>, key: &str, value: &str) -> Option<Edit> {
    let entry = format!("{key}: {value}");
    let Some((last_key, last_value)) = map.entries().last() else {
        // `{}` is a map whose last character closes it; of others the end is not known.
        let close = (map.span().end as usize).checked_sub(1)?;
        return (text.get(close..=close) == Some("}")).then_some(Edit { range: close..close, text: entry });
    };
    let end = end_of(text, last_key, last_value);
    if is_flow(text, map) {
        return Some(Edit { range: end..end, text: format!(", {entry}") });
    }
    let (first, _) = map.entries().next()?;
    let start = first.span().start as usize;
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let column = text[line_start..start].trim_start_matches('\u{feff}').chars().count();
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let (at, line_break) = if text[..line_end].ends_with('\r') { (line_end - 1, "\r\n") } else { (line_end, "\n") };
    Some(Edit { range: at..at, text: format!("{line_break}{}{entry}", " ".repeat(column)) })
}

/// Takes an entry out. Nothing where something would go with it that is not part of it: a comment, or the last entry of a map.
pub(super) fn take_out(text: &str, map: Node<'_>, index: usize) -> Option<Edit> {
    let entries: Vec<_> = map.entries().collect();
    let (key, value) = *entries.get(index)?;
    if entries.len() == 1 {
        return None;
    }
    let (start, end) = (key.span().start as usize, end_of(text, key, value));
    let range = if is_flow(text, map) {
        match index.checked_sub(1).map(|before| entries[before]) {
            Some((before_key, before_value)) => end_of(text, before_key, before_value)..end,
            None => start..entries[1].0.span().start as usize,
        }
    } else {
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        if !text[line_start..start].trim().is_empty() {
            return None;
        }
        line_start..text[end..].find('\n').map_or(text.len(), |at| end + at + 1)
    };
    (!text[range.clone()].contains('#')).then_some(Edit { range, text: String::new() })
}

/// Whether a map stands in braces.
pub(super) fn is_flow(text: &str, map: Node<'_>) -> bool {
    text[map.span().start as usize..].starts_with('{')
}

/// One past the last byte of an entry. A value that is left out ends with the colon of its key.
fn end_of(text: &str, key: Node<'_>, value: Node<'_>) -> usize {
    if value.span().is_empty() || matches!(value.value(), Value::Null) && value.span().start < key.span().end {
        let after = key.span().end as usize;
        let rest = &text[after..];
        let spaces = rest.len() - rest.trim_start_matches(' ').len();
        return if rest[spaces..].starts_with(':') { after + spaces + 1 } else { after };
    }
    let end = value.span().end as usize;
    text[..end].trim_end_matches(['\n', '\r', ' ']).len()
}
