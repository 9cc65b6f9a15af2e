//! The first rows of a picture: its title, who acts, and what each kind of line and step means.

use super::MARGIN;
use crate::diagram::legend::Legend;
use crate::diagram::palette::Ink;
use crate::diagram::scene::{Anchor, Item, Point};
use crate::diagram::sheet::text;
use crate::diagram::text::{Weight, width};
use crate::diagram::view::View;

/// Size of the title.
const SIZE: f64 = 20.0;
/// A narrow picture is made at least so wide for it.
const LEAST: f64 = 620.0;

/// The rows, as wide as the picture, and how far they reach to the right and down.
pub(super) fn header(view: &View, legend: &Legend, wide: f64) -> (Vec<Item>, (f64, f64)) {
    let title_width = width(&view.title, SIZE, Weight::SemiBold);
    let title = text(Point::new(MARGIN, MARGIN + 18.0), Anchor::Start, &view.title, SIZE, Weight::SemiBold, Ink::Text);
    let right = MARGIN + wide.max(LEAST);
    let beside = MARGIN + title_width + 28.0;
    // Beside the title where there is room for some of it, else below.
    let (first, top) = if beside + 260.0 < right { (beside, MARGIN + 5.0) } else { (MARGIN, MARGIN + 32.0) };
    let (legend, (reach, bottom)) = legend.draw(first, MARGIN, right, top);
    (vec![title, legend], (reach.max(MARGIN + title_width), bottom))
}
