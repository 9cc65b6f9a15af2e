//! Graphviz's `dot`.

use std::fmt::Write as _;

use super::{in_stage, lines, one_line, ways};
use crate::diagram::view::{EdgeKind, NodeKind, View};

pub(super) fn write(view: &View) -> String {
    let mut out = format!("digraph {} {{\n", quoted(&[one_line(&view.name)]));
    let _ = writeln!(out, "  graph [label={}, labelloc=t, fontsize=20, rankdir=TB, newrank=true];", quoted(&[one_line(&view.title)]));
    out.push_str("  graph [fontname=\"Helvetica\"];\n  node [fontname=\"Helvetica\", fontsize=14, shape=box];\n");
    out.push_str("  edge [fontname=\"Helvetica\", fontsize=12];\n");
    for (index, stage) in view.stages.iter().enumerate() {
        let _ = writeln!(out, "  subgraph cluster_{index} {{");
        let _ =
            writeln!(out, "    graph [label={}, labeljust=l, style=rounded, color=gray, fontsize=15];", quoted(&[one_line(&stage.title)]));
        for (at, node) in in_stage(view, index) {
            let width = if node.is_main { ", penwidth=2" } else { "" };
            let _ = writeln!(out, "    n{at} [label={}{}{width}];", quoted(&lines(view, node)), shape(node.kind));
        }
        out.push_str("  }\n");
    }
    for way in ways(view) {
        let label = if way.label.is_empty() { String::new() } else { format!("label={}, ", quoted(&[way.label])) };
        let _ = writeln!(out, "  n{} -> n{} [{label}{}];", way.from, way.to, stroke(way.kind));
    }
    out.push_str("}\n");
    out
}

fn shape(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Screen => ", style=rounded",
        NodeKind::Task | NodeKind::Plain => "",
        NodeKind::Wait => ", style=dashed",
        NodeKind::Decision => ", shape=diamond",
        NodeKind::Job => ", shape=component",
        NodeKind::Journey => ", peripheries=2",
        NodeKind::End(_) => ", shape=oval",
        NodeKind::Elsewhere => ", shape=cds",
    }
}

/// A way back does not pull its target down below where it comes from.
fn stroke(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Main => "penwidth=2.4, weight=8",
        EdgeKind::Plain => "penwidth=1",
        EdgeKind::Failure => "style=dashed, color=\"#b3381a\", fontcolor=\"#b3381a\"",
        EdgeKind::Back => "style=dotted, arrowhead=vee, constraint=false",
        EdgeKind::Cross => "style=dotted, arrowhead=empty, constraint=false",
    }
}

/// A string. Backslashes and quotes would end or change it; `&` would begin an entity.
fn quoted(lines: &[String]) -> String {
    let escaped = lines.iter().map(|line| line.replace('&', "&amp;").replace('\\', "\\\\").replace('"', "\\\""));
    format!("\"{}\"", escaped.collect::<Vec<_>>().join("\\n"))
}
