//! Texts and data made safe to stand in a page.

use std::fmt::Write as _;

/// A text in which nothing is markup, in an element or in a quoted attribute.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// A text with what stands in backticks as code.
pub(super) fn inline(from: &str) -> String {
    let mut out = String::with_capacity(from.len());
    let mut rest = from;
    while let Some((before, after)) = rest.split_once('`') {
        out.push_str(&text(before));
        match after.split_once('`') {
            Some((code, after)) if !code.is_empty() && code.trim() == code => {
                let _ = write!(out, "<code>{}</code>", text(code));
                rest = after;
            }
            _ => {
                out.push('`');
                rest = after;
            }
        }
    }
    out.push_str(&text(rest));
    out
}

/// Data as JSON that cannot end the element it stands in.
pub(super) fn json(data: &impl serde::Serialize) -> String {
    let json = serde_json::to_string(data).expect("plain data is always JSON");
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}
