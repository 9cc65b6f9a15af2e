//! Where things lie: steps in rows and columns, lines in lanes, labels beside their own lines.
//!
//! Nothing is left to chance and nothing is tried until it fits: the order of things is chosen first, with as few crossings as can be
//! found, and places follow from the order, so that nothing can come to lie on anything else. The same view makes the same layout.
//! Must not know: plans, colours, formats.

pub(super) mod boxes;
mod geometry;
mod labels;
mod lines;
mod place;
mod route;
pub(super) mod score;

pub(super) use geometry::Places;
use route::Prices;

use super::view::View;
use boxes::{Box, Label};
use geometry::Geometry;

/// A view with the places of all that is in it.
#[derive(Default)]
pub(super) struct Layout {
    pub(super) boxes: Vec<Box>,
    pub(super) labels: Vec<Option<Label>>,
    pub(super) places: Places,
}

/// How many lines may meet the sides of steps, and how far from each other. It grows where something found no place.
pub(super) struct Room {
    /// At the left and at the right side of each step.
    pub(super) beside: Vec<usize>,
    /// As many must fit there one above the other.
    pub(super) tall: Vec<usize>,
    /// At its upper and at its lower side.
    pub(super) across: Vec<usize>,
    /// Above each line, so that its label has room.
    pub(super) apart: Vec<f64>,
}

/// So often room is made for what found no place.
const ROUNDS: usize = 12;

/// What can be chosen for a layout.
#[derive(Clone, Debug)]
struct Style {
    /// The most rows.
    most: usize,
    prices: Prices,
    /// Blocks whose sides are changed.
    mirrored: Vec<usize>,
}

/// A layout with what speaks against it.
struct Attempt {
    layout: Layout,
    missing: usize,
    badness: f64,
}

impl Attempt {
    fn is_better_than(&self, other: &Self) -> bool {
        (self.missing, self.badness) < (other.missing, other.badness)
    }
}

/// Lays a view out; its first row begins below `top`. At most so many ways of doing so are tried, fewer for a large
/// view, and the best is taken.
pub(super) fn lay_out(view: &View, top: f64, tries: usize) -> Layout {
    let labels: Vec<Option<Label>> = view.edges.iter().map(boxes::label).collect();
    let blocks = place::blocks(view);
    let plain = boxes::boxes(view, &ports(view));
    let mean = plain.iter().map(|one| one.height).sum::<f64>() / real(plain.len().max(1));
    let folds = place::folds(view, &blocks, mean + 38.0);
    let Some(&first) = folds.first() else { return Layout::default() };
    let busiest = ports(view).into_iter().max().unwrap_or(0);
    let mut left = if busiest > 15 { 1 } else { (3_000 / (view.nodes.len() + view.edges.len() + 1)).clamp(1, tries.max(1)) };
    let mut try_one = |style: &Style| {
        (left > 0).then(|| {
            left -= 1;
            attempt(view, top, &labels, &blocks, style)
        })
    };
    let mut style = Style { most: first, prices: Prices { turn: 260, crossing: 500 }, mirrored: Vec::new() };
    let Some(mut best) = try_one(&style) else { return Layout::default() };
    let mut consider = |next: Style, style: &mut Style| {
        if let Some(found) = try_one(&next)
            && found.is_better_than(&best)
        {
            best = found;
            *style = next;
            return true;
        }
        false
    };
    // Turns are dear to the eye in one view, crossings in another: in a view that is soon laid out, more of that is tried.
    let dear_turns = Prices { turn: 600, crossing: 400 };
    let is_small = view.edges.len() < 80;
    for most in folds.iter().skip(1).take(if is_small { 2 } else { 1 }) {
        consider(Style { most: *most, ..style.clone() }, &mut style);
    }
    if is_small {
        for most in folds.into_iter().take(4) {
            consider(Style { most, prices: dear_turns, ..style.clone() }, &mut style);
        }
    }
    let prices: &[(u32, u32)] = if is_small { &[(500, 500), (260, 900), (260, 260), (700, 300)] } else { &[(260, 900)] };
    for &(turn, crossing) in prices {
        consider(Style { prices: Prices { turn, crossing }, ..style.clone() }, &mut style);
    }
    let sides: Vec<usize> = (0..blocks.len()).filter(|block| blocks[*block].has_sides()).collect();
    for _ in 0..2 {
        let mut is_better = false;
        for &block in &sides {
            let mut mirrored = style.mirrored.clone();
            match mirrored.iter().position(|other| *other == block) {
                Some(at) => drop(mirrored.remove(at)),
                None => mirrored.push(block),
            }
            is_better |= consider(Style { mirrored, ..style.clone() }, &mut style);
        }
        for (turn, crossing) in [(400, 700), (260, 1400), (900, 700)] {
            is_better |= consider(Style { prices: Prices { turn, crossing }, ..style.clone() }, &mut style);
        }
        if !is_better {
            break;
        }
    }
    best.layout
}

