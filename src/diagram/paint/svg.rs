//! SVG: plain shapes and plain text, nothing that a slide program or a PDF reader would leave out.

use std::fmt::Write as _;

use crate::diagram::palette::{Ink, Theme};
use crate::diagram::scene::{Anchor, Area, Group, Head, Item, Line, Outline, Point, Scene, Text};
use crate::diagram::text::Weight;

/// What an SVG carries besides its shapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carry {
    /// The font, so that a browser draws what was measured.
    Font,
    /// Nothing.
    Nothing,
}

/// Families that draw Chinese, Japanese and Korean like Inter draws Latin, where a browser has them.
const FAMILIES: &str = "Inter, 'PingFang SC', 'Hiragino Sans', 'Apple SD Gothic Neo', 'Microsoft YaHei', 'Yu Gothic', 'Malgun Gothic', \
                        'Noto Sans CJK SC', 'Noto Sans SC', 'Noto Sans', sans-serif";

/// The scene as SVG.
pub fn svg(scene: &Scene, theme: Theme, carry: Carry) -> String {
    let mut out = Writer { out: String::with_capacity(1 << 16), theme };
    out.scene(scene, carry);
    out.out
}

/// The font as a style sheet names it, for a page that carries it once for all its pictures.
pub fn font_faces() -> String {
    let face = |weight: Weight| {
        let (number, font) = (weight.number(), base64(weight.web_font()));
        format!("@font-face{{font-family:Inter;font-weight:{number};src:url(data:font/woff2;base64,{font})format(\"woff2\")}}")
    };
    [Weight::Medium, Weight::SemiBold].map(face).concat()
}

struct Writer {
    out: String,
    theme: Theme,
}

impl Writer {
    fn scene(&mut self, scene: &Scene, carry: Carry) {
        let (width, height) = (number(scene.width), number(scene.height));
        let _ = writeln!(
            self.out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             font-family=\"{FAMILIES}\" font-size=\"14\" font-weight=\"500\" role=\"group\" aria-label=\"{}\">",
            escaped(&scene.title)
        );
        let _ = writeln!(self.out, "<title>{}</title>", escaped(&scene.title));
        if !scene.description.is_empty() {
            let _ = writeln!(self.out, "<desc>{}</desc>", escaped(&scene.description));
        }
        if carry == Carry::Font {
            let _ = write!(self.out, "<style>{}</style>", font_faces());
        }
        let _ = writeln!(self.out, "<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>", self.theme.color(Ink::Canvas));
        for item in &scene.items {
            self.item(item);
        }
        self.out.push_str("</svg>\n");
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Group(group) => self.group(group),
            Item::Area(area) => self.area(area),
            Item::Line(line) => self.line(line),
            Item::Text(text) => self.text(text),
        }
    }

    fn group(&mut self, group: &Group) {
        let _ = write!(self.out, "<g class=\"{}\"", group.class);
        for (name, value) in &group.data {
            let _ = write!(self.out, " data-{name}=\"{}\"", escaped(value));
        }
        if group.name.is_empty() {
            self.out.push_str(">\n");
        } else {
            let name = escaped(&group.name);
            let _ = writeln!(self.out, " role=\"img\" aria-label=\"{name}\"><title>{name}</title>");
        }
        for item in &group.items {
            self.item(item);
        }
        self.out.push_str("</g>\n");
    }

    fn area(&mut self, area: &Area) {
        let _ = match &area.outline {
            Outline::Rect(rect, radius) => {
                let (x, y, w, h) = (number(rect.x), number(rect.y), number(rect.w), number(rect.h));
                write!(self.out, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{}\"", number(*radius))
            }
            Outline::Polygon(points) => write!(self.out, "<polygon points=\"{}\"", places(points)),
            Outline::Circle(center, radius) => {
                write!(self.out, "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"", number(center.x), number(center.y), number(*radius))
            }
        };
        let _ = write!(self.out, " fill=\"{}\"", area.fill.map_or("none", |ink| self.theme.color(ink)));
        if let Some((ink, width)) = area.edge {
            let _ = write!(self.out, " stroke=\"{}\" stroke-width=\"{}\"", self.theme.color(ink), number(width));
            self.dash(area.dash);
        }
        self.out.push_str("/>\n");
    }

    fn dash(&mut self, dash: &[f64]) {
        if !dash.is_empty() {
            let lengths: Vec<String> = dash.iter().map(|length| number(*length)).collect();
            let _ = write!(self.out, " stroke-dasharray=\"{}\"", lengths.join(" "));
        }
    }

    fn line(&mut self, line: &Line) {
        let ink = self.theme.color(line.ink);
        let _ = write!(self.out, "<path d=\"{}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"{}\"", rounded(line), number(line.width));
        self.dash(line.dash);
        self.out.push_str("/>\n");
        let [.., before, tip] = line.points.as_slice() else { return };
        if line.head == Head::None {
            return;
        }
        let head = places(&arrow(*before, *tip, 4.0 + line.width * 2.0, 2.5 + line.width));
        let _ = match line.head {
            Head::Open => writeln!(
                self.out,
                "<polyline points=\"{head}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"{}\" stroke-linejoin=\"round\"/>",
                number(line.width)
            ),
            _ => writeln!(self.out, "<polygon points=\"{head}\" fill=\"{ink}\"/>"),
        };
    }

    fn text(&mut self, text: &Text) {
        let anchor = match text.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let weight = match text.weight {
            Weight::Medium => String::new(),
            Weight::SemiBold => format!(" font-weight=\"{}\"", text.weight.number()),
        };
        let _ = writeln!(
            self.out,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight}{anchor} fill=\"{}\">{}</text>",
            number(text.at.x),
            number(text.at.y),
            number(text.size),
            self.theme.color(text.ink),
            escaped(&text.text)
        );
    }
}

