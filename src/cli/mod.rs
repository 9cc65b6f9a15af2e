//! The command line: flags, files, printing, exit codes; one file for each command.
//!
//! The only room that prints and exits.

mod catalogue;
mod completions;
mod explain;
mod init;
mod export;
mod language;
pub mod load;
mod man;
mod many;
mod markdown;
mod preview;
mod progress;
mod reference;
mod render;
mod report;
mod reported;
mod rules;
mod schema;
mod settings;
mod table;
mod terminal;
mod validate;
mod watching;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

/// How a run ended. The code never depends on the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// Nothing at or above the level that fails.
    Clean,
    /// Findings.
    Findings,
    /// Something could not be checked: unreadable, not YAML, no input, a wrong flag.
    NotChecked,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        Self::from(match ending {
            Ending::Clean => 0,
            Ending::Findings => 1,
            Ending::NotChecked => 2,
        })
    }
}

const ABOUT: &str = "Checks user journeys, written in YAML before any screen exists, for what is missing behind the screens";

const AFTER: &str = "Exit codes: 0 nothing to answer, 1 findings, 2 something could not be checked.";

#[derive(Debug, Parser)]
#[command(name = "flowcheck", version, about = ABOUT, after_help = AFTER, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,

    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = terminal::Color::Auto, value_name = "WHEN")]
    color: terminal::Color,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check plans and say what to answer next
    Validate(Box<validate::Arguments>),
    /// Draw a plan as a picture
    Render(render::Arguments),
    /// Make the report for the kick-off meeting: blueprint, what is missing, who owns what
    Report(report::Arguments),
    /// Show the report in a browser, and show it anew at each save
    Preview(preview::Arguments),
    /// Print the page of a rule: what it finds, why it hurts, what to write instead
    Explain(explain::Arguments),
    /// List every rule
    Rules(rules::Arguments),
    /// Explain the places and keys of a plan
    Language(language::Arguments),
    /// Show what the catalogue demands of each kind of action, stage, provider, channel and platform
    Catalogue(catalogue::Arguments),
    /// Write a plan to begin with, or a first configuration; never over a file that is there
    Init(init::Arguments),
    /// Write a plan as a model for another checker, such as SPIN
    Export(export::Arguments),
    /// Print the JSON Schema of plans or of flowcheck.toml, for editors, or of the JSON report
    Schema(schema::Arguments),
    /// Print a script that completes commands, flags and values in a shell
    Completions(completions::Arguments),
    /// Print a manual page
    Man(man::Arguments),
}

/// The whole command line as data: what is written about it is made from this, or held against it.
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are printed here too, and are no failure.
            let _ = error.print();
            return if error.use_stderr() { Ending::NotChecked } else { Ending::Clean }.into();
        }
    };
    let terminal = terminal::Terminal::new(arguments.color);
    let ending = match arguments.command {
        Command::Validate(arguments) => validate::run(&arguments, &terminal),
        Command::Render(arguments) => render::run(&arguments),
        Command::Report(arguments) => report::run(&arguments, &terminal),
        Command::Preview(arguments) => preview::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments, &terminal),
        Command::Rules(arguments) => rules::run(&arguments, &terminal),
        Command::Language(arguments) => language::run(&arguments, &terminal),
        Command::Catalogue(arguments) => catalogue::run(&arguments, &terminal),
        Command::Init(arguments) => init::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man(arguments) => man::run(&arguments),
    };
    ending.into()
}

/// Writes the result. A reader that has gone away, such as `head`, is no failure.
fn print(text: &str) {
    print_bytes(text.as_bytes());
}

/// The same, where the result is no text.
fn print_bytes(bytes: &[u8]) {
    let _ = std::io::stdout().lock().write_all(bytes);
}

/// Says why something could not be done.
fn complain(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "flowcheck: {text}");
}

/// Says what was done beside the result.
fn note(text: &str) {
    complain(text);
}

/// The day that is asked for, or today.
fn day(asked: Option<jiff::civil::Date>) -> jiff::civil::Date {
    asked.unwrap_or_else(|| jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date())
}
