//! YAML text to a typed plan file in which every value has its span; all faults of form in one pass.
//!
//! Must not know: graphs, rules, terminals. What names mean is found out by the model.

mod collection;
mod declared;
mod fault;
mod form;
mod nearest;
mod openapi;
mod record;
mod scalar;
mod schema;
mod syntax;
mod tree;

pub use collection::{Map, Named, OneOrMany};
pub use declared::*;
pub use fault::{Fault, FaultKind};
pub use form::{Field, Form, Lowering, Record, Scalar, Shape, list_with};
pub use nearest::nearest;
pub use openapi::operation_ids;
pub use scalar::{Date, Duration, GAP, Id, Mention, Name, RESERVED, Target, Text, To, Version, is_kebab, kebab};
pub use schema::{schema, schema_text};
pub use tree::{MAX_DEPTH, Node, ReadNode, ReadTree, Tree, Value};

use crate::source::{FileId, Span};

/// Reads one file. What is at fault is in the list; what could be read is in the form.
pub fn read<F: Form + Default>(file: FileId, text: &str) -> (F, Vec<Fault>) {
    lower(file, Tree::read(file, text))
}

/// As [`read`], for a document whose YAML was read when the program was built.
pub fn read_again<F: Form + Default>(read: ReadTree) -> (F, Vec<Fault>) {
    lower(FileId::default(), Tree::of(read))
}

fn lower<F: Form + Default>(file: FileId, mut tree: Tree<'_>) -> (F, Vec<Fault>) {
    let mut faults = std::mem::take(&mut tree.faults);
    let Some(root) = tree.root() else {
        if faults.is_empty() {
            faults.push(Fault::unreadable(Span::new(file, 0, 0), "the file is empty", "Begin with `flowcheck: 1` and `journey: a-name`."));
        }
        return (F::default(), faults);
    };
    let mut cx = Lowering::new(tree.len());
    cx.holder = Span::new(file, root.span().start as usize, root.span().start as usize);
    let form = F::lower(root, &mut cx).unwrap_or_default();
    faults.extend(cx.faults);
    faults.sort_by_key(|fault| fault.span);
    (form, faults)
}
