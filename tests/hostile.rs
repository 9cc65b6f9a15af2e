//! Any input is answered: with findings, never with a crash, and never past a bound.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use proptest::prelude::*;

use crate::common::{check, example_plans};

/// Runs the program on bytes from standard input: exit code, standard output.
fn run(bytes: &[u8]) -> (Option<i32>, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_flowcheck"))
        .args(["validate", "--format", "concise", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("piped");
    let _ = std::io::Write::write_all(&mut input, bytes);
    drop(input);
    let output = child.wait_with_output().expect("the program ends");
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A plan with pieces cut out, doubled and replaced: nearer to what people type than random bytes.
fn damaged(cuts: &[(u16, u8, u8)]) -> Vec<u8> {
    let plans = example_plans();
    let mut bytes = plans[0].1.clone().into_bytes();
    for (at, length, what) in cuts {
        let start = usize::from(*at) % bytes.len();
        let end = (start + usize::from(*length)).min(bytes.len());
        match what % 4 {
            0 => drop(bytes.drain(start..end)),
            1 => {
                let piece = bytes[start..end].to_vec();
                bytes.splice(start..start, piece);
            }
            2 => bytes[start] = *what,
            _ => drop(bytes.splice(start..end, b"{[: &*\"".iter().copied())),
        }
        if bytes.is_empty() {
            bytes.push(b'x');
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_an_exit_code(bytes: Vec<u8>) {
        prop_assert!(matches!(run(&bytes).0, Some(0..=2)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(text: String) {
        check(&text);
    }

    #[test]
    fn any_damaged_plan_is_answered(cuts in proptest::collection::vec(any::<(u16, u8, u8)>(), 1..6)) {
        if let Ok(text) = String::from_utf8(damaged(&cuts)) {
            check(&text);
        }
    }
}

/// A file that is hostile in one way, and what the program says of it.
fn verdict(name: &str, text: &str) -> String {
    let (code, out) = run(text.as_bytes());
    assert_eq!(code, Some(2), "{name}: {out}");
    out.lines().next().unwrap_or("").to_owned()
}

#[test]
fn files_that_are_not_yaml_are_told_with_their_place() {
    let files = [
        ("a tab", "flowcheck: 1\nstages:\n\tentry:\n"),
        ("an open quote", "flowcheck: 1\ntitle: \"open\njourney: x\n"),
        ("an open bracket", "flowcheck: 1\nroles: {member: {}\n"),
        ("a colon in a text", "flowcheck: 1\ntitle: Pay: now or later\n"),
        ("two documents", "flowcheck: 1\njourney: a\n---\nflowcheck: 1\n"),
        ("a tag", "flowcheck: 1\njourney: !name a\n"),
        ("a merge key", "flowcheck: 1\ntitle: x\n<<: {journey: a}\n"),
        ("an alias of nothing", "flowcheck: 1\njourney: *a\n"),
        ("an empty file", ""),
    ];
    let said: Vec<String> = files.iter().map(|(name, text)| format!("{name}: {}", verdict(name, text))).collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn files_in_other_dress_are_read_the_same() {
    let plain = "flowcheck: 1\njourney: a\ntitle: é\nroles: {guest: {}}\n";
    let expected = run(plain.as_bytes());
    assert_eq!(run(format!("\u{feff}{plain}").as_bytes()), expected, "with a byte-order mark");
    assert_eq!(run(plain.replace('\n', "\r\n").as_bytes()), expected, "with the line ends of Windows");
    assert_eq!(run(format!("---\n{plain}...\n").as_bytes()).0, expected.0, "with document marks");
    assert_eq!(run(plain.replace("{guest: {}}", "&r {guest: &e {}}").as_bytes()).0, expected.0, "with anchors");
}

#[test]
fn bytes_that_are_not_text_are_told_with_their_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let path: PathBuf = folder.path().join("latin.flow.yaml");
    std::fs::write(&path, b"flowcheck: 1\ntitle: caf\xe9\n").expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_flowcheck")).arg("validate").arg(&path).output().expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("is not UTF-8 text: line 2, byte 11 of that line is 0xe9"), "{said}");
}

#[test]
fn what_is_made_to_grow_does_not() {
    // Aliases of aliases: nothing is ever expanded, and reading them as forms is bounded.
    let mut laughs = String::from("flowcheck: 1\nnote: &a [x, x, x, x, x, x, x, x, x]\n");
    for (index, letter) in ('b'..='z').enumerate() {
        let before = char::from(b'a' + u8::try_from(index).expect("few"));
        let _ = writeln!(laughs, "{letter}: &{letter} [{}]", vec![format!("*{before}"); 9].join(", "));
    }
    assert!(matches!(run(laughs.as_bytes()).0, Some(1 | 2)));
    assert_eq!(run("[".repeat(200_000).as_bytes()).0, Some(2));
    assert_eq!(run("- ".repeat(50_000).as_bytes()).0, Some(2));
    let mut keys = String::new();
    for index in 0..50_000 {
        let _ = writeln!(keys, "k{index}: 1");
    }
    assert_eq!(run(keys.as_bytes()).0, Some(1));
}

/// Things that are moved together are followed in pairs, and many pairs use up what may be looked at.
#[test]
fn many_things_that_are_moved_at_once_are_followed_no_further_than_the_budget() {
    let (things, states) = (10, 40);
    let mut text = String::from("flowcheck: 1\njourney: many\nsystems: {shop: {}}\nentities:\n");
    for thing in 0..things {
        let _ = writeln!(text, "  e{thing}:\n    states:");
        for state in 1..states {
            let then: Vec<String> = (state..=states).map(|next| format!("s{next}")).collect();
            let _ = writeln!(text, "      s{state}: [{}]", then.join(", "));
        }
        let _ = writeln!(text, "      s{states}: {{end: true, means: closed}}");
    }
    let _ = writeln!(text, "backend:");
    for action in 0..50 {
        let sets: Vec<String> = (0..things).map(|thing| format!("e{thing}: s{}", 1 + (action * 7 + thing) % states)).collect();
        let _ = writeln!(text, "  a{action}: {{kind: other, system: shop, outcomes: {{ok: {{{}}}}}}}", sets.join(", "));
    }
    let choices: Vec<String> = (0..50).map(|action| format!("C{action}: {{backend: a{action}, on: {{ok: stay}}}}")).collect();
    let _ = writeln!(
        text,
        "stages:\n  entry:\n    p: {{screen: S, choices: {{{}, End: end-of-it}}}}\n    end-of-it: {{ends: success}}",
        choices.join(", ")
    );
    assert_eq!(run(text.as_bytes()).0, Some(1));
}
