//! What the terminal can show.

use std::io::IsTerminal as _;

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What the terminal can show.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terminal {
    /// Whether standard output is one.
    pub(super) to_screen: bool,
    pub(super) color: bool,
    pub(super) width: usize,
}

/// Wider lines are hard to read.
const WIDEST: usize = 120;

impl Terminal {
    /// The width of what goes to a pipe or a file.
    pub(super) const WITHOUT: usize = 100;

    pub(super) fn new(color: Color) -> Self {
        let is_terminal = std::io::stdout().is_terminal();
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let color = match color {
            Color::Auto => is_terminal && !refused,
            Color::Always => true,
            Color::Never => false,
        };
        let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width = asked.unwrap_or_else(|| {
            if is_terminal {
                terminal_size::terminal_size().map_or(Self::WITHOUT, |(width, _)| usize::from(width.0))
            } else {
                Self::WITHOUT
            }
        });
        Self { to_screen: is_terminal, color, width: width.clamp(40, WIDEST) }
    }

    /// Bold, where colours may be used.
    pub(super) fn bold(&self, text: &str) -> String {
        if self.color { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// Dim, where colours may be used.
    pub(super) fn dim(&self, text: &str) -> String {
        if self.color { format!("\x1b[2m{text}\x1b[0m") } else { text.to_owned() }
    }
}
