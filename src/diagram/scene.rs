//! A picture as boxes, lines and texts at their places, before it becomes a file.
//!
//! Must not know: plans, formats, what a colour looks like.

use super::palette::Ink;
use super::text::Weight;

/// A point; y grows downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

impl Point {
    /// At these places.
    pub fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Rect {
    /// From its left and top edges and its size.
    pub fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x, y, w, h }
    }

    /// The right edge.
    pub fn right(&self) -> f64 {
        self.x + self.w
    }

    /// The bottom edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.h
    }

    /// The middle.
    pub fn center(&self) -> Point {
        Point::new(self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    /// Larger by so much on every side.
    #[must_use]
    pub fn grown(&self, by: f64) -> Self {
        Self::new(self.x - by, self.y - by, self.w + 2.0 * by, self.h + 2.0 * by)
    }

    /// Whether the two have more than an edge in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }
}

/// A finished picture, one page.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// What it shows, for those who hear it.
    pub title: String,
    /// What is in it, in a sentence.
    pub description: String,
    /// What is drawn, the lowest first.
    pub items: Vec<Item>,
    /// What people should know about the picture and cannot see in it, a sentence each.
    pub notes: Vec<String>,
}

/// Something drawn.
#[derive(Clone, Debug)]
pub enum Item {
    /// Several things that are one for those who hear the picture.
    Group(Group),
    /// An area.
    Area(Area),
    /// A line.
    Line(Line),
    /// One line of text.
    Text(Text),
}

/// Several things that are one: a step, a way, a stage.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// What it is: `node`, `edge`, `stage`, `label`.
    pub class: &'static str,
    /// Data about it that tools and tests read, written as `data-name="value"`.
    pub data: Vec<(&'static str, String)>,
    /// Its name, for those who hear the picture; empty for what is only ornament.
    pub name: String,
    /// What is in it.
    pub items: Vec<Item>,
}

/// The outline of an area.
#[derive(Clone, Debug)]
pub enum Outline {
    /// A rectangle with round corners.
    Rect(Rect, f64),
    /// Straight edges.
    Polygon(Vec<Point>),
    /// A circle.
    Circle(Point, f64),
}

/// An area.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its outline.
    pub outline: Outline,
    /// What fills it.
    pub fill: Option<Ink>,
    /// What draws its edge, and how wide.
    pub edge: Option<(Ink, f64)>,
    /// Dashes of the edge; empty for none.
    pub dash: &'static [f64],
}

/// A line of straight pieces.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its corners.
    pub points: Vec<Point>,
    /// Its colour.
    pub ink: Ink,
    /// How wide it is.
    pub width: f64,
    /// Dashes; empty for none.
    pub dash: &'static [f64],
    /// How round its corners are.
    pub radius: f64,
    /// What stands at its end.
    pub head: Head,
}

/// What stands at the end of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Head {
    /// Nothing.
    #[default]
    None,
    /// A filled arrow.
    Full,
    /// An open arrow.
    Open,
}

/// Where the given place lies in a line of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// At its left.
    #[default]
    Start,
    /// In its middle.
    Middle,
    /// At its right.
    End,
}

/// One line of text.
#[derive(Clone, Debug)]
pub struct Text {
    /// Its place: `anchor` says where in the line, and y is the base line.
    pub at: Point,
    /// Where the place lies in the line.
    pub anchor: Anchor,
    /// The text.
    pub text: String,
    /// Its size.
    pub size: f64,
    /// Its weight.
    pub weight: Weight,
    /// Its colour.
    pub ink: Ink,
}
