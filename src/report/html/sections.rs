//! The sections of the document as elements.

use super::escape::{inline, text};
use crate::report::document::{Block, Section, Table};

/// What stands below the heading of a section.
pub(super) fn body(section: &Section) -> String {
    let lead = if section.lead.is_empty() { String::new() } else { format!("<p class=\"lead\">{}</p>", inline(&section.lead)) };
    let tables: Vec<&Table> =
        section.blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None }).collect();
    format!("{lead}{}", section.blocks.iter().map(|of| block(of, &tables)).collect::<String>())
}

fn block(block: &Block, tables: &[&Table]) -> String {
    match block {
        Block::Heading(heading) => format!("<h3>{}</h3>", inline(heading)),
        Block::Text(text) => format!("<p>{}</p>", inline(text)),
        Block::Facts(facts) => {
            let facts = facts.iter().map(|(name, lines)| format!("<dt>{}</dt><dd>{}</dd>", text(name), cell(lines)));
            format!("<dl>{}</dl>", facts.collect::<String>())
        }
        // Tables of one kind have the same columns, so that the eye finds them in the same place.
        Block::Table(of) => table(&of.only(|column| tables.iter().any(|one| one.columns == of.columns && one.is_said(column)))),
    }
}

/// A table with more columns than this is moved by hand on a screen that is too narrow for it.
const WIDE: usize = 6;

/// A table; on a narrow screen each cell says its column, and the roles stay what they are when it is laid out otherwise.
fn table(of: &Table) -> String {
    let head: String = joined(of.columns.iter().map(|column| format!("<th scope=\"col\" role=\"columnheader\">{}</th>", text(column))));
    let row = |row: &Vec<Vec<String>>| {
        let cells = row.iter().zip(&of.columns).enumerate().map(|(index, (lines, column))| {
            if index == 0 {
                format!("<th scope=\"row\" role=\"rowheader\">{}</th>", cell(lines))
            } else {
                format!("<td role=\"cell\" data-column=\"{}\">{}</td>", text(column), cell(lines))
            }
        });
        format!("<tr role=\"row\">{}</tr>", cells.collect::<String>())
    };
    let rows: String = of.rows.iter().map(row).collect();
    let table = format!(
        "<table role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">{head}</tr></thead><tbody role=\"rowgroup\">{rows}</tbody></table>"
    );
    if of.columns.len() > WIDE {
        format!("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"A wide table\">{table}</div>")
    } else {
        table
    }
}

fn cell(lines: &[String]) -> String {
    match lines {
        [] => String::new(),
        [one] => format!("<div>{}</div>", inline(one)),
        many => joined(many.iter().map(|line| format!("<div>{}</div>", inline(line)))),
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect()
}
