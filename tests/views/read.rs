//! Reads a drawn SVG back, whatever it shows: its groups with their places, its texts with the room they take, its lines.

use flowcheck::diagram::text::{Weight, width};

use crate::notations::tools::decoded;

/// A rectangle: left, top, right, bottom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rect {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Rect {
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether a piece of a line, level or upright, runs through it, further in than `by`.
    pub(crate) fn is_crossed(&self, (from, to): ((f64, f64), (f64, f64)), by: f64) -> bool {
        let piece = Self { left: from.0.min(to.0), top: from.1.min(to.1), right: from.0.max(to.0), bottom: from.1.max(to.1) };
        let (left, top, right, bottom) = (self.left + by, self.top + by, self.right - by, self.bottom - by);
        left < piece.right && piece.left < right && top < piece.bottom && piece.top < bottom
    }

    /// Whether another one lies inside, but for half a dot.
    pub(crate) fn holds(&self, other: &Self) -> bool {
        let by = 0.5;
        self.left <= other.left + by && self.top <= other.top + by && other.right <= self.right + by && other.bottom <= self.bottom + by
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) class: String,
    pub(crate) name: Option<String>,
    pub(crate) rect: Option<Rect>,
    /// The corners of a line.
    pub(crate) points: Vec<(f64, f64)>,
    /// The groups it lies in, itself the last.
    pub(crate) within: Vec<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) said: String,
    pub(crate) size: f64,
    pub(crate) rect: Rect,
    /// The groups it lies in, the innermost last.
    pub(crate) within: Vec<usize>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) title: String,
    pub(crate) groups: Vec<Group>,
    pub(crate) texts: Vec<Text>,
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

fn number(tag: &str, name: &str) -> f64 {
    attribute(tag, name).and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{name} of {tag}"))
}

fn rect(text: &str) -> Rect {
    let numbers: Vec<f64> = text.split(' ').map(|number| number.parse().expect("a number")).collect();
    let [x, y, w, h] = numbers[..] else { panic!("a rectangle has four numbers: {text}") };
    Rect { left: x, top: y, right: x + w, bottom: y + h }
}

fn points(text: &str) -> Vec<(f64, f64)> {
    let one = |pair: &str| pair.split_once(',').map(|(x, y)| (x.parse().expect("a number"), y.parse().expect("a number")));
    text.split(' ').map(|pair| one(pair).expect("two numbers")).collect()
}

/// The page in an SVG.
pub(crate) fn page(svg: &str) -> Page {
    let mut page = Page::default();
    let mut within: Vec<usize> = Vec::new();
    for line in svg.lines() {
        let tag = line.split_once('>').map_or(line, |(tag, _)| tag);
        if tag.starts_with("<svg") {
            (page.width, page.height) = (number(tag, "width"), number(tag, "height"));
            page.title = decoded(attribute(tag, "aria-label").expect("a title"));
        } else if tag.starts_with("<g ") {
            within.push(page.groups.len());
            page.groups.push(Group {
                class: attribute(tag, "class").expect("a class").to_owned(),
                name: attribute(tag, "aria-label").map(decoded),
                rect: attribute(tag, "data-rect").map(rect),
                points: attribute(tag, "data-points").map(points).unwrap_or_default(),
                within: within.clone(),
            });
        } else if tag.starts_with("</g") {
            within.pop().expect("a group to end");
        } else if tag.starts_with("<text") {
            page.texts.push(text(line, tag, &within));
        }
    }
    assert!(within.is_empty(), "groups end");
    page
}

fn text(line: &str, tag: &str, within: &[usize]) -> Text {
    let (_, after) = line.split_once('>').expect("the end of a tag");
    let said = decoded(after.split_once("</text>").expect("the end of a text").0);
    let size = number(tag, "font-size");
    let weight = if attribute(tag, "font-weight") == Some("600") { Weight::SemiBold } else { Weight::Medium };
    let (x, y, wide) = (number(tag, "x"), number(tag, "y"), width(&said, size, weight));
    let left = match attribute(tag, "text-anchor") {
        Some("middle") => x - wide / 2.0,
        Some("end") => x - wide,
        _ => x,
    };
    // Capitals rise to 0.73 of the size, tails hang down to 0.21.
    let rect = Rect { left, top: y - 0.75 * size, right: left + wide, bottom: y + 0.22 * size };
    Text { said, size, rect, within: within.to_vec() }
}
