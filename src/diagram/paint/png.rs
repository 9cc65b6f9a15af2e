//! PNG: the SVG, drawn dot by dot.

use resvg::tiny_skia::{Pixmap, Transform};

use super::{Carry, Fonts, PaintError, svg};
use crate::diagram::palette::Theme;
use crate::diagram::scene::Scene;

/// More dots than this would take more memory than a picture is worth.
const MOST_DOTS: u64 = 200_000_000;

/// The scene as PNG, so many dots wide.
///
/// # Errors
/// Where the picture has too many dots.
pub fn png(scene: &Scene, theme: Theme, fonts: &Fonts, width: u32) -> Result<Vec<u8>, PaintError> {
    let tree = fonts.tree(&svg(scene, theme, Carry::Nothing))?;
    let scale = f64::from(width) / scene.width;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, and is checked next")]
    let height = (scene.height * scale).ceil().max(1.0) as u32;
    let too_large = PaintError::TooLarge { width, height };
    if u64::from(width) * u64::from(height) > MOST_DOTS {
        return Err(too_large);
    }
    let Some(mut dots) = Pixmap::new(width, height) else { return Err(too_large) };
    #[expect(clippy::cast_possible_truncation, reason = "a picture needs no more")]
    let scale = scale as f32;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut dots.as_mut());
    dots.encode_png().map_err(|error| PaintError::Png(error.to_string()))
}
