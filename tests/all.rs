//! One binary for all tests that see the program from outside, so that it is linked once.

mod cli;
mod common;
mod courses;
mod data;
mod form;
mod generate;
mod hostile;
mod operations;
mod pages;
mod rooms;
mod schema;