/// At most two decimals, and none that say nothing: short, and the same everywhere.
fn number(value: f64) -> String {
    let mut text = format!("{value:.2}");
    if text.contains('.') {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    if text == "-0" { "0".to_owned() } else { text }
}

fn places(points: &[Point]) -> String {
    let places: Vec<String> = points.iter().map(|point| format!("{},{}", number(point.x), number(point.y))).collect();
    places.join(" ")
}

fn towards(from: Point, to: Point, by: f64) -> Point {
    let length = (to.x - from.x).hypot(to.y - from.y);
    if length == 0.0 { from } else { Point::new(from.x + (to.x - from.x) * by / length, from.y + (to.y - from.y) * by / length) }
}

/// The line with round corners; a full arrow covers its last bit.
fn rounded(line: &Line) -> String {
    let mut points = line.points.clone();
    if line.head == Head::Full
        && let [.., before, tip] = points.as_mut_slice()
    {
        *tip = towards(*tip, *before, 2.0 + line.width);
    }
    let mut path = String::new();
    for (index, point) in points.iter().enumerate() {
        let around = (index > 0).then(|| points.get(index + 1).map(|after| (points[index - 1], *after))).flatten();
        let _ = match around {
            None => write!(path, "{}{} {}", if index == 0 { "M" } else { " L" }, number(point.x), number(point.y)),
            Some((before, after)) => {
                let near = |other: Point| (other.x - point.x).hypot(other.y - point.y) / 2.0;
                let radius = line.radius.min(near(before)).min(near(after));
                let (start, end) = (towards(*point, before, radius), towards(*point, after, radius));
                let [sx, sy, px, py, ex, ey] = [start.x, start.y, point.x, point.y, end.x, end.y].map(number);
                write!(path, " L{sx} {sy} Q{px} {py} {ex} {ey}")
            }
        };
    }
    path
}

fn arrow(before: Point, tip: Point, length: f64, half_width: f64) -> [Point; 3] {
    let base = towards(tip, before, length);
    let (dx, dy) = ((base.x - tip.x) / length, (base.y - tip.y) / length);
    let aside = |side: f64| Point::new(base.x - dy * half_width * side, base.y + dx * half_width * side);
    [aside(1.0), tip, aside(-1.0)]
}

/// Text as XML takes it; signs that XML forbids are shown as unknown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..'\u{20}' | '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            _ => out.push(character),
        }
    }
    out
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place > chunk.len() { '=' } else { char::from(sign) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{base64, escaped, number};

    #[test]
    fn bytes_as_text() {
        for (bytes, text) in [(&b"Man"[..], "TWFu"), (b"Ma", "TWE="), (b"M", "TQ=="), (b"", "")] {
            assert_eq!(base64(bytes), text);
        }
    }

    #[test]
    fn numbers_are_short() {
        for (value, text) in [(1.0, "1"), (1.5, "1.5"), (0.125, "0.12"), (-0.001, "0"), (100.0, "100")] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn text_cannot_break_out_of_the_picture() {
        assert_eq!(escaped("<a href=\"x\">&\u{1}\n"), "&lt;a href=&quot;x&quot;&gt;&amp;\u{FFFD} ");
    }
}
