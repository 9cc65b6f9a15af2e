//! A journey as a score: lanes for those who act, time from left to right, wrapped at stages.
//!
//! Must not know: plans, formats.

mod paint;
mod rows;

use super::findings::findings;
use super::legend::Legend;
use super::scene::Scene;
use super::sheet::{MARGIN, page};
use super::view::{EdgeKind, Lanes, View};
use rows::{Row, paged, readable, rows, say_where};

/// Room for the names of the lanes.
const GUTTER: f64 = 124.0;
/// Room for the names of the stages.
const STAGE: f64 = 36.0;
/// Between rows of the score.
const BETWEEN: f64 = 26.0;
/// A row of the score has at most so many columns of steps, so that it can be read.
const COLUMNS: [usize; 6] = [usize::MAX, 8, 6, 7, 5, 4];
/// A journey of more steps than this is long.
const MANY: usize = 150;

/// What lines mean in a score.
const LINES: [(EdgeKind, &str); 5] = [
    (EdgeKind::Main, "main way"),
    (EdgeKind::Plain, "other way"),
    (EdgeKind::Failure, "something went wrong"),
    (EdgeKind::Back, "way back"),
    (EdgeKind::Cross, "sets another way going"),
];

/// Draws a journey in lanes, on as few pages as can be read with text of at least this size.
pub(super) fn draw(lanes: &Lanes, least: f64) -> Vec<Scene> {
    let mut best: Option<(usize, f64, Vec<Vec<Row>>)> = None;
    // A long journey is cut one way only.
    let tried = if lanes.view.nodes.len() > MANY { &COLUMNS[2..3] } else { &COLUMNS[..] };
    for &most in tried {
        let rows = rows(lanes, most, least);
        let is_whole = rows.len() == 1;
        let pages = paged(rows, least);
        let smallest =
            pages.iter().map(|rows| readable(&rows.iter().map(|row| row.size).collect::<Vec<_>>())).fold(f64::INFINITY, f64::min);
        if best
            .as_ref()
            .is_none_or(|(count, text, _)| if *text >= least { smallest >= least && pages.len() < *count } else { smallest > *text })
        {
            best = Some((pages.len(), smallest, pages));
        }
        // What can be read as a whole is not cut.
        if is_whole && smallest >= least {
            break;
        }
    }
    let mut pages = best.map(|(_, _, pages)| pages).unwrap_or_default();
    say_where(&mut pages);
    let count = pages.len();
    pages.iter().enumerate().map(|(index, rows)| one(&lanes.view, rows, (count > 1).then_some((index + 1, count)))).collect()
}

fn one(view: &View, rows: &[Row], number: Option<(usize, usize)>) -> Scene {
    let views: Vec<&View> = rows.iter().map(|row| &row.lanes.view).collect();
    let legend = Legend::lines(&LINES, &views).with_steps(&views).with_signs(&views);
    let wide = rows.iter().map(|row| row.size.0).fold(620.0, f64::max);
    let (mut scene, y) = page(&view.title, &view.goal, number, wide, format!("Who acts when, in {} stages", view.stages.len()));
    let (legend, (_, below)) = legend.draw(MARGIN, MARGIN, MARGIN + wide, y);
    scene.items.push(legend);
    let mut top = below + 6.0;
    for row in rows {
        scene.items.push(row.item(top));
        top += row.size.1 + BETWEEN;
    }
    scene.height = top - BETWEEN + MARGIN;
    // What belongs to no step is told on the first page.
    let general = view.marks.iter().filter(|_| number.is_none_or(|(page, _)| page == 1)).map(|mark| (mark, ""));
    let own =
        rows.iter().flat_map(|row| row.lanes.view.nodes.iter()).flat_map(|node| node.marks.iter().map(|mark| (mark, node.title.as_str())));
    if view.is_listed {
        findings(general.chain(own).collect(), &mut scene);
    }
    scene
}
