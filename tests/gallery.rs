//! The gallery is what the program draws: each command of `docs/pictures.md` is run, and what it draws lies beside the page.

use std::collections::BTreeSet;
use std::path::Path;

use crate::common::{root, run};

const PAGE: &str = include_str!("../docs/pictures.md");

/// The commands of the page.
fn commands() -> Vec<Vec<&'static str>> {
    let lines = PAGE.lines().filter_map(|line| line.strip_prefix("$ flowcheck "));
    lines.map(|line| line.split_whitespace().collect()).collect()
}

fn names(folder: &Path) -> BTreeSet<String> {
    let files = std::fs::read_dir(folder).expect("a folder");
    files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn every_picture_of_the_gallery_is_what_its_command_draws() {
    let folder = tempfile::tempdir().expect("a folder");
    let copy = Path::new("docs/pictures");
    std::fs::create_dir_all(folder.path().join(copy)).expect("made");
    std::os::unix::fs::symlink(root().join("examples"), folder.path().join("examples")).expect("a link");
    for command in commands() {
        let output = run(folder.path(), &command);
        assert_eq!(output.status.code(), Some(0), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let (drawn, kept) = (folder.path().join(copy), root().join(copy));
    if std::env::var("INSTA_UPDATE").as_deref() == Ok("always") {
        for name in names(&drawn) {
            std::fs::copy(drawn.join(&name), kept.join(&name)).expect("written");
        }
    }
    // Pictures of other pages lie there too.
    assert!(names(&drawn).is_subset(&names(&kept)), "docs/pictures lacks some of {:?}", names(&drawn));
    for name in names(&drawn) {
        let same = std::fs::read(drawn.join(&name)).expect("drawn") == std::fs::read(kept.join(&name)).expect("kept");
        assert!(same, "docs/pictures/{name} is not what the program draws now; `INSTA_UPDATE=always cargo test gallery` draws it anew");
        assert!(PAGE.contains(&format!("(pictures/{name})")), "docs/pictures.md does not show {name}");
    }
}
