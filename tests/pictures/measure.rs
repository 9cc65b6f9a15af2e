//! The quality of a picture as numbers.

use super::read::{Edge, Picture, Piece, Rect};

/// What must be nothing, and what must be small.
#[derive(Clone, Debug, Default)]
pub(crate) struct Quality {
    /// Everything that must not be, in words.
    pub(crate) faults: Vec<String>,
    pub(crate) crossings: usize,
    pub(crate) turns: usize,
    pub(crate) edges: usize,
    /// Size of the titles of steps, and of the smallest text, when the picture fills a screen of 1920 x 1080.
    pub(crate) title: f64,
    pub(crate) smallest: f64,
    /// How many main ways between neighbours of one stage are straight, and how many there are.
    pub(crate) aspect: f64,
}

/// A line may stand so close to something before it counts as touching.
const TOUCH: f64 = 1.0;

pub(crate) fn measure(picture: &Picture) -> Quality {
    let mut quality = Quality { edges: picture.edges.len(), aspect: picture.width / picture.height, ..Quality::default() };
    let scale = (1920.0 / picture.width).min(1080.0 / picture.height);
    quality.smallest = picture.sizes.iter().copied().fold(f64::INFINITY, f64::min) * scale;
    quality.title = 15.0 * scale;
    steps(picture, &mut quality.faults);
    for (index, edge) in picture.edges.iter().enumerate() {
        quality.turns += edge.points.len().saturating_sub(2);
        line(picture, edge, &mut quality.faults);
        label(picture, index, &mut quality.faults);
        for other in &picture.edges[index + 1..] {
            for one in edge.pieces() {
                for two in other.pieces() {
                    if shares(one, two) {
                        quality.faults.push(format!("{} and {} run on each other at {one:?} {two:?}", name(edge), name(other)));
                    } else if crosses(one, two) {
                        quality.crossings += 1;
                    }
                }
            }
        }
    }
    quality
}

fn name(edge: &Edge) -> String {
    format!("{} -> {} ({})", edge.from, edge.to, edge.kind)
}

fn shrunk(rect: &Rect, by: f64) -> Rect {
    Rect { left: rect.left + by, top: rect.top + by, right: rect.right - by, bottom: rect.bottom - by }
}

fn steps(picture: &Picture, faults: &mut Vec<String>) {
    for (index, node) in picture.nodes.iter().enumerate() {
        let inside =
            node.rect.left >= 0.0 && node.rect.top >= 0.0 && node.rect.right <= picture.width && node.rect.bottom <= picture.height;
        if !inside {
            faults.push(format!("{} lies outside the picture", node.step));
        }
        for other in &picture.nodes[index + 1..] {
            if node.rect.overlaps(&other.rect) {
                faults.push(format!("{} lies on {}", node.step, other.step));
            }
        }
        let stage = picture.stages[node.stage];
        if !(stage.left <= node.rect.left && node.rect.right <= stage.right) {
            faults.push(format!("{} stands outside its stage", node.step));
        }
        if picture.titles.iter().any(|title| title.overlaps(&node.rect)) {
            faults.push(format!("{} stands on a title", node.step));
        }
    }
    for two in picture.stages.windows(2) {
        let later = two[1].top > two[0].bottom - 1.0 || two[1].left >= two[0].right;
        if !later {
            faults.push(format!("a stage stands before the one that comes before it: {two:?}"));
        }
    }
}

