//! `flowcheck rules`

use super::reference::{Form, show};
use super::table::table;
use super::terminal::Terminal;
use super::{Ending, print};
use crate::reference::rules::document as index;
use crate::rules::RULES;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Only the rules of this group
    #[arg(value_name = "GROUP")]
    group: Option<String>,

    /// The form; Markdown is the whole index, with why each hurts
    #[arg(long, value_enum, default_value_t = Form::Terminal, value_name = "FORM", conflicts_with = "group")]
    to: Form,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Ending {
    if arguments.to == Form::Markdown {
        show(&index(), Form::Markdown, terminal);
        return Ending::Clean;
    }
    let wanted = |group: &str| arguments.group.as_deref().is_none_or(|asked| asked == group);
    let mut table = table(terminal, &["group", "rule", "level", "what it finds"]);
    let mut count = 0;
    for rule in RULES.iter().filter(|rule| wanted(rule.group.name())) {
        count += 1;
        table.add_row([rule.group.name(), rule.name, rule.level.word(), rule.summary()]);
    }
    if count == 0 {
        let mut groups: Vec<&str> = RULES.iter().map(|rule| rule.group.name()).collect();
        groups.dedup();
        super::complain(&format!("there is no group {}; the groups are {}", arguments.group.as_deref().unwrap_or(""), groups.join(", ")));
        return Ending::NotChecked;
    }
    print(&format!("{table}\n{count} rules. `flowcheck explain RULE` prints the page of one.\n"));
    Ending::Clean
}
