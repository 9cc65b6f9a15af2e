//! The shape of the catalogue: what each kind of action, stage, provider, channel and platform demands. The catalogue that comes with
//! the program is written in it, and a plan may add to it with its own `catalogue`.

use super::words;
use crate::spec::record::record;
use crate::spec::{Id, Map, Name, Text};

words! {
    /// How a result counts.
    "how a result counts" pub enum Class {
        /// It worked.
        "success" Success,
        /// It did not work.
        "failure" Failure,
        /// Somebody said no.
        "rejection" Rejection,
        /// Not the last word: the answer is still owed.
        "interim" Interim,
    }
}

words! {
    /// How much something is demanded.
    "how much it is demanded" pub enum Demand {
        /// A plan without it has a hole.
        "required" Required,
        /// A plan is better with it.
        "advisable" Advisable,
    }
}

record! {
    /// What the catalogue knows.
    "a catalogue" pub struct CatalogueForm {
        /// Kinds of backend actions.
        "kinds" kinds: Map<Id, CatalogueKind> = "{print: {title: Print a label}}",
        /// Kinds of stages, in the order in which people go through them.
        "stages" stages: Map<Id, CatalogueStage> = "{onboarding: {title: Set up}}",
        /// Providers with the statuses they report.
        "providers" providers: Map<Id, CatalogueProvider> = "{local-bank: {statuses: {SETTLED: {means: succeeded}}}}",
        /// Channels of notifications.
        "channels" channels: Map<Id, CatalogueChannel> = "{pager: {title: Kitchen pager}}",
        /// Platforms with rules of their own.
        "profiles" profiles: Map<Id, CatalogueProfile> = "{kiosk: {title: Kiosk in the hall}}",
    }
}

record! {
    /// A kind of backend action.
    "a kind of action" pub struct CatalogueKind {
        /// What people read.
        "title" title: Option<Text> = "Take money",
        /// What the kind is, and when to choose it.
        "doc" doc: Option<Text> = "Money moves from a person to the product.",
        /// Results of this kind.
        "outcomes" outcomes: Map<Id, CatalogueOutcome> = "{declined: {class: failure, demand: required, why: Cards get refused}}",
        /// What an action of this kind must do to be safe.
        "duties" duties: Map<Id, CatalogueDuty> = "{idempotent: {demand: required, ask: Which key makes a repeat harmless?, why: A retry charges twice}}",
        /// What an action of this kind usually takes, as a hint.
        "holds" holds: Option<Text> = "the slot",
        /// It gives a lasting result, so a screen alone cannot do it.
        "lasting" lasting: bool = "true",
    }
}

record! {
    /// A result that a kind of action can have.
    "an outcome of a kind" pub struct CatalogueOutcome {
        /// What people read.
        "title" title: Option<Text> = "Declined",
        /// How it counts.
        required "class" class: Option<Class> = "failure",
        /// Whether every action of this kind must answer it.
        "demand" demand: Option<Demand> = "required",
        /// What happens to people where it is forgotten.
        required "why" why: Option<Text> = "The person stands at the counter and does not know whether they paid",
        /// Where this is known from.
        "source" source: Option<Text> = "https://docs.stripe.com/payments/paymentintents/lifecycle",
    }
}

record! {
    /// What an action must do to be safe.
    "a duty" pub struct CatalogueDuty {
        /// Whether every action of this kind must say how it does it.
        "demand" demand: Option<Demand> = "required",
        /// The question that a plan answers with it.
        required "ask" ask: Option<Text> = "Which key makes a second request harmless?",
        /// What happens to people where it is forgotten.
        required "why" why: Option<Text> = "A retry charges twice",
        /// Where this is known from.
        "source" source: Option<Text> = "https://docs.stripe.com/api/idempotent_requests",
    }
}

record! {
    /// A kind of stage.
    "a kind of stage" pub struct CatalogueStage {
        /// What people read.
        "title" title: Option<Text> = "Browse",
        /// What belongs into it.
        "doc" doc: Option<Text> = "People look for what they want.",
        /// Whether a person's journey must have it.
        "demand" demand: Option<Demand> = "required",
        /// What a screen of this stage must be able to show.
        "states" states: Map<Id, CatalogueState> = "{empty: {demand: required, why: Nothing matches the search}}",
    }
}

record! {
    /// What a screen must be able to show.
    "a state of screens" pub struct CatalogueState {
        /// Whether every screen that shows data must have it.
        "demand" demand: Option<Demand> = "required",
        /// What happens to people where it is forgotten.
        required "why" why: Option<Text> = "A blank page looks broken",
        /// Where this is known from.
        "source" source: Option<Text> = "https://www.scotthurff.com/posts/why-your-user-interface-is-awkward-youre-ignoring-the-ui-stack/",
    }
}

record! {
    /// A provider and what it reports.
    "a provider" pub struct CatalogueProvider {
        /// What people read.
        "title" title: Option<Text> = "Stripe",
        /// The kind of action whose results these are.
        "kind" kind: Option<Name> = "pay",
        /// Every status it can report.
        "statuses" statuses: Map<Text, CatalogueStatus> = "{requires_action: {means: pending}}",
        /// Where this is known from.
        "source" source: Option<Text> = "https://docs.stripe.com/payments/paymentintents/lifecycle",
    }
}

record! {
    /// A status that a provider can report.
    "a status of a provider" pub struct CatalogueStatus {
        /// The outcome of the kind that it is.
        required "means" means: Option<Name> = "pending",
        /// Whether every plan with this provider must answer it; where nothing is said, it must.
        "demand" demand: Option<Demand> = "required",
        /// What happens to people where it is forgotten.
        "why" why: Option<Text> = "The bank asks for a code, and the shop shows an error",
    }
}

record! {
    /// A channel of notifications.
    "a channel" pub struct CatalogueChannel {
        /// What people read.
        "title" title: Option<Text> = "Text message",
        /// Nothing may be sent before the person agreed.
        "consent" consent: bool = "true",
        /// How many messages one consent allows.
        "per-consent" per_consent: Option<u32> = "1",
        /// What to mind.
        "why" why: Option<Text> = "One consent lets you send exactly one message",
        /// Where this is known from.
        "source" source: Option<Text> = "https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/subscribe-message.html",
    }
}

record! {
    /// A platform with rules of its own.
    "a platform profile" pub struct CatalogueProfile {
        /// What people read.
        "title" title: Option<Text> = "WeChat mini-program",
        /// The rules it has, each with what it demands.
        "rules" rules: Map<Id, CatalogueDuty> = "{login-refusable: {ask: What if they refuse?, why: The app is rejected}}",
        /// Where this is known from.
        "source" source: Option<Text> = "https://developers.weixin.qq.com/miniprogram/product/",
    }
}
