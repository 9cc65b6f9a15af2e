//! The keys of the file, declared once.

use super::words::{FailOn, Profile};

/// A key.
#[derive(Debug)]
pub struct Key {
    /// As written.
    pub name: &'static str,
    /// What it is for, in sentences.
    pub doc: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What could stand there, as TOML; for what holds without the key, where it can be written.
    pub example: &'static str,
}

/// What a key takes.
#[derive(Debug)]
pub enum Takes {
    /// A list of texts.
    Texts,
    /// A text.
    Text,
    /// A number, 0 or more.
    Number,
    /// One of these words; each with what it means.
    Word(&'static [(&'static str, &'static str)]),
    /// A table of rules and groups with what is said of each.
    Levels,
    /// A table of patterns, each with a table of levels.
    Paths,
}

const FAIL_ON: [(&str, &str); 4] = without_values(&FailOn::WORDS);
const PROFILES: [(&str, &str); 3] = without_values(&Profile::WORDS);

const fn without_values<T: Copy, const N: usize>(words: &[(&'static str, T, &'static str); N]) -> [(&'static str, &'static str); N] {
    let mut out = [("", ""); N];
    let mut index = 0;
    while index < N {
        out[index] = (words[index].0, words[index].2);
        index += 1;
    }
    out
}

/// Every key, in the order in which they are shown.
pub const KEYS: &[Key] = &[
    Key {
        name: "plans",
        doc: "Folders and files that are checked where the command line names none, from this file's folder.",
        takes: Takes::Texts,
        example: "[\".\"]",
    },
    Key {
        name: "exclude",
        doc: "Files that are left out when folders are searched, as patterns from this file's folder. A file that the command line names is checked nevertheless.",
        takes: Takes::Texts,
        example: "[\"drafts/**\"]",
    },
    Key {
        name: "profile",
        doc: "How much is asked to begin with; `levels` and `paths` say more.",
        takes: Takes::Word(&PROFILES),
        example: "\"standard\"",
    },
    Key { name: "fail-on", doc: "The level of findings that makes the exit code 1.", takes: Takes::Word(&FAIL_ON), example: "\"error\"" },
    Key {
        name: "max-warnings",
        doc: "Makes the exit code 1 as well where there are more warnings than this.",
        takes: Takes::Number,
        example: "20",
    },
    Key {
        name: "max-states",
        doc: "Where ways, things and answers are checked together: how many situations are looked at. What that leaves open is told.",
        takes: Takes::Number,
        example: "2_000_000",
    },
    Key {
        name: "baseline",
        doc: "The file of findings that are known and not told again, from this file's folder. `flowcheck validate --write-baseline` writes it.",
        takes: Takes::Text,
        example: "\"flowcheck-baseline.json\"",
    },
    Key {
        name: "levels",
        doc: "What rules and groups weigh: off, info, warning or error. A rule wins over its group. `flowcheck rules` lists all.",
        takes: Takes::Levels,
        example: "{messages = \"off\", silent-move = \"warning\"}",
    },
    Key {
        name: "paths",
        doc: "Levels that hold for some files only, as patterns from this file's folder. Where several patterns fit a file, the last one wins.",
        takes: Takes::Paths,
        example: "{\"drafts/**\" = {structure = \"info\"}}",
    },
];
