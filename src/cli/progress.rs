//! How far long work has come: one line on the terminal, which is gone when the work is done. Where standard error is no terminal,
//! nothing is written.

use std::io::{IsTerminal as _, Write as _};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Work that is over before somebody wonders needs no line.
const FIRST: Duration = Duration::from_millis(400);
const NEXT: Duration = Duration::from_millis(100);

/// Counts what is done, from any thread.
#[derive(Debug)]
pub(super) struct Progress {
    what: &'static str,
    all: usize,
    done: AtomicUsize,
    /// When the next line is due; nothing where none is ever.
    due: Option<Mutex<Instant>>,
    shown: AtomicUsize,
}

impl Progress {
    pub(super) fn new(what: &'static str, all: usize) -> Self {
        let due = std::io::stderr().is_terminal().then(|| Mutex::new(Instant::now() + FIRST));
        Self { what, all, done: AtomicUsize::new(0), due, shown: AtomicUsize::new(0) }
    }

    /// One more is done.
    pub(super) fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        // Whoever cannot have the lock at once leaves the line to whoever has it.
        let Some(mut due) = self.due.as_ref().and_then(|due| due.try_lock().ok()) else { return };
        let now = Instant::now();
        if now >= *due {
            *due = now + NEXT;
            self.shown.store(1, Ordering::Relaxed);
            let _ = write!(std::io::stderr(), "\r{} {done} of {}", self.what, self.all);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown.load(Ordering::Relaxed) > 0 {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
