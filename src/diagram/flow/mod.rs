//! The flow of a journey as a scene: stages as columns, steps in them, ways between them.
//!
//! Must not know: plans, formats.

mod header;
pub(super) mod step;
pub(super) mod ways;

use super::findings::{findings, marks};
use super::layout::lay_out;
use super::legend::Legend;
use super::palette::Ink;
use super::scene::{Anchor, Area, Group, Item, Outline, Point, Rect, Scene};
use super::sheet::text;
use super::text::{Weight, width, wrap};
use super::view::{EdgeKind, NodeKind, View};

/// Around everything.
const MARGIN: f64 = 20.0;
/// Room for the names of stages.
const STAGE: f64 = 34.0;

/// So many layouts are tried for a picture that stands alone.
pub(super) const TRIES: usize = 18;

/// What lines mean in the flow of a journey.
pub(super) const LINES: [(EdgeKind, &str); 4] = [
    (EdgeKind::Main, "main way"),
    (EdgeKind::Plain, "other way"),
    (EdgeKind::Failure, "something went wrong"),
    (EdgeKind::Back, "way back"),
];

/// Draws a journey on one page, the best of at most so many layouts.
pub(super) fn draw(view: &View, tries: usize) -> Scene {
    let legend = Legend::lines(&LINES, &[view]).with_actors(view).with_steps(&[view]).with_signs(&[view]);
    draw_with(view, tries, &legend)
}

/// Draws a view whose lines mean something else.
pub(super) fn draw_with(view: &View, tries: usize, legend: &Legend) -> Scene {
    let layout = lay_out(view, STAGE, tries);
    let mut scene =
        Scene { width: 0.0, height: 0.0, title: view.title.clone(), description: described(view), items: Vec::new(), notes: Vec::new() };
    let (header, (reach, below)) = header::header(view, legend, layout.places.width);
    scene.items = header;
    let (dx, dy) = (MARGIN, below + 8.0);
    let bottom = layout.places.height + 14.0;
    let mut body: Vec<Item> = Vec::new();
    for (stage, (left, right)) in view.stages.iter().zip(&layout.places.stages) {
        body.push(stage_item(&stage.title, Rect::new(left + dx, dy, right - left, bottom)));
    }
    // What matters most lies on top: ways back below, the main way above, steps and labels last.
    let mut order: Vec<usize> = (0..view.edges.len()).collect();
    order.sort_by_key(|edge| (std::cmp::Reverse(view.edges[*edge].kind), *edge));
    for edge in order {
        body.extend(ways::edge_item(view, edge, &layout, dx, dy));
    }
    for (index, node) in view.nodes.iter().enumerate() {
        let rect = layout.places.nodes[index];
        body.push(step::node_item(view, index, node, &layout.boxes[index], Rect::new(rect.x + dx, rect.y + dy, rect.w, rect.h)));
    }
    for (index, edge) in view.edges.iter().enumerate() {
        body.extend(ways::label_item(index, edge, &layout, dx, dy));
    }
    scene.items.extend(body);
    scene.width = layout.places.width.max(320.0).max(reach - MARGIN) + 2.0 * MARGIN;
    scene.height = dy + bottom + MARGIN;
    findings(marks(view), &mut scene);
    scene
}

fn described(view: &View) -> String {
    let steps = view.nodes.iter().filter(|node| node.kind != NodeKind::Elsewhere).count();
    let goal = if view.goal.is_empty() { String::new() } else { format!("{}. ", view.goal) };
    format!("{goal}{steps} steps in {} stages, {} ways on", view.stages.len(), view.edges.len())
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
