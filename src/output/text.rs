//! The report for people, by miette: each finding at its place, with why and help, and at the end what to answer next.

use std::collections::HashSet;
use std::fmt::{Display, Write as _};

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity, SourceCode};

use super::snippet::Snippet;
use super::{Run, Summary, not_shown};
use crate::finding::{Finding, Label, Level};
use crate::source::Sources;

/// How the report is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Whether colours may be used.
    pub color: bool,
    /// Whether the terminal shows more than ASCII.
    pub unicode: bool,
    /// Columns.
    pub width: usize,
    /// At most so many findings; the rest is counted.
    pub max_findings: usize,
}

/// The whole run.
pub fn text(run: &Run, style: Style) -> String {
    let handler = handler(style);
    let mut out = String::new();
    let mut said = HashSet::new();
    for finding in run.findings().take(style.max_findings) {
        // The same reason is given once; twenty times over it would bury what is wrong.
        let report = Report::new(&run.sources, finding, said.insert(finding.why.as_str()));
        if handler.render_report(&mut out, &report).is_err() {
            // Only a writer that fails makes this fail, and a string never does.
            let _ = writeln!(out, "{}", finding.message);
        }
        out.push('\n');
    }
    out.push_str(&not_shown(run, style.max_findings));
    for sentence in Summary::of(run).sentences(run) {
        let options = textwrap::Options::new(style.width).break_words(false).word_separator(WORDS).word_splitter(WHOLE);
        let _ = writeln!(out, "{}", textwrap::fill(&sentence, options));
    }
    out
}

/// Names such as `unknown-key` are not broken at their hyphens.
const WORDS: textwrap::WordSeparator = textwrap::WordSeparator::AsciiSpace;
const WHOLE: textwrap::WordSplitter = textwrap::WordSplitter::NoHyphenation;

fn handler(style: Style) -> GraphicalReportHandler {
    let theme = match (style.color, style.unicode) {
        (true, true) => GraphicalTheme::unicode(),
        (false, true) => GraphicalTheme::unicode_nocolor(),
        (color, false) => {
            let mut theme = GraphicalTheme::ascii();
            if !color {
                theme.styles = GraphicalTheme::none().styles;
            }
            theme
        }
    };
    GraphicalReportHandler::new_themed(theme)
        .with_width(style.width)
        .with_links(false)
        .with_context_lines(1)
        .with_break_words(false)
        .with_word_separator(WORDS)
        .with_word_splitter(WHOLE)
}

/// A finding as miette draws it.
struct Report<'r> {
    finding: &'r Finding,
    snippet: Snippet<'r>,
    why: Option<Why>,
    help: String,
    /// Labels in other files, one report each.
    elsewhere: Vec<Elsewhere<'r>>,
}

impl<'r> Report<'r> {
    fn new(sources: &'r Sources, finding: &'r Finding, with_why: bool) -> Self {
        let file = finding.span().file;
        let elsewhere = finding.labels.iter().filter(|label| label.span.file != file);
        Self {
            finding,
            snippet: Snippet(sources.get(file)),
            why: with_why.then(|| Why(finding.why.clone())),
            help: help(finding),
            elsewhere: elsewhere.map(|label| Elsewhere { label, snippet: Snippet(sources.get(label.span.file)) }).collect(),
        }
    }
}

/// What to write, and the way there.
fn help(finding: &Finding) -> String {
    let mut help = finding.help.clone();
    if finding.path.len() > 1 {
        let separator = if help.is_empty() { "" } else { "\n" };
        let _ = write!(help, "{separator}The shortest way there: {}", finding.path[0].step);
        for step in &finding.path[1..] {
            let _ = write!(help, " -> {} ({})", step.step, step.cause);
        }
    }
    help
}

impl std::fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.finding.fmt(f)
    }
}

impl Display for Report<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.finding.message)
    }
}

impl std::error::Error for Report<'_> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.why.as_ref().map(|why| why as _)
    }
}

impl Diagnostic for Report<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        Some(Box::new(format!("{}[{}]", self.finding.level.word(), self.finding.rule)))
    }

    fn severity(&self) -> Option<Severity> {
        Some(match self.finding.level {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Info => Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        (!self.help.is_empty()).then(|| Box::new(&self.help) as Box<dyn Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.snippet)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let file = self.finding.span().file;
        let here = self.finding.labels.iter().filter(move |label| label.span.file == file).enumerate();
        Some(Box::new(here.map(|(index, label)| labelled(label, index == 0))))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        (!self.elsewhere.is_empty())
            .then(|| Box::new(self.elsewhere.iter().map(|other| other as &dyn Diagnostic)) as Box<dyn Iterator<Item = _>>)
    }
}

fn labelled(label: &Label, is_main: bool) -> LabeledSpan {
    let text = (!label.text.is_empty()).then(|| label.text.clone());
    let span = (label.span.start as usize, label.span.len());
    if is_main { LabeledSpan::new_primary_with_span(text, span) } else { LabeledSpan::new_with_span(text, span) }
}

/// Why it hurts, below the message.
#[derive(Debug)]
struct Why(String);

impl Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Why {}

/// A place in another file.
#[derive(Debug)]
struct Elsewhere<'r> {
    label: &'r Label,
    snippet: Snippet<'r>,
}

impl Display for Elsewhere<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.label.text)
    }
}

impl std::error::Error for Elsewhere<'_> {}

impl Diagnostic for Elsewhere<'_> {
    fn severity(&self) -> Option<Severity> {
        Some(Severity::Advice)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.snippet)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(std::iter::once(labelled(self.label, true))))
    }
}
