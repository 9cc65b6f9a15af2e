//! One page of a blueprint as a scene.

use super::table::{Bar, DIVIDER, GAP, GUTTER, PAD, Page, Placed, STAGE, lane_height, lanes_height};
use crate::diagram::palette::Ink;
use crate::diagram::scene::{Anchor, Group, Head, Item, Line, Point, Rect, Scene};
use crate::diagram::sheet::{HEADING, MARGIN, SMALL, SMALL_LINE, area, page as sheet, place, text, times};
use crate::diagram::text::{Weight, wrap};
use crate::diagram::view::{Blueprint, Row};

/// What the table is made of, from top to bottom.
enum Layer {
    Cards(Row),
    Places,
    Systems,
    Divider(&'static str),
}

const LAYERS: [Layer; 10] = [
    Layer::Places,
    Layer::Cards(Row::Screen),
    Layer::Cards(Row::Aside),
    Layer::Divider("line of interaction"),
    Layer::Cards(Row::Staff),
    Layer::Divider("line of visibility"),
    Layer::Cards(Row::Backend),
    Layer::Systems,
    Layer::Cards(Row::Message),
    Layer::Cards(Row::Time),
];

fn row_title(row: Row) -> &'static str {
    match row {
        Row::Place => "Who and where",
        Row::Screen => "What they see and do",
        Row::Aside => "Beside the main way",
        Row::Staff => "Staff and others",
        Row::Backend => "What happens behind",
        Row::Message => "Messages",
        Row::Time => "Waits and timers",
    }
}

/// Draws one page.
pub(super) fn page(blueprint: &Blueprint, page: &Page<'_>, number: Option<(usize, usize)>) -> Scene {
    let steps: usize = blueprint.stages.iter().map(|stage| stage.main).sum();
    let description = format!("Service blueprint: {steps} steps of the main way in {} stages", blueprint.stages.len());
    let (mut scene, top) = sheet(&blueprint.title, &blueprint.goal, number, page.width(), description);
    let mut painter = Painter { page, items: Vec::new(), y: top + STAGE };
    for layer in LAYERS {
        match layer {
            Layer::Cards(row) => painter.cards(row),
            Layer::Places => painter.bars(&page.places, "Who and where"),
            Layer::Systems => painter.bars(&page.systems, "Systems"),
            Layer::Divider(said) => painter.divider(said),
        }
    }
    let bottom = painter.y;
    let items = painter.items;
    scene.items.extend(stages(page, top, bottom));
    scene.items.extend(items);
    scene.height = bottom + MARGIN;
    scene
}

/// The names of the stages, and the ground that their columns stand on.
fn stages(page: &Page<'_>, top: f64, bottom: f64) -> Vec<Item> {
    let mut items = Vec::new();
    for part in &page.parts {
        let left = MARGIN + GUTTER + times(part.first, page.column);
        let rect = Rect::new(left, top, times(part.count, page.column), bottom - top);
        let said = if part.continues { format!("{}, continued", part.title) } else { part.title.to_owned() };
        let lines = wrap(&said, HEADING, Weight::SemiBold, rect.w - 20.0, 1);
        let title = lines.first().map(String::as_str).unwrap_or_default();
        items.push(Item::Group(Group {
            class: "stage",
            data: vec![place(rect)],
            name: format!("Stage: {said}"),
            items: vec![
                area(Rect::new(rect.x + 2.0, rect.y, rect.w - 4.0, rect.h), 10.0, Some(Ink::Panel), Some((Ink::PanelEdge, 1.0)), &[]),
                text(Point::new(rect.x + 14.0, top + 22.0), Anchor::Start, title, HEADING, Weight::SemiBold, Ink::Text),
            ],
        }));
    }
    items
}

struct Painter<'t> {
    page: &'t Page<'t>,
    items: Vec<Item>,
    y: f64,
}

