//! A file that names every key and says nothing yet.

use std::fmt::Write as _;

use super::keys::{KEYS, Takes};

/// The widest line of running text.
const WIDTH: usize = 100;

/// The text of a new file: every key with what it is for and what could stand there, as comments.
pub fn template() -> String {
    let mut out = String::from("# Configuration of flowcheck. Every key is optional; flags win over this file.\n");
    for key in KEYS {
        out.push('\n');
        let mut doc = key.doc.to_owned();
        if let Takes::Word(words) = &key.takes {
            for (word, meaning) in *words {
                let _ = write!(doc, " `{word}`: {}{}.", meaning[..1].to_lowercase(), &meaning[1..]);
            }
        }
        let options = textwrap::Options::new(WIDTH).initial_indent("# ").subsequent_indent("# ").break_words(false);
        let _ = writeln!(out, "{}", textwrap::fill(&doc, options.word_splitter(textwrap::WordSplitter::NoHyphenation)));
        let _ = writeln!(out, "#{} = {}", key.name, key.example);
    }
    out
}
