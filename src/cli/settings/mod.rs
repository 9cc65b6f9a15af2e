//! What holds for a run: flags over `flowcheck.toml` over what the program does by itself, and for each of it where it was said.

mod file;
mod pattern;
mod said;
mod show;

use std::fmt;
use std::path::{Path, PathBuf};

pub(super) use file::{Configuration, Which, place};
pub(super) use pattern::Patterns;
pub(super) use said::{Said, named};

use crate::analysis::Limits;
use crate::config::{FailOn, Profile};
use crate::lint::{Orders, Settings};
use crate::source::Sources;

/// Where something was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// Nowhere: the program does so by itself.
    Default,
    /// On the command line, by this flag.
    Flag(String),
    /// In the configuration, at this place.
    File(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("by itself"),
            Self::Flag(text) | Self::File(text) => f.write_str(text),
        }
    }
}

/// What holds for a run.
#[derive(Debug)]
pub(super) struct InForce {
    /// What is checked.
    pub(super) paths: (Vec<PathBuf>, Origin),
    /// What is left out when folders are searched.
    pub(super) exclude: (Patterns, Origin),
    /// How much is asked to begin with.
    pub(super) profile: (Profile, Origin),
    /// The level that fails.
    pub(super) fail_on: (FailOn, Origin),
    /// More warnings than this fail.
    pub(super) max_warnings: (Option<usize>, Origin),
    /// How many situations are looked at where everything is checked together.
    pub(super) max_states: (usize, Origin),
    /// The file of what is known.
    pub(super) baseline: (Option<PathBuf>, Origin),
    /// What is said of rules, in the order in which it is to be applied.
    pub(super) said: Vec<Said>,
    /// The day of the run.
    pub(super) today: jiff::civil::Date,
}

/// What the configuration nearest to a path says of rules, for those who have no flags of their own.
pub(super) fn orders_near(path: &Path, today: jiff::civil::Date, sources: &Sources) -> Result<Orders, Vec<String>> {
    let configuration = Configuration::load(&Which::Nearest(vec![path.to_owned()]))?;
    Ok(configuration.in_force(today).map_err(|problem| vec![problem])?.orders(sources))
}

impl InForce {
    /// What the rules are told, once it is known which files there are.
    pub(super) fn orders(&self, sources: &Sources) -> Orders {
        let mut orders = Orders::on(self.today);
        orders.limits = Limits { configurations: self.max_states.0 };
        orders.everywhere = self.settings(|said| said.pattern.is_none());
        if self.said.iter().any(|said| said.pattern.is_some()) {
            for (file, source) in sources.iter() {
                let fits = |said: &Said| said.pattern.as_ref().is_none_or(|pattern| source.path().is_some_and(|path| pattern.fits(path)));
                orders.in_files.insert(file, self.settings(fits));
            }
        }
        orders
    }

    fn settings(&self, holds: impl Fn(&Said) -> bool) -> Settings {
        let mut settings = Settings::default();
        self.profile.0.apply(&mut settings);
        for said in self.said.iter().filter(|said| holds(said)) {
            said.rules.iter().for_each(|rule| settings.set(rule, said.setting));
        }
        settings
    }
}
