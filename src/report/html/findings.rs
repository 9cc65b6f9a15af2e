//! What is missing, one card each, with filters by level and area.

use std::fmt::Write as _;

use super::escape::{inline, text};
use crate::finding::Level;
use crate::report::content::{Area, Gap, Report};

/// The filters and the cards.
pub(super) fn section(report: &Report) -> String {
    let mut out = String::from("<form class=\"filters\" id=\"filters\" hidden>");
    let levels = [Level::Error, Level::Warning, Level::Info].map(|level| (level.word(), count(report, |gap| gap.level == level)));
    let areas = Area::ALL.map(|area| (area.word(), count(report, |gap| gap.area == area)));
    out.push_str(&filters("Level", "level", &levels));
    out.push_str(&filters("Area", "area", &areas));
    out.push_str("</form><p id=\"shown\" role=\"status\"></p><ol class=\"gaps\">");
    for (index, gap) in report.gaps.iter().enumerate() {
        out.push_str(&card(index, gap));
    }
    out.push_str("</ol>");
    out
}

fn count(report: &Report, is_wanted: impl Fn(&Gap) -> bool) -> usize {
    report.gaps.iter().filter(|gap| is_wanted(gap)).count()
}

/// Boxes to tick for what there is.
fn filters(legend: &str, name: &str, values: &[(&str, usize)]) -> String {
    let boxes = values.iter().filter(|(_, number)| *number > 0).map(|(value, number)| {
        format!("<label><input type=\"checkbox\" name=\"{name}\" value=\"{value}\" checked> {value} <span>{number}</span></label>")
    });
    format!("<fieldset><legend>{legend}</legend>{}</fieldset>", boxes.collect::<String>())
}

fn card(index: usize, gap: &Gap) -> String {
    let mut out = format!(
        "<li class=\"gap {level}\" tabindex=\"-1\" data-level=\"{level}\" data-area=\"{area}\"><p class=\"tags\"><b class=\"number\">{number}</b> <b class=\"level\">{level}</b> <span>{area}</span>",
        level = gap.level.word(),
        area = gap.area.word(),
        number = index + 1,
    );
    if let Some((_, stage)) = &gap.stage {
        let _ = write!(out, " <span>stage {}</span>", text(stage));
    }
    if !gap.journey.is_empty() {
        let _ = write!(out, " <span>{}</span>", text(&gap.journey));
    }
    let _ = write!(out, "</p><h3>{}</h3><p>{}</p>", inline(&gap.message), inline(&gap.why));
    if !gap.help.is_empty() {
        let _ = write!(out, "<details><summary>What to write</summary><pre>{}</pre></details>", text(&gap.help));
    }
    if gap.path.iter().any(|step| step.at.is_some()) {
        let steps = gap.path.iter().map(|step| {
            let cause = if step.cause.is_empty() { String::new() } else { format!("<i>{}</i> → ", text(&step.cause)) };
            format!("<li>{cause}<code>{}</code></li>", text(&step.step))
        });
        let _ = write!(out, "<ol class=\"path\" aria-label=\"The way there\">{}</ol>", steps.collect::<String>());
        let _ = write!(out, "<p><button type=\"button\" class=\"replay\" data-path=\"{index}\" hidden>Walk this way</button></p>");
    }
    let _ = write!(out, "<p class=\"place\"><code>{}</code> at {}</p></li>", gap.rule, text(&gap.place));
    out
}
