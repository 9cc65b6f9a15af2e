//! What rules are told, from the flags.

use super::arguments::Arguments;
use crate::lint::{Orders, Setting, Settings};
use crate::rules::{RULES, Rule, current, select};
use crate::spec::list_with;

/// What the flags say; or why they cannot be followed.
pub(super) fn orders(arguments: &Arguments) -> Result<Orders, String> {
    let today = arguments.today.unwrap_or_else(|| jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date());
    let mut orders = Orders::on(today);
    for (name, setting, flag) in &arguments.levels.0 {
        for rule in named(name, flag)? {
            if *setting == Setting::Off && rule.name == name && !Settings::can_be_off(rule) {
                return Err(format!("--{flag} {name}: this rule is always asked, because nothing past what it finds is checked"));
            }
            orders.everywhere.set(rule, *setting);
        }
    }
    let only = all_named(&arguments.only, "only")?;
    let skip = all_named(&arguments.skip, "skip")?;
    let is_out = |rule: &&&Rule| {
        let is_in = |rules: &[&Rule]| rules.iter().any(|other| other.name == rule.name);
        (!only.is_empty() && !is_in(&only)) || is_in(&skip)
    };
    RULES.iter().filter(is_out).for_each(|rule| orders.everywhere.set(rule, Setting::Off));
    Ok(orders)
}

fn all_named(names: &[String], flag: &str) -> Result<Vec<&'static Rule>, String> {
    let mut rules = Vec::new();
    for name in names {
        rules.extend(named(name, flag)?);
    }
    Ok(rules)
}

fn named(name: &str, flag: &str) -> Result<Vec<&'static Rule>, String> {
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
