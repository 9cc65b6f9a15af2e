//! A graph with too many lines to be read as one: a card for each box that says where it leads, in columns.
//!
//! Must not know: plans, formats.

use std::fmt::Write as _;

use super::palette::Ink;
use super::scene::{Anchor, Group, Item, Point, Rect};
use super::sheet::{Block, HEADING, MARGIN, area, place, text, times};
use super::text::{Weight, wrap};
use super::view::{EdgeKind, Node, NodeKind, View};

/// From column to column.
const COLUMN: f64 = 320.0;
/// Between cards.
const GAP: f64 = 12.0;
/// Between the edge of a card and its text.
const PAD: f64 = 10.0;
/// Columns on a page, and how high they are: as much as can be read on a screen.
const COLUMNS: usize = 6;
const TALLEST: f64 = 980.0;
/// Room for the title of the graph.
const TOP: f64 = 36.0;

/// A box as a card.
struct Card<'v> {
    node: &'v Node,
    block: Block,
    at: Rect,
}

/// One page of cards.
pub(super) struct List<'v> {
    view: &'v View,
    cards: Vec<Card<'v>>,
    pub(super) size: (f64, f64),
}

/// All cards of a graph, on as many pages as they need.
pub(super) fn pages(view: &View) -> Vec<List<'_>> {
    let mut pages = Vec::new();
    let mut cards: Vec<Card<'_>> = Vec::new();
    let (mut column, mut y) = (0, 0.0);
    for (index, node) in view.nodes.iter().enumerate() {
        let block = Block::new(&node.title, &details(view, index, node), COLUMN - GAP - 2.0 * PAD);
        let height = block.height() + 2.0 * PAD;
        if y > 0.0 && y + height > TALLEST {
            (column, y) = (column + 1, 0.0);
        }
        if column == COLUMNS {
            pages.push(std::mem::take(&mut cards));
            column = 0;
        }
        cards.push(Card { node, block, at: Rect::new(times(column, COLUMN), TOP + y, COLUMN - GAP, height) });
        y += height + GAP;
    }
    pages.push(cards);
    let size = |cards: &[Card<'_>]| {
        let end = |of: fn(&Rect) -> f64| cards.iter().map(|card| of(&card.at)).fold(0.0, f64::max);
        (end(Rect::right), end(Rect::bottom))
    };
    pages.into_iter().map(|cards| List { view, size: size(&cards), cards }).collect()
}

/// What a box is, how it begins, where it leads and why, what leaves it as it is.
fn details(view: &View, index: usize, node: &Node) -> Vec<String> {
    let mut details = node.about.clone();
    details.extend(node.starts.iter().map(|start| format!("▶ {start}")));
    for edge in view.edges.iter().filter(|edge| edge.from == index) {
        let back = if edge.kind == EdgeKind::Back { "back to " } else { "" };
        details.push(format!("→ {back}{}: {}", view.nodes[edge.to].title, edge.label()));
    }
    details.extend(node.stays.iter().map(|stay| format!("↻ {stay}")));
    details
}

impl List<'_> {
    pub(super) fn paint(&self, y: f64, spoken: &dyn Fn(&View, &Node) -> String, items: &mut Vec<Item>) {
        let wide = self.size.0;
        if let Some(title) = wrap(&self.view.title, HEADING, Weight::SemiBold, wide, 1).first() {
            items.push(text(Point::new(MARGIN, y + 20.0), Anchor::Start, title, HEADING, Weight::SemiBold, Ink::Text));
        }
        for card in &self.cards {
            let rect = Rect::new(card.at.x + MARGIN, card.at.y + y, card.at.w, card.at.h);
            let is_end = matches!(card.node.kind, NodeKind::End(_));
            let edge = (Ink::BoxEdge, if card.node.is_main { 2.2 } else { 1.2 });
            let mut inside = vec![area(rect, if is_end { 16.0 } else { 6.0 }, Some(Ink::Box), Some(edge), &[])];
            inside.extend(card.block.items(rect.x + PAD, rect.y + PAD));
            let mut name = spoken(self.view, card.node);
            let index = self.view.nodes.iter().position(|node| std::ptr::eq(node, card.node)).unwrap_or_default();
            for edge in self.view.edges.iter().filter(|edge| edge.from == index) {
                let _ = write!(name, "; to {}: {}", self.view.nodes[edge.to].title, edge.label());
            }
            items.push(Item::Group(Group { class: "card", data: vec![place(rect)], name, items: inside }));
        }
    }
}
