//! The flow of a journey as a scene: stages as columns, steps in them, ways between them.
//!
//! Must not know: plans, formats.

use super::layout::boxes::{Box, PAD, SMALL, SMALL_LINE, TITLE, TITLE_LINE, WIDTH};
use super::layout::{Layout, lay_out};
use super::palette::Ink;
use super::scene::{Anchor, Area, Group, Head, Item, Line, Outline, Point, Rect, Scene, Text};
use super::text::{Weight, width, wrap};
use super::view::{Edge, EdgeKind, Mark, Node, NodeKind, View};
use crate::finding::Level;
use crate::spec::EndKind;

/// Around everything.
const MARGIN: f64 = 20.0;
/// Room for the title and the names of actors.
const HEADER: f64 = 46.0;
/// Room for the names of stages.
const STAGE: f64 = 34.0;

/// Draws a journey on one page.
pub(super) fn draw(view: &View) -> Scene {
    let layout = lay_out(view, STAGE);
    let mut scene =
        Scene { width: 0.0, height: 0.0, title: view.title.clone(), description: described(view), items: Vec::new(), notes: Vec::new() };
    let (dx, dy) = (MARGIN, MARGIN + HEADER);
    let bottom = layout.places.height + 14.0;
    let mut body: Vec<Item> = Vec::new();
    for (stage, (left, right)) in view.stages.iter().zip(&layout.places.stages) {
        body.push(stage_item(&stage.title, Rect::new(left + dx, dy, right - left, bottom)));
    }
    // What matters most lies on top: ways back below, the main way above, steps and labels last.
    let mut order: Vec<usize> = (0..view.edges.len()).collect();
    order.sort_by_key(|edge| (std::cmp::Reverse(view.edges[*edge].kind), *edge));
    for edge in order {
        body.extend(edge_item(view, edge, &layout, dx, dy));
    }
    for (index, node) in view.nodes.iter().enumerate() {
        let rect = layout.places.nodes[index];
        body.push(node_item(view, index, node, &layout.boxes[index], Rect::new(rect.x + dx, rect.y + dy, rect.w, rect.h)));
    }
    for (index, edge) in view.edges.iter().enumerate() {
        body.extend(label_item(view, index, edge, &layout, dx, dy));
    }
    let most = layout.places.width.max(320.0);
    let (header, header_width) = header(view, most);
    scene.items = header;
    scene.items.extend(body);
    scene.width = most.max(header_width) + 2.0 * MARGIN;
    scene.height = dy + bottom + MARGIN;
    findings(view, &mut scene);
    scene
}

fn described(view: &View) -> String {
    let steps = view.nodes.iter().filter(|node| node.kind != NodeKind::Elsewhere).count();
    let goal = if view.goal.is_empty() { String::new() } else { format!("{}. ", view.goal) };
    format!("{goal}{steps} steps in {} stages, {} ways on", view.stages.len(), view.edges.len())
}

fn text(at: Point, anchor: Anchor, text: &str, size: f64, weight: Weight, ink: Ink) -> Item {
    Item::Text(Text { at, anchor, text: text.to_owned(), size, weight, ink })
}

fn header(view: &View, most: f64) -> (Vec<Item>, f64) {
    let mut items = Vec::new();
    let title_width = width(&view.title, 20.0, Weight::SemiBold);
    items.push(text(Point::new(MARGIN, MARGIN + 18.0), Anchor::Start, &view.title, 20.0, Weight::SemiBold, Ink::Text));
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
        legend.push(line(kind, vec![Point::new(x, y), Point::new(x + 34.0, y)]));
        legend.push(text(Point::new(x + 41.0, MARGIN + 18.0), Anchor::Start, said, SMALL, Weight::Medium, Ink::TextMuted));
        x += 41.0 + width(said, SMALL, Weight::Medium) + 18.0;
    }
    items.push(Item::Group(Group { class: "legend", items: legend, ..Group::default() }));
    let _ = most;
    (items, x - MARGIN - 18.0)
}

fn stage_item(title: &str, rect: Rect) -> Item {
    let place = Point::new(rect.x + 14.0, rect.y + 22.0);
    let widest = rect.w - 20.0;
    let title_lines = wrap(title, 15.0, Weight::SemiBold, widest, 1);
    let shown = title_lines.first().cloned().unwrap_or_default();
    let title_width = width(&shown, 15.0, Weight::SemiBold);
    Item::Group(Group {
        class: "stage",
        data: vec![
            ("rect", numbers(&[rect.x, rect.y, rect.w, rect.h])),
            ("title-rect", numbers(&[place.x, rect.y + 9.0, title_width, 17.0])),
        ],
        name: format!("Stage: {title}"),
        items: vec![
            Item::Area(Area { outline: Outline::Rect(rect, 10.0), fill: Some(Ink::Panel), edge: Some((Ink::PanelEdge, 1.0)), dash: &[] }),
            text(place, Anchor::Start, &shown, 15.0, Weight::SemiBold, Ink::Text),
        ],
    })
}

fn numbers(values: &[f64]) -> String {
    values.iter().map(|value| format!("{value:.2}")).collect::<Vec<_>>().join(" ")
}

const FAILURE_DASH: &[f64] = &[9.0, 3.0];
const BACK_DASH: &[f64] = &[3.0, 4.0];

