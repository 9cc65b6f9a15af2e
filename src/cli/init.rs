//! `flowcheck init`

use std::path::Path;

use super::{Ending, complain, print};
use crate::config;
use crate::source::create;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Write a flowcheck.toml that names every key
    #[arg(long, required = true)]
    config: bool,
}

pub(super) fn run(_: &Arguments) -> Ending {
    write(Path::new(config::FILE_NAME), &config::template())
}

/// Writes a new file, and never over one that is there.
fn write(path: &Path, text: &str) -> Ending {
    match create(path, text) {
        Ok(()) => {
            print(&format!("Wrote {}.\n", path.display()));
            Ending::Clean
        }
        Err(error) => {
            complain(&error.to_string());
            Ending::NotChecked
        }
    }
}
