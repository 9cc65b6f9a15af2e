//! `flowcheck language`

use super::reference::{Form, show};
use super::table::table;
use super::terminal::Terminal;
use super::{Ending, complain, print};
use crate::reference::language;
use crate::spec::{nearest, records};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A place or a key, such as step or within; without it, the places are listed
    #[arg(value_name = "NAME")]
    name: Option<String>,

    /// The form; Markdown without a name is the whole reference
    #[arg(long, value_enum, default_value_t = Form::Terminal, value_name = "FORM")]
    to: Form,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Ending {
    let Some(name) = &arguments.name else {
        match arguments.to {
            Form::Markdown => show(&language::document(), Form::Markdown, terminal),
            Form::Terminal => print(&overview(terminal)),
        }
        return Ending::Clean;
    };
    let Some(page) = language::about(name) else {
        let near = nearest(name, language::names());
        let meant = near.first().map_or_else(|| "`flowcheck language` lists all places".to_owned(), |near| format!("did you mean {near}?"));
        complain(&format!("the language has no {name}; {meant}"));
        return Ending::NotChecked;
    };
    show(&page, arguments.to, terminal);
    Ending::Clean
}

fn overview(terminal: &Terminal) -> String {
    let mut places = table(terminal, &["place", "what it is", "keys"]);
    for record in records() {
        let keys: Vec<&str> = language::own_keys(&record).collect();
        places.add_row([record.place, record.doc, &keys.join(", ")]);
    }
    format!("{places}\n`flowcheck language NAME` explains a place or a key, such as `step` or `within`.\n")
}
