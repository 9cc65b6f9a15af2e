//! `--fix`, `--diff` and `--decide`: mends the plans of a run, or shows how.

use jiff::ToSpan as _;

use super::arguments::{Arguments, SAFE};
use crate::cli::load::Loaded;
use crate::cli::settings::{InForce, named};
use crate::cli::{Ending, complain, note, print};
use crate::lint::{Mend, Mended, Orders, Stub, mend};
use crate::output::diff;
use crate::source::{FileId, Sources, replace};

/// What may be mended, where that was asked; or why that cannot be done.
pub(super) fn what(arguments: &Arguments, in_force: &InForce) -> Result<Option<Mend>, String> {
    let asked = !arguments.fix.is_empty() || !arguments.decide.is_empty() || arguments.diff;
    if !asked {
        return Ok(None);
    }
    if in_force.paths.0.iter().any(|path| path.as_os_str() == "-") {
        return Err("what comes from standard input cannot be mended; name the file".to_owned());
    }
    let until = arguments.reason.is_none().then(|| in_force.today.checked_add(14.days()).unwrap_or(in_force.today));
    let why = arguments.reason.clone().unwrap_or_else(|| "Not decided yet".to_owned());
    let mut mend = Mend { stub: Stub { why, until }, ..Mend::default() };
    mend.safe = arguments.decide.is_empty() && arguments.fix.is_empty();
    for name in &arguments.fix {
        if name == SAFE {
            mend.safe = true;
        } else {
            mend.rules.extend(named(name, "fix")?.iter().map(|rule| rule.name));
        }
    }
    for name in &arguments.decide {
        mend.decide.extend(named(name, "decide")?.iter().map(|rule| rule.name));
    }
    Ok(Some(mend))
}

/// Mends the plans of a run on the disk. True where something changed, so that the plans must be read again.
pub(super) fn write(loaded: &Loaded, orders: &Orders, what: &Mend) -> Result<bool, Ending> {
    let mended = mend_all(loaded, orders, what);
    let changed = changed(&loaded.sources, &mended);
    for (file, text) in &changed {
        let Some(path) = loaded.sources.get(*file).path() else { continue };
        if let Err(error) = replace(path, text) {
            complain(&error.to_string());
            return Err(Ending::NotChecked);
        }
    }
    let mut rules: Vec<&str> = Vec::new();
    for rule in &mended.rules {
        if !rules.contains(rule) {
            rules.push(rule);
        }
    }
    match mended.rules.len() {
        0 => note("nothing was mended"),
        1 => note(&format!("mended 1 finding: {}", rules.join(", "))),
        number => note(&format!("mended {number} findings in {} of the files: {}", changed.len(), rules.join(", "))),
    }
    Ok(!changed.is_empty())
}

/// Shows what would change.
pub(super) fn show(loaded: &Loaded, orders: &Orders, what: &Mend) -> Ending {
    let mended = mend_all(loaded, orders, what);
    let changed = changed(&loaded.sources, &mended);
    for (file, text) in &changed {
        let source = loaded.sources.get(*file);
        print(&diff(source.name(), source.text(), text));
    }
    for reason in &loaded.unread {
        complain(reason);
    }
    match (loaded.unread.is_empty(), changed.is_empty()) {
        (false, _) => Ending::NotChecked,
        (true, true) => Ending::Clean,
        (true, false) => Ending::Findings,
    }
}

fn mend_all(loaded: &Loaded, orders: &Orders, what: &Mend) -> Mended {
    let mut mended = Mended::default();
    for plan in &loaded.plans {
        mend(plan, &loaded.sources, orders, what, &mut mended);
    }
    mended
}

/// The files whose text is another one now, in the order of reading.
fn changed<'m>(sources: &Sources, mended: &'m Mended) -> Vec<(FileId, &'m str)> {
    let mut changed: Vec<(FileId, &str)> = mended.texts.iter().map(|(file, text)| (*file, text.as_str())).collect();
    changed.retain(|(file, text)| sources.get(*file).text() != *text);
    changed.sort_by_key(|(file, _)| *file);
    changed
}
