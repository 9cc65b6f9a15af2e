//! The list of what was found, under the picture.

use super::{MARGIN, level_ink, text};
use crate::diagram::layout::boxes::{SMALL, SMALL_LINE};
use crate::diagram::palette::Ink;
use crate::diagram::scene::{Anchor, Area, Group, Item, Outline, Point, Rect, Scene};
use crate::diagram::text::{Weight, width, wrap};
use crate::diagram::view::{Mark, Node, View};
use crate::finding::Level;

/// The list of what was found, under the picture, in columns.
pub(super) fn findings(view: &View, scene: &mut Scene) {
    let mut marks: Vec<(&Mark, Option<&Node>)> = view.marks.iter().map(|mark| (mark, None)).collect();
    marks.extend(view.nodes.iter().flat_map(|node| node.marks.iter().map(move |mark| (mark, Some(node)))));
    if marks.is_empty() {
        return;
    }
    marks.sort_by_key(|(mark, _)| mark.number);
    let usable = scene.width - 2.0 * MARGIN;
    let columns = (usable / 420.0).floor().max(1.0);
    let each = usable / columns;
    let mut blocks = Vec::new();
    for (mark, node) in marks {
        let place = node.map(|node| format!("{}: ", node.title)).unwrap_or_default();
        let said = format!("{place}{} ({} {})", mark.message, mark.level.word(), mark.rule);
        blocks.push((mark, wrap(&said, SMALL, Weight::Medium, each - 50.0, 6)));
    }
    let high = |lines: &[String]| f64::from(u32::try_from(lines.len()).unwrap_or(0)) * SMALL_LINE + 8.0;
    let total: f64 = blocks.iter().map(|(_, lines)| high(lines)).sum();
    let target = total / columns;
    let top = scene.height + 6.0;
    let (mut x, mut y, mut lowest) = (MARGIN, top, top);
    let mut items = Vec::new();
    for (mark, lines) in blocks {
        if y > top && y - top + high(&lines) / 2.0 > target && x + each * 1.5 < scene.width {
            x += each;
            y = top;
        }
        let number = mark.number.to_string();
        let wide = (width(&number, SMALL, Weight::SemiBold) + 11.0).max(18.0);
        let place = Rect::new(x, y - 1.0, wide, 18.0);
        items.push(Item::Area(Area {
            outline: Outline::Rect(place, if mark.level == Level::Error { 3.0 } else { 9.0 }),
            fill: Some(level_ink(mark.level)),
            edge: None,
            dash: &[],
        }));
        items.push(text(Point::new(place.center().x, place.y + 13.3), Anchor::Middle, &number, SMALL, Weight::SemiBold, Ink::OnMark));
        for (index, line) in lines.iter().enumerate() {
            let below = f64::from(u32::try_from(index).unwrap_or(0)) * SMALL_LINE;
            items.push(text(Point::new(x + 36.0, y + 12.0 + below), Anchor::Start, line, SMALL, Weight::Medium, Ink::Text));
        }
        y += high(&lines);
        lowest = lowest.max(y);
    }
    scene.items.push(Item::Group(Group { class: "findings", name: "What was found".to_owned(), items, ..Group::default() }));
    scene.height = lowest + MARGIN;
}
