//! `--watch`: checks again whenever a file is saved, until somebody ends it.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use super::arguments::Arguments;
use super::{checked, in_force};
use crate::cli::settings::InForce;
use crate::cli::terminal::Terminal;
use crate::cli::watching::Watching;
use crate::cli::{Ending, complain, print};
use crate::output::Run;

/// What a finding is known by from one save to the next.
type Told = (String, &'static str, String);

/// Never ends by itself, unless nothing can be watched.
pub(super) fn watch(arguments: &Arguments, configuration: Option<&Path>, first: InForce, terminal: &Terminal) -> Ending {
    let mut folders = match Watching::new() {
        Ok(folders) => folders,
        Err(problem) => {
            complain(&problem);
            return Ending::NotChecked;
        }
    };
    folders.add_folder(configuration.and_then(Path::parent).unwrap_or(Path::new(".")));
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
                    files = folders.add_sources(&run.sources);
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
        if !folders.wait(&files) {
            return Ending::NotChecked;
        }
        in_force = in_force::in_force(arguments).map(|(_, in_force)| in_force);
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
