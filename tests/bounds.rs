//! Hostile inputs, each with what the program says of it, how long it may take, and how much memory. The bounds are those of a build for
//! tests on a busy machine; the program that people run needs about a tenth of the time.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::common::command;

/// What came of a run.
struct Came {
    code: Option<i32>,
    said: String,
    seconds: f64,
}

/// Runs the program in a folder, with so many megabytes of addresses at most: where they do not suffice, it is aborted.
fn run(folder: &Path, megabytes: u64, arguments: &[&str]) -> Came {
    let mut whole = command(folder, arguments);
    if cfg!(target_os = "linux") {
        let mut limited = std::process::Command::new("sh");
        let script = format!("ulimit -v {}; exec \"$@\"", megabytes * 1000);
        limited.args(["-c", &script, "sh"]).arg(whole.get_program()).args(whole.get_args()).current_dir(folder).stdin(Stdio::null());
        for (key, value) in whole.get_envs() {
            match value {
                Some(value) => _ = limited.env(key, value),
                None => _ = limited.env_remove(key),
            }
        }
        whole = limited;
    }
    let begin = Instant::now();
    let output = whole.output().expect("the program runs");
    let said = [output.stdout, output.stderr].concat();
    Came {
        code: output.status.code(),
        said: String::from_utf8(said).expect("what it says is text"),
        seconds: begin.elapsed().as_secs_f64(),
    }
}

/// A hostile plan: what it is called, its text, the code, a piece of what is said, seconds, megabytes.
type Hostile = (&'static str, String, i32, &'static str, f64, u64);

/// Megabytes of addresses that do for any small plan; the program itself has more than a hundred.
const FEW: u64 = 600;

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
        "{HEAD}stages:\n  entry:\n    s: {{screen: S, choices: &c {{\n{}      }}}}\n",
        lines(3_000, &|index| format!("      c{index}: s,"))
    );
    let repeated = shared + &lines(3_000, &|index| format!("    s{index}: {{screen: S, choices: *c}}"));
    let in_itself = format!("{HEAD}stages:\n  entry:\n    s: &s\n      screen: S\n      choices:\n{choices}");
    let wide = format!("{HEAD}{}", lines(200_000, &|index| format!("k{index}: 1")));
    let roles = format!("{HEAD}roles:\n{}", lines(100_000, &|index| format!("  r{index}: {{}}")));
    let names = format!("{HEAD}stages:\n  entry:\n{}", lines(5_000, &|index| format!("    s{index}: {{screen: S, next: t{index}}}")));
    let scalar = format!("{HEAD}title: {}\n", "long ".repeat(2_000_000));
    let line = format!("{HEAD}roles: {{{}}}\n", lines(100_000, &|index| format!("r{index}: {{}},")).replace('\n', " "));
    vec![
        ("aliases of aliases of aliases", laughs, 1, "unknown-key", 20.0, FEW),
        ("three thousand choices, three thousand times", repeated, 2, "aliases repeat more than a plan can hold", 60.0, 1_200),
        ("a thing inside of itself", in_itself, 2, "stands inside the very thing it names", 20.0, FEW),
        ("ten thousand open brackets", format!("{HEAD}title: {}\n", "[".repeat(10_000)), 2, "unreadable-file", 20.0, FEW),
        ("ten thousand lists in lists", format!("{HEAD}title:\n  {}x\n", "- ".repeat(10_000)), 2, "unreadable-file", 20.0, FEW),
        ("ten thousand keys that are maps", format!("{HEAD}title:\n  {}x\n", "? ".repeat(10_000)), 2, "unreadable-file", 20.0, FEW),
        ("two hundred thousand unknown keys", wide, 1, "unknown-key", 60.0, 900),
        ("a hundred thousand roles", roles, 1, "no-entrance", 90.0, 1_200),
        ("five thousand names of nothing", names, 1, "unknown-name", 150.0, 1_200),
        ("ten megabytes of one text", scalar, 1, "", 60.0, 900),
        ("one line of a megabyte", line, 1, "no-entrance", 90.0, 1_200),
    ]
}

#[test]
fn hostile_plans_are_answered_within_bounds() {
    for (name, text, code, piece, seconds, megabytes) in hostile_plans() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("hostile.flow.yaml"), text).expect("written");
        let came = run(folder.path(), megabytes, &["validate", "--format", "concise", "hostile.flow.yaml"]);
        let said: String = came.said.chars().take(500).collect();
        assert_eq!(came.code, Some(code), "{name}: {said}");
        assert!(came.said.contains(piece), "{name}: {said}");
        assert!(came.seconds < seconds, "{name}: {:.1} s", came.seconds);
    }
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = std::fs::File::create(folder.path().join("large.flow.yaml")).expect("made");
    file.set_len(100_000_000).expect("as large as that");
    let came = run(folder.path(), FEW, &["validate", "large.flow.yaml"]);
    assert_eq!(came.code, Some(2), "{}", came.said);
    assert!(came.said.contains("larger than 64 MB"), "{}", came.said);
    assert!(came.seconds < 10.0, "{:.1} s", came.seconds);
    std::fs::write(folder.path().join("small.flow.yaml"), format!("{HEAD}title: {}\n", "long ".repeat(300_000))).expect("written");
    let came = run(folder.path(), FEW, &["validate", "--max-megabytes", "1", "small.flow.yaml"]);
    assert_eq!(came.code, Some(2), "{}", came.said);
    assert!(came.said.contains("larger than 1 MB"), "{}", came.said);
}

#[test]
fn a_neighbour_that_is_too_large_hurts_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = std::fs::File::create(folder.path().join("large.flow.yaml")).expect("made");
    file.set_len(2_000_000_000).expect("as large as that");
    std::fs::write(folder.path().join("small.flow.yaml"), HEAD).expect("written");
    let came = run(folder.path(), FEW, &["validate", "small.flow.yaml"]);
    assert_eq!(came.code, Some(1), "{}", came.said);
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
    let came = run(folder.path(), FEW, &["validate", "--format", "concise"]);
    assert_eq!(came.code, Some(1), "{}", came.said);
    assert!(came.said.contains("in 1 plan") && came.seconds < 20.0, "{:.1} s: {}", came.seconds, came.said);
    let came = run(folder.path(), FEW, &["validate", "b"]);
    assert_eq!(came.code, Some(2), "{}", came.said);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("folder.flow.yaml")).expect("made");
    let came = run(folder.path(), FEW, &["validate", "folder.flow.yaml"]);
    assert_eq!(came.code, Some(2), "a folder by the name of a plan: {}", came.said);
    let came = run(folder.path(), FEW, &["validate", "nothing.flow.yaml"]);
    assert_eq!(came.code, Some(2), "{}", came.said);
    assert!(came.said.contains("there is no file or folder nothing.flow.yaml"), "{}", came.said);
    let came = run(folder.path(), FEW, &["validate", "/dev/zero"]);
    assert_eq!(came.code, Some(2), "a file without an end: {}", came.said);
    assert!(came.seconds < 20.0, "{:.1} s", came.seconds);
    let path = folder.path().join("closed.flow.yaml");
    std::fs::write(&path, HEAD).expect("written");
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o000)).expect("closed");
    // Nothing is closed to the administrator, who may well be the one who runs the tests.
    if std::fs::read(&path).is_err() {
        let came = run(folder.path(), FEW, &["validate", "closed.flow.yaml"]);
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
            let came = run(folder.path(), FEW, &["validate", "--format", "concise", "moving.flow.yaml"]);
            assert!(matches!(came.code, Some(0..=2)), "{}", came.said);
        }
        is_over.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}
