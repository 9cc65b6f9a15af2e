//! Must-support knowledge as data: what each kind of action must be able to answer and must do to be safe, what screens of each stage
//! must be able to show, which statuses payment and booking providers report, which channels need consent, what platforms demand.
//! Every entry says what happens to people where it is forgotten, and where that is known from.
//!
//! Owns: the data (the YAML files in this folder, in the language's own catalogue form, which `build.rs` takes apart), finding an entry by
//! name, and adding what a plan brings in its own `catalogue`. Must not know: rules and findings, files and folders, terminals.

mod built_in;

use std::sync::LazyLock;

use crate::spec::{
    CatalogueChannel, CatalogueDuty, CatalogueForm, CatalogueKind, CatalogueOutcome, CatalogueProfile, CatalogueProvider, CatalogueStage,
    Id, Map,
};

/// Results that are not the last word, and that an action of any kind may have.
pub const INTERIM: [&str; 2] = ["pending", "unknown"];

/// What is known of kinds of actions, stages, providers, channels and platforms: what comes with the program, and what a plan adds to it.
///
/// The spans of what comes with the program lie in no file of the run: they are not for showing.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// The plan's own entries, those added to known ones with what was known.
    own: CatalogueForm,
}

impl Catalogue {
    /// The catalogue that comes with the program.
    pub fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<Catalogue> = LazyLock::new(Catalogue::default);
        &BUILT_IN
    }

    /// This catalogue with the entries of another one. An entry whose name is known takes the place of the known one, except a kind of
    /// action: its outcomes and duties are added to the known ones, and those of a known name take their place.
    #[must_use]
    pub fn extended_by(&self, own: &CatalogueForm) -> Self {
        let mut form = self.own.clone();
        for (id, kind) in own.kinds.iter() {
            let merged = self.kind(&id.text).map(|known| merge(known, kind));
            put(&mut form.kinds, id, merged.unwrap_or_else(|| kind.clone()));
        }
        put_all(&mut form.stages, &own.stages);
        put_all(&mut form.providers, &own.providers);
        put_all(&mut form.channels, &own.channels);
        put_all(&mut form.profiles, &own.profiles);
        Self { own: form }
    }

    /// The kind of action with this name.
    pub fn kind(&self, name: &str) -> Option<&CatalogueKind> {
        find(&self.own.kinds, name).or_else(|| find(&built_in::of("kinds", name)?.kinds, name))
    }

    /// The kind of stage with this name.
    pub fn stage(&self, name: &str) -> Option<&CatalogueStage> {
        find(&self.own.stages, name).or_else(|| find(&built_in::of("stages", name)?.stages, name))
    }

    /// The place of a kind of stage in the order in which people go through them, from 0.
    pub fn stage_rank(&self, name: &str) -> Option<usize> {
        self.stage_names().position(|stage| stage == name)
    }

    /// The provider with this name.
    pub fn provider(&self, name: &str) -> Option<&CatalogueProvider> {
        find(&self.own.providers, name).or_else(|| find(&built_in::of("providers", name)?.providers, name))
    }

    /// The channel of notifications with this name.
    pub fn channel(&self, name: &str) -> Option<&CatalogueChannel> {
        find(&self.own.channels, name).or_else(|| find(&built_in::of("channels", name)?.channels, name))
    }

    /// The platform profile with this name.
    pub fn profile(&self, name: &str) -> Option<&CatalogueProfile> {
        find(&self.own.profiles, name).or_else(|| find(&built_in::of("profiles", name)?.profiles, name))
    }

    /// Every kind of action with its name.
    pub fn kinds(&self) -> impl Iterator<Item = (&str, &CatalogueKind)> {
        names(&self.own.kinds, "kinds").filter_map(|name| Some((name, self.kind(name)?)))
    }

    /// Every kind of stage with its name, in the order in which people go through them.
    pub fn stages(&self) -> impl Iterator<Item = (&str, &CatalogueStage)> {
        self.stage_names().filter_map(|name| Some((name, self.stage(name)?)))
    }

    /// The name of every kind of stage, in the order in which people go through them.
    pub fn stage_names(&self) -> impl Iterator<Item = &str> {
        names(&self.own.stages, "stages")
    }

    /// Every provider with its name.
    pub fn providers(&self) -> impl Iterator<Item = (&str, &CatalogueProvider)> {
        names(&self.own.providers, "providers").filter_map(|name| Some((name, self.provider(name)?)))
    }

    /// Every channel of notifications with its name.
    pub fn channels(&self) -> impl Iterator<Item = (&str, &CatalogueChannel)> {
        names(&self.own.channels, "channels").filter_map(|name| Some((name, self.channel(name)?)))
    }

    /// Every platform profile with its name.
    pub fn profiles(&self) -> impl Iterator<Item = (&str, &CatalogueProfile)> {
        names(&self.own.profiles, "profiles").filter_map(|name| Some((name, self.profile(name)?)))
    }

    /// The name of every duty of any kind, each once.
    pub fn duty_names(&self) -> impl Iterator<Item = &str> {
        let mut seen = std::collections::HashSet::new();
        let own = self.own.kinds.iter().flat_map(|(_, kind)| named(&kind.duties)).map(|(name, _)| name);
        built_in::names("duties").chain(own).filter(move |name| seen.insert(*name))
    }

    /// Whether any kind has a duty of this name.
    pub fn has_duty(&self, name: &str) -> bool {
        built_in::names("duties").any(|duty| duty == name) || self.own.kinds.iter().any(|(_, kind)| duty(kind, name).is_some())
    }
}

