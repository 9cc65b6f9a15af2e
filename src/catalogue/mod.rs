//! Must-support knowledge as data: what each kind of action must be able to answer and must do to be safe, what screens of each stage
//! must be able to show, which statuses payment and booking providers report, which channels need consent, what platforms demand.
//! Every entry says what happens to people where it is forgotten, and where that is known from.
//!
//! Owns: the data (the YAML files in this folder, in the language's own catalogue form), finding an entry by name, and adding what a
//! plan brings in its own `catalogue`. Must not know: rules and findings, files and folders, terminals.

use std::sync::LazyLock;

use crate::source::FileId;
use crate::spec::{
    CatalogueChannel, CatalogueDuty, CatalogueForm, CatalogueKind, CatalogueOutcome, CatalogueProfile, CatalogueProvider, CatalogueStage,
    Id, Map,
};

/// The files of this folder by name, each with its text.
macro_rules! files {
    ($($name:literal)*) => {
        &[$(($name, include_str!($name))),*]
    };
}

/// The catalogue that comes with the program, in the order in which it is shown.
const FILES: &[(&str, &str)] = files! {
    "kinds/read.yaml"
    "kinds/submit.yaml"
    "kinds/book.yaml"
    "kinds/pay.yaml"
    "kinds/refund.yaml"
    "kinds/subscribe.yaml"
    "kinds/review.yaml"
    "kinds/fulfil.yaml"
    "kinds/message.yaml"
    "kinds/publish.yaml"
    "kinds/upload.yaml"
    "kinds/sign-in.yaml"
    "kinds/other.yaml"
    "stages.yaml"
    "providers/stripe.yaml"
    "providers/stripe-checkout.yaml"
    "providers/wechat-pay.yaml"
    "providers/wechat-refund.yaml"
    "providers/alipay.yaml"
    "providers/paypal.yaml"
    "providers/adyen.yaml"
    "providers/odoo.yaml"
    "providers/saleor.yaml"
    "providers/saleor-refund.yaml"
    "providers/medusa.yaml"
    "providers/spree.yaml"
    "providers/toast.yaml"
    "providers/google-bookings.yaml"
    "providers/cal-com.yaml"
    "channels.yaml"
    "profiles/wechat-mini-program.yaml"
};

/// Results that are not the last word, and that an action of any kind may have.
pub const INTERIM: [&str; 2] = ["pending", "unknown"];

/// What is known of kinds of actions, stages, providers, channels and platforms.
///
/// The spans of what comes with the program lie in no file of the run: they are not for showing.
#[derive(Clone, Debug)]
pub struct Catalogue {
    form: CatalogueForm,
}

impl Catalogue {
    /// The catalogue that comes with the program.
    pub fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<Catalogue> = LazyLock::new(|| {
            let mut form = CatalogueForm::default();
            for (name, text) in FILES {
                let (part, faults) = crate::spec::read::<CatalogueForm>(FileId::default(), text);
                assert!(faults.is_empty(), "the built-in catalogue has faults of form in {name}: {faults:?}");
                form.kinds.0.extend(part.kinds.0);
                form.stages.0.extend(part.stages.0);
                form.providers.0.extend(part.providers.0);
                form.channels.0.extend(part.channels.0);
                form.profiles.0.extend(part.profiles.0);
            }
            Catalogue { form }
        });
        &BUILT_IN
    }

    /// This catalogue with the entries of another one. An entry whose name is known takes the place of the known one, except a kind of
    /// action: its outcomes and duties are added to the known ones, and those of a known name take their place.
    #[must_use]
    pub fn extended_by(&self, own: &CatalogueForm) -> Self {
        let mut form = self.form.clone();
        for (id, kind) in own.kinds.iter() {
            let merged = find(&form.kinds, &id.text).map(|known| merge(known, kind));
            put(&mut form.kinds, id, merged.unwrap_or_else(|| kind.clone()));
        }
        put_all(&mut form.stages, &own.stages);
        put_all(&mut form.providers, &own.providers);
        put_all(&mut form.channels, &own.channels);
        put_all(&mut form.profiles, &own.profiles);
        Self { form }
    }

    /// The kind of action with this name.
    pub fn kind(&self, name: &str) -> Option<&CatalogueKind> {
        find(&self.form.kinds, name)
    }

    /// The kind of stage with this name.
    pub fn stage(&self, name: &str) -> Option<&CatalogueStage> {
        find(&self.form.stages, name)
    }

    /// The place of a kind of stage in the order in which people go through them, from 0.
    pub fn stage_rank(&self, name: &str) -> Option<usize> {
        self.form.stages.iter().position(|(id, _)| id.text == name)
    }

    /// The provider with this name.
    pub fn provider(&self, name: &str) -> Option<&CatalogueProvider> {
        find(&self.form.providers, name)
    }

    /// The channel of notifications with this name.
    pub fn channel(&self, name: &str) -> Option<&CatalogueChannel> {
        find(&self.form.channels, name)
    }

    /// The platform profile with this name.
    pub fn profile(&self, name: &str) -> Option<&CatalogueProfile> {
        find(&self.form.profiles, name)
    }

    /// Every kind of action with its name.
    pub fn kinds(&self) -> impl Iterator<Item = (&str, &CatalogueKind)> {
        named(&self.form.kinds)
    }

    /// Every kind of stage with its name, in the order in which people go through them.
    pub fn stages(&self) -> impl Iterator<Item = (&str, &CatalogueStage)> {
        named(&self.form.stages)
    }

    /// Every provider with its name.
    pub fn providers(&self) -> impl Iterator<Item = (&str, &CatalogueProvider)> {
        named(&self.form.providers)
    }

    /// Every channel of notifications with its name.
    pub fn channels(&self) -> impl Iterator<Item = (&str, &CatalogueChannel)> {
        named(&self.form.channels)
    }

    /// Every platform profile with its name.
    pub fn profiles(&self) -> impl Iterator<Item = (&str, &CatalogueProfile)> {
        named(&self.form.profiles)
    }

    /// The name of every duty of any kind, each once.
    pub fn duty_names(&self) -> impl Iterator<Item = &str> {
        let mut seen = std::collections::HashSet::new();
        self.kinds().flat_map(|(_, kind)| named(&kind.duties)).map(|(name, _)| name).filter(move |name| seen.insert(*name))
    }
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
