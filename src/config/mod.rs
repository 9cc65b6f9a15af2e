//! `flowcheck.toml`: what a team has agreed on for its plans. Every key is declared once; reading, schema and template follow from it.
//!
//! Must not know: files, flags, and what is done with it.

mod keys;
mod read;
mod schema;
mod template;
mod words;

pub use keys::{KEYS, Key, Takes};
pub use read::{Problem, read};
pub use schema::{schema, schema_text};
pub use template::template;
pub use words::{FailOn, Profile};

use std::ops::Range;

use crate::lint::Setting;

/// How the file is called.
pub const FILE_NAME: &str = "flowcheck.toml";

/// A value with the bytes of the file where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where.
    pub span: Range<usize>,
}

/// What is said of a rule or a group, by its name.
pub type Levels = Vec<(Placed<String>, Setting)>;

/// What stands in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// `plans`
    pub plans: Option<Placed<Vec<String>>>,
    /// `exclude`
    pub exclude: Option<Placed<Vec<String>>>,
    /// `profile`
    pub profile: Option<Placed<Profile>>,
    /// `fail-on`
    pub fail_on: Option<Placed<FailOn>>,
    /// `max-warnings`
    pub max_warnings: Option<Placed<usize>>,
    /// `max-states`
    pub max_states: Option<Placed<usize>>,
    /// `baseline`
    pub baseline: Option<Placed<String>>,
    /// `levels`, in the order in which they are to be applied: a rule wins over its group.
    pub levels: Levels,
    /// `paths`, each pattern with its levels, in the order of the file: the later one wins.
    pub paths: Vec<(Placed<String>, Levels)>,
}
