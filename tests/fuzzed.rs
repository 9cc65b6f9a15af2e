//! What fuzzers found once, and what they begin with, on every run.

#[path = "../fuzz/targets.rs"]
mod targets;

fn each(target: &str, look: fn(&[u8])) {
    let folder = crate::common::root().join("fuzz/corpus").join(target);
    let mut files: Vec<_> = std::fs::read_dir(&folder).expect("a corpus").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    assert!(!files.is_empty(), "the corpus of {target} is empty");
    for file in files {
        look(&std::fs::read(&file).expect("a file of the corpus"));
    }
}

#[test]
fn any_bytes_give_a_verdict() {
    each("verdict", targets::verdict);
}

#[test]
fn any_plan_goes_into_every_format() {
    each("formats", targets::formats);
}

#[test]
fn any_text_may_be_a_configuration_or_a_baseline() {
    each("settings", targets::settings);
}

#[test]
fn any_plan_can_be_mended() {
    each("fixes", targets::fixes);
}
