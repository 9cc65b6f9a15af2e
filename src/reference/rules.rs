//! Every rule, by group.

use crate::report::document::{Block, Document, Section, Table, one};
use crate::rules::{GROUPS, RULES, Rule};

/// The index of the rules.
pub fn document() -> Document {
    let mut sections = vec![Section {
        id: "how-to-read",
        title: "How to read it",
        lead: format!("There are {} rules.", RULES.len()),
        blocks: vec![Block::Text(
            "`flowcheck explain RULE` prints the page of one: what it finds, why it hurts, an example, the same plan mended. `-A`, `-W` and `-D` \
             set the level of a rule or of a whole group."
                .to_owned(),
        )],
    }];
    sections.extend(GROUPS.iter().map(|(group, about)| section(group, about)));
    Document { title: "The rules".to_owned(), sections }
}

fn section(group: &'static str, about: &str) -> Section {
    let row = |rule: &&Rule| vec![one(format!("`{}`", rule.name)), one(rule.level.word()), one(rule.summary()), one(rule.why())];
    let rows = RULES.iter().copied().filter(|rule| rule.group.name() == group).map(|rule| row(&rule)).collect();
    Section {
        id: group,
        title: group,
        lead: about.to_owned(),
        blocks: vec![Table::block(&["rule", "level", "what it finds", "why it hurts"], rows)],
    }
}
