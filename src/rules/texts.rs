//! What can be told from texts that people wrote, in any language.

/// So many words are a sentence and no name.
const SENTENCE: usize = 6;

/// Whether a text lists or explains something: `You are in: number, date, way to the studio`. A mere name has none of these signs.
pub(super) fn says_more_than_a_name(text: &str) -> bool {
    text.split_whitespace().count() >= SENTENCE || text.contains([':', ',', ';', '\u{ff1a}', '\u{ff0c}', '\u{3001}', '\u{ff1b}'])
}
