//! Reads the notations back by their rules of escaping, as we understand them: every text as people wrote it, in its order.

use flowcheck::diagram::notation::Notation;

/// Every text in what was written, and a fault for every sign outside of texts that has no business there.
pub(crate) fn texts(written: &str, notation: Notation) -> Vec<String> {
    match notation {
        Notation::Dot => quoted(written).into_iter().filter(|(before, _)| before.ends_with("label=")).map(|(_, text)| dot(&text)).collect(),
        Notation::D2 => quoted(written)
            .into_iter()
            .filter(|(before, _)| !before.ends_with("stroke: ") && !before.ends_with("color: "))
            .map(|(_, text)| backslashes(&text))
            .collect(),
        Notation::Mermaid => mermaid(written),
        Notation::PlantUml => plantuml(written),
    }
}

/// The strings between quotes, with what stands before each since the one before; a backslash takes the next sign along.
fn quoted(written: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let (mut before, mut inside) = (String::new(), None::<String>);
    let mut characters = written.chars();
    while let Some(character) = characters.next() {
        match (&mut inside, character) {
            (Some(text), '"') => {
                found.push((std::mem::take(&mut before), std::mem::take(text)));
                inside = None;
            }
            (Some(text), '\\') => {
                text.push('\\');
                text.push(characters.next().expect("a sign after a backslash"));
            }
            (Some(text), _) => text.push(character),
            (None, '"') => inside = Some(String::new()),
            (None, _) => {
                assert!(character.is_ascii_alphanumeric() || " \n[]{}()<>=-,;:._|/#@".contains(character), "{character:?} in {written}");
                before.push(character);
            }
        }
    }
    assert!(inside.is_none(), "a string has no end: {written}");
    found
}

fn backslashes(text: &str) -> String {
    let mut out = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        assert!(!matches!(character, '\n' | '$'), "{character:?} has power in {text}");
        match character {
            '\\' => match characters.next() {
                Some('n') => out.push('\n'),
                Some(sign @ ('\\' | '"' | '$')) => out.push(sign),
                other => panic!("{other:?} after a backslash in {text}"),
            },
            _ => out.push(character),
        }
    }
    out
}

fn dot(text: &str) -> String {
    let without = text.replace("&amp;", "");
    assert!(!without.contains('&'), "an entity in {text}");
    // A dollar means nothing here, and is hidden from the reader that both notations share.
    backslashes(&text.replace('$', "\\$")).replace("&amp;", "&")
}

fn mermaid(written: &str) -> Vec<String> {
    let mut lines = written.splitn(4, '\n');
    assert_eq!(lines.next(), Some("---"));
    let title = lines.next().and_then(|line| line.strip_prefix("title: ")).expect("a title");
    assert_eq!(lines.next(), Some("---"));
    let mut texts = vec![serde_json::from_str(title).expect("a string")];
    let body = lines.next().expect("a body");
    assert!(!body.contains('\\'), "Mermaid knows no backslashes: {body}");
    texts.extend(quoted(body).into_iter().map(|(_, text)| text.split("<br/>").map(numbers).collect::<Vec<_>>().join("\n")));
    texts
}

/// `#35;` is a sign by its number.
fn numbers(text: &str) -> String {
    let mut pieces = text.split('#');
    let mut out = tame(pieces.next().unwrap_or_default()).to_owned();
    for piece in pieces {
        let (number, rest) = piece.split_once(';').expect("the end of a number");
        out.push(number.parse().ok().and_then(char::from_u32).expect("a number of a sign"));
        out.push_str(tame(rest));
    }
    out
}

fn tame(text: &str) -> &str {
    assert!(text.chars().all(|sign| sign.is_alphanumeric() || " ,?-▶".contains(sign)), "a sign with power in {text:?}");
    text
}

fn plantuml(written: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for line in written.lines() {
        if let Some(title) = line.strip_prefix("title ") {
            texts.push(unicode(title));
        } else if let Some((_, label)) = line.split_once(" : ") {
            texts.push(unicode(label));
        } else {
            texts.extend(quoted(line).into_iter().map(|(_, text)| text.split("\\n").map(unicode).collect::<Vec<_>>().join("\n")));
        }
    }
    texts
}

/// `<U+0023>` is a sign by its number.
fn unicode(text: &str) -> String {
    let mut pieces = text.split("<U+");
    let mut out = tame_or_beyond(pieces.next().unwrap_or_default()).to_owned();
    for piece in pieces {
        let (number, rest) = piece.split_once('>').expect("the end of a number");
        assert_eq!(number.len(), 4, "{text}");
        out.push(u32::from_str_radix(number, 16).ok().and_then(char::from_u32).expect("a number of a sign"));
        out.push_str(tame_or_beyond(rest));
    }
    out
}

/// Signs beyond the four digits stand as they are, and mean nothing to the tool.
fn tame_or_beyond(text: &str) -> &str {
    let within: String = text.chars().filter(|sign| u32::from(*sign) <= 0xFFFF).collect();
    tame(&within);
    text
}
