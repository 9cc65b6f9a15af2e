//! One binary for all tests that see the program from outside, so that it is linked once.

mod backend;
mod cli;
mod common;
mod config;
mod courses;
mod data;
mod entry;
mod data_flow;
mod examples;
mod first_plan;
mod fix;
mod form;
mod formats;
mod generate;
mod hostile;
mod incidents;
mod notations;
mod operations;
mod pages;
mod pictures;
