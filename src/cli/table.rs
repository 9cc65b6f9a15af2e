//! Tables of the commands: the look of all tables, with a header in the terminal's letters.

use super::terminal::Terminal;
use comfy_table::Table;

/// A table with a header, fitted to the terminal.
pub(super) fn table(terminal: &Terminal, header: &[&str]) -> Table {
    let mut table = crate::output::table(terminal.width);
    table.set_header(header.iter().map(|title| terminal.bold(title)));
    table
}
