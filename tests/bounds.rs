//! Hostile inputs, each with what the program says of it, how long it may take, and how much memory. The bounds are those of a build for
//! tests on a busy machine; the program that people run needs about a tenth of the time.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use wait4::Wait4 as _;

use crate::common::command;

/// What came of a run.
struct Came {
    code: Option<i32>,
    said: String,
    seconds: f64,
    megabytes: u64,
}

/// Runs the program in a folder, with so many bytes of input at most.
fn run(folder: &Path, arguments: &[&str]) -> Came {
    let output = folder.join("said");
    let file = std::fs::File::create(&output).expect("a file for what it says");
    let both = file.try_clone().expect("twice");
    let begin = Instant::now();
    let mut child = command(folder, arguments).stdout(Stdio::from(file)).stderr(Stdio::from(both)).spawn().expect("the program starts");
    let ended = child.wait4().expect("the program ends");
    let said = std::fs::read_to_string(&output).expect("what it says is text");
    // The system counts in bytes, as the package says on all systems.
    Came { code: ended.status.code(), said, seconds: begin.elapsed().as_secs_f64(), megabytes: ended.rusage.maxrss / 1_000_000 }
}

/// A hostile plan: what it is called, its text, the code, a piece of what is said, seconds, megabytes.
type Hostile = (&'static str, String, i32, &'static str, f64, u64);

const HEAD: &str = "flowcheck: 1\njourney: hostile\nsystems: {shop: {}}\n";

fn hostile_plans() -> Vec<Hostile> {
    let lines = |count: usize, line: &dyn Fn(usize) -> String| (0..count).fold(String::new(), |text, index| text + &line(index) + "\n");
    let mut laughs = format!("{HEAD}note: &a [x, x, x, x, x, x, x, x, x]\n");
    for (index, letter) in ('b'..='z').enumerate() {
        let before = char::from(b'a' + u8::try_from(index).expect("few"));
        let _ = writeln!(laughs, "{letter}: &{letter} [{}]", vec![format!("*{before}"); 9].join(", "));
    }
    let choices = lines(3_000, &|index| format!("      c{index}: *s"));
    let shared = format!(
        "{HEAD}stages:\n  entry:\n    s: {{screen: S, choices: &c {{\n{}    }}}}\n",
        lines(3_000, &|index| format!("      c{index}: s,"))
    );
    let repeated = shared + &lines(3_000, &|index| format!("    s{index}: {{screen: S, choices: *c}}"));
    let in_itself = format!("{HEAD}stages:\n  entry:\n    s: &s\n      screen: S\n      choices:\n{choices}");
    let wide = format!("{HEAD}{}", lines(200_000, &|index| format!("k{index}: 1")));
    let roles = format!("{HEAD}roles:\n{}", lines(100_000, &|index| format!("  r{index}: {{}}")));
    let names = format!("{HEAD}stages:\n  entry:\n{}", lines(20_000, &|index| format!("    s{index}: {{screen: S, next: t{index}}}")));
    let scalar = format!("{HEAD}title: {}\n", "long ".repeat(2_000_000));
    let line = format!("{HEAD}roles: {{{}}}\n", lines(100_000, &|index| format!("r{index}: {{}},")).replace('\n', " "));
    vec![
        ("aliases of aliases of aliases", laughs, 1, "unknown-key", 10.0, 100),
        ("three thousand choices, three thousand times", repeated, 2, "aliases repeat more than a plan can hold", 30.0, 700),
        ("a thing inside of itself", in_itself, 2, "stands inside the very thing it names", 10.0, 100),
        ("ten thousand open brackets", format!("{HEAD}title: {}\n", "[".repeat(10_000)), 2, "unreadable-file", 10.0, 100),
        ("ten thousand lists in lists", format!("{HEAD}title:\n  {}x\n", "- ".repeat(10_000)), 2, "unreadable-file", 10.0, 100),
        ("ten thousand keys that are maps", format!("{HEAD}title:\n  {}x\n", "? ".repeat(10_000)), 2, "unreadable-file", 10.0, 100),
        ("two hundred thousand unknown keys", wide, 1, "unknown-key", 30.0, 300),
        ("a hundred thousand roles", roles, 1, "role-without-steps", 60.0, 500),
        ("twenty thousand names of nothing", names, 1, "unknown-name", 120.0, 500),
        ("ten megabytes of one text", scalar, 1, "", 30.0, 300),
        ("one line of a megabyte", line, 1, "role-without-steps", 60.0, 500),
    ]
}

