//! `flowcheck catalogue`

use super::reference::{Form, show};
use super::table::table;
use super::terminal::Terminal;
use super::{Ending, complain, print};
use crate::reference::catalogue;
use crate::spec::nearest;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A kind of action, a stage, a provider, a channel or a platform; without it, all are listed
    #[arg(value_name = "NAME")]
    name: Option<String>,

    /// The form; Markdown without a name is the whole catalogue
    #[arg(long, value_enum, default_value_t = Form::Terminal, value_name = "FORM")]
    to: Form,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Ending {
    let Some(name) = &arguments.name else {
        match arguments.to {
            Form::Markdown => show(&catalogue::document(), Form::Markdown, terminal),
            Form::Terminal => print(&overview(terminal)),
        }
        return Ending::Clean;
    };
    let Some(page) = catalogue::about(name) else {
        let known: Vec<&str> = catalogue::names().into_iter().flat_map(|(_, names)| names).collect();
        let near = nearest(name, known);
        let meant = near.first().map_or_else(|| "`flowcheck catalogue` lists all".to_owned(), |near| format!("did you mean {near}?"));
        complain(&format!("the catalogue has no {name}; {meant}"));
        return Ending::NotChecked;
    };
    show(&page, arguments.to, terminal);
    Ending::Clean
}

fn overview(terminal: &Terminal) -> String {
    let mut all = table(terminal, &["what", "names"]);
    for (what, names) in catalogue::names() {
        all.add_row([what.to_owned(), names.join(", ")]);
    }
    format!("{all}\n`flowcheck catalogue NAME` shows what one of them demands, and why.\n")
}
