//! The forms that every page of the reference has.

use super::print;
use super::terminal::Terminal;
use crate::report::{Block, Document, Section, markdown, terminal};

/// The form of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Form {
    /// For this terminal
    Terminal,
    /// Markdown, for a code host
    Markdown,
}

/// Prints a page of the reference.
pub(super) fn show(page: &Document, form: Form, on: &Terminal) {
    print(&match form {
        Form::Terminal => terminal(&without_sources(page), on.width, on.color),
        Form::Markdown => markdown(page),
    });
}

/// The page without its columns of addresses: broken over the lines of a narrow column, an address is of no use.
fn without_sources(page: &Document) -> Document {
    let block = |block: &Block| match block {
        Block::Table(table) => Block::Table(table.only(|column| table.columns[column] != "source")),
        other => other.clone(),
    };
    let section =
        |section: &Section| Section { blocks: section.blocks.iter().map(block).collect(), lead: section.lead.clone(), ..*section };
    Document { title: page.title.clone(), sections: page.sections.iter().map(section).collect() }
}
