//! Tables in the terminal, all of one look.

use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle};

/// A line below the header, and nothing else: the words are what is read.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::new('─', '─', '─', '─'));

/// An empty table, fitted to so many columns of the terminal.
pub fn table(width: usize) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    table
}
