//! The one machine of the language: a type that is a form can be read from a tree, be written back as data, and describe its
//! own shape. Schema, reference, error messages and the reading itself all come from the same declarations.
//!
//! Knows nothing of single keys: those are declared with [`record!`](super::record) in the files beside this one.

use serde_json::Value as Data;

use super::declared::Meta;
use super::fault::{Fault, FaultKind};
use super::tree::{Node, Value};
use crate::source::Span;

/// A type that a place in a plan can hold.
pub trait Form: Sized {
    /// What may stand there, for the schema, the reference and the messages.
    fn shape() -> Shape;

    /// Whether the node is of the outer kind that this form takes; decides between short and long forms, and reports nothing.
    fn fits(node: Node<'_>) -> bool;

    /// Reads a node. Reports what is wrong to `cx` and gives what could still be read.
    fn lower(node: Node<'_>, cx: &mut Lowering) -> Option<Self>;

    /// The value when the key is absent; nothing where there is none.
    fn absent() -> Option<Self> {
        None
    }

    /// The form as data, long forms throughout; nothing where the key would be left out.
    fn write(&self) -> Option<Data>;

    /// Shows the notes, questions and decisions on it and on everything in it, in the order of declaration.
    fn metas(&self, _show: &mut dyn FnMut(&Meta)) {}
}

/// What a place takes.
#[derive(Clone, Debug)]
pub enum Shape {
    /// One plain value.
    Scalar(Scalar),
    /// One of these words.
    Words {
        /// What the words are, such as `how an action answers`.
        what: &'static str,
        /// Each word with what it means.
        words: &'static [(&'static str, &'static str)],
    },
    /// A list.
    List(Box<Shape>),
    /// A map from keys of one shape to values of another.
    Map(Scalar, Box<Shape>),
    /// A map with declared keys.
    Record(fn() -> Record),
    /// Any of these; the first one is the short form.
    Either(Vec<Shape>),
    /// Nothing: the key alone.
    Nothing,
}

/// A plain value.
#[derive(Clone, Copy, Debug)]
pub struct Scalar {
    /// In messages, such as `a duration`.
    pub what: &'static str,
    /// Its type in JSON.
    pub json: &'static str,
    /// What its text must match, as a regular expression that every engine of JSON Schema knows; empty for no demand.
    pub pattern: &'static str,
    /// What could stand there.
    pub example: &'static str,
}

/// A map with declared keys, described.
#[derive(Clone, Debug)]
pub struct Record {
    /// In messages, such as `a step`.
    pub place: &'static str,
    /// What the thing is, in sentences.
    pub doc: &'static str,
    /// Its keys in declared order.
    pub fields: Vec<Field>,
    /// What may stand for the whole map.
    pub short: Option<Shape>,
}

/// A key, described.
#[derive(Clone, Debug)]
pub struct Field {
    /// As written.
    pub key: &'static str,
    /// What it is for, in sentences.
    pub doc: &'static str,
    /// What could stand there, as YAML on one line.
    pub example: &'static str,
    /// Whether its place means nothing without it.
    pub required: bool,
    /// What it takes.
    pub shape: Shape,
}

impl Shape {
    /// The shape in words: `a step, or a list of steps`.
    pub fn describe(&self) -> String {
        match self {
            Self::Scalar(scalar) => scalar.what.to_owned(),
            Self::Words { words, .. } => {
                let quoted: Vec<_> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
                list_with(&quoted, "or")
            }
            Self::List(item) => format!("a list, each item {}", item.describe()),
            Self::Map(key, value) => format!("a map from {} to {}", key.what, value.describe()),
            Self::Record(record) => format!("the keys of {}", record().place),
            Self::Either(shapes) => {
                let mut parts: Vec<String> = Vec::new();
                for shape in shapes {
                    parts.push(match shape {
                        Self::List(item) if parts.contains(&item.describe()) => "a list of such".to_owned(),
                        other => other.describe(),
                    });
                }
                list_with(&parts, "or")
            }
            Self::Nothing => "nothing".to_owned(),
        }
    }
}

/// `a, b or c`.
pub fn list_with(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., tail] => format!("{} {last} {tail}", head.join(", ")),
    }
}

/// The state of one reading: the faults so far, and how much may still be read.
#[derive(Debug)]
pub struct Lowering {
    /// In the order of meeting.
    pub faults: Vec<Fault>,
    /// The key that holds the value being read; where a missing key is told.
    pub holder: Span,
    budget: usize,
}

/// More faults than this in one file help nobody.
const MAX_FAULTS: usize = 1_000;

impl Lowering {
    /// For a tree with this many nodes. Aliases may repeat nodes a few times over, and not without end.
    pub fn new(nodes: usize) -> Self {
        Self { faults: Vec::new(), holder: Span::default(), budget: nodes * 4 + 100_000 }
    }

    /// Counts one node; false once too many were read, which is then reported once.
    pub fn enter(&mut self, node: Node<'_>) -> bool {
        if self.budget == 0 {
            return false;
        }
        self.budget -= 1;
        if self.budget == 0 {
            self.faults.push(Fault::unreadable(
                node.span(),
                "aliases repeat more than a plan can hold",
                "Write a set of answers once under `handlers`, and take it with `handles`.",
            ));
        }
        self.budget != 0
    }

    /// Keeps a fault.
    pub fn fault(&mut self, span: Span, kind: FaultKind) {
        if !self.is_full() {
            self.faults.push(Fault::new(span, kind));
        }
    }

    /// Whether so many faults were kept that no further one will be; what would be said of it need not be found out.
    pub fn is_full(&self) -> bool {
        self.faults.len() >= MAX_FAULTS
    }

    /// Reports that a node is of another kind than the form takes; a broken node was reported before.
    pub fn wrong_type<F: Form>(&mut self, node: Node<'_>) {
        self.wrong_shape(node, &F::shape());
    }

    /// As [`Lowering::wrong_type`], for a shape.
    pub fn wrong_shape(&mut self, node: Node<'_>, shape: &Shape) {
        let Some(found) = found(node).filter(|_| !self.is_full()) else { return };
        let example = example(shape);
        let span = if node.span().is_empty() { self.holder } else { node.span() };
        self.fault(span, FaultKind::WrongType { found, expected: shape.describe(), example });
    }

    /// Reads the value of a key with that key as its holder.
    pub fn held<T>(&mut self, key: Span, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.holder, key);
        let value = read(self);
        self.holder = outer;
        value
    }
}

fn found(node: Node<'_>) -> Option<String> {
    Some(match node.value() {
        Value::Null => "nothing".to_owned(),
        Value::Scalar { text, .. } if text.chars().count() > 40 => format!("the text `{}..`", text.chars().take(38).collect::<String>()),
        Value::Scalar { text, .. } => format!("`{text}`"),
        Value::List => "a list".to_owned(),
        Value::Map => "a map".to_owned(),
        Value::Broken => return None,
    })
}

fn example(shape: &Shape) -> String {
    match shape {
        Shape::Scalar(scalar) => scalar.example.to_owned(),
        Shape::Words { words, .. } => words.first().map(|(word, _)| (*word).to_owned()).unwrap_or_default(),
        Shape::Either(shapes) => shapes.first().map(example).unwrap_or_default(),
        _ => String::new(),
    }
}
