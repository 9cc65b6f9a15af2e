//! One binary for all tests that see the program from outside, so that it is linked once.

mod backend;
mod common;
mod operations;
mod pages;
