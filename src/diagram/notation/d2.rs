//! D2.

use std::fmt::Write as _;

use super::{in_stage, lines, one_line, ways};
use crate::diagram::view::{EdgeKind, NodeKind, View};

pub(super) fn write(view: &View) -> String {
    let mut out = String::from("direction: down\n");
    let title = quoted(&[one_line(&view.title)]);
    let _ = writeln!(out, "heading: {title} {{near: top-center; shape: text; style.font-size: 24; style.bold: true}}");
    for (index, stage) in view.stages.iter().enumerate() {
        let _ = writeln!(out, "s{index}: {} {{", quoted(&[one_line(&stage.title)]));
        for (at, node) in in_stage(view, index) {
            let width = if node.is_main { "; style.stroke-width: 3" } else { "" };
            let _ = writeln!(out, "  n{at}: {} {{{}{width}}}", quoted(&lines(view, node)), shape(node.kind));
        }
        out.push_str("}\n");
    }
    for way in ways(view) {
        let place = |node: usize| format!("s{}.n{node}", view.nodes[node].stage);
        let label = if way.label.is_empty() { String::new() } else { format!(" {}", quoted(&[way.label])) };
        let _ = writeln!(out, "{} -> {}:{label} {{{}}}", place(way.from), place(way.to), stroke(way.kind));
    }
    out
}

fn shape(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Screen => "style.border-radius: 8",
        NodeKind::Task | NodeKind::Plain => "shape: rectangle",
        NodeKind::Wait => "shape: hexagon",
        NodeKind::Decision => "shape: diamond",
        NodeKind::Job => "shape: parallelogram",
        NodeKind::Journey => "shape: rectangle; style.double-border: true",
        NodeKind::End(_) => "shape: oval",
        NodeKind::Elsewhere => "shape: page",
    }
}

fn stroke(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Main => "style.stroke-width: 4",
        EdgeKind::Plain => "style.stroke-width: 1",
        EdgeKind::Failure => "style.stroke-dash: 5; style.stroke: \"#b3381a\"; style.font-color: \"#b3381a\"",
        EdgeKind::Back | EdgeKind::Cross => "style.stroke-dash: 2; target-arrowhead.style.filled: false",
    }
}

/// A string. Backslashes and quotes would end or change it; `$` would put the value of a variable in.
fn quoted(lines: &[String]) -> String {
    let escaped = lines.iter().map(|line| line.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "\\$"));
    format!("\"{}\"", escaped.collect::<Vec<_>>().join("\\n"))
}