fn line(picture: &Picture, edge: &Edge, faults: &mut Vec<String>) {
    let at_end = |node: &str| picture.nodes.iter().find(|other| other.step == node).map(|node| node.rect);
    for piece in edge.pieces() {
        if (piece.0.0 - piece.1.0).abs() > 0.01 && (piece.0.1 - piece.1.1).abs() > 0.01 {
            faults.push(format!("{} runs aslant", name(edge)));
        }
        for node in &picture.nodes {
            let is_own = node.step == edge.from || node.step == edge.to;
            let rect = if is_own { shrunk(&node.rect, TOUCH) } else { shrunk(&node.rect, -2.0) };
            if rect.distance(piece) == 0.0 {
                faults.push(format!("{} runs through {}", name(edge), node.step));
            }
        }
        for title in &picture.titles {
            if title.distance(piece) == 0.0 {
                faults.push(format!("{} runs through the title of a stage", name(edge)));
            }
        }
        for (x, y) in [piece.0, piece.1] {
            if x < 0.0 || y < 0.0 || x > picture.width || y > picture.height {
                faults.push(format!("{} leaves the picture", name(edge)));
            }
        }
    }
    for (end, step) in [(edge.points.first(), &edge.from), (edge.points.last(), &edge.to)] {
        let (Some(end), Some(rect)) = (end, at_end(step)) else {
            faults.push(format!("{} has no end", name(edge)));
            continue;
        };
        if rect.distance((*end, *end)) > TOUCH {
            faults.push(format!("{} does not reach {step}", name(edge)));
        }
    }
}

fn label(picture: &Picture, index: usize, faults: &mut Vec<String>) {
    let edge = &picture.edges[index];
    let Some(label) = edge.label else {
        if !edge.said.is_empty() {
            faults.push(format!("{} has lost its label: {}", name(edge), edge.said));
        }
        return;
    };
    let nearest = |edge: &Edge| edge.pieces().map(|piece| label.distance(piece)).fold(f64::INFINITY, f64::min);
    let own = nearest(edge);
    if own > 8.0 {
        faults.push(format!("the label of {} is {own:.1} from it", name(edge)));
    }
    if own <= 0.0 {
        faults.push(format!("the label of {} lies on its own line", name(edge)));
    }
    for (other_index, other) in picture.edges.iter().enumerate() {
        if other_index == index {
            continue;
        }
        let far = nearest(other);
        if far <= 0.5 {
            faults.push(format!("the label of {} lies on {}", name(edge), name(other)));
        } else if far <= own {
            faults.push(format!("the label of {} is nearer to {}: {far:.1} than to its own: {own:.1}", name(edge), name(other)));
        }
        if other_index > index && other.label.is_some_and(|other| other.overlaps(&label)) {
            faults.push(format!("the labels of {} and {} lie on each other {:?} {:?}", name(edge), name(other), label, other.label));
        }
    }
    for node in &picture.nodes {
        if node.rect.overlaps(&label) {
            faults.push(format!("the label of {} lies on {}", name(edge), node.step));
        }
    }
    if picture.titles.iter().any(|title| title.overlaps(&label)) {
        faults.push(format!("the label of {} lies on a title", name(edge)));
    }
    if label.left < 0.0 || label.top < 0.0 || label.right > picture.width || label.bottom > picture.height {
        faults.push(format!("the label of {} leaves the picture", name(edge)));
    }
}

fn is_upright(piece: Piece) -> bool {
    (piece.0.0 - piece.1.0).abs() < 0.01
}

fn span(a: f64, b: f64) -> (f64, f64) {
    (a.min(b), a.max(b))
}

/// Whether two pieces run on each other, or so close beside each other that they look like one.
fn shares(one: Piece, two: Piece) -> bool {
    if is_upright(one) != is_upright(two) {
        return false;
    }
    let (apart, first, second) = if is_upright(one) {
        ((one.0.0 - two.0.0).abs(), span(one.0.1, one.1.1), span(two.0.1, two.1.1))
    } else {
        ((one.0.1 - two.0.1).abs(), span(one.0.0, one.1.0), span(two.0.0, two.1.0))
    };
    apart < 3.0 && first.0.max(second.0) < first.1.min(second.1)
}

/// Whether two pieces cross, or one touches the other with its end.
fn crosses(one: Piece, two: Piece) -> bool {
    if is_upright(one) == is_upright(two) {
        return false;
    }
    let (upright, level) = if is_upright(one) { (one, two) } else { (two, one) };
    let (x, y) = (upright.0.0, level.0.1);
    let (top, bottom) = span(upright.0.1, upright.1.1);
    let (left, right) = span(level.0.0, level.1.0);
    left <= x && x <= right && top <= y && y <= bottom
}
