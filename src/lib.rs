//! Checks a user journey, written in YAML before any screen exists, for what is missing behind the screens.
//!
//! The rooms below stand in the order in which they may use each other: each one only those before it.

pub mod analysis;
pub mod catalogue;
pub mod finding;
pub mod lint;
pub mod model;
pub mod rules;
pub mod source;
pub mod spec;
