//! PDF: one page for each scene, with text that can be selected and searched.

use krilla::Document;
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt as _, SvgSettings};

use super::{Carry, Fonts, PaintError, svg};
use crate::diagram::palette::Theme;
use crate::diagram::scene::Scene;

/// The scenes as PDF.
///
/// # Errors
/// Where the picture cannot be read back or the file not be put together: a fault of the program.
pub fn pdf(scenes: &[Scene], theme: Theme, fonts: &Fonts) -> Result<Vec<u8>, PaintError> {
    let mut document = Document::new();
    let title = scenes.first().map(|scene| scene.title.clone()).unwrap_or_default();
    document.set_metadata(Metadata::new().title(title).creator("flowcheck".to_owned()));
    for scene in scenes {
        let tree = fonts.tree(&svg(scene, theme, Carry::Nothing))?;
        let size = tree.size();
        let settings = PageSettings::from_wh(size.width(), size.height());
        let (Some(settings), Some(area)) = (settings, Size::from_wh(size.width(), size.height())) else {
            return Err(PaintError::Pdf("a page without a size".to_owned()));
        };
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        surface.draw_svg(&tree, area, SvgSettings::default());
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|error| PaintError::Pdf(format!("{error:?}")))
}
