//! `flowcheck catalogue`

use std::fmt::Write as _;

use super::table::table;
use super::terminal::Terminal;
use super::{Ending, complain, print};
use crate::catalogue::Catalogue;
use crate::spec::{CatalogueKind, CatalogueProvider, CatalogueStage, Demand, Text, nearest};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A kind of action, a stage, a provider, a channel or a platform; without it, all are listed
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Ending {
    let catalogue = Catalogue::built_in();
    let Some(name) = &arguments.name else {
        print(&overview(catalogue, terminal));
        return Ending::Clean;
    };
    let mut parts: Vec<String> = Vec::new();
    parts.extend(catalogue.kind(name).map(|kind| of_kind(name, kind, terminal)));
    parts.extend(catalogue.stage(name).map(|stage| of_stage(name, stage, terminal)));
    parts.extend(catalogue.provider(name).map(|provider| of_provider(name, provider, terminal)));
    parts.extend(catalogue.channel(name).map(|channel| {
        let consent = if channel.consent { "needs consent" } else { "needs no consent" };
        format!("{}\n{consent}. {}\n", heading("channel", name, channel.title.as_ref(), terminal), said(channel.why.as_ref()))
    }));
    parts.extend(catalogue.profile(name).map(|profile| {
        let mut rules = table(terminal, &["rule", "the question", "why"]);
        for (rule, duty) in profile.rules.iter() {
            rules.add_row([rule.text.as_str(), said(duty.ask.as_ref()), said(duty.why.as_ref())]);
        }
        format!("{}\n{rules}\n", heading("platform", name, profile.title.as_ref(), terminal))
    }));
    if parts.is_empty() {
        let known = names(catalogue).into_iter().flat_map(|(_, names)| names).collect::<Vec<_>>();
        let near = nearest(name, known.iter().map(String::as_str));
        let meant = near.first().map_or_else(|| "`flowcheck catalogue` lists all".to_owned(), |near| format!("did you mean {near}?"));
        complain(&format!("the catalogue has no {name}; {meant}"));
        return Ending::NotChecked;
    }
    print(&parts.join("\n"));
    Ending::Clean
}

fn names(catalogue: &Catalogue) -> Vec<(&'static str, Vec<String>)> {
    vec![
        ("kinds of backend actions", catalogue.kinds().map(|(name, _)| name.to_owned()).collect()),
        ("stages", catalogue.stages().map(|(name, _)| name.to_owned()).collect()),
        ("providers", catalogue.providers().map(|(name, _)| name.to_owned()).collect()),
        ("channels", catalogue.channels().map(|(name, _)| name.to_owned()).collect()),
        ("platforms", catalogue.profiles().map(|(name, _)| name.to_owned()).collect()),
    ]
}

fn overview(catalogue: &Catalogue, terminal: &Terminal) -> String {
    let mut all = table(terminal, &["what", "names"]);
    for (what, names) in names(catalogue) {
        all.add_row([what.to_owned(), names.join(", ")]);
    }
    format!("{all}\n`flowcheck catalogue NAME` shows what one of them demands, and why.\n")
}

fn heading(what: &str, name: &str, title: Option<&Text>, terminal: &Terminal) -> String {
    let title = title.map(|title| format!(": {title}")).unwrap_or_default();
    terminal.bold(&format!("{what} `{name}`{title}"))
}

fn said(text: Option<&Text>) -> &str {
    text.map_or("", |text| &text.text)
}

fn demanded(demand: Option<Demand>) -> &'static str {
    demand.map_or("", Demand::word)
}

fn of_kind(name: &str, kind: &CatalogueKind, terminal: &Terminal) -> String {
    let mut out = format!("{}\n{}\n", heading("kind", name, kind.title.as_ref(), terminal), said(kind.doc.as_ref()));
    if !kind.outcomes.is_empty() {
        let mut outcomes = table(terminal, &["outcome", "counts as", "demand", "where it is forgotten"]);
        for (outcome, known) in kind.outcomes.iter() {
            let class = known.class.map_or("", |class| class.word());
            outcomes.add_row([outcome.text.as_str(), class, demanded(known.demand), said(known.why.as_ref())]);
        }
        let _ = writeln!(out, "{outcomes}");
    }
    if !kind.duties.is_empty() {
        let mut duties = table(terminal, &["duty", "demand", "the question", "where it is forgotten"]);
        for (duty, known) in kind.duties.iter() {
            duties.add_row([duty.text.as_str(), demanded(known.demand), said(known.ask.as_ref()), said(known.why.as_ref())]);
        }
        let _ = writeln!(out, "{duties}");
    }
    out
}

fn of_stage(name: &str, stage: &CatalogueStage, terminal: &Terminal) -> String {
    let mut states = table(terminal, &["state of a screen that shows data", "demand", "where it is forgotten"]);
    for (state, known) in stage.states.iter() {
        states.add_row([state.text.as_str(), demanded(known.demand), said(known.why.as_ref())]);
    }
    format!("{}\n{}\n{states}\n", heading("stage", name, stage.title.as_ref(), terminal), said(stage.doc.as_ref()))
}

fn of_provider(name: &str, provider: &CatalogueProvider, terminal: &Terminal) -> String {
    let mut statuses = table(terminal, &["status", "means", "demand", "where it is forgotten"]);
    for (status, known) in provider.statuses.iter() {
        let means = known.means.as_ref().map_or("", |means| means.text.as_str());
        statuses.add_row([status.text.as_str(), means, demanded(known.demand), said(known.why.as_ref())]);
    }
    let kind = provider.kind.as_ref().map_or("", |kind| kind.text.as_str());
    format!("{}\nfor actions of `kind: {kind}`\n{statuses}\n", heading("provider", name, provider.title.as_ref(), terminal))
}
