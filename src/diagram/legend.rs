//! What lines, shapes and signs mean, in a row or several at the top of a picture: only those that are in it.
//!
//! Must not know: plans, formats.

use super::flow::step::shape;
use super::flow::ways::line;
use super::palette::Ink;
use super::scene::{Anchor, Group, Item, Point, Rect};
use super::sheet::{SMALL, area, text};
use super::text::{Weight, width};
use super::view::{EdgeKind, NodeKind, View};
use crate::spec::EndKind;

/// What each kind of line means.
pub(super) type Lines = [(EdgeKind, &'static str)];

/// From row to row.
const ROW: f64 = 22.0;
/// Between entries.
const BETWEEN: f64 = 20.0;

enum Sign {
    Actor(usize),
    Line(EdgeKind),
    Shape(NodeKind),
    Letter(&'static str),
}

impl Sign {
    fn width(&self) -> f64 {
        match self {
            Self::Actor(_) => 6.0,
            Self::Line(_) => 34.0,
            Self::Shape(_) => 26.0,
            Self::Letter(_) => 10.0,
        }
    }

    fn item(&self, x: f64, y: f64) -> Item {
        match self {
            Self::Actor(actor) => area(Rect::new(x, y, 6.0, 16.0), 2.0, Some(Ink::Actor(*actor)), None, &[]),
            Self::Line(kind) => line(*kind, vec![Point::new(x, y + 8.0), Point::new(x + 34.0, y + 8.0)]),
            Self::Shape(kind) => shape(*kind, false, false, Rect::new(x, y, 26.0, 16.0)),
            Self::Letter(letter) => text(Point::new(x, y + 12.5), Anchor::Start, letter, SMALL, Weight::Medium, Ink::TextMuted),
        }
    }
}

/// The shapes of steps.
const SHAPES: [(NodeKind, &str); 6] = [
    (NodeKind::Screen, "screen"),
    (NodeKind::Task, "work of staff or a system"),
    (NodeKind::Wait, "wait"),
    (NodeKind::Decision, "decision"),
    (NodeKind::Journey, "another journey as a step"),
    (NodeKind::End(EndKind::Abandoned), "end"),
];

/// One kind for all that are drawn in the same shape.
fn as_drawn(kind: NodeKind) -> NodeKind {
    match kind {
        NodeKind::Job => NodeKind::Task,
        NodeKind::End(_) => NodeKind::End(EndKind::Abandoned),
        other => other,
    }
}

/// The signs of some views, with what each means.
pub(super) struct Legend(Vec<(Sign, String)>);

impl Legend {
    /// What kinds of lines mean.
    pub(super) fn lines(lines: &Lines, views: &[&View]) -> Self {
        let is_in = |kind: EdgeKind| views.iter().any(|view| view.edges.iter().any(|edge| edge.kind == kind));
        let shown = lines.iter().filter(|(kind, _)| is_in(*kind));
        Self(shown.map(|(kind, said)| (Sign::Line(*kind), (*said).to_owned())).collect())
    }

    /// Who acts, where it is not one alone.
    #[must_use]
    pub(super) fn with_actors(mut self, view: &View) -> Self {
        if view.actors.len() > 1 {
            let actors = view.actors.iter().enumerate().map(|(index, actor)| (Sign::Actor(index), actor.title.clone()));
            self.0.splice(0..0, actors.collect::<Vec<_>>());
        }
        self
    }

    /// The shapes of steps.
    #[must_use]
    pub(super) fn with_steps(mut self, views: &[&View]) -> Self {
        let nodes = || views.iter().flat_map(|view| &view.nodes);
        let shown = SHAPES.iter().filter(|(shown, _)| nodes().any(|node| as_drawn(node.kind) == *shown));
        self.0.extend(shown.map(|(kind, said)| (Sign::Shape(*kind), (*said).to_owned())));
        self
    }

    /// The signs in steps.
    #[must_use]
    pub(super) fn with_signs(mut self, views: &[&View]) -> Self {
        let nodes = || views.iter().flat_map(|view| &view.nodes);
        if nodes().any(|node| !node.starts.is_empty()) {
            self.0.push((Sign::Letter("▶"), "how one gets in".to_owned()));
        }
        if nodes().any(|node| !node.stays.is_empty()) {
            self.0.push((Sign::Letter("↻"), "what leaves one there".to_owned()));
        }
        self
    }

    /// Draws it from `first` on, and from `left` on in further rows, as far as `right`. Says how far to the right and down it reaches.
    pub(super) fn draw(&self, first: f64, left: f64, right: f64, top: f64) -> (Item, (f64, f64)) {
        let mut items = Vec::new();
        let (mut x, mut y, mut reach) = (first, top, first);
        for (sign, said) in &self.0 {
            let wide = sign.width() + 7.0 + width(said, SMALL, Weight::Medium);
            if x > left && x + wide > right {
                (x, y) = (left, y + ROW);
            }
            items.push(sign.item(x, y));
            let at = Point::new(x + sign.width() + 7.0, y + 12.5);
            items.push(text(at, Anchor::Start, said, SMALL, Weight::Medium, Ink::TextMuted));
            reach = reach.max(x + wide);
            x += wide + BETWEEN;
        }
        (Item::Group(Group { class: "legend", items, ..Group::default() }), (reach, y + ROW))
    }
}
