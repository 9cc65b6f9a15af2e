//! A step as it is drawn: a shape for its kind, its words, and the numbers of what was found there.

use std::fmt::Write as _;

use super::numbers;
use crate::diagram::layout::boxes::{BADGE, Box, SMALL, SMALL_LINE, TITLE, TITLE_LINE};
use crate::diagram::palette::Ink;
use crate::diagram::scene::{Anchor, Area, Group, Item, Outline, Point, Rect};
use crate::diagram::sheet::{level_ink, text};
use crate::diagram::text::{Weight, width};
use crate::diagram::view::{Mark, Node, NodeKind, View};
use crate::finding::Level;
use crate::model::Id as _;
use crate::spec::EndKind;

pub(in crate::diagram) fn node_item(view: &View, index: usize, node: &Node, sized: &Box, rect: Rect) -> Item {
    let mut items = vec![shape(node.kind, node.is_failure, node.is_main, rect)];
    if let Some(actor) = node.actor.filter(|_| view.actors.len() > 1) {
        let inset = match node.kind {
            NodeKind::Decision => 15.0,
            NodeKind::End(_) => 12.0,
            _ => 5.0,
        };
        let tall = (rect.h - 16.0).clamp(10.0, 26.0);
        items.push(Item::Area(Area {
            outline: Outline::Rect(Rect::new(rect.x + inset, rect.center().y - tall / 2.0, 4.0, tall), 2.0),
            fill: Some(Ink::Actor(actor)),
            edge: None,
            dash: &[],
        }));
    }
    let count = |lines: &[String], height: f64| f64::from(u32::try_from(lines.len()).unwrap_or(0)) * height;
    let gap = if sized.footer.is_empty() { 0.0 } else { 5.0 };
    let tall = count(&sized.title, TITLE_LINE) + count(&sized.caption, SMALL_LINE) + count(&sized.footer, SMALL_LINE) + gap;
    let badge = badge(&node.marks, rect.center().x, rect.center().y - f64::midpoint(tall, BADGE));
    let mut y = rect.center().y - tall / 2.0 + if badge.is_some() { BADGE / 2.0 } else { 0.0 };
    let middle = rect.center().x + 2.0;
    let ink = if matches!(node.kind, NodeKind::Elsewhere) { Ink::TextMuted } else { Ink::Text };
    for line in &sized.title {
        items.push(text(Point::new(middle, y + 14.0), Anchor::Middle, line, TITLE, Weight::Medium, ink));
        y += TITLE_LINE;
    }
    for line in &sized.caption {
        items.push(text(Point::new(middle, y + 12.0), Anchor::Middle, line, SMALL, Weight::Medium, Ink::TextMuted));
        y += SMALL_LINE;
    }
    y += gap;
    for line in &sized.footer {
        items.push(text(Point::new(middle, y + 12.0), Anchor::Middle, line, SMALL, Weight::Medium, Ink::TextMuted));
        y += SMALL_LINE;
    }
    items.extend(badge);
    let mut data = vec![
        ("node", index.to_string()),
        ("step", node.name.clone()),
        ("stage", node.stage.to_string()),
        ("kind", node.kind.word().to_owned()),
        ("rect", numbers(&[rect.x, rect.y, rect.w, rect.h])),
    ];
    data.extend(node.step.map(|step| ("at", step.index().to_string())));
    Item::Group(Group { class: "node", data, name: spoken(view, index, node), items })
}

/// A step as it is told to those who hear the picture.
fn spoken(view: &View, index: usize, node: &Node) -> String {
    let mut said = format!("{}, {}", view.told(index), node.kind.word());
    if let Some(actor) = node.actor.and_then(|actor| view.actors.get(actor)) {
        let _ = write!(said, ", {}", actor.title);
    }
    for said_too in node.about.iter().chain(&node.starts) {
        let _ = write!(said, "; {said_too}");
    }
    if !node.stays.is_empty() {
        let _ = write!(said, "; stays here: {}", node.stays.join(", "));
    }
    for mark in &node.marks {
        let _ = write!(said, "; {} {}: {}", mark.level.word(), mark.rule, mark.message);
    }
    said
}

/// Each kind of step has a shape of its own.
pub(in crate::diagram) fn shape(kind: NodeKind, is_failure: bool, is_main: bool, rect: Rect) -> Item {
    let (fill, edge) = match kind {
        _ if is_failure => (Ink::FailureBox, Ink::Failure),
        NodeKind::Decision => (Ink::DecisionBox, Ink::Decision),
        NodeKind::End(EndKind::Success | EndKind::Done) => (Ink::SuccessBox, Ink::Success),
        NodeKind::End(EndKind::Failure) => (Ink::FailureBox, Ink::Failure),
        NodeKind::End(EndKind::Abandoned) => (Ink::Panel, Ink::BoxEdge),
        NodeKind::Elsewhere => (Ink::Canvas, Ink::PanelEdge),
        _ => (Ink::Box, Ink::BoxEdge),
    };
    let outline = match kind {
        NodeKind::Decision => {
            let notch = 14.0_f64.min(rect.h / 3.0);
            let middle = rect.center().y;
            Outline::Polygon(vec![
                Point::new(rect.x + notch, rect.y),
                Point::new(rect.right() - notch, rect.y),
                Point::new(rect.right(), middle),
                Point::new(rect.right() - notch, rect.bottom()),
                Point::new(rect.x + notch, rect.bottom()),
                Point::new(rect.x, middle),
            ])
        }
        NodeKind::End(_) => Outline::Rect(rect, (rect.h / 2.0).min(24.0)),
        NodeKind::Task | NodeKind::Job => Outline::Rect(rect, 1.0),
        _ => Outline::Rect(rect, 8.0_f64.min(rect.h / 4.0)),
    };
    let dash: &[f64] = match kind {
        NodeKind::Wait => &[6.0, 3.0],
        NodeKind::Elsewhere => &[2.0, 3.0],
        _ => &[],
    };
    let width = match kind {
        NodeKind::End(_) => 2.2,
        NodeKind::Journey => 3.0,
        _ if is_main => 2.0,
        _ => 1.4,
    };
    Item::Area(Area { outline, fill: Some(fill), edge: Some((edge, width)), dash })
}

/// The numbers of what was found, above the text of a step, around `x` and from `y` down.
pub(in crate::diagram) fn badge(marks: &[Mark], x: f64, y: f64) -> Option<Item> {
    let worst = marks.iter().map(|mark| mark.level).max()?;
    let said = match marks {
        [one] => one.number.to_string(),
        [first, ..] => format!("{}+{}", first.number, marks.len() - 1),
        [] => return None,
    };
    let wide = width(&said, SMALL, Weight::SemiBold) + 11.0;
    let wide = wide.max(18.0);
    let place = Rect::new(x - wide / 2.0, y, wide, 18.0);
    let items = vec![
        Item::Area(Area {
            outline: Outline::Rect(place, if worst == Level::Error { 3.0 } else { 9.0 }),
            fill: Some(level_ink(worst)),
            edge: None,
            dash: &[],
        }),
        text(Point::new(place.center().x, place.y + 13.3), Anchor::Middle, &said, SMALL, Weight::SemiBold, Ink::OnMark),
    ];
    let found: Vec<String> = marks.iter().map(|mark| mark.number.to_string()).collect();
    Some(Item::Group(Group { class: "badge", data: vec![("found", found.join(" "))], items, ..Group::default() }))
}