impl Painter<'_> {
    /// The band of a row with its name.
    fn band(&mut self, title: &str, height: f64) {
        let rect = Rect::new(MARGIN, self.y, GUTTER + times(self.page.columns, self.page.column), height);
        let mut items = Vec::new();
        let line = vec![Point::new(rect.x, rect.y), Point::new(rect.right(), rect.y)];
        items.push(Item::Line(Line { points: line, ink: Ink::PanelEdge, width: 1.0, dash: &[], radius: 0.0, head: Head::None }));
        for (index, line) in wrap(title, SMALL, Weight::SemiBold, GUTTER - 16.0, 3).iter().enumerate() {
            let at = Point::new(rect.x, rect.y + GAP + 13.0 + times(index, SMALL_LINE));
            items.push(text(at, Anchor::Start, line, SMALL, Weight::SemiBold, Ink::TextMuted));
        }
        self.items.push(Item::Group(Group { class: "row", data: vec![place(rect)], name: String::new(), items }));
    }

    fn cards(&mut self, row: Row) {
        let Some(cards) = self.page.rows.get(&row) else { return };
        let height = self.page.row_height(row);
        self.band(row_title(row), height);
        let top = self.y + GAP;
        // In the order in which they are read aloud: column by column.
        let mut order: Vec<&Placed<'_>> = cards.iter().collect();
        order.sort_by(|one, two| one.column.cmp(&two.column).then(one.below.total_cmp(&two.below)));
        self.items.extend(order.into_iter().map(|placed| card(self.page, row, placed, top)));
        self.y += height;
    }

    fn bars(&mut self, bars: &[Bar], title: &str) {
        if bars.is_empty() {
            return;
        }
        let height = lanes_height(bars) + 2.0 * GAP;
        self.band(title, height);
        let mut top = self.y + GAP;
        for lane in 0..=bars.iter().map(|bar| bar.lane).max().unwrap_or_default() {
            let high = lane_height(bars, lane);
            for bar in bars.iter().filter(|bar| bar.lane == lane) {
                let first = self.page.card_at(bar.first, top, high);
                let rect = Rect::new(first.x, first.y, self.page.card_at(bar.last, top, high).right() - first.x, high);
                let mut items =
                    vec![area(rect, 6.0, Some(Ink::PanelAlternate), Some((Ink::BoxEdge, 1.0)), if bar.is_outside { OUTSIDE } else { &[] })];
                let first_line = rect.center().y - times(bar.lines.len(), SMALL_LINE) / 2.0;
                for (index, line) in bar.lines.iter().enumerate() {
                    let at = Point::new(rect.x + PAD, first_line + 12.5 + times(index, SMALL_LINE));
                    items.push(text(at, Anchor::Start, line, SMALL, Weight::SemiBold, Ink::Text));
                }
                self.items.push(Item::Group(Group {
                    class: "card",
                    data: vec![place(rect)],
                    name: format!("{title}: {}", bar.said),
                    items,
                }));
            }
            top += high + 4.0;
        }
        self.y += height;
    }

    fn divider(&mut self, said: &str) {
        let y = self.y + DIVIDER / 2.0;
        let right = MARGIN + GUTTER + times(self.page.columns, self.page.column);
        let points = vec![Point::new(MARGIN + GUTTER - 8.0, y), Point::new(right, y)];
        let line = Line { points, ink: Ink::Main, width: 1.8, dash: DIVIDED, radius: 0.0, head: Head::None };
        let name = text(Point::new(MARGIN, y + 4.5), Anchor::Start, said, SMALL, Weight::SemiBold, Ink::Text);
        let rect = Rect::new(MARGIN, self.y, right - MARGIN, DIVIDER);
        self.items.push(Item::Group(Group {
            class: "row",
            data: vec![place(rect)],
            name: said.to_owned(),
            items: vec![Item::Line(line), name],
        }));
        self.y += DIVIDER;
    }
}

const OUTSIDE: &[f64] = &[5.0, 4.0];
const DIVIDED: &[f64] = &[8.0, 5.0];

fn card(page: &Page<'_>, row: Row, placed: &Placed<'_>, top: f64) -> Item {
    let card = placed.sized.card;
    let rect = page.card_at(placed.column, top + placed.below, placed.sized.height);
    let is_outside = card.system.as_ref().is_some_and(|(_, is_outside)| *is_outside);
    let (radius, edge) = match row {
        Row::Screen => (8.0, (Ink::Main, 1.8)),
        Row::Message => (14.0, (Ink::BoxEdge, 1.0)),
        Row::Backend | Row::Time => (2.0, (Ink::BoxEdge, 1.0)),
        _ => (6.0, (Ink::BoxEdge, 1.0)),
    };
    let mut items = vec![area(rect, radius, Some(Ink::Box), Some(edge), if is_outside { OUTSIDE } else { &[] })];
    let mut left = rect.x + PAD;
    if let Some(actor) = card.actor {
        items.push(area(Rect::new(rect.x + 5.0, rect.y + 7.0, 4.0, rect.h - 14.0), 2.0, Some(Ink::Actor(actor)), None, &[]));
        left += 9.0;
    }
    items.extend(placed.sized.block.items(left, rect.y + PAD));
    let mut name = format!("{}: {}", row_title(row), card.heading);
    for detail in &card.details {
        name.push_str("; ");
        name.push_str(detail);
    }
    if let Some((system, _)) = &card.system {
        name.push_str("; by ");
        name.push_str(system);
    }
    Item::Group(Group { class: "card", data: vec![place(rect)], name, items })
}
