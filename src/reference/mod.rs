//! The reference: every key of the language, every rule, everything that the catalogue demands. All of it is read from the
//! declarations that the tool itself runs on, so that no page can say something else than the tool does.
//!
//! Must not know: files, terminals, anybody's plan.

pub mod catalogue;
pub mod language;
mod mended;
pub mod rules;
