//! The same for many things, on all cores where they are many. The order stays.

use rayon::prelude::*;

/// Fewer than this are done before other cores have woken up.
const MANY: usize = 16;

/// What comes of each, in order.
pub(super) fn each<T: Send, R: Send>(things: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    if things.len() < MANY { things.into_iter().map(work).collect() } else { things.into_par_iter().map(work).collect() }
}
