//! `flowcheck explain`

use super::terminal::Terminal;
use super::{Ending, complain, markdown, print};
use crate::rules::{RULES, find};
use crate::spec::nearest;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The rule's name, as findings show it
    #[arg(value_name = "RULE")]
    rule: String,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Ending {
    let Some(rule) = find(&arguments.rule) else {
        let near = nearest(&arguments.rule, RULES.iter().map(|rule| rule.name));
        let meant = near.first().map_or_else(|| "`flowcheck rules` lists all".to_owned(), |near| format!("did you mean {near}?"));
        complain(&format!("there is no rule {}; {meant}", arguments.rule));
        return Ending::NotChecked;
    };
    let kind = format!("{} of the group {}", rule.level.word(), rule.group.name());
    print(&markdown::page(rule.page, &kind, terminal));
    Ending::Clean
}
