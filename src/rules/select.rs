//! Rules by the names that flags and configuration give: a rule, a group of rules, or the name a rule had before.

use super::{Group, RULES, Rule, find};
use crate::spec::nearest;

/// Names that rules had before, each with the one it has now. A name that was once published stays in here.
const RENAMED: &[(&str, &str)] = &[];

/// The name that a rule has now, for one that it may have had before.
pub fn current(name: &str) -> &str {
    follow(name, RENAMED)
}

fn follow<'n>(name: &'n str, renamed: &[(&str, &'n str)]) -> &'n str {
    renamed.iter().find(|(old, _)| *old == name).map_or(name, |(_, new)| new)
}

/// The rules of a name: one, or those of a group.
///
/// # Errors
/// The names that were probably meant, nearest first.
pub fn select(name: &str) -> Result<Vec<&'static Rule>, Vec<&'static str>> {
    if let Some(rule) = find(name) {
        return Ok(vec![rule]);
    }
    let of_group: Vec<_> = RULES.iter().copied().filter(|rule| rule.group.name() == name).collect();
    if of_group.is_empty() { Err(nearest(name, names())) } else { Ok(of_group) }
}

/// Every name that [`select`] takes: the groups, then the rules.
pub fn names() -> impl Iterator<Item = &'static str> {
    groups().map(Group::name).chain(RULES.iter().map(|rule| rule.name))
}

/// The groups that have rules, in the order in which they are shown.
pub fn groups() -> impl Iterator<Item = Group> {
    let mut last = None;
    RULES.iter().map(|rule| rule.group).filter(move |group| last.replace(*group) != Some(*group))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_before_lead_to_rules_that_are_there() {
        for (old, new) in RENAMED {
            assert!(RULES.iter().any(|rule| rule.name == *new), "{old} was renamed to {new}, which is no rule");
            assert!(RULES.iter().all(|rule| rule.name != *old), "{old} is a rule and the former name of one");
        }
        assert_eq!(follow("blind-alley", &[("blind-alley", "dead-end")]), "dead-end");
        assert_eq!(follow("dead-end", &[("blind-alley", "dead-end")]), "dead-end");
    }

    #[test]
    fn a_name_is_a_rule_or_a_group() {
        assert_eq!(select("dead-end").map(|rules| rules.len()), Ok(1));
        assert!(select("structure").is_ok_and(|rules| rules.len() > 5));
        assert_eq!(select("strcture").err(), Some(vec!["structure"]));
    }

    #[test]
    fn no_rule_is_called_like_a_group() {
        let names: Vec<&str> = names().collect();
        assert!(names.iter().all(|name| names.iter().filter(|other| *other == name).count() == 1));
    }
}
