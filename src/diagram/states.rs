//! Lifecycles as a picture: each thing in a frame of its own.
//!
//! Must not know: plans, formats.

use std::fmt::Write as _;

use super::panel::{Frames, draw as draw_frames};
use super::scene::Scene;
use super::view::{EdgeKind, Node, NodeKind, View};

const LINES: [(EdgeKind, &str); 4] = [
    (EdgeKind::Main, "the usual life"),
    (EdgeKind::Plain, "another move"),
    (EdgeKind::Failure, "by time, or because something failed"),
    (EdgeKind::Back, "back to an earlier state"),
];

/// Draws lifecycles, as many on a page as can be read there.
pub(super) fn draw(views: &[View], least: f64) -> Vec<Scene> {
    let behind = "Doubly framed: finished. Dashed: may last. ▶ how it begins. ↻ what leaves it as it is.";
    let frames = Frames { title: "States, and who moves them".to_owned(), behind: behind.to_owned(), lines: &LINES, spoken: &spoken };
    draw_frames(&frames, views, least)
}

fn spoken(view: &View, node: &Node) -> String {
    let mut said = format!("{} {}", view.title, node.title);
    for about in &node.about {
        said.push_str(", ");
        said.push_str(about);
    }
    if node.about.is_empty() && matches!(node.kind, NodeKind::End(_)) {
        said.push_str(", end");
    }
    for more in node.starts.iter().map(|start| format!("begins: {start}")).chain(node.stays.iter().cloned()) {
        said.push_str("; ");
        said.push_str(&more);
    }
    for mark in &node.marks {
        let _ = write!(said, "; {} {}: {}", mark.level.word(), mark.rule, mark.message);
    }
    said
}
