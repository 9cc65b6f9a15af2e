//! What holds for a run of `flowcheck validate`: the configuration, and the flags over it.

use super::arguments::Arguments;
use crate::cli::day;
use crate::cli::settings::{Configuration, InForce, Origin, Said, Which};
use crate::config::FailOn;

/// The configuration, and what holds; or why it cannot be followed.
pub(super) fn in_force(arguments: &Arguments) -> Result<(Configuration, InForce), Vec<String>> {
    let configuration = Configuration::load(&which(arguments))?;
    let in_force = over(arguments, &configuration).map_err(|problem| vec![problem])?;
    Ok((configuration, in_force))
}

fn which(arguments: &Arguments) -> Which {
    match (&arguments.config, arguments.no_config) {
        (_, true) => Which::Nothing,
        (Some(path), _) => Which::This(path.clone()),
        (None, _) if arguments.paths.is_empty() => Which::Nearest(vec![".".into()]),
        (None, _) => Which::Nearest(arguments.paths.clone()),
    }
}

fn over(arguments: &Arguments, configuration: &Configuration) -> Result<InForce, String> {
    let today = day(arguments.today);
    let mut in_force = configuration.in_force(today)?;
    if !arguments.paths.is_empty() {
        in_force.paths = (arguments.paths.clone(), Origin::Flag("the command line".to_owned()));
    }
    if let Some(profile) = arguments.profile {
        in_force.profile = (profile, Origin::Flag(format!("--profile {}", profile.word())));
    }
    if let Some(fail_on) = arguments.fail_on {
        in_force.fail_on = (fail_on, Origin::Flag(format!("--fail-on {}", fail_on.word())));
    }
    if arguments.strict {
        in_force.fail_on = (FailOn::Warning, Origin::Flag("--strict".to_owned()));
    }
    if let Some(most) = arguments.max_warnings {
        in_force.max_warnings = (Some(most), Origin::Flag(format!("--max-warnings {most}")));
    }
    if let Some(most) = arguments.max_states {
        in_force.max_states = (most, Origin::Flag(format!("--max-states {most}")));
    }
    if let Some(path) = &arguments.baseline {
        in_force.baseline = (Some(path.clone()), Origin::Flag(format!("--baseline {}", path.display())));
    }
    for (name, setting, flag) in &arguments.levels.0 {
        in_force.said.push(Said::by_flag(name, *setting, flag)?);
    }
    in_force.said.extend(Said::by_choice(&arguments.only, &arguments.skip)?);
    Ok(in_force)
}
