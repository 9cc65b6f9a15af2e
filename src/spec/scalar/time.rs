//! Lengths of time, and days.

use serde_json::Value as Data;

use super::{GAP, text_form};
use crate::source::Span;
use crate::spec::fault::FaultKind;
use crate::spec::form::{Form, Lowering, Scalar, Shape};
use crate::spec::tree::{Node, Value};

/// A length of time: `30s`, `15m`, `2h`, `7d`.
#[derive(Clone, Debug, Default, Eq)]
pub struct Duration {
    /// In seconds.
    pub seconds: u64,
    /// As written.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl Duration {
    fn parse(text: &str, span: Span, cx: &mut Lowering) -> Option<Self> {
        if let Some(seconds) = seconds(text) {
            return Some(Self { seconds, text: text.to_owned(), span });
        }
        cx.fault(span, FaultKind::BadDuration { text: text.to_owned(), meant: meant_duration(text) });
        None
    }
}

text_form!(Duration, "a duration", "string", "^[0-9]+[smhd]$", "15m");

/// The seconds of `15m`; nothing when the text is no duration.
fn seconds(text: &str) -> Option<u64> {
    let unit = match text.chars().last()? {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => return None,
    };
    let digits = &text[..text.len() - 1];
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.parse::<u64>().ok()?.checked_mul(unit))
        .flatten()
}

/// Whether somebody who wrote this meant a length of time, rightly written or not: a number and, if anything, a unit.
pub(in crate::spec) fn is_like_duration(text: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let unit = text.trim_start_matches(number).trim_start_matches([' ', '-']).to_lowercase();
    text.starts_with(|c: char| c.is_ascii_digit()) && (unit.is_empty() || UNITS.iter().any(|(words, ..)| words.contains(&unit.as_str())))
}

/// Units as people write them, each with the number and letter that the language has for it.
const UNITS: [(&[&str], u64, char); 7] = [
    (&["s", "sec", "secs", "second", "seconds"], 1, 's'),
    (&["m", "min", "mins", "minute", "minutes"], 1, 'm'),
    (&["h", "hr", "hrs", "hour", "hours"], 1, 'h'),
    (&["d", "day", "days"], 1, 'd'),
    (&["w", "wk", "week", "weeks"], 7, 'd'),
    (&["mo", "month", "months"], 30, 'd'),
    (&["y", "year", "years"], 365, 'd'),
];

fn meant_duration(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let count: u64 = digits.parse().ok()?;
    let unit = text[digits.len()..].trim_start_matches([' ', '-']);
    let (_, factor, letter) = UNITS.iter().find(|(words, ..)| words.contains(&unit))?;
    Some(format!("{}{letter}", count.checked_mul(*factor)?))
}

/// A day: `2026-12-31`.
#[derive(Clone, Debug, Default, Eq)]
pub struct Date {
    /// The day.
    pub date: jiff::civil::Date,
    /// Where it stands.
    pub span: Span,
}

impl Date {
    fn parse(text: &str, span: Span, cx: &mut Lowering) -> Option<Self> {
        if text.len() == 10
            && let Ok(date) = text.parse()
        {
            return Some(Self { date, span });
        }
        let kind = FaultKind::WrongType { found: format!("`{text}`"), expected: "a day".to_owned(), example: "2026-12-31".to_owned() };
        cx.fault(span, kind);
        None
    }
}

text_form!(Date, "a day", "string", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "2026-12-31");

impl std::fmt::Display for Duration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

// The same when it says the same, wherever it stands.
impl PartialEq for Duration {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.date.fmt(f)
    }
}

// The same when it says the same, wherever it stands.
impl PartialEq for Date {
    fn eq(&self, other: &Self) -> bool {
        self.date == other.date
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(seconds("15m"), Some(900));
        assert_eq!(seconds("m"), None);
        assert_eq!(seconds("99999999999999999999d"), None);
        assert_eq!(meant_duration("15 minutes").as_deref(), Some("15m"));
        assert_eq!(meant_duration("2 weeks").as_deref(), Some("14d"));
        assert_eq!(meant_duration("soon"), None);
    }
}
