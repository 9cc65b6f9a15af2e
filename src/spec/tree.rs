//! YAML text to a tree of nodes in which every node has its span. The only file that knows the YAML parser.
//!
//! Aliases become the id of the node they name, so nothing is ever expanded. After a fault of syntax the open collections
//! are closed and marked as cut, so that what stands before the fault is still read.

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, Span as YamlSpan, StructureStyle};

use super::fault::{Fault, FaultKind};
use super::syntax;
use crate::source::{FileId, Span};

/// How deep collections may nest. A plan needs about ten levels.
pub const MAX_DEPTH: usize = 128;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NodeId(u32);

#[derive(Debug)]
enum Content<'s> {
    Scalar {
        text: Cow<'s, str>,
        plain: bool,
    },
    List {
        first: u32,
        count: u32,
    },
    /// Keys and values alternate.
    Map {
        first: u32,
        count: u32,
    },
    /// An alias that names nothing: already reported, equal to no form.
    Broken,
}

#[derive(Debug)]
struct NodeData<'s> {
    span: Span,
    content: Content<'s>,
    cut: bool,
}

/// The nodes of one document, and the faults met while reading it.
#[derive(Debug)]
pub struct Tree<'s> {
    nodes: Vec<NodeData<'s>>,
    children: Vec<NodeId>,
    root: Option<NodeId>,
    /// Faults of syntax and keys that stand twice.
    pub faults: Vec<Fault>,
}

/// A document whose YAML was read when the program was built. Whatever holds others stands after them; the last node is the whole.
#[derive(Clone, Copy, Debug)]
pub struct ReadTree {
    /// Its nodes.
    pub nodes: &'static [ReadNode],
    /// What each list and map holds, one after the other; keys and values of maps alternate.
    pub children: &'static [u32],
}

/// A node of a [`ReadTree`].
#[derive(Clone, Copy, Debug)]
pub enum ReadNode {
    /// A text, and whether it stood without quotes.
    Scalar(&'static str, bool),
    /// A list: where its children begin, and how many there are.
    List(u32, u32),
    /// A map, as a list of keys and values.
    Map(u32, u32),
}

/// A node of a [`Tree`].
#[derive(Clone, Copy, Debug)]
pub struct Node<'t> {
    tree: &'t Tree<'t>,
    id: NodeId,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum Value<'t> {
    /// Nothing, `~` or `null`.
    Null,
    /// Text or a plain word; `plain` tells that it was not quoted.
    Scalar {
        /// The text after escapes.
        text: &'t str,
        /// Whether it stood without quotes.
        plain: bool,
    },
    /// `[a, b]` or lines with `- `.
    List,
    /// `{a: b}` or lines with `a: b`.
    Map,
    /// Already reported; no further fault should be told of it.
    Broken,
}

impl<'t> Node<'t> {
    /// Where the node stands.
    pub fn span(self) -> Span {
        self.data().span
    }

    /// What the node is.
    pub fn value(self) -> Value<'t> {
        match &self.data().content {
            Content::Scalar { text, plain: true } if matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL") => Value::Null,
            Content::Scalar { text, plain } => Value::Scalar { text, plain: *plain },
            Content::List { .. } => Value::List,
            Content::Map { .. } => Value::Map,
            Content::Broken => Value::Broken,
        }
    }

    /// Whether a fault of syntax ended the node early, so that something may be missing that was written.
    pub fn is_cut(self) -> bool {
        self.data().cut
    }

    /// The items of a list; nothing for another node.
    pub fn items(self) -> impl ExactSizeIterator<Item = Node<'t>> {
        let slice = match self.data().content {
            Content::List { first, count } => self.tree.slice(first, count),
            _ => &[],
        };
        slice.iter().map(move |id| Node { tree: self.tree, id: *id })
    }

    /// The keys and values of a map; nothing for another node.
    pub fn entries(self) -> impl ExactSizeIterator<Item = (Node<'t>, Node<'t>)> {
        let slice = match self.data().content {
            Content::Map { first, count } => self.tree.slice(first, count),
            _ => &[],
        };
        slice.chunks_exact(2).map(move |pair| (Node { tree: self.tree, id: pair[0] }, Node { tree: self.tree, id: pair[1] }))
    }

    /// The value of a key, when the node is a map that has it.
    pub fn get(self, key: &str) -> Option<Node<'t>> {
        self.entries().find(|(name, _)| matches!(name.value(), Value::Scalar { text, .. } if text == key)).map(|(_, value)| value)
    }

    fn data(self) -> &'t NodeData<'t> {
        &self.tree.nodes[self.id.0 as usize]
    }
}

impl<'s> Tree<'s> {
    /// Reads one document. Never fails: faults are kept in [`Tree::faults`].
    pub fn read(file: FileId, text: &'s str) -> Self {
        let mut builder = Builder::new(file, text);
        let options = granit_parser::options! {
            strict_indentation: true,
            emit_unresolved_aliases: true,
            emit_comments: false,
            flow_nesting_limit: MAX_DEPTH,
            block_nesting_limit: MAX_DEPTH,
        };
        let mut parser = Parser::new_from_str_with_options(text, options);
        while let Some(next) = parser.next_event() {
            match next {
                Ok((event, span)) => {
                    if builder.take(event, span).is_break() {
                        break;
                    }
                }
                Err(error) => {
                    builder.tree.faults.push(syntax::explain(file, text, &error));
                    break;
                }
            }
        }
        builder.finish()
    }

