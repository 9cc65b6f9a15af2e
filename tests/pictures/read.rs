//! Reads a drawn SVG back: boxes, lines and labels as the file has them, not as the program meant them.

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

    /// How far a point of a line is from the rectangle, at the nearest; nothing where it is inside.
    pub(crate) fn distance(&self, (from, to): Piece) -> f64 {
        let (left, right) = (from.0.min(to.0), from.0.max(to.0));
        let (top, bottom) = (from.1.min(to.1), from.1.max(to.1));
        let x = (self.left - right).max(left - self.right).max(0.0);
        let y = (self.top - bottom).max(top - self.bottom).max(0.0);
        x.hypot(y)
    }
}

pub(crate) type Point = (f64, f64);
pub(crate) type Piece = (Point, Point);

#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) step: String,
    pub(crate) stage: usize,
    pub(crate) rect: Rect,
}

#[derive(Clone, Debug)]
pub(crate) struct Edge {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) kind: String,
    pub(crate) points: Vec<Point>,
    /// What must stand beside it.
    pub(crate) said: String,
    pub(crate) label: Option<Rect>,
}

impl Edge {
    pub(crate) fn pieces(&self) -> impl Iterator<Item = Piece> + '_ {
        self.points.windows(2).map(|two| (two[0], two[1]))
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Picture {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
    /// Stages with their names.
    pub(crate) stages: Vec<Rect>,
    pub(crate) titles: Vec<Rect>,
    /// Sizes of all text.
    pub(crate) sizes: Vec<f64>,
    /// Groups with a name for those who hear the picture.
    pub(crate) named: usize,
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

fn numbers(text: &str) -> Vec<f64> {
    text.split([' ', ',']).map(|number| number.parse().expect("a number")).collect()
}

fn rect(text: &str) -> Rect {
    let [x, y, w, h] = numbers(text)[..] else { panic!("a rectangle has four numbers: {text}") };
    Rect { left: x, top: y, right: x + w, bottom: y + h }
}

/// The picture in an SVG.
pub(crate) fn picture(svg: &str) -> Picture {
    let mut picture = Picture::default();
    let mut labels: Vec<(String, Rect)> = Vec::new();
    let mut edges: Vec<(String, Edge)> = Vec::new();
    for line in svg.lines() {
        let get = |name: &str| attribute(line, name);
        if line.starts_with("<svg") {
            picture.width = get("width").and_then(|width| width.parse().ok()).expect("a width");
            picture.height = get("height").and_then(|height| height.parse().ok()).expect("a height");
        } else if line.starts_with("<text") {
            picture.sizes.push(get("font-size").and_then(|size| size.parse().ok()).expect("a size"));
        } else if line.starts_with("<g") {
            picture.named += usize::from(get("aria-label").is_some());
            match get("class") {
                Some("node") => picture.nodes.push(Node {
                    step: get("data-step").expect("a step").to_owned(),
                    stage: get("data-stage").and_then(|stage| stage.parse().ok()).expect("a stage"),
                    rect: rect(get("data-rect").expect("a place")),
                }),
                Some("edge") => {
                    let flat = numbers(get("data-points").expect("corners"));
                    let points = flat.chunks(2).map(|two| (two[0], two[1])).collect();
                    let text = |name: &str| get(name).expect("an end").to_owned();
                    let edge = Edge {
                        from: text("data-from"),
                        to: text("data-to"),
                        kind: text("data-kind"),
                        said: text("data-label"),
                        points,
                        label: None,
                    };
                    edges.push((text("data-edge"), edge));
                }
                Some("label") => labels.push((get("data-edge").expect("an edge").to_owned(), rect(get("data-rect").expect("a place")))),
                Some("stage") => {
                    picture.stages.push(rect(get("data-rect").expect("a place")));
                    picture.titles.push(rect(get("data-title-rect").expect("a place")));
                }
                _ => {}
            }
        }
    }
    for (edge, label) in labels {
        let found = edges.iter_mut().find(|(index, _)| *index == edge).expect("a label has its line");
        found.1.label = Some(label);
    }
    picture.edges = edges.into_iter().map(|(_, edge)| edge).collect();
    picture
}
