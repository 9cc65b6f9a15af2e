//! `--watch` checks again at each save, says what changed, and goes on through files that are half written.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::common::{command, folder_with};

const PLAN: &str = "flowcheck: 1\njourney: order\nrole: guest\nroles: {guest: {}}\nstages:\n  entry:\n    open: {screen: Home, from: search, next: done}\n    done: {screen: Done}\n";

/// A running program whose lines can be waited for; ended when it is dropped.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn begin(folder: &std::path::Path) -> Self {
        let mut command = command(folder, &["validate", "--watch", "--format", "concise", "--only", "language,dead-end"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
        let (send, lines) = channel();
        let out = BufReader::new(child.stdout.take().expect("piped"));
        std::thread::spawn(move || out.lines().map_while(Result::ok).all(|line| send.send(line).is_ok()));
        Self { child, lines }
    }

    /// The lines up to the next wait.
    fn next(&self) -> String {
        let mut all = String::new();
        loop {
            let line = self.lines.recv_timeout(Duration::from_mins(1)).expect("a line comes");
            if line.starts_with("Waiting for the next save") {
                return all;
            }
            all += &line;
            all.push('\n');
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn each_save_is_checked_and_what_changed_is_said() {
    let folder = folder_with(&[("order.flow.yaml", PLAN)]);
    let save = |text: &str| std::fs::write(folder.path().join("order.flow.yaml"), text).expect("written");
    let watching = Watching::begin(folder.path());
    let first = watching.next();
    assert!(first.starts_with("order.flow.yaml:8:5: error[dead-end]") && !first.contains("Since"), "{first}");
    save(&PLAN.replace("screen: Done}", "screen: Done"));
    let broken = watching.next();
    assert!(broken.contains("error[unreadable-file]") && !broken.contains("Since"), "{broken}");
    save(&PLAN.replace("screen: Done}", "screen: Done, ends: success}").replace("role: guest", "role: gest"));
    let mended = watching.next();
    assert!(mended.contains("Since the last save: 1 answered, 1 new.\n  - order.flow.yaml: dead-end: "), "{mended}");
    assert!(mended.contains("  + order.flow.yaml: unknown-name: `gest` is not a role"), "{mended}");
    // The configuration counts as well, also one that is wrong for a while.
    let configure = |text: &str| std::fs::write(folder.path().join("flowcheck.toml"), text).expect("written");
    configure("[levels]\nunknown-nam = \"off\"\n");
    assert_eq!(watching.next(), "");
    configure("[levels]\nunknown-name = \"off\"\n");
    assert!(watching.next().contains("Since the last save: 1 answered, 0 new."));
    // An editor that puts a new file in the place of the old one.
    std::fs::write(folder.path().join("new"), PLAN).expect("written");
    std::fs::rename(folder.path().join("new"), folder.path().join("order.flow.yaml")).expect("moved");
    assert!(watching.next().contains("Since the last save: 0 answered, 1 new."));
}
