//! Which known names a mistyped one probably meant. Knows names as text only.

/// The known names near a mistyped one, nearest first, at most three.
///
/// A name is near when a third of its letters or fewer are swapped, missing, added or wrong, or when one is the other with a
/// word more (`order` and `place-order`).
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let folded = fold(name);
    let allowed = (folded.chars().count() / 3).clamp(1, 4);
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .filter(|candidate| !candidate.is_empty())
        .filter_map(|candidate| {
            let other = fold(candidate);
            let distance = strsim::osa_distance(&folded, &other);
            let shares_word = folded.len() > 2 && (is_word_of(&folded, &other) || is_word_of(&other, &folded));
            (distance <= allowed).then_some(distance).or(shares_word.then_some(allowed + 1)).map(|rank| (rank, candidate))
        })
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().map(|(_, candidate)| candidate).take(3).collect()
}

fn fold(name: &str) -> String {
    name.to_lowercase().replace(['_', ' '], "-")
}

fn is_word_of(part: &str, whole: &str) -> bool {
    part.len() < whole.len() && (whole.starts_with(&format!("{part}-")) || whole.ends_with(&format!("-{part}")))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn typing_mistakes_and_other_spellings_are_near() {
        assert_eq!(nearest("chekout", ["checkout", "menu"]), ["checkout"]);
        assert_eq!(nearest("if_refused", ["if-refused", "refused"]), ["if-refused", "refused"]);
        assert_eq!(nearest("order", ["place-order", "menu"]), ["place-order"]);
    }

    #[test]
    fn far_names_are_not_offered() {
        assert!(nearest("xyz", ["checkout", "menu"]).is_empty());
        assert!(nearest("pay", ["way-out", "checkout"]).is_empty());
    }
}
