//! The HTML report in a browser: `tests/browser` opens it in Chromium. Where that cannot be done it is said, and fails only where it counts.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::root;

#[test]
fn the_page_holds_in_a_browser() {
    let folder = root().join("tests/browser");
    let Some(chrome) = ready(&folder) else { return };
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder).expect("the tests").map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    files.sort();
    let mut node = Command::new("node");
    node.args(["--test", "--test-concurrency=1"]).args(files).current_dir(&folder);
    let output = node.env("FLOWCHECK", env!("CARGO_BIN_EXE_flowcheck")).env("CHROME", chrome).output().expect("node runs");
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
}

/// The browser, when everything is there that the tests need.
fn ready(folder: &Path) -> Option<PathBuf> {
    let chrome = std::env::var_os("CHROME").map_or_else(|| PathBuf::from("/usr/bin/chromium"), PathBuf::from);
    let missing = if !chrome.is_file() {
        "Chromium is not installed (`apt-get install chromium`, or CHROME=/path/to/it)"
    } else if !Command::new("node").arg("--version").output().is_ok_and(|output| output.status.success()) {
        "Node.js is not installed"
    } else if !["axe-core", "puppeteer-core"].iter().all(|package| folder.join("node_modules").join(package).is_dir()) {
        "its packages are not installed (`npm install` in tests/browser)"
    } else {
        return Some(chrome);
    };
    let told = format!("the HTML report is NOT opened in a browser: {missing}");
    assert!(std::env::var_os("CI").is_none_or(|value| value.is_empty()), "{told}");
    // Straight to the terminal: what a test prints is shown only where it fails.
    let _ = writeln!(std::io::stderr(), "\n*** {told} ***\n");
    None
}
