//! `flowcheck init`

mod guided;
mod template;

use std::path::{Path, PathBuf};

use super::{Ending, complain, print};
use crate::config;
use crate::source::create;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The plan to begin with; without one, four questions are asked
    #[arg(value_enum, value_name = "TEMPLATE")]
    template: Option<template::Template>,

    /// Write a flowcheck.toml that names every key
    #[arg(long, conflicts_with = "template")]
    config: bool,

    /// The file to write [default: the name of the template or the journey, .flow.yaml]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Ending {
    let (name, text, next) = match (arguments.template, arguments.config) {
        (_, true) => (config::FILE_NAME.to_owned(), config::template(), None),
        (Some(template), _) => (format!("{}.flow.yaml", template.name()), template.text(), Some("validate")),
        (None, _) => {
            let Some(answers) = guided::ask() else {
                complain("nothing was answered, so nothing was written; `flowcheck init --help` lists plans to begin with");
                return Ending::NotChecked;
            };
            (format!("{}.flow.yaml", answers.journey()), answers.plan(), Some("validate"))
        }
    };
    let path = arguments.output.clone().unwrap_or_else(|| PathBuf::from(name));
    write(&path, &text, next)
}

/// Writes a new file, and never over one that is there.
fn write(path: &Path, text: &str, next: Option<&str>) -> Ending {
    match create(path, text) {
        Ok(()) => {
            print(&format!("Wrote {}.\n", path.display()));
            if let Some(next) = next {
                print(&format!("`flowcheck {next} {}` says what to answer next.\n", path.display()));
            }
            Ending::Clean
        }
        Err(error) => {
            complain(&error.to_string());
            Ending::NotChecked
        }
    }
}
