//! `PlantUML`'s deployment diagram.

use std::fmt::Write as _;

use super::{in_stage, lines, one_line, ways};
use crate::diagram::view::{EdgeKind, NodeKind, View};

pub(super) fn write(view: &View) -> String {
    let mut out = String::from("@startuml\nskinparam shadowing false\nskinparam defaultTextAlignment center\n");
    let _ = writeln!(out, "title {}", escaped(&[one_line(&view.title)]));
    for (index, stage) in view.stages.iter().enumerate() {
        let _ = writeln!(out, "package \"{}\" as s{index} {{", escaped(&[one_line(&stage.title)]));
        for (at, node) in in_stage(view, index) {
            let _ = writeln!(out, "  {} \"{}\" as n{at}{}", element(node.kind), escaped(&lines(view, node)), stereotype(node.kind));
        }
        out.push_str("}\n");
    }
    for way in ways(view) {
        let label = if way.label.is_empty() { String::new() } else { format!(" : {}", escaped(&[way.label])) };
        let _ = writeln!(out, "n{} {} n{}{label}", way.from, arrow(way.kind), way.to);
    }
    out.push_str("@enduml\n");
    out
}

fn element(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Decision | NodeKind::End(_) => "usecase",
        NodeKind::Job => "component",
        NodeKind::Journey => "folder",
        NodeKind::Elsewhere => "cloud",
        NodeKind::Wait => "queue",
        NodeKind::Task => "card",
        NodeKind::Screen | NodeKind::Plain => "rectangle",
    }
}

/// Two kinds share a shape, and a few shapes say little by themselves.
fn stereotype(kind: NodeKind) -> String {
    match kind {
        NodeKind::Screen | NodeKind::Plain => String::new(),
        _ => format!(" <<{}>>", kind.word()),
    }
}

fn arrow(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Main => "-[bold]->",
        EdgeKind::Plain => "-->",
        EdgeKind::Failure => "-[#b3381a,dashed]->",
        EdgeKind::Back | EdgeKind::Cross => "-[dotted]->",
    }
}

/// Text. Every sign that is no letter and no digit may mean something somewhere, so all but a few are written as numbers.
fn escaped(lines: &[String]) -> String {
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            out.push_str("\\n");
        }
        for character in line.chars() {
            if character.is_alphanumeric() || matches!(character, ' ' | ',' | '?' | '▶') || u32::from(character) > 0xFFFF {
                out.push(character);
            } else {
                let _ = write!(out, "<U+{:04X}>", u32::from(character));
            }
        }
    }
    out
}
