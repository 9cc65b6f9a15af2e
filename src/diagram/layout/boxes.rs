//! How large steps and labels are: their text, broken into lines.

use crate::diagram::text::{Weight, width, wrap};
use crate::diagram::view::{Edge, Node, NodeKind, View};

/// Every step is so wide, so that columns are straight and lines between steps one above the other have no bend.
pub(in crate::diagram) const WIDTH: f64 = 150.0;
/// Size of titles.
pub(in crate::diagram) const TITLE: f64 = 15.0;
/// Size of what stands under a title, and of labels.
pub(in crate::diagram) const SMALL: f64 = 13.0;
/// From line to line of a title.
pub(in crate::diagram) const TITLE_LINE: f64 = 18.0;
/// From line to line of small text.
pub(in crate::diagram) const SMALL_LINE: f64 = 15.5;
/// Room above and below the text of a step.
pub(in crate::diagram) const PAD: f64 = 9.0;
/// Room above the text for the numbers of what was found.
pub(in crate::diagram) const BADGE: f64 = 21.0;
/// Labels are at most so wide.
const LABEL: f64 = 108.0;
/// Distance between the places at which lines meet the side of a step.
pub(in crate::diagram) const PORT: f64 = 14.0;

/// A step with its text in lines.
#[derive(Clone, Debug, Default)]
pub(in crate::diagram) struct Box {
    pub(in crate::diagram) title: Vec<String>,
    /// Who acts, where it is not whom the journey is for, and how people get in here.
    pub(in crate::diagram) caption: Vec<String>,
    /// What leaves one where one is.
    pub(in crate::diagram) footer: Vec<String>,
    pub(in crate::diagram) height: f64,
}

/// The boxes of all steps; `least` says how many lines must fit at a side.
pub(in crate::diagram) fn boxes(view: &View, least: &[usize]) -> Vec<Box> {
    view.nodes.iter().zip(least).map(|(node, least)| of(view, node, *least)).collect()
}

fn of(view: &View, node: &Node, least: usize) -> Box {
    let inner = match node.kind {
        NodeKind::Decision => WIDTH - 44.0,
        NodeKind::End(_) => WIDTH - 36.0,
        _ => WIDTH - 28.0,
    };
    let title = wrap(&node.title, TITLE, Weight::Medium, inner, 4);
    let mut caption = Vec::new();
    let who = node.actor.filter(|actor| *actor > 0).and_then(|actor| view.actors.get(actor));
    if let Some(actor) = who {
        caption.extend(wrap(&actor.title, SMALL, Weight::Medium, inner, 2));
    }
    for about in &node.about {
        caption.extend(wrap(about, SMALL, Weight::Medium, inner, 4));
    }
    if !node.starts.is_empty() {
        caption.extend(wrap(&format!("▶ {}", together(&node.starts)), SMALL, Weight::Medium, inner, 5));
    }
    let footer =
        if node.stays.is_empty() { Vec::new() } else { wrap(&format!("↻ {}", node.stays.join(", ")), SMALL, Weight::Medium, inner, 6) };
    let lines = |lines: &[String], height: f64| f64::from(u32::try_from(lines.len()).unwrap_or(u32::MAX)) * height;
    let gap = if footer.is_empty() { 0.0 } else { 5.0 };
    let badge = if node.marks.is_empty() { 0.0 } else { BADGE };
    let text = badge + lines(&title, TITLE_LINE) + lines(&caption, SMALL_LINE) + lines(&footer, SMALL_LINE) + gap;
    let ports = f64::from(u32::try_from(least.max(1) - 1).unwrap_or_default()) * PORT + 22.0;
    Box { title, caption, footer, height: (text + 2.0 * PAD).max(ports).max(44.0) }
}

/// Texts that begin with the same word before a colon say it once: `message: ready; closed`.
fn together(texts: &[String]) -> String {
    let word = |text: &String| text.split_once(": ").map(|(word, _)| format!("{word}: "));
    let mut said = String::new();
    let mut last = None;
    for text in texts {
        let word = word(text);
        let rest = word.as_ref().filter(|_| word == last).map_or(text.as_str(), |word| &text[word.len()..]);
        if !said.is_empty() {
            said.push_str("; ");
        }
        said.push_str(rest);
        last = word;
    }
    said
}

/// The lines of a label, with their width and height.
#[derive(Clone, Debug, Default)]
pub(in crate::diagram) struct Label {
    pub(in crate::diagram) lines: Vec<String>,
    pub(in crate::diagram) width: f64,
    pub(in crate::diagram) height: f64,
}

/// The label of a way; nothing for the only way on.
pub(in crate::diagram) fn label(edge: &Edge) -> Option<Label> {
    let lines = wrap(&edge.label(), SMALL, Weight::Medium, LABEL, 7);
    if lines.is_empty() {
        return None;
    }
    let widest = lines.iter().map(|line| width(line, SMALL, Weight::Medium)).fold(0.0, f64::max);
    let height = f64::from(u32::try_from(lines.len()).unwrap_or(u32::MAX)) * SMALL_LINE;
    Some(Label { lines, width: widest.ceil(), height })
}
