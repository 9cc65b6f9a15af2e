//! A journey in the notation of another drawing tool, written from the view alone.
//!
//! What people wrote may hold anything; each notation has one place where text goes in, and there it loses its power.
//! Must not know: plans, places, colours of the pictures.

mod d2;
mod dot;
mod mermaid;
mod plantuml;

use super::view::{Edge, EdgeKind, Node, View};

/// A notation that other tools draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// Mermaid, drawn in Markdown by many hosts.
    Mermaid,
    /// Graphviz.
    Dot,
    /// D2.
    D2,
    /// `PlantUML`.
    PlantUml,
}

/// One journey in a notation.
pub fn write(view: &View, notation: Notation) -> String {
    match notation {
        Notation::Mermaid => mermaid::write(view),
        Notation::Dot => dot::write(view),
        Notation::D2 => d2::write(view),
        Notation::PlantUml => plantuml::write(view),
    }
}

/// What stands in a step, line by line: its title, who goes through it where that is not whom the journey is for, how people get in,
/// what was found.
pub fn lines(view: &View, node: &Node) -> Vec<String> {
    let mut lines = vec![one_line(&node.title)];
    if let Some(actor) = node.actor.filter(|actor| *actor > 0).and_then(|actor| view.actors.get(actor)) {
        lines.push(one_line(&actor.title));
    }
    lines.extend(node.about.iter().map(|about| one_line(about)));
    lines.extend(node.starts.iter().map(|start| format!("▶ {}", one_line(start))));
    lines.extend(node.marks.iter().map(|mark| format!("{}: {}", mark.level.word(), mark.rule)));
    lines
}

/// A way as it is written: between two steps, or from one to itself where one stays.
pub struct Drawn<'v> {
    /// From here, by the position among the nodes.
    pub from: usize,
    /// To here.
    pub to: usize,
    /// Beside the line; may be empty.
    pub label: String,
    /// How it counts.
    pub kind: EdgeKind,
    edge: Option<&'v Edge>,
}

impl Drawn<'_> {
    /// Whether one stays where one is.
    pub fn stays(&self) -> bool {
        self.edge.is_none()
    }
}

/// Every way, and what leaves one where one is.
pub fn ways(view: &View) -> Vec<Drawn<'_>> {
    let on = view.edges.iter().map(|edge| Drawn {
        from: edge.from,
        to: edge.to,
        label: one_line(&edge.label()),
        kind: edge.kind,
        edge: Some(edge),
    });
    let stays = view.nodes.iter().enumerate().filter(|(_, node)| !node.stays.is_empty()).map(|(index, node)| Drawn {
        from: index,
        to: index,
        label: one_line(&node.stays.join(", ")),
        kind: EdgeKind::Back,
        edge: None,
    });
    on.chain(stays).collect()
}

/// Text in one line, without signs that no picture can show.
pub fn one_line(text: &str) -> String {
    let shown = |character: char| if character.is_control() || ('\u{FFFE}'..='\u{FFFF}').contains(&character) { ' ' } else { character };
    text.chars().map(shown).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The steps of a stage with their positions.
fn in_stage(view: &View, stage: usize) -> impl Iterator<Item = (usize, &Node)> {
    view.nodes.iter().enumerate().filter(move |(_, node)| node.stage == stage)
}
