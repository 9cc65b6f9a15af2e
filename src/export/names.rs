//! Names for a language that has neither hyphens nor places for two things of one name.

use std::collections::HashSet;

/// Gives out names, each once.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// A name in small letters from the plan's own words; a number follows where it is taken already.
    pub(super) fn small(&mut self, words: &[&str]) -> String {
        self.fresh(joined(words))
    }

    /// The same in capitals.
    pub(super) fn capital(&mut self, words: &[&str]) -> String {
        self.fresh(joined(words).to_uppercase())
    }

    fn fresh(&mut self, wanted: String) -> String {
        let numbered = (2..).map(|number| format!("{wanted}_{number}"));
        let free = std::iter::once(wanted.clone()).chain(numbered).find(|name| !self.taken.contains(name)).unwrap_or(wanted);
        self.taken.insert(free.clone());
        free
    }
}

/// Whoever names a file may write any letter, so a name that stands first could begin with a digit or hold what is no letter.
fn joined(words: &[&str]) -> String {
    let name = words.join("_").replace(|letter: char| !letter.is_ascii_alphanumeric(), "_");
    if name.starts_with(|first: char| first.is_ascii_digit()) { format!("n{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn two_things_never_share_a_name() {
        let mut names = Names::default();
        assert_eq!(names.capital(&["order", "paid-late"]), "ORDER_PAID_LATE");
        assert_eq!(names.capital(&["order-paid", "late"]), "ORDER_PAID_LATE_2");
        assert_eq!(names.small(&["3-d-secure", "state"]), "n3_d_secure_state");
    }
}