fn real(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// One layout of blocks.
fn attempt(view: &View, top: f64, labels: &[Option<Label>], blocks: &[place::Block], style: &Style) -> Attempt {
    in_grid(view, top, labels, &place::packed(view, blocks, style.most, &style.mirrored), style)
}

/// One layout of steps whose rows and columns are known: made again with more room where something found no place.
fn in_grid(view: &View, top: f64, labels: &[Option<Label>], grid: &place::Grid, style: &Style) -> Attempt {
    let mut room = Room { beside: ports(view), tall: ports(view), across: vec![7; view.nodes.len()], apart: vec![0.0; view.edges.len()] };
    let mut best: Option<Attempt> = None;
    for _ in 0..ROUNDS {
        let boxes = boxes::boxes(view, &room.tall);
        let heights: Vec<f64> = boxes.iter().map(|one| one.height).collect();
        let paths = route::route(view, grid, &room, style.prices);
        let lines = lines::lines(view, grid, &paths, &heights, &room.apart);
        let spots = labels::spots(&lines, grid, labels, &heights);
        let missing = make_room(view, &lines, labels, &spots, &paths, &mut room);
        if best.as_ref().is_none_or(|known| missing < known.missing) {
            let geometry = Geometry { view, grid, boxes: &boxes, lines: &lines, labels, spots: &spots };
            let places = geometry.places(top);
            let badness = badness(&lines, &places);
            best = Some(Attempt { layout: Layout { boxes, labels: labels.to_vec(), places }, missing, badness });
        }
        if missing == 0 {
            break;
        }
    }
    best.unwrap_or_else(|| Attempt { layout: Layout::default(), missing: usize::MAX, badness: f64::INFINITY })
}

/// What speaks against a layout: crossings, turns, small text on a wide screen.
fn badness(lines: &lines::Lines, places: &Places) -> f64 {
    let crossings = (0..lines.of.len()).map(|edge| f64::from(lines.crossed(edge))).sum::<f64>() / 2.0;
    let turns: f64 = lines.of.iter().map(|own| real(own.len().saturating_sub(1))).sum();
    let scale = (place::SCREEN.0 / (places.width + 40.0)).min(place::SCREEN.1 / (places.height + 100.0)).min(1.4);
    10.0 * crossings + 4.0 * turns - (160.0 + real(lines.of.len())) * scale.ln()
}

/// Makes room where something found no place, and says how often that was.
fn make_room(
    view: &View,
    lines: &lines::Lines,
    labels: &[Option<Label>],
    spots: &[Option<labels::Spot>],
    paths: &[Option<route::Path>],
    room: &mut Room,
) -> usize {
    let mut missing = 0;
    let mut taller = vec![0usize; view.nodes.len()];
    for edge in lines.on_each_other() {
        missing += 1;
        for node in [view.edges[edge].from, view.edges[edge].to] {
            taller[node] = taller[node].max(2);
        }
    }
    for (edge, path) in paths.iter().enumerate() {
        if path.is_none() {
            missing += 1;
            for node in [view.edges[edge].from, view.edges[edge].to] {
                room.beside[node] += 2;
                taller[node] = taller[node].max(2);
            }
        }
    }
    for (edge, (label, spot)) in labels.iter().zip(spots).enumerate() {
        let (Some(label), None) = (label, spot) else { continue };
        missing += 1;
        let from = view.edges[edge].from;
        if lines.leaves_upright(edge) {
            room.across[from] = room.across[from].saturating_sub(1).clamp(2, 4);
            room.beside[from] += 1;
        } else {
            room.apart[edge] = label.height + 8.0;
        }
        taller[from] = taller[from].max(2);
    }
    for (node, taller) in taller.into_iter().enumerate() {
        room.tall[node] = (room.tall[node] + taller).min(400);
    }
    missing
}

/// How many lines must fit at each side of a step: more where many lines meet it.
fn ports(view: &View) -> Vec<usize> {
    let mut degree = vec![0usize; view.nodes.len()];
    for edge in &view.edges {
        degree[edge.from] += 1;
        degree[edge.to] += 1;
    }
    degree.into_iter().map(|degree| degree.saturating_sub(2).div_ceil(2).max(3)).collect()
}
