//! The tools that draw what is written. They are asked where they are installed; where `CI` is set they must be.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::common::{missing, root};

/// What a tool says to an input; nothing where it is not installed.
pub(crate) fn run(tool: &str, arguments: &[&str], input: &str) -> Option<String> {
    let started = Command::new(tool).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut child) = started else {
        missing(tool);
        return None;
    };
    let mut stdin = child.stdin.take().expect("a way in");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("the tool ends");
    writer.join().expect("the input is written").expect("the tool reads");
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{tool}: {complaint}");
    Some(String::from_utf8(output.stdout).expect("the tool writes UTF-8"))
}

/// What a tool of Node's reads in each of several texts; nothing where it is not installed.
pub(crate) fn ask(script: &str, texts: &[String]) -> Option<Vec<Vec<String>>> {
    let folder: PathBuf = root().join("tests/notations/tools");
    if Command::new("node").arg("--version").output().is_err() {
        missing(&format!("node, for {script}"));
        return None;
    }
    if !folder.join("node_modules").is_dir() {
        missing(script);
        return None;
    }
    let input = serde_json::to_string(texts).expect("texts are JSON");
    let answer = run("node", &[&folder.join(script).to_string_lossy()], &input)?;
    Some(serde_json::from_str(&answer).expect("the script answers in JSON"))
}

/// The texts of an SVG, as a person reads them.
pub(crate) fn texts_of_svg(svg: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for piece in svg.split("<text").skip(1) {
        let (_, rest) = piece.split_once('>').expect("the end of a tag");
        let (text, _) = rest.split_once("</text>").expect("the end of a text");
        texts.push(decoded(text).replace('\u{a0}', " "));
    }
    texts
}

/// Text as XML means it.
pub(crate) fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        let (entity, after) = after.split_once(';').expect("the end of an entity");
        out.push_str(before);
        out.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => entity.strip_prefix('#').and_then(|number| number.parse().ok()).and_then(char::from_u32).expect("a known entity"),
        });
        rest = after;
    }
    out + rest
}
