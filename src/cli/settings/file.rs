//! Finds and reads `flowcheck.toml`: the nearest one upwards, within the repository.

use std::path::{Path, PathBuf};

use super::{InForce, Origin, Patterns, Said};
use crate::analysis::Limits;
use crate::config::{Config, FILE_NAME, FailOn, Placed, Profile, read};
use crate::lint::Setting;
use crate::rules::select;
use crate::source::{Source, display_name};

/// The configuration of a run: what it says, and where it lies.
#[derive(Debug)]
pub(in crate::cli) struct Configuration {
    /// What stands in it.
    pub(in crate::cli) config: Config,
    /// Its folder, named from here; the current one where there is no file.
    pub(in crate::cli) folder: PathBuf,
    /// The file, where there is one.
    source: Option<Source>,
}

/// Which configuration a run asks for.
#[derive(Clone, Debug)]
pub(in crate::cli) enum Which {
    /// The nearest one upwards from these paths.
    Nearest(Vec<PathBuf>),
    /// This one.
    This(PathBuf),
    /// None.
    Nothing,
}

impl Configuration {
    /// Reads it; or says why it cannot be followed.
    pub(in crate::cli) fn load(which: &Which) -> Result<Self, Vec<String>> {
        let path = match which {
            Which::Nothing => None,
            Which::This(path) => Some(path.clone()),
            Which::Nearest(paths) => nearest(paths).map_err(|problem| vec![problem])?,
        };
        let Some(path) = path else {
            return Ok(Self { config: Config::default(), folder: PathBuf::from("."), source: None });
        };
        let source = Source::read(&path).map_err(|error| vec![error.to_string()])?;
        let (config, problems) = read(source.text());
        if !problems.is_empty() {
            let tell = |problem: &crate::config::Problem| format!("{}: {}", place_in(&source, problem.span.start), problem.text);
            return Err(problems.iter().map(tell).collect());
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf();
        Ok(Self { config, folder, source: Some(source) })
    }

    /// The path of the file, where there is one.
    pub(in crate::cli) fn path(&self) -> Option<&Path> {
        self.source.as_ref().and_then(Source::path)
    }

    /// What it says, with nothing said by flags yet.
    pub(in crate::cli) fn in_force(&self, today: jiff::civil::Date) -> Result<InForce, String> {
        let config = &self.config;
        let plans = config.plans.as_ref().map(|plans| plans.value.iter().map(|path| self.below(path)).collect());
        let exclude = config.exclude.as_ref().map_or(&[][..], |exclude| &exclude.value);
        Ok(InForce {
            paths: (plans.unwrap_or_else(|| vec![PathBuf::from(".")]), self.origin(config.plans.as_ref())),
            exclude: (Patterns::new(&self.folder, exclude)?, self.origin(config.exclude.as_ref())),
            profile: (config.profile.as_ref().map_or(Profile::default(), |it| it.value), self.origin(config.profile.as_ref())),
            fail_on: (config.fail_on.as_ref().map_or(FailOn::Error, |it| it.value), self.origin(config.fail_on.as_ref())),
            max_warnings: (config.max_warnings.as_ref().map(|it| it.value), self.origin(config.max_warnings.as_ref())),
            max_states: (
                config.max_states.as_ref().map_or(Limits::default().configurations, |it| it.value),
                self.origin(config.max_states.as_ref()),
            ),
            baseline: (config.baseline.as_ref().map(|it| self.below(&it.value)), self.origin(config.baseline.as_ref())),
            said: self.said()?,
            today,
        })
    }

    fn said(&self) -> Result<Vec<Said>, String> {
        let mut said = Vec::new();
        for (name, setting) in &self.config.levels {
            said.push(self.one(name, *setting, None));
        }
        for (pattern, levels) in &self.config.paths {
            let patterns = Patterns::new(&self.folder, std::slice::from_ref(&pattern.value))?;
            said.extend(levels.iter().map(|(name, setting)| self.one(name, *setting, Some(patterns.clone()))));
        }
        Ok(said)
    }

    fn one(&self, name: &Placed<String>, setting: Setting, pattern: Option<Patterns>) -> Said {
        Said { rules: select(&name.value).unwrap_or_default(), setting, pattern, origin: self.origin(Some(name)) }
    }

    fn origin<T>(&self, placed: Option<&Placed<T>>) -> Origin {
        match (placed, &self.source) {
            (Some(placed), Some(source)) => Origin::File(place_in(source, placed.span.start)),
            _ => Origin::Default,
        }
    }

    fn below(&self, path: &str) -> PathBuf {
        if self.folder == Path::new(".") { PathBuf::from(path) } else { self.folder.join(path) }
    }
}

/// The nearest file upwards from each of the paths, which must be the same one: a run has one configuration.
fn nearest(paths: &[PathBuf]) -> Result<Option<PathBuf>, String> {
    let mut found: Option<(PathBuf, &Path)> = None;
    for path in paths {
        let start = if path.as_os_str() == "-" { Path::new(".") } else { path };
        let Some(file) = upwards(&place(start)) else { continue };
        match &found {
            Some((other, first)) if *other != file => {
                return Err(format!(
                    "{} belongs to {}, and {} to {}: check them one after the other, or name one with --config",
                    display_name(first),
                    display_name(&from_here(other)),
                    display_name(path),
                    display_name(&from_here(&file)),
                ));
            }
            _ => found = Some((file, path)),
        }
    }
    Ok(found.map(|(file, _)| from_here(&file)))
}

fn upwards(start: &Path) -> Option<PathBuf> {
    for folder in start.ancestors() {
        let file = folder.join(FILE_NAME);
        if file.is_file() {
            return Some(file);
        }
        // A repository is a whole of its own.
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}

/// Where a file lies, whatever it is called.
pub(in crate::cli) fn place(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// A path as one writes it from the current folder.
pub(in crate::cli) fn from_here(path: &Path) -> PathBuf {
    let Ok(here) = std::env::current_dir().and_then(|here| here.canonicalize()) else { return path.to_path_buf() };
    let shared = here.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    // Nothing but the root of the disk is shared: the whole path says more.
    if shared < 2 {
        return path.to_path_buf();
    }
    let up = here.components().skip(shared).map(|_| std::path::Component::ParentDir);
    up.chain(path.components().skip(shared)).collect()
}

fn place_in(source: &Source, offset: usize) -> String {
    let at = source.place(u32::try_from(offset).unwrap_or(u32::MAX));
    format!("{}:{}:{}", source.name(), at.line, at.column)
}
