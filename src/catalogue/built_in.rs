//! The entries that come with the program. A file becomes a form when the first of its entries is asked for, so a plan pays for the kinds
//! that it has. Knows the names of what stands where, and nothing of what it means.

use std::sync::OnceLock;

use crate::spec::{CatalogueForm, ReadNode, ReadTree, read_again};

// `FILES`: every file of this folder, in the order in which it is shown.
include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

struct File {
    name: &'static str,
    /// Each section with the names of its entries; the duties of all kinds are one as well.
    sections: &'static [(&'static str, &'static [&'static str])],
    tree: ReadTree,
    form: OnceLock<CatalogueForm>,
}

impl File {
    const fn new(name: &'static str, sections: &'static [(&'static str, &'static [&'static str])], tree: ReadTree) -> Self {
        Self { name, sections, tree, form: OnceLock::new() }
    }

    fn names(&self, section: &str) -> &'static [&'static str] {
        self.sections.iter().find(|(name, _)| *name == section).map_or(&[], |(_, names)| names)
    }

    fn form(&self) -> &CatalogueForm {
        self.form.get_or_init(|| {
            let (form, faults) = read_again(self.tree);
            assert!(faults.is_empty(), "the built-in catalogue has faults of form in {}: {faults:?}", self.name);
            form
        })
    }
}

/// The names of a section, in the order in which they are shown.
pub(super) fn names<'a>(section: &'static str) -> impl Iterator<Item = &'a str> {
    FILES.iter().flat_map(move |file| file.names(section)).map(|name| -> &'a str { name })
}

/// What stands in the file that has an entry.
pub(super) fn of(section: &str, name: &str) -> Option<&'static CatalogueForm> {
    FILES.iter().find(|file| file.names(section).contains(&name)).map(File::form)
}

/// Every file by its name, with what stands in it.
#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static CatalogueForm)> {
    FILES.iter().map(|file| (file.name, file.form()))
}
