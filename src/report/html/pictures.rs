//! The pictures in the page, and the style that gives them their colours and their font.

use super::escape::text;
use crate::diagram::paint::font_faces;
use crate::diagram::palette::Theme;
use crate::report::pictures::{Picture, View};

/// The views one after the other; the script shows one at a time.
pub(super) fn section(views: &[View]) -> String {
    let view = |view: &View| {
        let pictures: String = view.pictures.iter().map(picture).collect();
        format!("<div class=\"view\" id=\"view-{}\"><h3>{}</h3>{pictures}</div>", view.id, view.title)
    };
    format!("<div class=\"views\">{}</div>", views.iter().map(view).collect::<String>())
}

fn picture(picture: &Picture) -> String {
    format!("<div class=\"frame\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">{}</div>", text(&picture.title), picture.svg)
}

/// One picture serves every ground: its colours are declared for each.
pub(super) fn style() -> String {
    let [light, dark, print] = [Theme::Light, Theme::Dark, Theme::Print].map(Theme::variables);
    let dark = format!("@media (prefers-color-scheme:dark){{:root{{{dark}}}}}");
    format!("{}:root{{{light}}}{dark}@media print{{:root{{{print}}}}}", font_faces())
}
