//! The rooms of the house use only those above them.

use std::path::{Path, PathBuf};

/// In order: each room may use those before it.
const ROOMS: [&str; 15] = [
    "source",
    "spec",
    "catalogue",
    "model",
    "analysis",
    "export",
    "finding",
    "rules",
    "lint",
    "output",
    "diagram",
    "report",
    "reference",
    "config",
    "cli",
];

/// Who may use what from outside: a package, and the rooms that may name it.
const PACKAGES: [(&str, &[&str]); 15] = [
    ("granit_parser", &["spec"]),
    ("petgraph", &["model", "analysis"]),
    ("miette", &["output"]),
    ("comfy_table", &["output", "cli"]),
    ("clap", &["cli"]),
    ("pulldown_cmark", &["cli"]),
    ("rustybuzz", &["diagram"]),
    ("resvg", &["diagram"]),
    ("krilla", &["diagram"]),
    ("toml", &["config"]),
    ("quick_xml", &["output"]),
    ("notify", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("rayon", &["cli"]),
];

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder of the sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Each source file with its room and its text; the two files at the top belong to no room.
fn sources() -> Vec<(PathBuf, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let in_rooms = files(&root).into_iter().filter_map(|path| {
        let below = path.strip_prefix(&root).expect("below src").to_path_buf();
        let name = below.components().next()?.as_os_str().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("a source file");
        below.parent().is_some_and(|parent| !parent.as_os_str().is_empty()).then_some((below, name, text))
    });
    in_rooms.collect()
}

fn rank(room: &str) -> Option<usize> {
    ROOMS.iter().position(|known| *known == room)
}

/// The rooms that a text names as `crate::room`, with the line. Tests at the end of a file may use everything.
fn uses(text: &str) -> Vec<(usize, String)> {
    let code = text.split("#[cfg(test)]").next().unwrap_or(text);
    let mut found = Vec::new();
    for (index, line) in code.lines().enumerate() {
        for (at, marker) in line.match_indices("crate::") {
            let room: String = line[at + marker.len()..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            found.push((index + 1, room));
        }
    }
    found
}

#[test]
fn every_room_is_in_the_list_and_in_the_library() {
    let library = include_str!("../src/lib.rs");
    let declared: Vec<&str> =
        library.lines().filter_map(|line| line.strip_prefix("pub mod ")).filter_map(|line| line.strip_suffix(';')).collect();
    assert_eq!(declared, ROOMS);
}

#[test]
fn imports_point_one_way() {
    let mut wrong = Vec::new();
    for (path, room, text) in sources() {
        let own = rank(&room).unwrap_or_else(|| panic!("{room} is no room"));
        for (line, used) in uses(&text) {
            if rank(&used).is_some_and(|used| used > own) {
                wrong.push(format!("{}:{line}: {room} uses {used}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn packages_stay_in_their_rooms() {
    let mut wrong = Vec::new();
    for (path, room, text) in sources() {
        for (package, rooms) in PACKAGES {
            let named = text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(&format!("{package}::")));
            if named && !rooms.contains(&room.as_str()) {
                wrong.push(format!("{}: {room} names {package}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_source_and_cli_touch_files_and_only_cli_prints() {
    let mut wrong = Vec::new();
    for (path, room, text) in sources() {
        let code = text.split("#[cfg(test)]").next().unwrap_or(&text);
        if code.contains("std::fs") && !matches!(room.as_str(), "source" | "cli") {
            wrong.push(format!("{}: touches files", path.display()));
        }
        if (code.contains("std::io::stdout") || code.contains("println!") || code.contains("process::exit")) && room != "cli" {
            wrong.push(format!("{}: prints or exits", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_owns() {
    let silent: Vec<String> =
        sources().into_iter().filter(|(_, _, text)| !text.starts_with("//!")).map(|(path, ..)| path.display().to_string()).collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn the_page_on_how_it_is_built_shows_every_room() {
    let page = include_str!("../docs/architecture.md");
    for room in ROOMS {
        assert!(page.contains(&format!("{room}[{room}: ")), "docs/architecture.md does not show {room}");
    }
}
