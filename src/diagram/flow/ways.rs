//! Ways as lines, each kind with a stroke of its own, and their labels.

use super::numbers;
use crate::diagram::layout::Layout;
use crate::diagram::layout::boxes::{SMALL, SMALL_LINE};
use crate::diagram::palette::Ink;
use crate::diagram::scene::{Anchor, Group, Head, Item, Line, Point, Rect};
use crate::diagram::sheet::text;
use crate::diagram::text::Weight;
use crate::diagram::view::{Edge, EdgeKind, View};

const FAILURE_DASH: &[f64] = &[9.0, 3.0];
const CROSS_DASH: &[f64] = &[10.0, 3.0, 2.0, 3.0];
const BACK_DASH: &[f64] = &[3.0, 4.0];

pub(in crate::diagram) fn edge_item(view: &View, index: usize, layout: &Layout, dx: f64, dy: f64) -> Option<Item> {
    let edge = &view.edges[index];
    let points: Vec<Point> = layout.places.lines[index].iter().map(|point| Point::new(point.x + dx, point.y + dy)).collect();
    if points.is_empty() {
        return None;
    }
    let (from, to) = (&view.nodes[edge.from], &view.nodes[edge.to]);
    let said = if edge.causes.is_empty() { String::new() } else { format!(": {}", edge.label()) };
    let path: Vec<String> = points.iter().map(|point| format!("{:.2},{:.2}", point.x, point.y)).collect();
    Some(Item::Group(Group {
        class: "edge",
        data: vec![
            ("edge", index.to_string()),
            ("from", from.name.clone()),
            ("to", to.name.clone()),
            ("kind", edge.kind.word().to_owned()),
            ("label", edge.label()),
            ("points", path.join(" ")),
        ],
        name: format!("Way from {} to {}{said}", view.told(edge.from), view.told(edge.to)),
        items: vec![line(edge.kind, points)],
    }))
}

pub(in crate::diagram) fn label_item(index: usize, edge: &Edge, layout: &Layout, dx: f64, dy: f64) -> Option<Item> {
    let label = layout.labels[index].as_ref()?;
    let rect = layout.places.labels[index]?;
    let rect = Rect::new(rect.x + dx, rect.y + dy, rect.w, rect.h);
    let ink = match edge.kind {
        EdgeKind::Failure => Ink::Failure,
        EdgeKind::Back => Ink::TextMuted,
        _ => Ink::Text,
    };
    let mut items = Vec::new();
    let mut y = rect.y + 12.0;
    for line in &label.lines {
        items.push(text(Point::new(rect.x, y), Anchor::Start, line, SMALL, Weight::Medium, ink));
        y += SMALL_LINE;
    }
    Some(Item::Group(Group {
        class: "label",
        data: vec![("edge", index.to_string()), ("rect", numbers(&[rect.x, rect.y, rect.w, rect.h]))],
        name: String::new(),
        items,
    }))
}

pub(in crate::diagram) fn line(kind: EdgeKind, points: Vec<Point>) -> Item {
    let (ink, width, dash, head) = match kind {
        EdgeKind::Main => (Ink::Main, 2.4, &[][..], Head::Full),
        EdgeKind::Plain => (Ink::Plain, 1.4, &[][..], Head::Full),
        EdgeKind::Cross => (Ink::Info, 1.8, CROSS_DASH, Head::Open),
        EdgeKind::Failure => (Ink::Failure, 1.8, FAILURE_DASH, Head::Full),
        EdgeKind::Back => (Ink::Back, 1.4, BACK_DASH, Head::Open),
    };
    Item::Line(Line { points, ink, width, dash, radius: 7.0, head })
}
