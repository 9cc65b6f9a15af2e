//! The report as one HTML file that opens from the disk, offline: the sections, what is missing with filters, the walk, pictures.
//!
//! Every text is escaped; the security policy allows this page's own script and style and nothing else. Must not know: the plan.

mod escape;
mod findings;
mod pictures;
mod sections;

use std::fmt::Write as _;

use base64::Engine as _;
use sha2::Digest as _;

use self::escape::{json, text};
use super::content::Report;
use super::document::Document;
use super::pictures::View;
use super::walk::Walk;

const STYLE: &str = include_str!("page/page.css");

/// The files of the script, as one module.
const SCRIPT: &str = concat!(
    include_str!("page/elements.js"),
    include_str!("page/moment.js"),
    include_str!("page/events.js"),
    include_str!("page/choices.js"),
    include_str!("page/ends.js"),
    include_str!("page/walker.js"),
    include_str!("page/replay.js"),
    include_str!("page/filters.js"),
    include_str!("page/frames.js"),
    include_str!("page/about.js"),
    include_str!("page/where.js"),
    include_str!("page/start.js"),
);

/// What a page of a preview does besides.
const NEWS: &str = include_str!("page/news.js");

/// What stands in a page.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// What the report says.
    pub report: &'a Report,
    /// The same in order.
    pub document: &'a Document,
    /// What can be walked.
    pub walk: &'a Walk,
    /// The pictures, view by view.
    pub views: &'a [View],
    /// In a preview, its number: the page asks its server for news and gives way to the next one. A file asks nobody.
    pub edition: Option<u64>,
}

/// The report as a page.
pub fn html(page: &Page<'_>) -> String {
    let Page { report, document, walk, views, edition } = *page;
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
            if !views.is_empty() {
                add("picture", "The picture", pictures::section(views));
            }
            add("walk", "Walk the journey", WALK.to_owned());
        }
    }
    let script = format!("{SCRIPT}{}", if edition.is_some() { NEWS } else { "" });
    let style = format!("{STYLE}{}", if views.is_empty() { String::new() } else { pictures::style() });
    let number = edition.map(|edition| format!(" data-edition=\"{edition}\"")).unwrap_or_default();
    format!(
        "<!doctype html>\n<html lang=\"en\"{number}>\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n\
         <header><h1>{title}</h1></header>\n<nav aria-label=\"Contents\"><details open><summary>Contents</summary><ol>{contents}</ol></details></nav>\n\
         <main id=\"main\" tabindex=\"-1\">\n{sections}</main>\n<script type=\"application/json\" id=\"plan\">{data}</script>\n<script type=\"module\">{script}</script>\n</body>\n</html>\n",
        policy = policy(&script, &style, !views.is_empty(), edition.is_some()),
        data = json(walk),
    )
}

/// What stands where the script builds the walk; read where scripts are off.
const WALK: &str = "<div id=\"walker\"><p class=\"note\">The walk needs JavaScript, which is off here.</p></div>";

/// Nothing is loaded from anywhere; only this script runs, and only these styles count.
fn policy(script: &str, style: &str, has_pictures: bool, asks_for_news: bool) -> String {
    let fonts = if has_pictures { "; font-src data:" } else { "" };
    let news = if asks_for_news { "; connect-src 'self'" } else { "" };
    let (script, style) = (hash(script), hash(style));
    format!("default-src 'none'; script-src {script}; style-src {style}{fonts}{news}; base-uri 'none'; form-action 'none'")
}

fn hash(text: &str) -> String {
    format!("'sha256-{}'", base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(text.as_bytes())))
}
