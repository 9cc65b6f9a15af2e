//! `--watch`: checks again whenever a file is saved, until somebody ends it.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::arguments::Arguments;
use super::{checked, in_force};
use crate::cli::settings::{InForce, place};
use crate::cli::terminal::Terminal;
use crate::cli::{Ending, complain, print};
use crate::config::FILE_NAME;
use crate::output::Run;
use crate::source::is_plan_file;

/// One save of an editor is several events; they are over when it has been quiet for so long.
const QUIET: Duration = Duration::from_millis(60);

/// What a finding is known by from one save to the next.
type Told = (String, &'static str, String);

/// Never ends by itself, unless nothing can be watched.
pub(super) fn watch(arguments: &Arguments, configuration: Option<&Path>, first: InForce, terminal: &Terminal) -> Ending {
    let (send, events) = channel();
    let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Nobody listens any more only when the program ends.
        let _ = send.send(event);
    });
    let mut watcher = match watcher {
        Ok(watcher) => watcher,
        Err(error) => {
            complain(&format!("cannot watch files: {error}"));
            return Ending::NotChecked;
        }
    };
    let mut folders = Watched { watcher: &mut watcher, trees: BTreeSet::new(), folders: BTreeSet::new() };
    folders.add(configuration.and_then(Path::parent).unwrap_or(Path::new(".")), RecursiveMode::NonRecursive);
    let mut in_force: Result<InForce, Vec<String>> = Ok(first);
    let mut before: Option<HashMap<Told, usize>> = None;
    loop {
        print(if terminal.to_screen { "\x1b[2J\x1b[3J\x1b[H" } else { "" });
        let mut files = BTreeSet::new();
        match in_force {
            Ok(in_force) => match checked(arguments, &in_force, terminal) {
                Ok((_, run)) => {
                    for path in &in_force.paths.0 {
                        folders.add_path(path);
                    }
                    files = files_of(&run);
                    for folder in files.iter().filter_map(|file| file.parent()) {
                        folders.add(folder, RecursiveMode::NonRecursive);
                    }
                    // A file that is just being written tells nothing of what was answered.
                    if run.unread.is_empty() && run.plans.iter().all(|checked| !checked.verdict.is_unreadable()) {
                        let now = told(&run);
                        if let Some(before) = &before {
                            print(&changes(before, &now));
                        }
                        before = Some(now);
                    }
                }
                Err(problem) => complain(&problem),
            },
            Err(problems) => complain(&problems.join("\nflowcheck: ")),
        }
        print("Waiting for the next save; Ctrl-C ends.\n");
        if !wait(&events, &files) {
            return Ending::NotChecked;
        }
        in_force = in_force::in_force(arguments).map(|(_, in_force)| in_force);
    }
}

struct Watched<'w> {
    watcher: &'w mut RecommendedWatcher,
    /// With all that is in them.
    trees: BTreeSet<PathBuf>,
    /// By themselves.
    folders: BTreeSet<PathBuf>,
}

impl Watched<'_> {
    /// A folder with all that is in it, or the folder of a file, because editors put a new file in its place.
    fn add_path(&mut self, path: &Path) {
        if path.is_dir() {
            self.add(path, RecursiveMode::Recursive);
        } else if let Some(folder) = path.parent() {
            self.add(folder, RecursiveMode::NonRecursive);
        }
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
}

/// The files that were read.
fn files_of(run: &Run) -> BTreeSet<PathBuf> {
    run.sources.iter().filter_map(|(_, source)| source.path()).map(place).collect()
}

/// Waits until something was saved that the result may depend on, and then until it is quiet. False where nothing can come any more.
fn wait(events: &Receiver<notify::Result<Event>>, files: &BTreeSet<PathBuf>) -> bool {
    let matters = |path: &PathBuf| {
        let is_yaml = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
        is_yaml || is_plan_file(path) || path.file_name().is_some_and(|name| name == FILE_NAME) || files.contains(path)
    };
    // Reading files is no reason to read them again.
    let is_save = |event: &Event| !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(matters);
    loop {
        match events.recv() {
            Ok(Ok(event)) if is_save(&event) => break,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
    loop {
        match events.recv_timeout(QUIET) {
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

fn told(run: &Run) -> HashMap<Told, usize> {
    let mut counts = HashMap::new();
    for finding in run.findings() {
        let file = run.sources.get(finding.span().file).name().to_owned();
        *counts.entry((file, finding.rule, finding.message.clone())).or_default() += 1;
    }
    counts
}

/// What a save changed, in a sentence, with what is new.
fn changes(before: &HashMap<Told, usize>, now: &HashMap<Told, usize>) -> String {
    let more = |a: &HashMap<Told, usize>, b: &HashMap<Told, usize>| {
        let mut more: Vec<Told> = Vec::new();
        for (told, number) in a {
            let known = b.get(told).copied().unwrap_or(0);
            more.extend(std::iter::repeat_n(told.clone(), number.saturating_sub(known)));
        }
        more.sort();
        more
    };
    let (answered, new) = (more(before, now), more(now, before));
    if answered.is_empty() && new.is_empty() {
        return "Since the last save: no change.\n".to_owned();
    }
    let mut text = format!("Since the last save: {} answered, {} new.\n", answered.len(), new.len());
    for (mark, told) in [("-", &answered), ("+", &new)] {
        text.extend(told.iter().take(5).map(|(file, rule, message)| format!("  {mark} {file}: {rule}: {message}\n")));
    }
    text
}
