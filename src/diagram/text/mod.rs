//! Text with the real font: how wide it is, where it breaks.
//!
//! What Inter does not hold is measured by rule, so that a picture has the same shape on every machine, whatever fonts are there.

mod wrap;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use rustybuzz::{Direction, Face, ShapePlan, UnicodeBuffer, script};

pub use wrap::wrap;

/// How heavy text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Weight {
    /// For most text.
    #[default]
    Medium,
    /// For headings.
    SemiBold,
}

impl Weight {
    /// The number that fonts and SVG use.
    pub fn number(self) -> u16 {
        match self {
            Self::Medium => 500,
            Self::SemiBold => 600,
        }
    }

    /// The font that is measured and drawn.
    pub fn font(self) -> &'static [u8] {
        match self {
            Self::Medium => include_bytes!("../font/Inter-Medium.ttf"),
            Self::SemiBold => include_bytes!("../font/Inter-SemiBold.ttf"),
        }
    }

    /// The small font that an SVG carries.
    pub fn web_font(self) -> &'static [u8] {
        match self {
            Self::Medium => include_bytes!("../font/Inter-Medium-latin.woff2"),
            Self::SemiBold => include_bytes!("../font/Inter-SemiBold-latin.woff2"),
        }
    }

    fn loaded(self) -> &'static Loaded {
        static MEDIUM: LazyLock<Loaded> = LazyLock::new(|| Loaded::new(Weight::Medium));
        static SEMI_BOLD: LazyLock<Loaded> = LazyLock::new(|| Loaded::new(Weight::SemiBold));
        match self {
            Self::Medium => &MEDIUM,
            Self::SemiBold => &SEMI_BOLD,
        }
    }
}

/// A font with what is needed again and again.
struct Loaded {
    face: Face<'static>,
    latin: ShapePlan,
    units_per_em: f64,
}

impl Loaded {
    fn new(weight: Weight) -> Self {
        let face = Face::from_slice(weight.font(), 0).expect("the font that is built in can be read");
        let latin = ShapePlan::new(&face, Direction::LeftToRight, Some(script::LATIN), None, &[]);
        let units_per_em = f64::from(face.units_per_em());
        Self { face, latin, units_per_em }
    }

    fn shaped(&self, text: &str) -> f64 {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let glyphs = if buffer.script() == script::LATIN && buffer.direction() == Direction::LeftToRight {
            rustybuzz::shape_with_plan(&self.face, &self.latin, buffer)
        } else {
            rustybuzz::shape(&self.face, &[], buffer)
        };
        glyphs.glyph_positions().iter().map(|glyph| f64::from(glyph.x_advance)).sum::<f64>() / self.units_per_em
    }
}

/// Whether Inter holds a character.
pub fn is_covered(character: char) -> bool {
    Weight::Medium.loaded().face.glyph_index(character).is_some()
}

/// How wide a line of text is.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    thread_local!(static KNOWN: RefCell<HashMap<(String, Weight), f64>> = RefCell::default());
    KNOWN.with_borrow_mut(|known| {
        let key = (text.to_owned(), weight);
        *known.entry(key).or_insert_with(|| ems(text, weight)) * size
    })
}

fn ems(text: &str, weight: Weight) -> f64 {
    let font = weight.loaded();
    let mut total = 0.0;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_own = is_covered(first);
        let end = rest.find(|next| is_covered(next) != is_own).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        total += if is_own { font.shaped(run) } else { run.chars().map(foreign).sum() };
        rest = after;
    }
    total
}

/// How wide a character is that another font draws: a full square in Chinese, Japanese and Korean, and no more than this elsewhere.
fn foreign(character: char) -> f64 {
    let mut utf8 = [0; 4];
    match textwrap::core::display_width(character.encode_utf8(&mut utf8)) {
        0 => 0.0,
        1 => 0.72,
        _ if matches!(character, '\u{1F000}'..) => 1.3,
        _ => 1.0,
    }
}
