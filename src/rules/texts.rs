//! What can be told from texts that people wrote, in any language.

/// Whether a text lists or explains something: `You are in: number, date, way to the studio`. Most names have none of these signs.
pub(super) fn says_more_than_a_name(text: &str) -> bool {
    text.contains([':', ',', ';', '\u{ff1a}', '\u{ff0c}', '\u{3001}', '\u{ff1b}'])
}
