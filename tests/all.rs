//! One binary for all tests that see the program from outside, so that it is linked once.

mod backend;
mod cli;
mod common;
mod courses;
mod data;
mod entry;
mod data_flow;
mod examples;
mod first_plan;
mod form;
mod generate;
mod hostile;
mod incidents;
mod operations;
mod pages;
mod readme;
mod report;
mod rooms;
mod schema;
