//! Any bytes to a verdict.

#![no_main]

#[path = "../targets.rs"]
#[allow(dead_code)] // each fuzzer has one of them
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::verdict(bytes));
