//! A service blueprint as a table: a column for each step of the main way, a row for each layer, several pages where one is too wide.
//!
//! Must not know: plans, formats.

mod paint;
mod table;

use super::scene::Scene;
use super::sheet::{SMALL, scale, times};
use super::view::Blueprint;
use table::{COLUMNS, Columns, Page, Table, pages};

/// More columns than this cannot be read on one screen.
const MOST_COLUMNS: usize = 12;
/// A dot of text too small costs as much as so many pages.
const UNREADABLE: f64 = 20.0;

/// Draws a blueprint, on as few pages as can be read with text of at least this size.
pub(super) fn draw(blueprint: &Blueprint, least_text: f64) -> Vec<Scene> {
    let tables = COLUMNS.map(|column| Table::new(blueprint, column));
    let mut best: Option<(f64, f64, Vec<Page<'_>>)> = None;
    // Steps beside the main way may stand below it, or in columns of their own where that would be too high.
    for (table, apart) in tables.iter().flat_map(|table| [(table, false), (table, true)]) {
        let columns = Columns::new(table, apart);
        for most in (1..=columns.total().min(MOST_COLUMNS)).rev() {
            let pages = pages(table, &columns, most);
            let sizes = pages.iter().map(|page| page.size(blueprint));
            let text = sizes.map(|(width, height)| scale(width, height)).fold(f64::INFINITY, f64::min) * SMALL;
            // Few pages, but rather some more of them than text that cannot be read.
            let cost = times(pages.len(), 1.0) + (least_text - text).max(0.0) * UNREADABLE;
            if best.as_ref().is_none_or(|(least, largest, _)| (cost, -text) < (*least, -*largest)) {
                best = Some((cost, text, pages));
            }
        }
    }
    let pages = best.map(|(_, _, pages)| pages).unwrap_or_default();
    let count = pages.len();
    pages.iter().enumerate().map(|(index, page)| paint::page(blueprint, page, (count > 1).then_some((index + 1, count)))).collect()
}