    /// The tree of a document that was read before. Its spans lie nowhere.
    pub(super) fn of(read: ReadTree) -> Self {
        let nodes = read.nodes.iter().map(|node| {
            let content = match *node {
                ReadNode::Scalar(text, plain) => Content::Scalar { text: Cow::Borrowed(text), plain },
                ReadNode::List(first, count) => Content::List { first, count },
                ReadNode::Map(first, count) => Content::Map { first, count },
            };
            NodeData { span: Span::default(), content, cut: false }
        });
        let nodes: Vec<_> = nodes.collect();
        let root = nodes.len().checked_sub(1).and_then(|last| u32::try_from(last).ok()).map(NodeId);
        Self { nodes, children: read.children.iter().map(|child| NodeId(*child)).collect(), root, faults: Vec::new() }
    }

    /// The outermost node; nothing for an empty document.
    pub fn root(&'s self) -> Option<Node<'s>> {
        self.root.map(|id| Node { tree: self, id })
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether the document is empty.
    pub fn is_empty(&self) -> bool {
        self.root.is_none()
    }

    fn slice(&self, first: u32, count: u32) -> &[NodeId] {
        &self.children[first as usize..(first + count) as usize]
    }
}

/// A collection whose end has not come yet.
struct Open {
    is_map: bool,
    style: StructureStyle,
    start: usize,
    anchor: usize,
    /// Where its children begin in [`Builder::pending`].
    first_pending: usize,
}

struct Builder<'s> {
    file: FileId,
    text: &'s str,
    tree: Tree<'s>,
    open: Vec<Open>,
    pending: Vec<NodeId>,
    anchors: HashMap<usize, NodeId>,
    documents: usize,
}

impl<'s> Builder<'s> {
    fn new(file: FileId, text: &'s str) -> Self {
        let tree = Tree { nodes: Vec::new(), children: Vec::new(), root: None, faults: Vec::new() };
        Self { file, text, tree, open: Vec::new(), pending: Vec::new(), anchors: HashMap::new(), documents: 0 }
    }

