//! Waits until a file is saved, for the commands that work again then.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::complain;
use super::settings::place;
use crate::config::FILE_NAME;
use crate::source::{Sources, is_plan_file};

/// One save of an editor is several events; they are over when it has been quiet for so long.
const QUIET: Duration = Duration::from_millis(60);

/// Folders that are watched.
#[derive(Debug)]
pub(super) struct Watching {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    /// With all that is in them.
    trees: BTreeSet<PathBuf>,
    /// By themselves.
    folders: BTreeSet<PathBuf>,
}

impl Watching {
    pub(super) fn new() -> Result<Self, String> {
        let (send, events) = channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // Nobody listens any more only when the program ends.
            let _ = send.send(event);
        });
        let watcher = watcher.map_err(|error| format!("cannot watch files: {error}"))?;
        Ok(Self { watcher, events, trees: BTreeSet::new(), folders: BTreeSet::new() })
    }

    /// A folder with all that is in it, or the folder of a file, because editors put a new file in its place.
    pub(super) fn add_path(&mut self, path: &Path) {
        if path.is_dir() {
            self.add(path, RecursiveMode::Recursive);
        } else if let Some(folder) = path.parent() {
            self.add(folder, RecursiveMode::NonRecursive);
        }
    }

    /// A folder by itself.
    pub(super) fn add_folder(&mut self, folder: &Path) {
        self.add(folder, RecursiveMode::NonRecursive);
    }

    /// The folders of the files that were read; the files.
    pub(super) fn add_sources(&mut self, sources: &Sources) -> BTreeSet<PathBuf> {
        let files: BTreeSet<PathBuf> = sources.iter().filter_map(|(_, source)| source.path()).map(place).collect();
        for folder in files.iter().filter_map(|file| file.parent()) {
            self.add(folder, RecursiveMode::NonRecursive);
        }
        files
    }

    fn add(&mut self, folder: &Path, mode: RecursiveMode) {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let folder = place(folder);
        let is_known = folder.ancestors().any(|above| self.trees.contains(above));
        if is_known || (mode == RecursiveMode::NonRecursive && self.folders.contains(&folder)) {
            return;
        }
        match self.watcher.watch(&folder, mode) {
            Ok(()) if mode == RecursiveMode::Recursive => drop(self.trees.insert(folder)),
            Ok(()) => drop(self.folders.insert(folder)),
            Err(error) => complain(&format!("cannot watch {}: {error}", folder.display())),
        }
    }

    /// Waits until something was saved that the result may depend on, and then until it is quiet. False where nothing can come any more.
    pub(super) fn wait(&self, files: &BTreeSet<PathBuf>) -> bool {
        let matters = |path: &PathBuf| {
            let is_yaml = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
            is_yaml || is_plan_file(path) || path.file_name().is_some_and(|name| name == FILE_NAME) || files.contains(path)
        };
        // Reading files is no reason to read them again.
        let is_save = |event: &Event| !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(matters);
        loop {
            match self.events.recv() {
                Ok(Ok(event)) if is_save(&event) => break,
                Ok(_) => {}
                Err(_) => return false,
            }
        }
        loop {
            match self.events.recv_timeout(QUIET) {
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return true,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }
}
