//! Puts the YAML that a finding's help shows to where it belongs.

use super::Edit;
use super::entry::put_in;
use crate::source::FileId;
use crate::spec::{File, GAP, Node, Tree, Value};

/// The edit that makes a file say what the help says; nothing where the help leaves something open, or where the file says
/// something in its place.
pub(super) fn paste(text: &str, help: &str, leaf: impl Fn(&str) -> Option<String>) -> Option<Edit> {
    let snippet = snippet(help)?;
    let wanted = Tree::read(FileId::default(), &snippet);
    let tree = Tree::read(FileId::default(), text);
    if !wanted.faults.is_empty() || !tree.faults.is_empty() {
        return None;
    }
    let (wanted, root) = (wanted.root()?, tree.root()?);
    let mut entries = wanted.entries();
    let (key, value) = entries.next()?;
    if entries.next().is_some() {
        return None;
    }
    let name = word(key)?;
    let holder = if File::record().fields.iter().any(|field| field.key == name) { root } else { holder_of_step(root, name)? };
    merge(text, &snippet, holder, (key, value), &leaf)
}

/// The YAML in a help: a key on a line of its own, and what is indented below it. Nothing where the help shows two pieces, or leaves
/// something open.
fn snippet(help: &str) -> Option<String> {
    let mut lines = help.lines().skip_while(|line| line.contains(' ') && !line.starts_with(' ') && !line.contains(": {")).peekable();
    let mut text = lines.next().filter(|first| first.contains(':'))?.to_owned();
    while let Some(line) = lines.next_if(|line| line.starts_with(' ')) {
        text.push('\n');
        text.push_str(line);
    }
    let is_one = lines.all(|line| !line.starts_with(' '));
    (is_one && !text.split([' ', '\n', ',', '{', '}']).any(|word| word == GAP)).then_some(text)
}

/// The map of steps that holds a step.
fn holder_of_step<'t>(root: Node<'t>, step: &str) -> Option<Node<'t>> {
    let stages = root.get("stages")?;
    stages.entries().map(|(_, stage)| stage.get("steps").unwrap_or(stage)).find(|steps| steps.get(step).is_some())
}

fn merge(
    text: &str,
    snippet: &str,
    into: Node<'_>,
    (key, value): (Node<'_>, Node<'_>),
    leaf: &impl Fn(&str) -> Option<String>,
) -> Option<Edit> {
    let name = word(key)?;
    let Some(there) = into.get(name) else {
        return put_in(text, into, &snippet[key.span().range()], &written(snippet, name, value, leaf)?);
    };
    let mut entries = value.entries();
    let next = entries.next()?;
    match there.value() {
        // Of several entries that are missing, each is put in by a round of its own; the first that is missing is next.
        Value::Map => std::iter::once(next).chain(entries).find_map(|entry| merge(text, snippet, there, entry, leaf)),
        Value::List if name == "outcomes" => list_as_map(text, snippet, there, next, leaf),
        _ => None,
    }
}

/// A list of outcomes in brackets, as a map that can say something of the new one.
fn list_as_map(
    text: &str,
    snippet: &str,
    list: Node<'_>,
    (key, value): (Node<'_>, Node<'_>),
    leaf: &impl Fn(&str) -> Option<String>,
) -> Option<Edit> {
    let range = list.span().range();
    let name = word(key)?;
    let inner = text[range.clone()].strip_prefix('[')?.strip_suffix(']')?;
    if inner.contains(['\n', '#', '[', '{']) || list.items().any(|item| word(item) == Some(name)) {
        return None;
    }
    let inner = inner.trim_end().trim_end_matches(',');
    Some(Edit { range, text: format!("{{{inner}, {name}: {}}}", written(snippet, name, value, leaf)?) })
}

/// A value as it is written on the line of its key.
fn written(snippet: &str, name: &str, value: Node<'_>, leaf: &impl Fn(&str) -> Option<String>) -> Option<String> {
    match value.value() {
        Value::Null => leaf(name),
        Value::Map => {
            let entries: Option<Vec<String>> = value
                .entries()
                .map(|(key, value)| Some(format!("{}: {}", &snippet[key.span().range()], written(snippet, word(key)?, value, leaf)?)))
                .collect();
            Some(format!("{{{}}}", entries?.join(", ")))
        }
        Value::Scalar { text, plain: true } if text.contains([',', '[', ']', '{', '}']) => None,
        Value::Scalar { .. } | Value::List => Some(snippet[value.span().range()].to_owned()),
        Value::Broken => None,
    }
}

fn word(node: Node<'_>) -> Option<&str> {
    match node.value() {
        Value::Scalar { text, .. } => Some(text),
        _ => None,
    }
}
