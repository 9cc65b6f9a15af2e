//! `--format`: which reports are written, and where to.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, TypedValueParser};

use crate::cli::print;
use crate::cli::terminal::Terminal;
use crate::finding::Level;
use crate::output::{Run, Style, checkstyle, concise, github, gitlab, json, junit, markdown, sarif, text};
use crate::source::{display_name, replace};

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Concise,
    Json,
    Sarif,
    Github,
    Gitlab,
    Junit,
    Checkstyle,
    Markdown,
}

impl Format {
    const WORDS: [(&'static str, Self, &'static str); 9] = [
        ("text", Self::Text, "Reports with source lines, for people"),
        ("concise", Self::Concise, "One line a finding"),
        ("json", Self::Json, "JSON, versioned; its schema: `flowcheck schema --of findings`"),
        ("sarif", Self::Sarif, "SARIF 2.1.0, for code scanning"),
        ("github", Self::Github, "Annotations of GitHub Actions"),
        ("gitlab", Self::Gitlab, "A code quality report of GitLab"),
        ("junit", Self::Junit, "JUnit XML, a case for each finding"),
        ("checkstyle", Self::Checkstyle, "Checkstyle XML"),
        ("markdown", Self::Markdown, "A table, for merge requests and job summaries"),
    ];

    /// Whether people read it as it comes, so that lines may be added to it.
    fn is_for_people(self) -> bool {
        matches!(self, Self::Text | Self::Concise)
    }
}

/// A report: its format, and its file where it is not for standard output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Report {
    format: Format,
    file: Option<PathBuf>,
}

/// Reads `FORMAT` and `FORMAT=FILE`.
#[derive(Clone, Debug)]
pub(super) struct ReportParser;

impl TypedValueParser for ReportParser {
    type Value = Report;

    fn parse_ref(&self, command: &clap::Command, arg: Option<&clap::Arg>, value: &std::ffi::OsStr) -> Result<Report, clap::Error> {
        let value = value.to_string_lossy();
        let (word, file) = value.split_once('=').map_or((value.as_ref(), None), |(word, file)| (word, Some(PathBuf::from(file))));
        // Words that nothing knows are answered by the parser of clap, with the words that it knows.
        let words = clap::builder::PossibleValuesParser::new(Format::WORDS.iter().map(|(word, ..)| *word));
        let word = words.parse_ref(command, arg, word.as_ref())?;
        let format = Format::WORDS.iter().find(|(known, ..)| *known == word).map_or(Format::Text, |(_, format, _)| *format);
        if file.as_ref().is_some_and(|file| file.as_os_str().is_empty()) {
            return Err(
                clap::Error::raw(clap::error::ErrorKind::ValueValidation, format!("--format {word}= names no file\n")).with_cmd(command)
            );
        }
        Ok(Report { format, file })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Format::WORDS.iter().map(|(word, _, help)| PossibleValue::new(*word).help(*help))))
    }
}

/// What is written: one report to standard output, and any number to files.
#[derive(Clone, Debug)]
pub(super) struct Reports {
    shown: Format,
    files: Vec<(Format, PathBuf)>,
    max_findings: usize,
}

impl Reports {
    /// Takes what was asked for. Where everything goes to files, people still see the text.
    pub(super) fn new(asked: &[Report], max_findings: usize) -> Result<Self, String> {
        let shown: Vec<Format> = asked.iter().filter(|report| report.file.is_none()).map(|report| report.format).collect();
        let files: Vec<(Format, PathBuf)> =
            asked.iter().filter_map(|report| report.file.clone().map(|file| (report.format, file))).collect();
        if shown.len() > 1 {
            return Err(
                "only one format can go to standard output: name a file for the others, as in --format sarif=flowcheck.sarif".to_owned()
            );
        }
        for (index, (_, file)) in files.iter().enumerate() {
            if files[..index].iter().any(|(_, other)| other == file) {
                return Err(format!("two formats cannot go to the one file {}", display_name(file)));
            }
        }
        Ok(Self { shown: shown.first().copied().unwrap_or(Format::Text), files, max_findings })
    }

    /// Writes everything; or says what could not be written.
    pub(super) fn write(&self, run: &Run, fails: Option<Level>, terminal: &Terminal) -> Vec<String> {
        if !(run.plans.is_empty() && self.shown.is_for_people()) {
            print(&self.render(self.shown, run, fails, Some(terminal)));
        }
        // Beside the text, never instead of it: the log stays readable.
        if self.shown.is_for_people() && std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true") {
            print(&github(run));
        }
        let written = self.files.iter().map(|(format, file)| replace(Path::new(file), &self.render(*format, run, fails, None)));
        written.filter_map(Result::err).map(|error| error.to_string()).collect()
    }

    fn render(&self, format: Format, run: &Run, fails: Option<Level>, terminal: Option<&Terminal>) -> String {
        let max_findings = self.max_findings;
        match format {
            Format::Text => {
                let (color, width) = terminal.map_or((false, Terminal::WITHOUT), |terminal| (terminal.color, terminal.width));
                text(run, Style { color, unicode: true, width, max_findings })
            }
            Format::Concise => concise(run, max_findings),
            Format::Json => json(run),
            Format::Sarif => sarif(run),
            Format::Github => github(run),
            Format::Gitlab => gitlab(run),
            Format::Junit => junit(run, fails),
            Format::Checkstyle => checkstyle(run),
            Format::Markdown => markdown(run, max_findings),
        }
    }
}