    fn take(&mut self, event: Event<'s>, at: YamlSpan) -> std::ops::ControlFlow<()> {
        let bytes = at.byte_range().unwrap_or(0..0);
        let span = Span::new(self.file, bytes.start, bytes.end);
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.tree.faults.push(Fault::unreadable(
                        span,
                        "a second document begins here",
                        "One file is one journey: give each document a file of its own, and name the files in `parts` of a root file.",
                    ));
                    return std::ops::ControlFlow::Break(());
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_tag(tag.as_deref().map(ToString::to_string), at, span);
                let plain = style == ScalarStyle::Plain;
                // The parser reports a missing value as a plain `~` of no length.
                let text = if plain && span.is_empty() { Cow::Borrowed("") } else { text };
                self.add(span, Content::Scalar { text, plain }, anchor);
            }
            Event::SequenceStart(style, anchor, tag) => self.begin(false, style, anchor, tag.as_deref().map(ToString::to_string), at, span),
            Event::MappingStart(style, anchor, tag) => self.begin(true, style, anchor, tag.as_deref().map(ToString::to_string), at, span),
            Event::SequenceEnd | Event::MappingEnd => self.close(bytes.end, false),
            Event::Alias(anchor) => match self.anchors.get(&anchor) {
                Some(node) => self.pending.push(*node),
                None => self.broken(
                    span,
                    "this alias stands inside the very thing it names",
                    "Write the value out instead of naming it with `*`.",
                ),
            },
            Event::UnresolvedAlias(name) => {
                let problem = format!("`*{name}` names nothing: no `&{name}` stands before it");
                self.broken(span, problem, "Quote the text if the star is meant as a star.");
            }
            _ => {}
        }
        std::ops::ControlFlow::Continue(())
    }

    fn refuse_tag(&mut self, tag: Option<String>, at: YamlSpan, span: Span) {
        let Some(tag) = tag else { return };
        let place = at.tag_span().and_then(|tag| tag.byte_range()).map_or(span, |bytes| Span::new(self.file, bytes.start, bytes.end));
        self.tree.faults.push(Fault::unreadable(
            place,
            format!("the tag `{tag}` has no meaning in a plan"),
            "Remove the tag. Quotes make any value text.",
        ));
    }

    fn broken(&mut self, span: Span, problem: impl Into<String>, help: &str) {
        self.tree.faults.push(Fault::unreadable(span, problem, help));
        self.add(span, Content::Broken, 0);
    }

    fn add(&mut self, span: Span, content: Content<'s>, anchor: usize) {
        let id = NodeId(u32::try_from(self.tree.nodes.len()).expect("a file below 4 GB has fewer nodes than bytes"));
        self.tree.nodes.push(NodeData { span, content, cut: false });
        if anchor != 0 {
            self.anchors.insert(anchor, id);
        }
        self.pending.push(id);
    }

    fn begin(&mut self, is_map: bool, style: StructureStyle, anchor: usize, tag: Option<String>, at: YamlSpan, span: Span) {
        self.refuse_tag(tag, at, span);
        self.open.push(Open { is_map, style, start: span.start as usize, anchor, first_pending: self.pending.len() });
    }

    fn close(&mut self, end: usize, cut: bool) {
        let Some(open) = self.open.pop() else { return };
        if open.is_map {
            if (self.pending.len() - open.first_pending) % 2 == 1 {
                // Only a fault of syntax leaves a key without a value.
                self.add(Span::new(self.file, end, end), Content::Broken, 0);
            }
            self.drop_repeated_keys(open.first_pending);
        }
        let ids = &self.pending[open.first_pending..];
        let count = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        let first = u32::try_from(self.tree.children.len()).unwrap_or(u32::MAX);
        // A block collection has no end of its own: it ends with its last child.
        let end = match (open.style, ids.last()) {
            (StructureStyle::Block, Some(last)) => self.tree.nodes[last.0 as usize].span.end as usize,
            _ => end,
        };
        self.tree.children.extend_from_slice(ids);
        self.pending.truncate(open.first_pending);
        let content = if open.is_map { Content::Map { first, count } } else { Content::List { first, count } };
        self.add(Span::new(self.file, open.start, end), content, open.anchor);
        if cut {
            self.tree.nodes.last_mut().expect("just added").cut = true;
        }
    }

    /// Reports each key that stands twice in the map being closed, and keeps the first. A merge key says nothing in YAML 1.2.
    fn drop_repeated_keys(&mut self, first_pending: usize) {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        let mut repeated = Vec::new();
        for (index, pair) in self.pending[first_pending..].chunks_exact(2).enumerate() {
            let key = &self.tree.nodes[pair[0].0 as usize];
            let Content::Scalar { text, plain } = &key.content else { continue };
            if *plain && text == "<<" {
                self.tree.faults.push(Fault::unreadable(
                    key.span,
                    "`<<` merges nothing in YAML 1.2",
                    "Write the keys out, or put answers that several steps share under `handlers` and take them with `handles`.",
                ));
                repeated.push(first_pending + index * 2);
                continue;
            }
            if let Some(first) = seen.get(text.as_ref()) {
                let kind = FaultKind::DuplicateName { name: text.to_string(), first: *first };
                self.tree.faults.push(Fault::new(key.span, kind));
                repeated.push(first_pending + index * 2);
            } else {
                seen.insert(text, key.span);
            }
        }
        for at in repeated.into_iter().rev() {
            self.pending.drain(at..at + 2);
        }
    }

    fn finish(mut self) -> Tree<'s> {
        while !self.open.is_empty() {
            self.close(self.text.len(), true);
        }
        self.tree.root = self.pending.first().copied();
        self.tree
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Tree<'_> {
        Tree::read(FileId::default(), text)
    }

    #[test]
    fn every_node_has_its_span() {
        let text = "a: [é, {b: c}]\nd:\n  - e\n";
        let tree = read(text);
        let root = tree.root().expect("a map");
        let list = root.get("a").expect("key a");
        assert_eq!(&text[list.span().range()], "[é, {b: c}]");
        let inner = list.items().nth(1).expect("second item").get("b").expect("key b");
        assert_eq!(&text[inner.span().range()], "c");
        assert_eq!(&text[root.get("d").expect("key d").span().range()], "- e");
    }

    #[test]
    fn a_key_that_stands_twice_is_told_with_both_places() {
        let tree = read("a: 1\nb: 2\na: 3\n");
        assert!(matches!(&tree.faults[..], [Fault { span, kind: FaultKind::DuplicateName { first, .. } }]
            if span.start == 10 && first.start == 0));
        assert_eq!(tree.root().expect("a map").entries().len(), 2);
    }

    #[test]
    fn what_stands_before_a_fault_of_syntax_is_kept() {
        let tree = read("a: 1\nb: {c: 2\n");
        assert_eq!(tree.faults.len(), 1);
        let root = tree.root().expect("a map");
        assert!(root.is_cut());
        assert!(root.get("a").is_some());
    }

    #[test]
    fn aliases_are_the_node_they_name() {
        let tree = read("a: &x [1]\nb: *x\n");
        let root = tree.root().expect("a map");
        assert_eq!(root.get("b").expect("b").span(), root.get("a").expect("a").span());
    }

    #[test]
    fn an_alias_inside_itself_is_a_fault() {
        let tree = read("a: &x [*x]\n");
        assert_eq!(tree.faults.len(), 1);
    }

    #[test]
    fn deep_nesting_is_a_fault_and_not_a_crash() {
        let text = "[".repeat(100_000);
        let tree = read(&text);
        assert_eq!(tree.faults.len(), 1);
    }
}
