//! Which files a run is about. Knows file names and folders, not what stands in the files.

use std::path::{Path, PathBuf};

/// How the name of a plan file ends.
pub const PLAN_SUFFIXES: [&str; 2] = [".flow.yaml", ".flow.yml"];

/// Why no list of files could be made.
#[derive(Debug, thiserror::Error)]
pub enum DiscoverError {
    /// The path is not there, or may not be read.
    #[error("{0}")]
    Walk(#[from] ignore::Error),
    /// The path does not exist.
    #[error("there is no file or folder {0}")]
    Missing(String),
    /// A pattern of `parts` that is not a file pattern.
    #[error("{0}")]
    Pattern(#[from] globset::Error),
}

/// Whether a file is a plan by its name.
pub fn is_plan_file(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    PLAN_SUFFIXES.iter().any(|suffix| name.ends_with(suffix))
}

/// The plan files below a path, sorted; a file given by name is taken whatever it is called.
///
/// # Errors
/// When the path does not exist or a folder cannot be read.
pub fn discover(path: &Path) -> Result<Vec<PathBuf>, DiscoverError> {
    if !path.exists() {
        return Err(DiscoverError::Missing(super::display_name(path)));
    }
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    walk(path, is_plan_file)
}

/// The files below a folder that match one of the patterns of `parts`, sorted. Patterns are relative to the folder.
///
/// # Errors
/// When a pattern is malformed or a folder cannot be read.
pub fn matching_files(folder: &Path, pattern: &str) -> Result<Vec<PathBuf>, DiscoverError> {
    let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
    let matcher = globset::GlobBuilder::new(pattern).literal_separator(true).build()?.compile_matcher();
    walk(folder, |path| path.strip_prefix(folder).is_ok_and(|relative| matcher.is_match(relative)))
}

fn walk(folder: &Path, wanted: impl Fn(&Path) -> bool) -> Result<Vec<PathBuf>, DiscoverError> {
    let mut found = Vec::new();
    for entry in ignore::WalkBuilder::new(folder).require_git(false).build() {
        let entry = entry?;
        if entry.file_type().is_some_and(|kind| kind.is_file()) && wanted(entry.path()) {
            found.push(entry.into_path());
        }
    }
    found.sort();
    Ok(found)
}
