//! Tables in the terminal, all of one look.

use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle};

use super::terminal::Terminal;

/// A line below the header, and nothing else: the words are what is read.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::new('─', '─', '─', '─'));

/// A table with a header, fitted to the terminal.
pub(super) fn table(terminal: &Terminal, header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(terminal.width).unwrap_or(u16::MAX));
    table.set_header(header.iter().map(|title| terminal.bold(title)));
    table
}
