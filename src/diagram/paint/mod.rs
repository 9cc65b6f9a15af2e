//! From a scene to a file.

mod fonts;
mod pdf;
mod png;
mod svg;

pub use fonts::Fonts;
pub use pdf::pdf;
pub use png::png;
pub use svg::{Carry, font_faces, svg};

/// Why a picture could not be written.
#[derive(Debug, thiserror::Error)]
pub enum PaintError {
    /// Our own SVG could not be read back.
    #[error("the picture could not be drawn: {0}")]
    Svg(String),
    /// Too large to draw dot by dot.
    #[error("the picture is too large to draw dot by dot: {width} x {height}; write it as SVG or PDF, or give a smaller --width")]
    TooLarge {
        /// Dots across.
        width: u32,
        /// Dots down.
        height: u32,
    },
    /// The PDF could not be put together.
    #[error("the PDF could not be written: {0}")]
    Pdf(String),
    /// The PNG could not be put together.
    #[error("the PNG could not be written: {0}")]
    Png(String),
}
