//! Ready-made YAML for the help of findings.

use std::fmt::Write as _;

/// Stands where only the planner knows what to write.
pub(super) const OPEN: &str = "..";

/// Lines below a row of keys, each key below the one before.
pub(super) fn under<K: AsRef<str>>(keys: &[K], lines: impl IntoIterator<Item = String>) -> String {
    let mut text = String::new();
    for (depth, key) in keys.iter().enumerate() {
        let _ = writeln!(text, "{:1$}{key}:", "", depth * 2, key = key.as_ref());
    }
    for line in lines {
        let _ = writeln!(text, "{:1$}{line}", "", keys.len() * 2);
    }
    text.trim_end().to_owned()
}

/// `on:` with what follows each outcome, as lines.
pub(super) fn answers<N: AsRef<str>>(outcomes: impl IntoIterator<Item = (N, impl AsRef<str>)>) -> Vec<String> {
    let mut lines: Vec<String> = outcomes.into_iter().map(|(outcome, to)| format!("  {}", entry(outcome.as_ref(), to.as_ref()))).collect();
    if !lines.is_empty() {
        lines.insert(0, "on:".to_owned());
    }
    lines
}

/// `key: value`, where it has one.
pub(super) fn entry(key: &str, value: &str) -> String {
    if value.is_empty() { format!("{key}:") } else { format!("{key}: {value}") }
}

/// `a`, or `[a, b]`
pub(super) fn listed(names: &[&str]) -> String {
    if let [only] = names { (*only).to_owned() } else { format!("[{}]", names.join(", ")) }
}

/// Why each of several things is needed; the reason alone where there is one thing. Things without a reason are left out.
pub(super) fn reasons<'r>(things: impl IntoIterator<Item = (&'r str, &'r str)>) -> String {
    let things: Vec<_> = things.into_iter().filter(|(_, why)| !why.is_empty()).collect();
    match &things[..] {
        [(_, why)] => format!("{why}."),
        _ => things.iter().map(|(name, why)| format!("Without `{name}`: {why}.")).collect::<Vec<_>>().join(" "),
    }
}

/// A text as YAML takes it: in quotes where it would be read as something else.
pub(super) fn text(text: &str) -> String {
    let is_plain = text.starts_with(char::is_alphabetic) && !text.contains([':', '#', ',', '?', '[', ']', '{', '}', '"', '\\']);
    if is_plain { text.to_owned() } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_below_their_keys() {
        let lines = [entry("declined", "stay"), entry("unknown", "")];
        assert_eq!(under(&["pay", "on"], lines), "pay:\n  on:\n    declined: stay\n    unknown:");
    }

    #[test]
    fn answers_stand_below_on_where_there_are_any() {
        assert_eq!(answers([("accepted", "thanks"), ("invalid", OPEN)]), ["on:", "  accepted: thanks", "  invalid: .."]);
        assert!(answers(Vec::<(&str, &str)>::new()).is_empty());
    }

    #[test]
    fn a_text_is_quoted_where_it_must_be() {
        assert_eq!(text("Pay now"), "Pay now");
        assert_eq!(text("Pay 5, \"now\""), "\"Pay 5, \\\"now\\\"\"");
    }
}
