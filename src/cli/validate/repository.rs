//! Where the run stands in its repository, for services that know files from there.

use std::path::Path;

/// The current folder from that of its repository, with `/` between folders; empty where they are one, or where there is none.
pub(super) fn prefix() -> String {
    let Ok(here) = std::env::current_dir() else { return String::new() };
    let root = here.ancestors().find(|folder| folder.join(".git").exists());
    let below = root.and_then(|root| here.strip_prefix(root).ok()).unwrap_or(Path::new(""));
    below.to_string_lossy().replace('\\', "/")
}
