//! Where text breaks into lines.

use textwrap::WordSeparator;

use super::{Weight, width};

/// Breaks text into as few lines as fit, of about the same length. What does not fit into the last line ends in an ellipsis; the whole
/// text stays in the element's name.
pub fn wrap(text: &str, size: f64, weight: Weight, widest: f64, most_lines: usize) -> Vec<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words(&text, size, weight, widest);
    if words.is_empty() {
        return Vec::new();
    }
    let lines = greedy(&words, widest);
    let count = lines.len();
    if count > most_lines {
        return cut(lines, most_lines, size, weight, widest);
    }
    // The narrowest width that needs no further line: lines of the same length read best.
    let (mut low, mut high) = (widest / 4.0, widest);
    for _ in 0..8 {
        let middle = f64::midpoint(low, high);
        if greedy(&words, middle).len() <= count && words.iter().all(|word| word.width <= middle) { high = middle } else { low = middle }
    }
    greedy(&words, high)
}

struct Word {
    text: String,
    width: f64,
    space: f64,
}

fn words(text: &str, size: f64, weight: Weight, widest: f64) -> Vec<Word> {
    let gap = width(" ", size, weight);
    let mut words = Vec::new();
    for word in WordSeparator::UnicodeBreakProperties.find_words(text) {
        let space = if word.whitespace.is_empty() { 0.0 } else { gap };
        // Only words that are too long are measured again and again.
        let is_too_long = width(word.word, size, weight) > widest;
        let mut piece = String::new();
        for character in word.word.chars() {
            piece.push(character);
            if is_too_long && piece.chars().count() > 1 && width(&piece, size, weight) > widest {
                piece.pop();
                words.push(Word { width: width(&piece, size, weight), text: std::mem::take(&mut piece), space: 0.0 });
                piece.push(character);
            }
        }
        if !piece.is_empty() {
            words.push(Word { width: width(&piece, size, weight), text: piece, space });
        }
    }
    words
}

fn greedy(words: &[Word], widest: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let (mut length, mut gap) = (0.0, 0.0);
    for word in words {
        if !line.is_empty() && length + gap + word.width > widest {
            lines.push(std::mem::take(&mut line));
            (length, gap) = (0.0, 0.0);
        }
        if gap > 0.0 {
            line.push(' ');
        }
        line.push_str(&word.text);
        length += gap + word.width;
        gap = word.space;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

fn cut(mut lines: Vec<String>, most: usize, size: f64, weight: Weight, widest: f64) -> Vec<String> {
    lines.truncate(most.max(1));
    if let Some(last) = lines.last_mut() {
        while !last.is_empty() && width(&format!("{last}…"), size, weight) > widest {
            last.pop();
        }
        last.truncate(last.trim_end().len());
        last.push('…');
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::{Weight, width};
    use super::wrap;

    fn lines(text: &str, widest: f64, most: usize) -> Vec<String> {
        wrap(text, 14.0, Weight::Medium, widest, most)
    }

    #[test]
    fn lines_are_of_about_the_same_length() {
        assert_eq!(lines("Detect country and language", 130.0, 3), ["Detect country", "and language"]);
        assert_eq!(lines("Pay", 130.0, 3), ["Pay"]);
        assert!(lines("  ", 130.0, 3).is_empty());
    }

    #[test]
    fn nothing_is_wider_than_allowed() {
        for text in
            ["Donaudampfschifffahrtsgesellschaftskapitän", "选择付款方式并确认订单", "a b c d e f g h i j k l m n o p q r s t u v w x y z"]
        {
            for line in lines(text, 90.0, 3) {
                assert!(width(&line, 14.0, Weight::Medium) <= 90.0, "{line}");
            }
        }
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        let lines = lines("one two three four five six seven eight nine ten eleven twelve", 60.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…'), "{lines:?}");
    }
}
