//! Everything that the catalogue demands, and why.

use crate::catalogue::Catalogue;
use crate::report::document::{Block, Document, Section, Table, one};
use crate::spec::{CatalogueChannel, CatalogueKind, CatalogueProfile, CatalogueProvider, CatalogueStage, Demand, Text};

/// The whole catalogue.
pub fn document() -> Document {
    Document { title: "The catalogue".to_owned(), sections: sections(|_| true) }
}

/// What is known of a name; nothing where the catalogue does not have it.
pub fn about(name: &str) -> Option<Document> {
    let sections = sections(|known| known == name);
    (!sections.is_empty()).then(|| Document { title: "From the catalogue".to_owned(), sections })
}

/// The names in the catalogue, by what they name.
pub fn names() -> Vec<(&'static str, Vec<&'static str>)> {
    let all = Catalogue::built_in();
    vec![
        ("kinds of backend actions", all.kinds().map(|(name, _)| name).collect()),
        ("stages", all.stages().map(|(name, _)| name).collect()),
        ("providers", all.providers().map(|(name, _)| name).collect()),
        ("channels", all.channels().map(|(name, _)| name).collect()),
        ("platforms", all.profiles().map(|(name, _)| name).collect()),
    ]
}

fn sections(is_wanted: impl Fn(&str) -> bool) -> Vec<Section> {
    let all = Catalogue::built_in();
    let mut found = Vec::new();
    found.extend(all.kinds().filter(|(name, _)| is_wanted(name)).map(|(name, kind)| of_kind(name, kind)));
    found.extend(all.stages().filter(|(name, _)| is_wanted(name)).map(|(name, stage)| of_stage(name, stage)));
    found.extend(all.providers().filter(|(name, _)| is_wanted(name)).map(|(name, provider)| of_provider(name, provider)));
    let channels: Vec<_> = all.channels().filter(|(name, _)| is_wanted(name)).collect();
    if !channels.is_empty() {
        found.push(of_channels(&channels));
    }
    found.extend(all.profiles().filter(|(name, _)| is_wanted(name)).map(|(name, profile)| of_profile(name, profile)));
    found
}

fn said(text: Option<&Text>) -> &str {
    text.map_or("", |text| &text.text)
}

fn demanded(demand: Option<Demand>) -> &'static str {
    demand.map_or("", Demand::word)
}

fn code(name: &str) -> String {
    format!("`{name}`")
}

/// What it is: `kind of action: Take money. Money moves from a person to the product.`
fn lead(what: &str, title: Option<&Text>, doc: Option<&Text>) -> String {
    let sentences = [format!("{what}: {}.", said(title)), said(doc).to_owned()];
    sentences.into_iter().filter(|sentence| !sentence.is_empty()).collect::<Vec<_>>().join(" ")
}

fn of_kind(name: &'static str, kind: &CatalogueKind) -> Section {
    let outcomes = kind.outcomes.iter().map(|(outcome, known)| {
        let class = known.class.map_or("", |class| class.word());
        let (why, source) = (said(known.why.as_ref()), said(known.source.as_ref()));
        vec![one(code(&outcome.text)), one(class), one(demanded(known.demand)), one(why), one(source)]
    });
    let duties = kind.duties.iter().map(|(duty, known)| {
        let (ask, why, source) = (said(known.ask.as_ref()), said(known.why.as_ref()), said(known.source.as_ref()));
        vec![one(code(&duty.text)), one(demanded(known.demand)), one(ask), one(why), one(source)]
    });
    let tables = [
        (&["outcome", "counts as", "demand", "where it is forgotten", "source"], outcomes.collect::<Vec<_>>()),
        (&["duty", "demand", "the question", "where it is forgotten", "source"], duties.collect()),
    ];
    let blocks = tables.into_iter().filter(|(_, rows)| !rows.is_empty()).map(|(columns, rows)| Table::block(columns, rows));
    let mut blocks: Vec<Block> = blocks.collect();
    if blocks.is_empty() {
        blocks.push(Block::Text("Nothing is demanded of it.".to_owned()));
    }
    Section { id: name, title: name, lead: lead("A kind of backend action", kind.title.as_ref(), kind.doc.as_ref()), blocks }
}

fn of_stage(name: &'static str, stage: &CatalogueStage) -> Section {
    let rows = stage.states.iter().map(|(state, known)| {
        let (why, source) = (said(known.why.as_ref()), said(known.source.as_ref()));
        vec![one(code(&state.text)), one(demanded(known.demand)), one(why), one(source)]
    });
    let columns = &["state of a screen that shows data", "demand", "where it is forgotten", "source"];
    Section {
        id: name,
        title: name,
        lead: lead("A stage", stage.title.as_ref(), stage.doc.as_ref()),
        blocks: vec![Table::block(columns, rows.collect())],
    }
}

fn of_provider(name: &'static str, provider: &CatalogueProvider) -> Section {
    let rows = provider.statuses.iter().map(|(status, known)| {
        let means = known.means.as_ref().map_or("", |means| means.text.as_str());
        vec![one(status.text.as_str()), one(code(means)), one(demanded(known.demand)), one(said(known.why.as_ref()))]
    });
    let table = Table::block(&["status", "means", "demand", "where it is forgotten"], rows.collect());
    let kind = provider.kind.as_ref().map_or("", |kind| kind.text.as_str());
    let facts = vec![("for actions of", one(format!("`kind: {kind}`"))), ("source", one(said(provider.source.as_ref())))];
    let blocks = vec![Block::Facts(facts), table];
    Section { id: name, title: name, lead: lead("A provider", provider.title.as_ref(), None), blocks }
}

fn of_channels(channels: &[(&'static str, &CatalogueChannel)]) -> Section {
    let rows = channels.iter().map(|(name, channel)| {
        let consent = match (channel.consent, channel.per_consent) {
            (false, _) => "not needed".to_owned(),
            (true, None) => "needed".to_owned(),
            (true, Some(messages)) => format!("needed, for each {messages} of them"),
        };
        let (title, why, source) = (said(channel.title.as_ref()), said(channel.why.as_ref()), said(channel.source.as_ref()));
        vec![one(code(name)), one(title), one(consent), one(why), one(source)]
    });
    let table = Table::block(&["channel", "what it is", "consent", "why", "source"], rows.collect());
    Section { id: "channels", title: "channels", lead: "The ways in which a message reaches a person.".to_owned(), blocks: vec![table] }
}

fn of_profile(name: &'static str, profile: &CatalogueProfile) -> Section {
    let rows = profile.rules.iter().map(|(rule, duty)| {
        let (ask, why, source) = (said(duty.ask.as_ref()), said(duty.why.as_ref()), said(duty.source.as_ref()));
        vec![one(code(&rule.text)), one(ask), one(why), one(source)]
    });
    let table = Table::block(&["rule", "the question", "why", "source"], rows.collect());
    Section { id: name, title: name, lead: lead("A platform", profile.title.as_ref(), None), blocks: vec![table] }
}
