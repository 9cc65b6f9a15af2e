//! The flags `-A`, `-W` and `-D`: which rules weigh what, in the order in which they were given.

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::finding::Level;
use crate::lint::Setting;

/// What each flag says: its letter, its name, the setting, its help.
const FLAGS: [(char, &str, Setting, &str); 3] = [
    ('A', "allow", Setting::Off, "Switch a rule or a group off"),
    ('W', "warn", Setting::Level(Level::Warning), "Make the findings of a rule or a group warnings"),
    ('D', "deny", Setting::Level(Level::Error), "Make the findings of a rule or a group errors; of these three the last one wins"),
];

/// What was given, in order: the name of a rule or group, what is said of it, and the flag that says so.
#[derive(Clone, Debug, Default)]
pub(super) struct Levels(pub(super) Vec<(String, Setting, &'static str)>);

impl clap::FromArgMatches for Levels {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut given: Vec<(usize, String, Setting, &'static str)> = Vec::new();
        for (_, name, setting, _) in FLAGS {
            let indices = matches.indices_of(name).into_iter().flatten();
            let values = matches.get_many::<String>(name).into_iter().flatten().cloned();
            given.extend(indices.zip(values).map(|(index, value)| (index, value, setting, name)));
        }
        given.sort_by_key(|(index, ..)| *index);
        Ok(Self(given.into_iter().map(|(_, value, setting, flag)| (value, setting, flag)).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.extend(Self::from_arg_matches(matches)?.0);
        Ok(())
    }
}

impl clap::Args for Levels {
    fn augment_args(command: Command) -> Command {
        FLAGS.iter().fold(command, |command, (short, name, _, help)| {
            let arg = Arg::new(*name).short(*short).long(*name).help(*help);
            command.arg(arg.value_name("RULE|GROUP").value_delimiter(',').action(ArgAction::Append).help_heading(super::arguments::RULES))
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}
