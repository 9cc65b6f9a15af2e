//! A row of a score as a scene: lanes as grounds, stages as frames over them, steps and ways.

use super::rows::Row;
use super::{GUTTER, STAGE};
use crate::diagram::flow::step::node_item;
use crate::diagram::flow::ways::{edge_item, label_item};
use crate::diagram::layout::boxes::SMALL;
use crate::diagram::palette::Ink;
use crate::diagram::scene::{Anchor, Group, Item, Point, Rect};
use crate::diagram::sheet::{HEADING, MARGIN, SMALL_LINE, area, place, text, times};
use crate::diagram::text::{Weight, width, wrap};
use crate::diagram::view::Node;

impl Row {
    /// The row, from this height down.
    pub(super) fn item(&self, y: f64) -> Item {
        let (view, layout) = (&self.lanes.view, &self.layout);
        let (dx, dy) = (MARGIN + GUTTER, y);
        let mut items = self.bands(y);
        for (stage, (left, right)) in view.stages.iter().zip(&layout.places.stages) {
            items.push(stage_item(&stage.title, Rect::new(left + dx, y, right - left, self.size.1)));
        }
        let mut order: Vec<usize> = (0..view.edges.len()).collect();
        order.sort_by_key(|edge| (std::cmp::Reverse(view.edges[*edge].kind), *edge));
        items.extend(order.into_iter().filter_map(|edge| edge_item(view, edge, layout, dx, dy)));
        for (index, node) in view.nodes.iter().enumerate() {
            let at = layout.places.nodes[index];
            let at = Rect::new(at.x + dx, at.y + dy, at.w, at.h);
            items.push(node_item(view, index, node, &layout.boxes[index], at));
        }
        items.extend(view.edges.iter().enumerate().filter_map(|(index, edge)| label_item(index, edge, layout, dx, dy)));
        Item::Group(Group { class: "row", items, ..Group::default() })
    }

    /// The lanes: their grounds, one lighter and one darker, and their names.
    fn bands(&self, y: f64) -> Vec<Item> {
        let mut items = Vec::new();
        let rect_of = |lane: usize| {
            let nodes = self.layout.places.nodes.iter().zip(&self.lanes.lane_of).filter(move |(_, of)| **of == lane).map(|(rect, _)| *rect);
            nodes.fold((f64::INFINITY, 0.0), |(top, bottom): (f64, f64), rect| (top.min(rect.y), bottom.max(rect.bottom())))
        };
        let extents: Vec<(f64, f64)> = (0..self.lanes.lanes.len()).map(rect_of).collect();
        for (lane, title) in self.lanes.lanes.iter().enumerate() {
            let top = if lane == 0 { STAGE - 4.0 } else { f64::midpoint(extents[lane - 1].1, extents[lane].0) };
            let bottom = extents.get(lane + 1).map_or(self.size.1, |next| f64::midpoint(extents[lane].1, next.0));
            let rect = Rect::new(MARGIN, y + top, self.size.0, bottom - top);
            let ground = if lane % 2 == 0 { Ink::Panel } else { Ink::PanelAlternate };
            let mut inside = vec![area(rect, 6.0, Some(ground), None, &[])];
            if let Some(actor) = self.actor(lane) {
                inside.push(area(Rect::new(rect.x, rect.y + 2.0, 5.0, rect.h - 4.0), 2.0, Some(Ink::Actor(actor)), None, &[]));
            }
            let lines = wrap(title, SMALL, Weight::SemiBold, GUTTER - 22.0, 3);
            let first = rect.center().y - times(lines.len(), SMALL_LINE) / 2.0;
            for (index, said) in lines.iter().enumerate() {
                let at = Point::new(rect.x + 13.0, first + 12.5 + times(index, SMALL_LINE));
                inside.push(text(at, Anchor::Start, said, SMALL, Weight::SemiBold, Ink::Text));
            }
            items.push(Item::Group(Group { class: "lane", data: vec![place(rect)], name: format!("Lane: {title}"), items: inside }));
        }
        items
    }

    fn actor(&self, lane: usize) -> Option<usize> {
        let is_here = |(node, of): (&Node, &usize)| (*of == lane).then_some(node.actor).flatten();
        self.lanes.view.nodes.iter().zip(&self.lanes.lane_of).find_map(is_here)
    }
}

fn stage_item(title: &str, rect: Rect) -> Item {
    let lines = wrap(title, HEADING, Weight::SemiBold, rect.w - 12.0, 1);
    let shown = lines.first().map(String::as_str).unwrap_or_default();
    Item::Group(Group {
        class: "stage",
        data: vec![
            place(rect),
            ("title-rect", format!("{:.2} {:.2} {:.2} 17", rect.x + 10.0, rect.y + 8.0, width(shown, HEADING, Weight::SemiBold))),
        ],
        name: format!("Stage: {title}"),
        items: vec![
            area(rect, 8.0, None, Some((Ink::PanelEdge, 1.2)), &[]),
            text(Point::new(rect.x + 10.0, rect.y + 21.0), Anchor::Start, shown, HEADING, Weight::SemiBold, Ink::Text),
        ],
    })
}
