//! Checks a user journey, written in YAML before any screen exists, for what is missing behind the screens.
//!
//! The rooms stand in the order in which they may use each other: each one only those before it. A test holds them to it.

pub mod source;
pub mod spec;
pub mod catalogue;
pub mod model;
pub mod analysis;
pub mod export;
pub mod finding;
pub mod rules;
pub mod lint;
pub mod output;
pub mod diagram;
pub mod report;
pub mod reference;
pub mod config;
pub mod cli;
