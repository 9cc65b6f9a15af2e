//! `flowcheck man`

use super::{Ending, command, complain, print};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The command that the page is about; without one, the program
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Ending {
    let mut program = command();
    program.build();
    let about = match &arguments.command {
        None => Some(program),
        Some(name) => program.find_subcommand(name).cloned(),
    };
    let Some(about) = about else {
        complain(&format!("there is no command {}; `flowcheck --help` lists all", arguments.command.as_deref().unwrap_or("")));
        return Ending::NotChecked;
    };
    let mut page = Vec::new();
    // Only a writer that fails makes this fail, and a list of bytes never does.
    let _ = clap_mangen::Man::new(about).render(&mut page);
    print(&String::from_utf8_lossy(&page));
    Ending::Clean
}
