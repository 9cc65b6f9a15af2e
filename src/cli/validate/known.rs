//! The baseline of a run: read, held against what was found, written.

use std::path::{Path, PathBuf};

use super::arguments::Arguments;
use crate::cli::note;
use crate::cli::settings::{InForce, place};
use crate::lint::{Baseline, Counts, Orders};
use crate::output::Run;
use crate::source::{FileId, Source, Sources, display_name, replace};

/// What is to be done with the baseline.
#[derive(Debug)]
pub(super) struct Known {
    path: PathBuf,
    /// Its folder, from which files are named.
    folder: PathBuf,
    baseline: Baseline,
    todo: Todo,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Todo {
    Compare,
    Write,
    Prune,
}

impl Known {
    /// Reads the baseline, where there is one; or says why it cannot be followed.
    pub(super) fn load(arguments: &Arguments, in_force: &InForce) -> Result<Option<Self>, String> {
        let todo = match (arguments.write_baseline, arguments.prune_baseline) {
            (true, _) => Todo::Write,
            (_, true) => Todo::Prune,
            _ => Todo::Compare,
        };
        let Some(path) = in_force.baseline.0.clone() else {
            let flag = if todo == Todo::Write { "--write-baseline" } else { "--prune-baseline" };
            let help = format!("{flag} needs to know the file: name it with --baseline, or as `baseline` in flowcheck.toml");
            return if todo == Todo::Compare { Ok(None) } else { Err(help) };
        };
        let name = display_name(&path);
        let baseline = if path.exists() {
            let source = Source::read(&path).map_err(|error| error.to_string())?;
            Baseline::read(source.text()).map_err(|problem| format!("{name} {problem}"))?
        } else if todo == Todo::Write {
            Baseline::default()
        } else {
            return Err(format!("there is no baseline {name}; `flowcheck validate --write-baseline` writes it"));
        };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Ok(Some(Self { folder: place(folder), path, baseline, todo }))
    }

    /// Holds the run against it, and writes it where that was asked; or says why it could not be written.
    pub(super) fn apply(mut self, run: &mut Run, orders: &Orders) -> Result<(), String> {
        let sources = std::mem::take(&mut run.sources);
        let name = |file: FileId| self.name(&sources, file);
        let mut counts = Counts::default();
        for checked in &run.plans {
            counts.add(&checked.plan, &checked.verdict, orders, name);
        }
        let mut baseline = self.baseline.clone();
        match self.todo {
            Todo::Compare => {}
            Todo::Write => counts.accept(&mut baseline),
            Todo::Prune => {
                counts.prune(&mut baseline);
                let gone: Vec<String> = baseline.files().filter(|file| !self.folder.join(file).exists()).map(str::to_owned).collect();
                for file in gone {
                    baseline.forget(&file);
                }
            }
        }
        let is_read = run.unread.is_empty() && run.plans.iter().all(|checked| !checked.verdict.is_unreadable());
        let mut result = Ok(());
        if self.todo != Todo::Compare {
            result = if is_read {
                self.write(&baseline)
            } else {
                Err(format!("{} was left as it is, because not everything could be read", display_name(&self.path)))
            };
            if result.is_ok() {
                self.baseline = baseline;
            }
        }
        for checked in &mut run.plans {
            counts.silence(&self.baseline, &mut checked.verdict, |file| self.name(&sources, file));
        }
        run.baseline = Some(counts.compare(&self.baseline));
        run.sources = sources;
        result
    }

    fn write(&self, baseline: &Baseline) -> Result<(), String> {
        if *baseline == self.baseline && self.path.exists() {
            note(&format!("{} stays as it is: it knows {} findings", display_name(&self.path), baseline.len()));
            return Ok(());
        }
        replace(&self.path, &baseline.write()).map_err(|error| error.to_string())?;
        note(&format!("wrote {}: it knows {} findings", display_name(&self.path), baseline.len()));
        Ok(())
    }

    /// How a file is named in the baseline: from its folder.
    fn name(&self, sources: &Sources, file: FileId) -> Option<String> {
        let path = place(sources.get(file).path()?);
        Some(display_name(path.strip_prefix(&self.folder).unwrap_or(&path)))
    }
}
