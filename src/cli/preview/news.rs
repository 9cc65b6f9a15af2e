//! What a preview shows now, and whoever waits for something else.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What is shown now.
#[derive(Debug)]
pub(super) struct News {
    now: Mutex<Now>,
    changed: Condvar,
}

#[derive(Debug)]
struct Now {
    page: Arc<str>,
    /// The number of the page.
    edition: u64,
    /// What cannot be read just now.
    faults: Vec<String>,
    /// How often this changed.
    changes: u64,
}

impl News {
    /// The first page.
    pub(super) fn new(page: String, faults: Vec<String>) -> Self {
        Self { now: Mutex::new(Now { page: page.into(), edition: 1, faults, changes: 1 }), changed: Condvar::new() }
    }

    pub(super) fn page(&self) -> Arc<str> {
        Arc::clone(&self.now().page)
    }

    pub(super) fn edition(&self) -> u64 {
        self.now().edition
    }

    /// A new page.
    pub(super) fn show(&self, page: String, faults: Vec<String>) {
        let mut now = self.now();
        now.page = page.into();
        now.edition += 1;
        now.faults = faults;
        now.changes += 1;
        self.changed.notify_all();
    }

    /// The same page, with what cannot be read just now.
    pub(super) fn tell(&self, faults: Vec<String>) {
        let mut now = self.now();
        now.faults = faults;
        now.changes += 1;
        self.changed.notify_all();
    }

    /// What is new since so many changes, as JSON, with the number of changes by then; nothing where nothing came for so long.
    pub(super) fn since(&self, changes: u64, patience: Duration) -> Option<(u64, String)> {
        let waited = self.changed.wait_timeout_while(self.now(), patience, |now| now.changes == changes);
        let (now, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let told = serde_json::json!({"edition": now.edition, "faults": now.faults}).to_string();
        (now.changes != changes).then_some((now.changes, told))
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
