//! Everything together, written for other checkers: a [`World`](crate::analysis::world::World) as a model in their language.
//!
//! Must not know: rules, findings, files, terminals.

mod names;
mod promela;
mod words;

pub use promela::promela;
