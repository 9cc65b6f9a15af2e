//! Writing files: a new one, or one in place of another, whole or not at all.

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A file is there, and is nobody's to overwrite.
    #[error("{0} is there already, and was left as it is")]
    Exists(String),
    /// The file system refused.
    #[error("cannot write {name}: {error}")]
    Io {
        /// The file as the user named it.
        name: String,
        /// What the file system said.
        error: std::io::Error,
    },
}

/// Writes a file that is not there yet.
///
/// # Errors
/// When it is there, or cannot be written.
pub fn create(path: &Path, text: &str) -> Result<(), WriteError> {
    let name = super::display_name(path);
    let made = std::fs::OpenOptions::new().write(true).create_new(true).open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    made.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => WriteError::Exists(name),
        _ => WriteError::Io { name, error },
    })
}

/// Writes a file in place of the one that may be there: whole or not at all. What a link points at is written, and stays as readable
/// for others as it was.
///
/// # Errors
/// When it cannot be written; then the file is as it was.
pub fn replace(path: &Path, text: &str) -> Result<(), WriteError> {
    let io = |error| WriteError::Io { name: super::display_name(path), error };
    let target = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let beside = beside(&target);
    let written = write_whole(&beside, &target, text);
    if written.is_err() {
        // What is left of the attempt helps nobody; that it cannot be removed either is not the news.
        let _ = std::fs::remove_file(&beside);
    }
    written.map_err(io)
}

fn write_whole(beside: &Path, target: &Path, text: &str) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).open(beside)?;
    file.write_all(text.as_bytes())?;
    if let Ok(existing) = std::fs::metadata(target) {
        file.set_permissions(existing.permissions())?;
    }
    file.sync_all()?;
    drop(file);
    std::fs::rename(beside, target)
}

/// A name in the same folder, so that the new file can take the place of the old one in one move.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_is_not_written_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.txt");
        create(&path, "one").expect("written");
        assert!(matches!(create(&path, "two"), Err(WriteError::Exists(_))));
        assert_eq!(std::fs::read_to_string(&path).expect("there"), "one");
    }

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.txt");
        replace(&path, "one").expect("written");
        replace(&path, "two").expect("written");
        assert_eq!(std::fs::read_to_string(&path).expect("there"), "two");
        assert_eq!(std::fs::read_dir(folder.path()).expect("there").count(), 1);
        assert!(replace(&folder.path().join("missing/a.txt"), "x").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let (path, link) = (folder.path().join("a.txt"), folder.path().join("link.txt"));
        create(&path, "one").expect("written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).expect("set");
        std::os::unix::fs::symlink(&path, &link).expect("linked");
        replace(&link, "two").expect("written");
        assert!(link.is_symlink());
        assert_eq!(std::fs::read_to_string(&path).expect("there"), "two");
        assert_eq!(std::fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
    }
}
