//! What holds for every entry of the data, and how a plan's own entries are added.

use std::collections::HashSet;
use std::path::Path;

use super::*;
use crate::source::FileId;
use crate::spec::{Class, Demand, Form as _, Text};

fn own(text: &str) -> CatalogueForm {
    let (form, faults) = crate::spec::read::<CatalogueForm>(FileId::default(), text);
    assert!(faults.is_empty(), "{faults:?}");
    form
}

/// A kind with its required outcomes, each with its class, and its required duties.
type Demanded = (&'static str, &'static [(&'static str, Class)], &'static [&'static str]);

/// What each kind requires. Plans are held against it, so a change here is a change of what the program demands of people.
const DEMANDED: &[Demanded] = {
    use Class::{Failure, Interim, Rejection, Success};
    &[
        ("read", &[("shown", Success)], &[]),
        (
            "submit",
            &[("accepted", Success), ("invalid", Failure), ("duplicate", Failure), ("session-expired", Failure), ("unknown", Interim)],
            &["idempotent"],
        ),
        (
            "book",
            &[("confirmed", Success), ("slot-taken", Failure), ("expired", Failure), ("declined", Rejection), ("unknown", Interim)],
            &["idempotent"],
        ),
        (
            "pay",
            &[
                ("succeeded", Success),
                ("declined", Failure),
                ("user-cancelled", Failure),
                ("pending", Interim),
                ("expired", Failure),
                ("unknown", Interim),
            ],
            &["idempotent", "verified", "amount-checked", "queried", "reconciled"],
        ),
        (
            "refund",
            &[("refunded", Success), ("pending", Interim), ("failed", Failure), ("rejected", Rejection)],
            &["idempotent", "approved-by"],
        ),
        ("subscribe", &[("active", Success), ("declined", Failure), ("pending", Interim), ("past-due", Failure)], &[]),
        ("review", &[("approved", Success), ("rejected", Rejection), ("returned", Rejection)], &[]),
        ("fulfil", &[("done", Success), ("partial", Failure), ("failed", Failure)], &[]),
        ("message", &[("sent", Success), ("refused", Failure), ("failed", Failure)], &[]),
        ("publish", &[("published", Success), ("rejected", Rejection)], &[]),
        (
            "upload",
            &[("stored", Success), ("too-large", Failure), ("rejected-by-screening", Rejection), ("failed", Failure)],
            &["screened"],
        ),
        ("sign-in", &[("signed-in", Success), ("refused", Failure), ("failed", Failure), ("link-expired", Failure)], &[]),
        ("other", &[], &[]),
    ]
};

#[test]
fn every_kind_demands_what_was_agreed() {
    let catalogue = Catalogue::built_in();
    assert_eq!(catalogue.kinds().map(|(name, _)| name).collect::<Vec<_>>(), DEMANDED.iter().map(|(name, ..)| *name).collect::<Vec<_>>());
    for (name, outcomes, duties) in DEMANDED {
        let kind = catalogue.kind(name).expect("a kind of the list");
        let required = |demand: Option<Demand>| demand == Some(Demand::Required);
        let found: Vec<_> = named(&kind.outcomes)
            .filter(|(_, outcome)| required(outcome.demand))
            .map(|(name, outcome)| (name, outcome.class.expect("a class")))
            .collect();
        assert_eq!(&found, outcomes, "required outcomes of {name}");
        let found: Vec<_> = named(&kind.duties).filter(|(_, duty)| required(duty.demand)).map(|(name, _)| name).collect();
        assert_eq!(&found, duties, "required duties of {name}");
    }
}

#[test]
fn every_file_of_the_folder_is_in_the_catalogue() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/catalogue");
    let files = crate::source::matching_files(&folder, "**/*.yaml").expect("the folder is readable");
    let names: HashSet<_> = files.iter().map(|file| crate::source::display_name(file.strip_prefix(&folder).expect("below it"))).collect();
    assert_eq!(names, built_in::all().map(|(name, _)| name.to_owned()).collect());
}

#[test]
fn every_file_is_free_of_faults_and_nothing_in_it_is_passed_over() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/catalogue");
    for (name, built_in) in built_in::all() {
        let source = crate::source::Source::read(&folder.join(name)).expect("it was there when the program was built");
        let (form, faults) = crate::spec::read::<CatalogueForm>(FileId::default(), source.text());
        assert!(faults.is_empty(), "{name}: {faults:?}");
        assert!(form == *built_in, "{name} is another one in the program than in the file");
        let second_reader: serde_json::Value = serde_yaml::from_str(source.text()).expect("readable for another reader as well");
        assert_eq!(form.write(), Some(second_reader), "{name}");
    }
}

#[test]
fn every_file_of_kinds_providers_and_profiles_is_named_after_its_entry() {
    for (file, form) in built_in::all() {
        let entries: Vec<&str> = match file.split_once('/').map(|(folder, _)| folder) {
            Some("kinds") => named(&form.kinds).map(|(name, _)| name).collect(),
            Some("providers") => named(&form.providers).map(|(name, _)| name).collect(),
            Some("profiles") => named(&form.profiles).map(|(name, _)| name).collect(),
            _ => continue,
        };
        let name = file.split('/').next_back().and_then(|name| name.strip_suffix(".yaml"));
        assert_eq!(entries, Vec::from_iter(name), "{file}");
    }
}

/// A sentence of our own, and a source that can be looked up.
fn told(place: &str, why: Option<&Text>, source: Option<&Text>) {
    sentence(place, why);
    let source = source.map_or("", |source| source.text.as_str());
    let thread = source.split_once('#').is_some_and(|(repository, number)| {
        repository.split('/').filter(|part| !part.is_empty()).count() == 2 && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    assert!(source == "practice" || source.starts_with("https://") || thread, "{place} has no source to look up: `{source}`");
}

fn sentence(place: &str, why: Option<&Text>) {
    let why = why.map_or("", |why| why.text.as_str());
    assert!(why.split(' ').count() >= 6 && !why.ends_with('.') && !why.contains('\n'), "{place} does not say why in one line: `{why}`");
}

#[test]
fn every_outcome_duty_and_state_says_why_and_from_where() {
    let catalogue = Catalogue::built_in();
    for (kind_name, kind) in catalogue.kinds() {
        assert!(kind.title.is_some() && kind.doc.is_some(), "{kind_name} says what it is");
        for (name, outcome) in named(&kind.outcomes) {
            let place = format!("{kind_name}.{name}");
            assert!(outcome.title.is_some() && outcome.demand.is_some(), "{place} has a title and a demand");
            told(&place, outcome.why.as_ref(), outcome.source.as_ref());
        }
        for (name, duty) in named(&kind.duties) {
            asked(&format!("{kind_name}.{name}"), duty);
        }
    }
    for (stage_name, stage) in catalogue.stages() {
        assert!(stage.title.is_some() && stage.doc.is_some() && stage.demand.is_some(), "{stage_name} says what it is");
        for (name, state) in named(&stage.states) {
            let place = format!("{stage_name}.{name}");
            assert!(state.demand.is_some(), "{place} has a demand");
            told(&place, state.why.as_ref(), state.source.as_ref());
        }
    }
    for (name, channel) in catalogue.channels() {
        assert!(channel.title.is_some(), "{name} has a title");
        told(name, channel.why.as_ref(), channel.source.as_ref());
    }
    for (profile_name, profile) in catalogue.profiles() {
        assert!(profile.title.is_some() && profile.source.is_some(), "{profile_name} has a title and a source");
        for (name, rule) in named(&profile.rules) {
            asked(&format!("{profile_name}.{name}"), rule);
        }
    }
}

fn asked(place: &str, duty: &CatalogueDuty) {
    assert!(duty.demand.is_some(), "{place} has a demand");
    assert!(duty.ask.as_ref().is_some_and(|ask| ask.text.ends_with('?')), "{place} asks a question");
    told(place, duty.why.as_ref(), duty.source.as_ref());
}

#[test]
fn every_status_of_a_provider_is_an_outcome_of_its_kind() {
    let catalogue = Catalogue::built_in();
    for (provider_name, provider) in catalogue.providers() {
        assert!(provider.title.is_some() && provider.source.is_some(), "{provider_name} has a title and a source");
        let kind_name = provider.kind.as_ref().map_or("", |kind| kind.text.as_str());
        let kind = catalogue.kind(kind_name).unwrap_or_else(|| panic!("{provider_name} is of no known kind: `{kind_name}`"));
        assert!(!provider.statuses.is_empty(), "{provider_name} reports something");
        for (status, entry) in provider.statuses.iter() {
            let place = format!("{provider_name} {status}");
            let means = entry.means.as_ref().map_or("", |means| means.text.as_str());
            assert!(outcome(kind, means).is_some(), "{place} means `{means}`, which is no outcome of {kind_name}");
            assert!(entry.demand.is_some(), "{place} has a demand");
            sentence(&place, entry.why.as_ref());
        }
    }
}

#[test]
fn names_are_unique() {
    fn unique<V>(place: &str, map: &Map<Id, V>) {
        let mut seen = HashSet::new();
        for (name, _) in named(map) {
            assert!(seen.insert(name), "{place} has {name} twice");
        }
    }
    for section in ["kinds", "stages", "providers", "channels", "profiles"] {
        let mut seen = HashSet::new();
        for name in built_in::names(section) {
            assert!(seen.insert(name), "{section} have {name} twice");
        }
    }
    for (id, kind) in built_in::all().flat_map(|(_, form)| form.kinds.iter()) {
        unique(&id.text, &kind.outcomes);
        unique(&id.text, &kind.duties);
    }
    let duties: Vec<_> = Catalogue::built_in().duty_names().collect();
    assert_eq!(duties.len(), duties.iter().collect::<HashSet<_>>().len());
    assert!(duties.contains(&"idempotent") && duties.contains(&"screened"));
}

#[test]
fn screens_can_load_and_fail_in_every_stage_and_be_empty_where_people_browse() {
    let catalogue = Catalogue::built_in();
    let stages: Vec<_> = catalogue.stages().map(|(name, _)| name).collect();
    assert_eq!(stages, ["entry", "browse", "submit", "book", "review", "pay", "fulfil", "follow-up"]);
    let demanded: Vec<_> = catalogue.stages().filter(|(_, stage)| stage.demand == Some(Demand::Required)).map(|(name, _)| name).collect();
    assert_eq!(demanded, ["entry", "browse", "submit", "pay", "follow-up"]);
    for (name, stage) in catalogue.stages() {
        let required: Vec<_> =
            named(&stage.states).filter(|(_, state)| state.demand == Some(Demand::Required)).map(|(state, _)| state).collect();
        assert_eq!(required, if name == "browse" { vec!["loading", "empty", "error"] } else { vec!["loading", "error"] }, "{name}");
    }
    assert_eq!(catalogue.stage_rank("entry"), Some(0));
    assert_eq!(catalogue.stage_rank("follow-up"), Some(7));
    assert_eq!(catalogue.stage_rank("onboarding"), None);
}

#[test]
fn one_consent_for_wechat_is_one_message() {
    let catalogue = Catalogue::built_in();
    let channel = catalogue.channel("wechat-subscribe").expect("a channel");
    assert_eq!((channel.consent, channel.per_consent), (true, Some(1)));
    assert!(catalogue.channel("email").is_some_and(|channel| !channel.consent));
    assert!(catalogue.profile("wechat-mini-program").is_some_and(|profile| find(&profile.rules, "login-refusable").is_some()));
}

#[test]
fn a_plan_adds_and_replaces_entries() {
    let extended = Catalogue::built_in().extended_by(&own(
        "{kinds: {print: {title: Print a label, lasting: true}}, stages: {onboarding: {title: Set up}, browse: {title: Look around}}, \
         channels: {pager: {title: Kitchen pager}, email: {title: Post}}}",
    ));
    assert!(extended.kind("print").is_some_and(|kind| kind.lasting));
    assert_eq!(extended.stage_rank("onboarding"), Some(8));
    assert_eq!(extended.stage_rank("browse"), Some(1));
    assert!(extended.stage("browse").is_some_and(|stage| stage.states.is_empty()));
    assert!(extended.channel("pager").is_some());
    assert_eq!(extended.channel("email").and_then(|channel| channel.title.as_ref()).map(|title| title.text.as_str()), Some("Post"));
    assert!(Catalogue::built_in().kind("print").is_none());
}

#[test]
fn a_plan_adds_to_a_known_kind_without_losing_the_rest() {
    let extended = Catalogue::built_in().extended_by(&own(
        "{kinds: {pay: {title: Pay at the bar, outcomes: {declined: {class: failure, demand: advisable, why: Cash is taken instead}, \
         on-the-house: {class: success, why: The barista gave it away}}, duties: {counted: {ask: Who counts the till?, why: Coins go missing}}}}}",
    ));
    let pay = extended.kind("pay").expect("still there");
    assert_eq!(pay.title.as_ref().map(|title| title.text.as_str()), Some("Pay at the bar"));
    assert!(pay.lasting && pay.doc.is_some());
    assert_eq!(outcome(pay, "declined").and_then(|outcome| outcome.demand), Some(Demand::Advisable));
    assert!(outcome(pay, "on-the-house").is_some() && outcome(pay, "succeeded").is_some());
    assert!(duty(pay, "counted").is_some() && duty(pay, "idempotent").is_some());
    assert_eq!(extended.duty_names().filter(|name| *name == "counted").count(), 1);
}
