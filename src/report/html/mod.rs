//! The report as one HTML file that opens from the disk, offline: the sections, what is missing with filters, the walk, pictures.
//!
//! Every text is escaped; the security policy allows this page's own script and style and nothing else. Must not know: the plan.

mod escape;
mod findings;
mod sections;

use std::fmt::Write as _;

use base64::Engine as _;
use sha2::Digest as _;

use self::escape::{json, text};
use super::content::Report;
use super::document::Document;
use super::walk::Walk;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A drawing of the plan, to stand in the page.
#[derive(Clone, Copy, Debug)]
pub struct Picture<'a> {
    /// What it shows.
    pub title: &'a str,
    /// An SVG element, whole and safe to stand in a page: its texts are escaped, and it loads nothing.
    pub svg: &'a str,
}

/// The report as a page, with a drawing where there is one.
pub fn html(report: &Report, document: &Document, walk: &Walk, picture: Option<Picture<'_>>) -> String {
    let title = text(&document.title);
    let mut contents = String::new();
    let mut sections = String::new();
    let mut add = |id: &str, title: &str, body: String| {
        let _ = write!(contents, "<li><a href=\"#{id}\">{title}</a></li>");
        let _ =
            writeln!(sections, "<section id=\"{id}\" aria-labelledby=\"{id}-title\"><h2 id=\"{id}-title\">{title}</h2>{body}</section>");
    };
    for section in &document.sections {
        let body = if section.id == "missing" { findings::section(report) } else { sections::body(section) };
        add(section.id, section.title, body);
        if section.id == "readiness" {
            if let Some(picture) = picture {
                let shown = format!("<figure class=\"picture\"><figcaption>{}</figcaption>{}</figure>", text(picture.title), picture.svg);
                add("picture", "The picture", shown);
            }
            add("walk", "Walk the journey", WALK.to_owned());
        }
    }
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n\
         <header><h1>{title}</h1></header>\n<nav aria-label=\"Contents\"><details open><summary>Contents</summary><ol>{contents}</ol></details></nav>\n\
         <main id=\"main\" tabindex=\"-1\">\n{sections}</main>\n<script type=\"application/json\" id=\"plan\">{data}</script>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
        policy = policy(picture.map(|picture| picture.svg)),
        data = json(walk),
    )
}

/// What stands where the script builds the walk; read where scripts are off.
const WALK: &str = "<div id=\"walker\"><p class=\"note\">The walk needs JavaScript, which is off here.</p></div>";

/// Nothing is loaded from anywhere; only this script runs, and only these styles count.
fn policy(svg: Option<&str>) -> String {
    let mut styles = vec![hash(STYLE)];
    for style in svg.into_iter().flat_map(|svg| svg.split("<style>").skip(1)) {
        styles.extend(style.split("</style>").next().map(hash));
    }
    let fonts = if svg.is_some() { "; font-src data:; img-src data:" } else { "" };
    let script = hash(SCRIPT);
    format!("default-src 'none'; script-src {script}; style-src {}{fonts}; base-uri 'none'; form-action 'none'", styles.join(" "))
}

fn hash(text: &str) -> String {
    format!("'sha256-{}'", base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(text.as_bytes())))
}
