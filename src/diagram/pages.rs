//! A long journey on several pages, so that the text of each can be read from the last row of the room.

use super::flow::{LINES, TRIES, draw, draw_with};
use super::legend::Legend;
use super::scene::Scene;
use super::view::{View, overview, page};

/// The smallest text of a page on a screen of 1920 x 1080.
pub(super) const READABLE: f64 = 16.0;
/// The smallest text as it is laid out.
const SMALLEST: f64 = 13.0;
/// Pages are not cut further than this.
const FEWEST: usize = 3;
/// More steps and ways than this are not laid out on one page at all.
const MOST: usize = 900;

/// Whether a journey is too long for one page.
pub(super) fn is_too_long(view: &View) -> bool {
    view.nodes.len() + view.edges.len() > MOST
}

fn is_readable(scene: &Scene) -> bool {
    SMALLEST * (1920.0 / scene.width).min(1080.0 / scene.height) >= READABLE
}

/// A journey on one page where it can be read there, else an overview and pages for its stages.
pub(super) fn draw_pages(view: &View) -> Vec<Scene> {
    if view.nodes.len() <= 16 {
        let whole = draw(view, TRIES);
        if is_readable(&whole) {
            return vec![whole];
        }
    }
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for stage in 0..view.stages.len() {
        let mut steps: Vec<usize> = (0..view.nodes.len()).filter(|step| view.nodes[*step].stage == stage).collect();
        steps.sort_by_key(|step| view.nodes[*step].way);
        // Steps that surely do not fit together are not tried together.
        let pieces = steps.len().div_ceil(32).max(1);
        parts.extend(steps.chunks(steps.len().div_ceil(pieces).max(1)).map(<[usize]>::to_vec));
    }
    // The more pages there are, the less is tried for each.
    let tries = (60 / parts.len().max(1)).clamp(2, TRIES);
    // Cut until every page can be read; how a page says where others are is of about the same length, so numbers can follow later.
    let mut done: Vec<Vec<usize>> = Vec::new();
    let mut waiting: Vec<Vec<usize>> = parts.into_iter().rev().collect();
    while let Some(part) = waiting.pop() {
        if part.len() > FEWEST && !is_readable(&draw(&page(view, &part, &|_| "page 00".to_owned()), tries)) {
            let (first, second) = part.split_at(part.len().div_ceil(2));
            waiting.extend([second.to_vec(), first.to_vec()]);
        } else {
            done.push(part);
        }
    }
    let mut number = vec![0usize; view.nodes.len()];
    for (index, part) in done.iter().enumerate() {
        for step in part {
            number[*step] = index + 2;
        }
    }
    let pages_of = |stage: usize| {
        let of: Vec<usize> = (0..view.nodes.len()).filter(|step| view.nodes[*step].stage == stage).map(|step| number[step]).collect();
        match (of.iter().min(), of.iter().max()) {
            (Some(first), Some(last)) if first == last => format!("page {first}"),
            (Some(first), Some(last)) => format!("pages {first} to {last}"),
            _ => String::new(),
        }
    };
    let map = overview(view, &pages_of);
    let mut scenes = vec![draw_with(&map, TRIES, &Legend::lines(&LINES, &[&map]))];
    for (index, part) in done.iter().enumerate() {
        let mut one = page(view, part, &|step| format!("page {}", number[step]));
        one.title = format!("{} ({})", one.title, index + 2);
        scenes.push(draw(&one, tries));
    }
    scenes
}
