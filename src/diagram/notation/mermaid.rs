//! Mermaid's flowchart.

use std::fmt::Write as _;

use super::{in_stage, lines, one_line, ways};
use crate::diagram::view::{EdgeKind, NodeKind, View};

pub(super) fn write(view: &View) -> String {
    let mut out = format!("---\ntitle: {}\n---\nflowchart TB\n", yaml(&one_line(&view.title)));
    for (index, stage) in view.stages.iter().enumerate() {
        let _ = writeln!(out, "  subgraph s{index}[{}]", quoted(&[one_line(&stage.title)]));
        for (at, node) in in_stage(view, index) {
            let (open, close) = brackets(node.kind);
            let _ = writeln!(out, "    n{at}{open}{}{close}", quoted(&lines(view, node)));
        }
        out.push_str("  end\n");
    }
    let ways = ways(view);
    for way in &ways {
        let label = if way.label.is_empty() { String::new() } else { format!("|{}|", quoted(std::slice::from_ref(&way.label))) };
        let arrow = match way.kind {
            EdgeKind::Main => "==>",
            EdgeKind::Plain | EdgeKind::Failure => "-->",
            EdgeKind::Back | EdgeKind::Cross => "-.->",
        };
        let _ = writeln!(out, "  n{} {arrow}{label} n{}", way.from, way.to);
    }
    let failures: Vec<String> =
        ways.iter().enumerate().filter(|(_, way)| way.kind == EdgeKind::Failure).map(|(index, _)| index.to_string()).collect();
    if !failures.is_empty() {
        // A red that stands on a light and on a dark ground; the dashes say the same without it.
        let _ = writeln!(out, "  linkStyle {} stroke:#d0451b,stroke-dasharray:9 3", failures.join(","));
    }
    let main: Vec<String> = view.nodes.iter().enumerate().filter(|(_, node)| node.is_main).map(|(index, _)| format!("n{index}")).collect();
    if !main.is_empty() {
        let _ = writeln!(out, "  classDef main stroke-width:3px\n  class {} main", main.join(","));
    }
    out
}

fn brackets(kind: NodeKind) -> (&'static str, &'static str) {
    match kind {
        NodeKind::Screen => ("(", ")"),
        NodeKind::Task | NodeKind::Plain => ("[", "]"),
        NodeKind::Wait => ("{{", "}}"),
        NodeKind::Decision => ("{", "}"),
        NodeKind::Job => ("[/", "/]"),
        NodeKind::Journey => ("[[", "]]"),
        NodeKind::End(_) => ("([", "])"),
        NodeKind::Elsewhere => (">", "]"),
    }
}

/// Lines as one string. Every sign that is no letter and no digit may mean something to Mermaid, to Markdown inside of it or to HTML
/// inside of that, so all but a few are written as numbers.
fn quoted(lines: &[String]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
    format!("\"{}\"", lines.join("<br/>"))
}

fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for character in line.chars() {
        // A hyphen begins a list only before a space.
        let is_safe = character.is_alphanumeric() || matches!(character, ' ' | ',' | '?' | '-' | '▶');
        if is_safe {
            out.push(character);
        } else {
            let _ = write!(out, "#{};", u32::from(character));
        }
    }
    out.replace("- ", "#45; ")
}

/// A string of the heading, which is YAML, and in which Mermaid looks for tags before YAML is read.
fn yaml(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        if character.is_alphanumeric() || matches!(character, ' ' | ',' | '.' | '-' | '\'' | '?' | '!') || u32::from(character) > 0xFFFF {
            out.push(character);
        } else {
            let _ = write!(out, "\\u{:04x}", u32::from(character));
        }
    }
    out.push('"');
    out
}
