//! One thing that was said of rules, by a flag or in the configuration.

use super::{Origin, Patterns};
use crate::lint::{Setting, Settings};
use crate::rules::{RULES, Rule, current, find, select};
use crate::spec::list_with;

/// Something that was said of some rules.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Said {
    /// Of these.
    pub(in crate::cli) rules: Vec<&'static Rule>,
    /// This.
    pub(in crate::cli) setting: Setting,
    /// For these files only.
    pub(in crate::cli) pattern: Option<Patterns>,
    /// There.
    pub(in crate::cli) origin: Origin,
}

impl Said {
    /// What `-A`, `-W` or `-D` says.
    pub(in crate::cli) fn by_flag(name: &str, setting: Setting, flag: &str) -> Result<Self, String> {
        let rules = named(name, flag)?;
        if setting == Setting::Off && find(name).is_some_and(|rule| !Settings::can_be_off(rule)) {
            return Err(format!("--{flag} {name}: this rule is always asked, because nothing past what it finds is checked"));
        }
        Ok(Self { rules, setting, pattern: None, origin: Origin::Flag(format!("--{flag} {name}")) })
    }

    /// What `--only` and `--skip` say.
    pub(in crate::cli) fn by_choice(only: &[String], skip: &[String]) -> Result<Vec<Self>, String> {
        let off = |rules: Vec<&'static Rule>, flag: &str, names: &[String]| {
            let origin = Origin::Flag(format!("--{flag} {}", names.join(",")));
            (!names.is_empty()).then_some(Self { rules, setting: Setting::Off, pattern: None, origin })
        };
        let wanted = all_named(only, "only")?;
        let others = RULES.iter().copied().filter(|rule| wanted.iter().all(|other| other.name != rule.name)).collect();
        let said = [off(others, "only", only), off(all_named(skip, "skip")?, "skip", skip)];
        Ok(said.into_iter().flatten().collect())
    }
}

fn all_named(names: &[String], flag: &str) -> Result<Vec<&'static Rule>, String> {
    let mut rules = Vec::new();
    for name in names {
        rules.extend(named(name, flag)?);
    }
    Ok(rules)
}

/// The rules that a flag names; or what was probably meant.
pub(in crate::cli) fn named(name: &str, flag: &str) -> Result<Vec<&'static Rule>, String> {
    if current(name) != name {
        crate::cli::complain(&format!("--{flag} {name}: this rule is called {} now", current(name)));
    }
    select(name).map_err(|near| {
        let near: Vec<String> = near.into_iter().map(str::to_owned).collect();
        let meant =
            if near.is_empty() { "`flowcheck rules` lists all".to_owned() } else { format!("did you mean {}?", list_with(&near, "or")) };
        format!("--{flag} {name}: there is no rule and no group of this name; {meant}")
    })
}
