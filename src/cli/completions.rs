//! `flowcheck completions`

use super::{Ending, command, print};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The shell that completes
    #[arg(value_enum, value_name = "SHELL")]
    shell: clap_complete::Shell,
}

pub(super) fn run(arguments: &Arguments) -> Ending {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command(), "flowcheck", &mut script);
    print(&String::from_utf8_lossy(&script));
    Ending::Clean
}
