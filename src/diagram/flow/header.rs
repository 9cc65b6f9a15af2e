//! The first row of a picture: its title, who acts, and what each kind of line means.

use super::{HEADER_SIZE, MARGIN, text, ways};
use crate::diagram::layout::boxes::SMALL;
use crate::diagram::palette::Ink;
use crate::diagram::scene::{Anchor, Area, Group, Item, Outline, Point, Rect};
use crate::diagram::text::{Weight, width};
use crate::diagram::view::{EdgeKind, View};

pub(super) fn header(view: &View) -> (Vec<Item>, f64) {
    let mut items = Vec::new();
    let title_width = width(&view.title, HEADER_SIZE, Weight::SemiBold);
    items.push(text(Point::new(MARGIN, MARGIN + 18.0), Anchor::Start, &view.title, HEADER_SIZE, Weight::SemiBold, Ink::Text));
    let mut x = MARGIN + title_width + 28.0;
    let mut legend = Vec::new();
    for (index, actor) in view.actors.iter().enumerate() {
        if view.actors.len() < 2 {
            break;
        }
        legend.push(Item::Area(Area {
            outline: Outline::Rect(Rect::new(x, MARGIN + 5.0, 6.0, 16.0), 2.0),
            fill: Some(Ink::Actor(index)),
            edge: None,
            dash: &[],
        }));
        legend.push(text(Point::new(x + 12.0, MARGIN + 18.0), Anchor::Start, &actor.title, SMALL, Weight::Medium, Ink::TextMuted));
        x += 12.0 + width(&actor.title, SMALL, Weight::Medium) + 18.0;
    }
    for kind in [EdgeKind::Main, EdgeKind::Plain, EdgeKind::Failure, EdgeKind::Back] {
        if !view.edges.iter().any(|edge| edge.kind == kind) {
            continue;
        }
        let said = match kind {
            EdgeKind::Main => "main way",
            EdgeKind::Plain | EdgeKind::Cross => "other way",
            EdgeKind::Failure => "something went wrong",
            EdgeKind::Back => "way back",
        };
        let y = MARGIN + 13.0;
        legend.push(ways::line(kind, vec![Point::new(x, y), Point::new(x + 34.0, y)]));
        legend.push(text(Point::new(x + 41.0, MARGIN + 18.0), Anchor::Start, said, SMALL, Weight::Medium, Ink::TextMuted));
        x += 41.0 + width(said, SMALL, Weight::Medium) + 18.0;
    }
    items.push(Item::Group(Group { class: "legend", items: legend, ..Group::default() }));
    (items, x - MARGIN - 18.0)
}
