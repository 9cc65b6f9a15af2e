//! Patterns of files, from the folder of the configuration.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Some patterns.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Patterns {
    /// As written.
    pub(in crate::cli) texts: Vec<String>,
    folder: PathBuf,
    set: GlobSet,
}

impl Patterns {
    /// Patterns from a folder. One that names a folder fits everything in it.
    pub(in crate::cli) fn new(folder: &Path, texts: &[String]) -> Result<Self, String> {
        let mut set = GlobSetBuilder::new();
        for text in texts {
            let trimmed = text.trim_start_matches("./").trim_end_matches('/');
            for pattern in [trimmed.to_owned(), format!("{trimmed}/**")] {
                let glob = GlobBuilder::new(&pattern).literal_separator(true).build();
                set.add(glob.map_err(|error| format!("`{text}` is no pattern of files: {}", error.kind()))?);
            }
        }
        let set = set.build().map_err(|error| error.to_string())?;
        Ok(Self { texts: texts.to_vec(), folder: super::file::place(folder), set })
    }

    /// Whether one of them fits a file.
    pub(in crate::cli) fn fits(&self, path: &Path) -> bool {
        !self.set.is_empty() && super::file::place(path).strip_prefix(&self.folder).is_ok_and(|below| self.set.is_match(below))
    }
}
