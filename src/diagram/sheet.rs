//! What pictures that are no flow have in common: blocks of text in cards, headings of pages, what fits on a screen.
//!
//! Must not know: plans, formats.

use super::palette::Ink;
use super::scene::{Anchor, Area, Item, Outline, Point, Rect, Scene, Text};
use super::text::{Weight, width, wrap};
use crate::finding::Level;

/// Around everything.
pub(super) const MARGIN: f64 = 24.0;
/// Size of what stands first in a card.
pub(super) const HEADING: f64 = 15.0;
/// Size of all else in a card; no text is smaller.
pub(super) const SMALL: f64 = 13.0;
/// From line to line of a heading.
pub(super) const HEADING_LINE: f64 = 18.0;
/// From line to line of small text.
pub(super) const SMALL_LINE: f64 = 16.0;
/// Text smaller than this cannot be read from the back of a room, on a screen of 1920 x 1080.
pub(super) const LEAST: f64 = 12.0;
/// Size of the title of a page.
const TITLE: f64 = 22.0;

/// By how much a page is made larger or smaller to fill a screen.
pub(super) fn scale(width: f64, height: f64) -> f64 {
    (1920.0 / width).min(1080.0 / height)
}

/// A number of things as a length.
pub(super) fn times(count: usize, length: f64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX)) * length
}

/// A heading with what is to know about it, broken into lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    heading: Vec<String>,
    details: Vec<Vec<String>>,
}

impl Block {
    /// Breaks texts so that nothing is wider than this.
    pub(super) fn new(heading: &str, details: &[String], widest: f64) -> Self {
        let heading = wrap(heading, HEADING, Weight::SemiBold, widest, 4);
        let details = details.iter().map(|detail| wrap(detail, SMALL, Weight::Medium, widest, 4)).filter(|lines| !lines.is_empty());
        Self { heading, details: details.collect() }
    }

    pub(super) fn height(&self) -> f64 {
        let gap = if self.heading.is_empty() || self.details.is_empty() { 0.0 } else { 3.0 };
        let details = self.details.iter().map(Vec::len).sum::<usize>();
        times(self.heading.len(), HEADING_LINE) + gap + times(details, SMALL_LINE) + times(self.details.len().saturating_sub(1), 2.0)
    }

    /// The lines, from this place down.
    pub(super) fn items(&self, left: f64, top: f64) -> Vec<Item> {
        let mut items = Vec::new();
        let mut y = top;
        for line in &self.heading {
            items.push(text(Point::new(left, y + 14.0), Anchor::Start, line, HEADING, Weight::SemiBold, Ink::Text));
            y += HEADING_LINE;
        }
        y += if self.heading.is_empty() { 0.0 } else { 3.0 };
        for detail in &self.details {
            for line in detail {
                items.push(text(Point::new(left, y + 12.5), Anchor::Start, line, SMALL, Weight::Medium, Ink::TextMuted));
                y += SMALL_LINE;
            }
            y += 2.0;
        }
        items
    }
}

/// The colour of what was found, by its weight.
pub(super) fn level_ink(level: Level) -> Ink {
    match level {
        Level::Error => Ink::Error,
        Level::Warning => Ink::Warning,
        Level::Info => Ink::Info,
    }
}

/// One line of text.
pub(super) fn text(at: Point, anchor: Anchor, text: &str, size: f64, weight: Weight, ink: Ink) -> Item {
    Item::Text(Text { at, anchor, text: text.to_owned(), size, weight, ink })
}

/// A rectangle with round corners.
pub(super) fn area(rect: Rect, radius: f64, fill: Option<Ink>, edge: Option<(Ink, f64)>, dash: &'static [f64]) -> Item {
    Item::Area(Area { outline: Outline::Rect(rect, radius), fill, edge, dash })
}

/// The place of something, as tests and tools read it.
pub(super) fn place(rect: Rect) -> (&'static str, String) {
    ("rect", format!("{:.2} {:.2} {:.2} {:.2}", rect.x, rect.y, rect.w, rect.h))
}

/// A page with its title at the top, and what stands behind it in smaller text; what comes next begins at the returned height.
pub(super) fn page(title: &str, behind: &str, number: Option<(usize, usize)>, wide: f64, description: String) -> (Scene, f64) {
    let mut title_lines = wrap(title, TITLE, Weight::SemiBold, wide, 2);
    if title_lines.is_empty() {
        title_lines.push(String::new());
    }
    let mut items = Vec::new();
    let mut y = MARGIN;
    for line in &title_lines {
        items.push(text(Point::new(MARGIN, y + 20.0), Anchor::Start, line, TITLE, Weight::SemiBold, Ink::Text));
        y += 28.0;
    }
    let page = number.map(|(page, pages)| format!("Page {page} of {pages}")).unwrap_or_default();
    let said: Vec<&str> = [page.as_str(), behind].into_iter().filter(|text| !text.is_empty()).collect();
    let said = said.join(" · ");
    let beside = MARGIN + title_lines.last().map_or(0.0, |line| width(line, TITLE, Weight::SemiBold)) + 24.0;
    if beside + width(&said, SMALL, Weight::Medium) <= MARGIN + wide {
        items.push(text(Point::new(beside, y - 8.0), Anchor::Start, &said, SMALL, Weight::Medium, Ink::TextMuted));
    } else {
        for line in wrap(&said, SMALL, Weight::Medium, wide, 3) {
            items.push(text(Point::new(MARGIN, y + 12.0), Anchor::Start, &line, SMALL, Weight::Medium, Ink::TextMuted));
            y += SMALL_LINE;
        }
    }
    let title = if page.is_empty() { title.to_owned() } else { format!("{title}, {}", page.to_lowercase()) };
    let scene = Scene { width: wide + 2.0 * MARGIN, title, description, items, ..Scene::default() };
    (scene, y + 10.0)
}