/// The names of a section: those that come with the program, and then those that only the plan has.
fn names<'a, V>(own: &'a Map<Id, V>, section: &'static str) -> impl Iterator<Item = &'a str> {
    let added = named(own).map(|(name, _)| name).filter(move |name| built_in::names(section).all(|known| known != *name));
    built_in::names(section).chain(added)
}

/// The result with this name that a kind of action can have.
pub fn outcome<'a>(kind: &'a CatalogueKind, name: &str) -> Option<&'a CatalogueOutcome> {
    find(&kind.outcomes, name)
}

/// The duty with this name that a kind of action has.
pub fn duty<'a>(kind: &'a CatalogueKind, name: &str) -> Option<&'a CatalogueDuty> {
    find(&kind.duties, name)
}

fn find<'a, V>(map: &'a Map<Id, V>, name: &str) -> Option<&'a V> {
    map.iter().find(|(id, _)| id.text == name).map(|(_, value)| value)
}

fn named<V>(map: &Map<Id, V>) -> impl Iterator<Item = (&str, &V)> {
    map.iter().map(|(id, value)| (id.text.as_str(), value))
}

/// Adds an entry, in the place of the one of the same name where there is one.
fn put<V>(map: &mut Map<Id, V>, id: &Id, value: V) {
    match map.0.iter_mut().find(|(known, _)| known.text == id.text) {
        Some(known) => *known = (id.clone(), value),
        None => map.0.push((id.clone(), value)),
    }
}

fn put_all<V: Clone>(map: &mut Map<Id, V>, own: &Map<Id, V>) {
    for (id, value) in own.iter() {
        put(map, id, value.clone());
    }
}

/// A known kind with what a plan says of it. What the plan is silent about stays.
fn merge(known: &CatalogueKind, own: &CatalogueKind) -> CatalogueKind {
    let mut kind = known.clone();
    kind.title = own.title.clone().or(kind.title);
    kind.doc = own.doc.clone().or(kind.doc);
    kind.holds = own.holds.clone().or(kind.holds);
    kind.lasting |= own.lasting;
    put_all(&mut kind.outcomes, &own.outcomes);
    put_all(&mut kind.duties, &own.duties);
    kind.meta = own.meta.clone();
    kind.span = own.span;
    kind
}

#[cfg(test)]
mod tests;