#[test]
fn hostile_plans_are_answered_within_bounds() {
    for (name, text, code, piece, seconds, megabytes) in hostile_plans() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("hostile.flow.yaml"), text).expect("written");
        let came = run(folder.path(), &["validate", "--format", "concise", "hostile.flow.yaml"]);
        let said: String = came.said.chars().take(500).collect();
        println!("{name}: {:.1} s, {} MB", came.seconds, came.megabytes);
        assert_eq!(came.code, Some(code), "{name}: {said}");
        assert!(came.said.contains(piece), "{name}: {said}");
        assert!(came.seconds < seconds && came.megabytes < megabytes, "{name}: {:.1} s, {} MB", came.seconds, came.megabytes);
    }
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = std::fs::File::create(folder.path().join("large.flow.yaml")).expect("made");
    file.set_len(100_000_000).expect("as large as that");
    let came = run(folder.path(), &["validate", "large.flow.yaml"]);
    assert_eq!(came.code, Some(2), "{}", came.said);
    assert!(came.said.contains("larger than 64 MB"), "{}", came.said);
    assert!(came.seconds < 10.0 && came.megabytes < 200, "{:.1} s, {} MB", came.seconds, came.megabytes);
    std::fs::write(folder.path().join("small.flow.yaml"), format!("{HEAD}title: {}\n", "long ".repeat(300_000))).expect("written");
    let came = run(folder.path(), &["validate", "--max-megabytes", "1", "small.flow.yaml"]);
    assert_eq!(came.code, Some(2), "{}", came.said);
    assert!(came.said.contains("larger than 1 MB"), "{}", came.said);
}

#[test]
fn a_neighbour_that_is_too_large_hurts_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = std::fs::File::create(folder.path().join("large.flow.yaml")).expect("made");
    file.set_len(2_000_000_000).expect("as large as that");
    std::fs::write(folder.path().join("small.flow.yaml"), HEAD).expect("written");
    let came = run(folder.path(), &["validate", "small.flow.yaml"]);
    assert_eq!(came.code, Some(1), "{}", came.said);
    assert!(came.megabytes < 300, "{} MB", came.megabytes);
}

#[cfg(unix)]
#[test]
fn folders_that_lead_into_themselves_are_walked_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let deep = (0..200).fold(folder.path().join("a"), |path, _| path.join("d"));
    std::fs::create_dir_all(&deep).expect("deep");
    std::fs::write(deep.join("deep.flow.yaml"), HEAD).expect("written");
    std::os::unix::fs::symlink(folder.path(), folder.path().join("a/again")).expect("a link");
    std::os::unix::fs::symlink(folder.path().join("b"), folder.path().join("b")).expect("a link to itself");
    let came = run(folder.path(), &["validate", "--format", "concise"]);
    assert_eq!(came.code, Some(1), "{}", came.said);
    assert!(came.said.contains("in 1 plan") && came.seconds < 20.0, "{:.1} s: {}", came.seconds, came.said);
    let came = run(folder.path(), &["validate", "b"]);
    assert_eq!(came.code, Some(2), "{}", came.said);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("folder.flow.yaml")).expect("made");
    let came = run(folder.path(), &["validate", "folder.flow.yaml"]);
    assert_eq!(came.code, Some(2), "a folder by the name of a plan: {}", came.said);
    let came = run(folder.path(), &["validate", "nothing.flow.yaml"]);
    assert_eq!(came.code, Some(2), "{}", came.said);
    assert!(came.said.contains("there is no file or folder nothing.flow.yaml"), "{}", came.said);
    let came = run(folder.path(), &["validate", "/dev/zero"]);
    assert_eq!(came.code, Some(2), "a file without an end: {}", came.said);
    assert!(came.seconds < 20.0 && came.megabytes < 200, "{:.1} s, {} MB", came.seconds, came.megabytes);
    let path = folder.path().join("closed.flow.yaml");
    std::fs::write(&path, HEAD).expect("written");
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o000)).expect("closed");
    // Nothing is closed to the administrator, who may well be the one who runs the tests.
    if std::fs::read(&path).is_err() {
        let came = run(folder.path(), &["validate", "closed.flow.yaml"]);
        assert_eq!(came.code, Some(2), "{}", came.said);
        assert!(came.said.contains("cannot read closed.flow.yaml"), "{}", came.said);
    }
}

#[test]
fn a_file_that_changes_while_it_is_read_gives_some_verdict() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("moving.flow.yaml");
    let long = crate::generator::plan(400);
    std::fs::write(&path, &long).expect("written");
    let is_over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|threads| {
        threads.spawn(|| {
            for round in 0.. {
                if is_over.load(std::sync::atomic::Ordering::Relaxed) {
                    break;
                }
                let part = if round % 2 == 0 { &long[..long.len() / 3] } else { &long[..] };
                std::fs::write(&path, part).expect("written");
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        for _ in 0..10 {
            let came = run(folder.path(), &["validate", "--format", "concise", "moving.flow.yaml"]);
            assert!(matches!(came.code, Some(0..=2)), "{}", came.said);
        }
        is_over.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}
