//! What each event does, state by state: a row for each event, a column for each state.

use super::{Block, Section, Table, one};
use crate::report::content::{Does, Report};

/// The matrix of each thing.
pub(super) fn section(report: &Report) -> Section {
    let mut blocks = Vec::new();
    for matrix in &report.events {
        blocks.push(Block::Heading(matrix.title.clone()));
        let rows = matrix.rows.iter().map(|(event, cells)| std::iter::once(one(event)).chain(cells.iter().map(cell)).collect());
        let mut columns = vec!["event"];
        columns.extend(matrix.states.iter().map(String::as_str));
        blocks.push(Table::block(&columns, rows.collect()));
        if !matrix.is_complete {
            blocks.push(Block::Text("Not every course of things could be looked at, so more may come where nothing stands.".to_owned()));
        }
    }
    let lead =
        "For each thing, what every event does in each of its states. Where nothing stands, it cannot come there or changes nothing.";
    Section { id: "events", title: "What each event does", lead: lead.to_owned(), blocks }
}

fn cell(does: &Does) -> Vec<String> {
    match does {
        Does::Nothing => Vec::new(),
        Does::So(what) => one(what),
        Does::Unsaid => one("may come, and nothing is said"),
    }
}