fn line(kind: EdgeKind, points: Vec<Point>) -> Item {
    let (ink, width, dash, head) = match kind {
        EdgeKind::Main => (Ink::Main, 2.4, &[][..], Head::Full),
        EdgeKind::Plain | EdgeKind::Cross => (Ink::Plain, 1.4, &[][..], Head::Full),
        EdgeKind::Failure => (Ink::Failure, 1.8, FAILURE_DASH, Head::Full),
        EdgeKind::Back => (Ink::Back, 1.4, BACK_DASH, Head::Open),
    };
    Item::Line(Line { points, ink, width, dash, radius: 7.0, head })
}

fn edge_item(view: &View, index: usize, layout: &Layout, dx: f64, dy: f64) -> Option<Item> {
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
        name: format!("Way from {} to {}{said}", from.title, to.title),
        items: vec![line(edge.kind, points)],
    }))
}

fn label_item(view: &View, index: usize, edge: &Edge, layout: &Layout, dx: f64, dy: f64) -> Option<Item> {
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
    let _ = view;
    Some(Item::Group(Group {
        class: "label",
        data: vec![("edge", index.to_string()), ("rect", numbers(&[rect.x, rect.y, rect.w, rect.h]))],
        name: String::new(),
        items,
    }))
}

fn node_item(view: &View, index: usize, node: &Node, sized: &Box, rect: Rect) -> Item {
    let mut items = vec![shape(node, rect)];
    if let Some(actor) = node.actor.filter(|_| view.actors.len() > 1) {
        let inset = match node.kind {
            NodeKind::Decision => 15.0,
            NodeKind::End(_) => 12.0,
            _ => 5.0,
        };
        let tall = (rect.h - 16.0).min(26.0).max(10.0);
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
    let mut y = rect.center().y - tall / 2.0;
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
        items.push(text(Point::new(middle, y + 12.0), Anchor::Middle, line, SMALL, Weight::Medium, Ink::Failure));
        y += SMALL_LINE;
    }
    items.extend(badge(&node.marks, rect));
    Item::Group(Group {
        class: "node",
        data: vec![
            ("node", index.to_string()),
            ("step", node.name.clone()),
            ("stage", node.stage.to_string()),
            ("kind", node.kind.word().to_owned()),
            ("rect", numbers(&[rect.x, rect.y, rect.w, rect.h])),
        ],
        name: spoken(view, node),
        items,
    })
}

/// A step as it is told to those who hear the picture.
fn spoken(view: &View, node: &Node) -> String {
    let mut said = format!("{}, {}", node.title, node.kind.word());
    if let Some(actor) = node.actor.and_then(|actor| view.actors.get(actor)) {
        said.push_str(&format!(", {}", actor.title));
    }
    for start in &node.starts {
        said.push_str(&format!("; {start}"));
    }
    if !node.stays.is_empty() {
        said.push_str(&format!("; stays here: {}", node.stays.join(", ")));
    }
    for mark in &node.marks {
        said.push_str(&format!("; {} {}: {}", mark.level.word(), mark.rule, mark.message));
    }
    said
}

/// Each kind of step has a shape of its own.
fn shape(node: &Node, rect: Rect) -> Item {
    let (fill, edge) = match node.kind {
        _ if node.is_failure => (Ink::FailureBox, Ink::Failure),
        NodeKind::Decision => (Ink::DecisionBox, Ink::Decision),
        NodeKind::End(EndKind::Success | EndKind::Done) => (Ink::SuccessBox, Ink::Success),
        NodeKind::End(EndKind::Failure) => (Ink::FailureBox, Ink::Failure),
        NodeKind::End(EndKind::Abandoned) => (Ink::Panel, Ink::BoxEdge),
        NodeKind::Elsewhere => (Ink::Canvas, Ink::PanelEdge),
        _ => (Ink::Box, Ink::BoxEdge),
    };
    let outline = match node.kind {
        NodeKind::Decision => {
            let notch = 14.0;
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
        _ => Outline::Rect(rect, 8.0),
    };
    let dash: &[f64] = match node.kind {
        NodeKind::Wait => &[6.0, 3.0],
        NodeKind::Elsewhere => &[2.0, 3.0],
        _ => &[],
    };
    let width = match node.kind {
        NodeKind::End(_) => 2.2,
        NodeKind::Journey => 3.0,
        _ if node.is_main => 2.0,
        _ => 1.4,
    };
    let _ = WIDTH;
    let _ = PAD;
    Item::Area(Area { outline, fill: Some(fill), edge: Some((edge, width)), dash })
}

fn level_ink(level: Level) -> Ink {
    match level {
        Level::Error => Ink::Error,
        Level::Warning => Ink::Warning,
        Level::Info => Ink::Info,
    }
}

/// The numbers of what was found, at the corner of a step.
fn badge(marks: &[Mark], rect: Rect) -> Vec<Item> {
    let Some(worst) = marks.iter().map(|mark| mark.level).max() else { return Vec::new() };
    let said = match marks {
        [one] => one.number.to_string(),
        [first, ..] => format!("{}+{}", first.number, marks.len() - 1),
        [] => return Vec::new(),
    };
    let wide = width(&said, SMALL, Weight::SemiBold) + 11.0;
    let wide = wide.max(18.0);
    let place = Rect::new(rect.right() - wide + 7.0, rect.y - 8.0, wide, 18.0);
    vec![
        Item::Area(Area {
            outline: Outline::Rect(place, if worst == Level::Error { 3.0 } else { 9.0 }),
            fill: Some(level_ink(worst)),
            edge: Some((Ink::Canvas, 1.5)),
            dash: &[],
        }),
        text(Point::new(place.center().x, place.y + 13.3), Anchor::Middle, &said, SMALL, Weight::SemiBold, Ink::OnMark),
    ]
}

/// The list of what was found, under the picture, in columns.
fn findings(view: &View, scene: &mut Scene) {
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
