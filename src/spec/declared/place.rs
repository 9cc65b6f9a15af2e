//! Who and where: surfaces, roles, systems, accounts.

use super::action::Outcome;
use crate::spec::record::record;
use crate::spec::{Id, Map, Name, OneOrMany, Text};

record! {
    /// Where people meet the product: a website, an app, a counter, a message.
    "a surface" pub struct Surface {
        /// What people read.
        "title" title: Option<Text> = "Mini-program",
        /// What this surface is for, so that two surfaces do not do the same by accident.
        "job" job: Option<Text> = "Order and pay in under a minute",
        /// A platform whose rules apply, from the catalogue.
        "profile" profile: Option<Name> = "wechat-mini-program",
        /// What it runs on, in your own words.
        "platform" platform: Option<Text> = "Android tablet behind the bar",
    }
}

record! {
    /// People, or somebody outside, who act in the journey.
    "a role" pub struct Role {
        /// What people read.
        "title" title: Option<Text> = "Barista",
        /// They work for the product: their steps are staff work.
        "staff" staff: bool = "true",
        /// They belong to somebody else: a supplier, an authority.
        "external" external: bool = "true",
        /// Where they usually are.
        "surface" surface: Option<Name> = "bar-tablet",
        /// How many there are, for approvals by more than one.
        "people" people: Option<u32> = "3",
        /// Somebody always comes: the last in a row of escalations.
        "backstop" backstop: bool = "true",
    }
}

record! {
    /// What works behind the screens: your own backends and services from outside.
    "a system" pub struct System {
        /// What people read.
        "title" title: Option<Text> = "Shop backend",
        /// It belongs to somebody else, so it may be slow, silent or late.
        "external" external: bool = "true",
        /// It is there already and changes slowly; `can` says what it is able to do.
        "existing" existing: bool = "true",
        /// What an existing system is able to do, as names that actions take with `ability`.
        "can" can: Vec<Id> = "[import-csv, read-stock]",
        /// The provider whose vocabulary it speaks, from the catalogue.
        "provider" provider: Option<Name> = "stripe",
        /// What may arrive from it unasked, and what that sets.
        "sends" sends: Map<Id, Outcome> = "{dispute-opened: {order: disputed}}",
    }
}

record! {
    /// One identity over several surfaces.
    "an account" pub struct Account {
        /// The surfaces on which it is the same person.
        "joins" joins: OneOrMany<Name> = "[website, mini-program]",
        /// By what they are known to be the same.
        "by" by: Option<Text> = "union id",
    }
}
