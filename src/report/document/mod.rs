//! The report in order: sections of texts, facts and tables, which each form then sets in its own way.
//!
//! Must not know: markup, widths.

mod events;
mod gaps;
mod overview;
mod plan;

use super::content::Report;

/// The whole report.
#[derive(Debug)]
pub struct Document {
    /// What the plan is called.
    pub title: String,
    /// In order; none is empty.
    pub sections: Vec<Section>,
}

/// A part of the report.
#[derive(Debug)]
pub struct Section {
    /// Its name in links.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What it holds, in a sentence; may be empty.
    pub lead: String,
    /// In order.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading below that of the section.
    Heading(String),
    /// A sentence.
    Text(String),
    /// Short answers, each with what it answers.
    Facts(Vec<(&'static str, Vec<String>)>),
    /// Rows that are compared.
    Table(Table),
}

/// Rows that are compared. Every cell is a list of lines.
#[derive(Clone, Debug)]
pub struct Table {
    /// What each column says.
    pub columns: Vec<String>,
    /// In order, as wide as the columns.
    pub rows: Vec<Vec<Vec<String>>>,
}

impl Table {
    /// A table as a piece of a section; lines without a word are left out.
    pub fn block(columns: &[&str], rows: Vec<Vec<Vec<String>>>) -> Block {
        let without_empty = |cell: Vec<String>| cell.into_iter().filter(|line| !line.is_empty()).collect();
        let rows = rows.into_iter().map(|row| row.into_iter().map(without_empty).collect()).collect();
        Block::Table(Self { columns: columns.iter().map(|column| (*column).to_owned()).collect(), rows })
    }

    /// Whether anything stands in a column. What stands in the first one names the row.
    pub fn is_said(&self, column: usize) -> bool {
        column == 0 || self.rows.iter().any(|row| row.get(column).is_some_and(|cell| !cell.is_empty()))
    }

    /// The table with these columns only.
    #[must_use]
    pub fn only(&self, is_kept: impl Fn(usize) -> bool) -> Self {
        let kept: Vec<usize> = (0..self.columns.len()).filter(|column| is_kept(*column)).collect();
        let pick = |row: &Vec<Vec<String>>| kept.iter().map(|column| row.get(*column).cloned().unwrap_or_default()).collect();
        Self { columns: kept.iter().map(|column| self.columns[*column].clone()).collect(), rows: self.rows.iter().map(pick).collect() }
    }

    /// The table without the columns in which nothing stands.
    #[must_use]
    pub fn without_empty_columns(&self) -> Self {
        self.only(|column| self.is_said(column))
    }
}

impl Document {
    /// Puts a report in order.
    pub fn new(report: &Report) -> Self {
        let sections = [
            overview::section(report),
            overview::readiness(report),
            gaps::section(report),
            gaps::questions(report),
            gaps::decisions(report),
            plan::blueprint(report),
            plan::things(report),
            events::section(report),
            plan::waits(report),
            plan::work(report),
            plan::messages(report),
            plan::places(report),
            plan::later(report),
        ];
        Self { title: report.title.clone(), sections: sections.into_iter().filter(|section| !section.blocks.is_empty()).collect() }
    }
}

/// A cell of one line.
pub fn one(text: impl Into<String>) -> Vec<String> {
    vec![text.into()]
}

/// `1 step`, `2 steps`
fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
