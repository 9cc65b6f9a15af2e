//! The list of what was found, under the picture.

use super::palette::Ink;
use super::scene::{Anchor, Group, Item, Point, Rect, Scene};
use super::sheet::{MARGIN, SMALL, SMALL_LINE, area, level_ink, text, times};
use super::text::{Weight, width, wrap};
use super::view::{Mark, View};
use crate::finding::Level;

/// What was found in a view, each with the place where it was found; nothing where it is told elsewhere.
pub(super) fn marks(view: &View) -> Vec<(&Mark, &str)> {
    if !view.is_listed {
        return Vec::new();
    }
    let mut marks: Vec<(&Mark, &str)> = view.marks.iter().map(|mark| (mark, "")).collect();
    marks.extend(view.nodes.iter().flat_map(|node| node.marks.iter().map(|mark| (mark, node.title.as_str()))));
    marks
}

/// The list of what was found, under the picture, in columns.
pub(super) fn findings(mut marks: Vec<(&Mark, &str)>, scene: &mut Scene) {
    if marks.is_empty() {
        return;
    }
    marks.sort_by_key(|(mark, _)| mark.number);
    let usable = scene.width - 2.0 * MARGIN;
    let columns = (usable / 420.0).floor().max(1.0);
    let each = usable / columns;
    let mut blocks = Vec::new();
    for (mark, place) in marks {
        let place = if place.is_empty() { String::new() } else { format!("{place}: ") };
        let said = format!("{place}{} ({} {})", mark.message, mark.level.word(), mark.rule);
        blocks.push((mark, wrap(&said, SMALL, Weight::Medium, each - 50.0, 6)));
    }
    let high = |lines: &[String]| times(lines.len(), SMALL_LINE) + 8.0;
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
        items.push(area(place, if mark.level == Level::Error { 3.0 } else { 9.0 }, Some(level_ink(mark.level)), None, &[]));
        items.push(text(Point::new(place.center().x, place.y + 13.3), Anchor::Middle, &number, SMALL, Weight::SemiBold, Ink::OnMark));
        for (index, line) in lines.iter().enumerate() {
            let below = times(index, SMALL_LINE);
            items.push(text(Point::new(x + 36.0, y + 12.0 + below), Anchor::Start, line, SMALL, Weight::Medium, Ink::Text));
        }
        y += high(&lines);
        lowest = lowest.max(y);
    }
    scene.items.push(Item::Group(Group { class: "findings", name: "What was found".to_owned(), items, ..Group::default() }));
    scene.height = lowest + MARGIN;
}
