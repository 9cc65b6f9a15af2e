//! A whole file.

use super::action::Action;
use super::answer::Answer;
use super::catalogue::CatalogueForm;
use super::entity::Entity;
use super::message::{Event, Later, Notification};
use super::place::{Account, Role, Surface, System};
use super::policy::Policy;
use super::step::Stage;
use super::words;
use crate::spec::record::record;
use crate::spec::{Id, Map, Mention, Name, OneOrMany, Text, Version};

words! {
    /// What sort of journey it is, where it is not a person's way through the product.
    "what kind of journey this is" pub enum JourneyKind {
        /// Staff work: no stage is demanded of it.
        "operations" Operations,
    }
}

words! {
    /// How a way ends.
    "how a way ends" pub enum EndKind {
        /// The person has what they came for.
        "success" Success,
        /// It did not work.
        "failure" Failure,
        /// The person left.
        "abandoned" Abandoned,
        /// The work is done, for staff and systems.
        "done" Done,
    }
}

record! {
    /// One journey, or a part that holds shared words, or a root that names its parts.
    "a plan file" pub struct File {
        /// The version of the language.
        required "flowcheck" flowcheck: Option<Version> = "1",
        /// The name of the journey; left out in a file that holds only shared words.
        "journey" journey: Option<Id> = "coffee-preorder",
        /// What people read.
        "title" title: Option<Text> = "Order ahead, collect at the counter",
        /// What sort of journey it is.
        "kind" kind: Option<JourneyKind> = "operations",
        /// What the person gets.
        "goal" goal: Option<Text> = "A member gets a coffee without queueing",
        /// What is true even when the journey fails.
        "guarantee" guarantee: Option<Text> = "If no coffee is made, no money is kept",
        /// Who it is for: the role of every step that names none.
        "role" role: Option<Name> = "member",
        /// Where it takes place: the surface of every step that names none.
        "surface" surface: OneOrMany<Name> = "mini-program",
        /// It is part of the core loop: its findings come first.
        "core" core: bool = "true",
        /// Stages that this journey leaves out on purpose, with the reason.
        "without" without: Map<Name, Text> = "{pay: Members pay by month}",
        /// Names for the ends of this journey.
        "ends" ends: Map<Id, EndKind> = "{verified: success, refused: failure}",
        /// Files that belong to this plan, as patterns from this file's folder.
        "parts" parts: Vec<Text> = "[journeys/*.flow.yaml, shared.flow.yaml]",
        /// Where people meet the product.
        "surfaces" surfaces: Map<Id, Surface> = "{mini-program: {job: Order and pay in under a minute}}",
        /// Who acts.
        "roles" roles: Map<Id, Role> = "{member: {}, barista: {staff: true}}",
        /// What works behind the screens.
        "systems" systems: Map<Id, System> = "{shop: {}, wechat-pay: {external: true}}",
        /// Identities over several surfaces.
        "accounts" accounts: Map<Id, Account> = "{one-login: {joins: [website, mini-program], by: union id}}",
        /// The things whose state must be tracked.
        "entities" entities: Map<Id, Entity> = "{order: {states: {placed: [paid], paid: end}}}",
        /// What must happen behind the screens.
        "backend" backend: Map<Id, Action> = "{place-order: {kind: submit, system: shop}}",
        /// Messages that people get.
        "notifications" notifications: Map<Id, Notification> = "{order-ready: {to: member, channel: sms, when: {order: ready}}}",
        /// Named sets of answers that steps take with `handles`.
        "handlers" handlers: Map<Id, Map<Mention, OneOrMany<Answer>>> = "{connection-trouble: {unknown: order-page}}",
        /// What every step of this journey takes.
        "defaults" defaults: Defaults = "{handles: connection-trouble}",
        /// The stages with their steps, in the order in which people go through them.
        "stages" stages: Map<Name, Stage> = "{entry: {open: {screen: Home, next: menu}}}",
        /// What is counted.
        "events" events: Map<Id, Event> = "{purchase: {on: pay-order.succeeded}}",
        /// What comes later, planned or not.
        "later" later: Map<Id, Later> = "{coupons: {status: later, attaches-to: checkout}}",
        /// The plan's own laws.
        "policies" policies: Vec<Policy> = "[{precedence: [pay-order.succeeded, make-drinks]}]",
        /// More for the catalogue: kinds, providers, channels of your own.
        "catalogue" catalogue: CatalogueForm = "{channels: {pager: {title: Kitchen pager}}}",
    }
}

record! {
    /// What every step of a journey takes.
    "the defaults" pub struct Defaults {
        /// Sets of answers to take for what a step's `on` leaves open.
        "handles" handles: OneOrMany<Name> = "connection-trouble",
    }
}
