//! `flowcheck schema`

use super::{Ending, print};

/// What the schema is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Of {
    /// Plan files, for editors
    Plan,
    /// The report of `validate --format json`
    Findings,
    /// `flowcheck.toml`, for editors
    Config,
}

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// What the schema is of
    #[arg(long, value_enum, default_value_t = Of::Plan, value_name = "WHAT")]
    of: Of,
}

pub(super) fn run(arguments: &Arguments) -> Ending {
    print(&match arguments.of {
        Of::Plan => crate::spec::schema_text(),
        Of::Findings => crate::output::json_schema(),
        Of::Config => crate::config::schema_text(),
    });
    Ending::Clean
}
