//! The README and the tutorial are true: their plans are written to files, their commands are run, and what they print is what they show.

use std::collections::HashSet;
use std::process::Command;

use crate::common::root;

const README: &str = include_str!("../README.md");

/// Commands that the README shows and this test is itself part of, or that only change the machine.
const NOT_RUN: [&str; 3] = ["cargo test", "cargo install --path .", "cargo build --release"];

/// Walks from an empty file to a plan that a meeting can decide from.
const FIRST_HOUR: &str = include_str!("../docs/first-hour.md");

/// The fenced blocks of a page: language and text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once("\n```") {
        let (language, body) = after.split_once('\n').unwrap_or((after, ""));
        let (text, after) = body.split_once("\n```").unwrap_or((body, ""));
        found.push((language.to_owned(), text.to_owned()));
        rest = after;
    }
    found
}

/// What a command prints, run in the folder that holds the README's plans and a link to the examples.
fn run(command: &str, folder: &std::path::Path) -> String {
    let words: Vec<&str> = command.split_whitespace().collect();
    let arguments = match words[..] {
        ["flowcheck", ref arguments @ ..] | ["cargo", "run", "--release", "--", ref arguments @ ..] => arguments.to_vec(),
        _ => panic!("the page shows a command that no test runs: {command}"),
    };
    let output = Command::new(env!("CARGO_BIN_EXE_flowcheck"))
        .args(arguments)
        .current_dir(folder)
        .env("COLUMNS", "100")
        .env_remove("NO_COLOR")
        .output()
        .expect("the program runs");
    assert!(output.status.code().is_some_and(|code| code < 2), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn every_command_prints_what_the_readme_shows() {
    follow(README);
}

#[test]
fn the_first_hour_goes_as_it_is_told() {
    let folder = follow(FIRST_HOUR);
    let drawn = std::fs::read_to_string(folder.path().join("tool.svg")).expect("the picture");
    let kept = std::fs::read_to_string(root().join("docs/pictures/first-hour.svg")).unwrap_or_default();
    assert!(drawn == kept, "docs/pictures/first-hour.svg is stale: draw the last plan of docs/first-hour.md again");
    assert!(
        std::fs::read_to_string(folder.path().join("tool.html")).expect("the report").contains("Who calls when a tool does not come back")
    );
}

/// Writes a page's plans, runs its commands, and holds what they print against what it shows. Gives the folder where that was done.
fn follow(page: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&root().join("examples"), &folder.path().join("examples"));
    let mut checked = HashSet::new();
    for (language, text) in blocks(page) {
        if let Some((name, plan)) = text.strip_prefix("# file: ").and_then(|text| text.split_once('\n')) {
            std::fs::write(folder.path().join(name), format!("{plan}\n")).expect("written");
        }
        if language != "console" {
            continue;
        }
        for part in text.split("$ ").skip(1) {
            let (command, shown) = part.split_once('\n').unwrap_or((part, ""));
            if NOT_RUN.contains(&command.trim()) {
                continue;
            }
            let printed = run(command, folder.path());
            // `...` stands for lines that the page leaves out.
            let mut rest = printed.as_str();
            let pieces: Vec<&str> = shown.split("\n...").map(str::trim).filter(|piece| !piece.is_empty()).collect();
            for piece in pieces {
                let at = rest.find(piece).unwrap_or_else(|| panic!("`{command}` prints\n{printed}\nand the page shows\n{piece}"));
                rest = &rest[at + piece.len()..];
            }
            if !shown.contains("\n...") && !shown.trim().is_empty() {
                assert_eq!(printed.trim(), shown.trim(), "{command}");
            }
            checked.insert(command.to_owned());
        }
    }
    assert!(checked.len() >= 3, "{checked:?}");
    folder
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("made");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

#[test]
fn the_readme_names_every_command_and_every_flag() {
    let help = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_flowcheck")).args(arguments).output().expect("the program runs");
        String::from_utf8(output.stdout).expect("text")
    };
    let commands: Vec<String> = help(&["--help"])
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        // A line that is indented further goes on with the words of the one before.
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .collect();
    assert!(commands.len() >= 5, "{commands:?}");
    for command in commands {
        assert!(README.contains(&format!("flowcheck {command}")), "the README does not name `flowcheck {command}`");
    }
}

/// The options of a command as rows of a table: how they are written, and the first sentence of their help.
fn options(command: &clap::Command) -> Vec<String> {
    let row = |arg: &clap::Arg| {
        let value = arg.get_num_args().is_some_and(|number| number.takes_values()).then(|| arg.get_value_names()).flatten();
        let value = value.map_or(String::new(), |names| format!(" {}", names[0].replace('|', "\\|")));
        let (short, long) = (arg.get_short().map(|short| format!("-{short}, ")), arg.get_long().unwrap_or_default());
        format!("| `{}--{long}{value}` | {} |", short.unwrap_or_default(), arg.get_help().map(ToString::to_string).unwrap_or_default())
    };
    command
        .get_arguments()
        .filter(|arg| !arg.is_positional() && !arg.is_hide_set() && !matches!(arg.get_id().as_str(), "help" | "color"))
        .map(row)
        .collect()
}

#[test]
fn the_list_of_options_is_the_real_one() {
    let mut command = flowcheck::cli::command();
    command.build();
    let validate = command.find_subcommand("validate").expect("it is there");
    let (_, after) = README.split_once("| option of `validate` | what it does |\n|---|---|\n").expect("the README has the list");
    let shown: Vec<&str> = after.lines().take_while(|line| line.starts_with('|')).collect();
    assert_eq!(shown, options(validate), "write them so:\n{}", options(validate).join("\n"));
}

#[test]
fn the_configuration_that_is_shown_is_one() {
    let shown: Vec<String> = blocks(README).into_iter().filter(|(language, _)| language == "toml").map(|(_, text)| text).collect();
    assert!(!shown.is_empty());
    for text in shown {
        assert_eq!(flowcheck::config::read(&text).1, [], "{text}");
    }
}

#[test]
fn every_piece_of_a_plan_stands_in_an_example() {
    let plans = crate::common::example_plans();
    let pieces: Vec<String> = blocks(README)
        .into_iter()
        .filter(|(language, text)| language == "yaml" && !text.starts_with("# file: "))
        .map(|(_, text)| text)
        .collect();
    assert!(pieces.len() >= 3, "{} pieces", pieces.len());
    for piece in pieces {
        assert!(plans.iter().any(|(_, text)| text.contains(&piece)), "no example has\n{piece}");
    }
}
