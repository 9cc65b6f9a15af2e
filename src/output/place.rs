//! Places and names as services that read reports want them.

use super::Run;
use crate::source::{LineColumn, Span};

/// A stretch of a file, both ends counted from 1, the last column exclusive.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The file, from the folder of the repository.
    pub(super) file: String,
    pub(super) start: LineColumn,
    pub(super) end: LineColumn,
}

impl Place {
    pub(super) fn of(run: &Run, span: Span) -> Self {
        let source = run.sources.get(span.file);
        Self { file: in_repository(&run.prefix, source.name()), start: source.place(span.start), end: source.place(span.end) }
    }
}

/// The name of a file from the folder of the repository, for one that is named from a folder within it.
fn in_repository(prefix: &str, name: &str) -> String {
    if prefix.is_empty() || name.starts_with('/') || name.starts_with('<') || name.get(1..2) == Some(":") {
        return name.to_owned();
    }
    let mut folders: Vec<&str> = prefix.split('/').filter(|folder| !folder.is_empty()).collect();
    let mut rest = name;
    while let Some(below) = rest.strip_prefix("../") {
        if folders.pop().is_none() {
            return name.to_owned();
        }
        rest = below;
    }
    folders.push(rest);
    folders.join("/")
}

/// A number that stays the same from run to run, for services that follow a finding: made of what is wrong, not of the line. The
/// second one of the same kind in a file has another `count`.
pub(super) fn fingerprint(parts: &[&str], count: usize) -> String {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    // FNV-1a: the same on every machine and in every version, which the hashers of the standard library do not promise.
    let hash = bytes
        .chain(count.to_le_bytes())
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}")
}

/// Counts what is told several times in the same words, so that each has a fingerprint of its own.
#[derive(Default)]
pub(super) struct Fingerprints(std::collections::HashMap<String, usize>);

impl Fingerprints {
    pub(super) fn next(&mut self, parts: &[&str]) -> String {
        let count = self.0.entry(parts.join("\0")).or_default();
        *count += 1;
        fingerprint(parts, *count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_the_repository() {
        assert_eq!(in_repository("", "plans/a.flow.yaml"), "plans/a.flow.yaml");
        assert_eq!(in_repository("shop/web", "a.flow.yaml"), "shop/web/a.flow.yaml");
        assert_eq!(in_repository("shop/web", "../b/a.flow.yaml"), "shop/b/a.flow.yaml");
        assert_eq!(in_repository("shop", "../../a.flow.yaml"), "../../a.flow.yaml");
        assert_eq!(in_repository("shop", "/tmp/a.flow.yaml"), "/tmp/a.flow.yaml");
        assert_eq!(in_repository("shop", "<stdin>"), "<stdin>");
    }

    #[test]
    fn a_fingerprint_never_changes() {
        assert_eq!(fingerprint(&["dead-end", "a.flow.yaml"], 1), fingerprint(&["dead-end", "a.flow.yaml"], 1));
        assert_ne!(fingerprint(&["dead-end", "a.flow.yaml"], 1), fingerprint(&["dead-end", "a.flow.yaml"], 2));
        assert_ne!(fingerprint(&["ab", "c"], 1), fingerprint(&["a", "bc"], 1));
        assert_eq!(fingerprint(&[], 0), fingerprint(&[], 0));
    }
}
