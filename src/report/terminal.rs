//! The report in a terminal: tables fitted to its width. Where a table has more columns than fit, each row stands by itself.

use crate::output::table;

use super::document::{Block, Document, Table};

/// A column narrower than this breaks too many words.
const NARROWEST: usize = 19;

/// The report, for so many columns, in bold where that may be.
pub fn terminal(document: &Document, width: usize, color: bool) -> String {
    let mut out = Terminal { width, color, out: String::new() };
    out.heading("", &document.title);
    for section in &document.sections {
        out.line("");
        out.line(&out.bold(section.title));
        out.line(&"═".repeat(section.title.chars().count()));
        if !section.lead.is_empty() {
            out.text(&section.lead);
        }
        for block in &section.blocks {
            out.block(block);
        }
    }
    out.out
}

struct Terminal {
    width: usize,
    color: bool,
    out: String,
}

impl Terminal {
    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn bold(&self, text: &str) -> String {
        if self.color { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn text(&mut self, text: &str) {
        self.lines(&self.filled(text, "", ""));
    }

    fn heading(&mut self, indent: &str, text: &str) {
        for line in self.filled(text, indent, indent).lines() {
            self.line(&self.bold(line));
        }
    }

    /// A text on as many lines as it needs. Names are not broken at their hyphens.
    fn filled(&self, text: &str, first: &str, further: &str) -> String {
        let options = textwrap::Options::new(self.width)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        textwrap::fill(text, options.initial_indent(first).subsequent_indent(further))
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => {
                self.line("");
                self.heading("", heading);
            }
            Block::Text(text) => {
                self.line("");
                self.text(text);
            }
            Block::Facts(facts) => {
                self.line("");
                let rows: Vec<(&str, &[String])> = facts.iter().map(|(name, lines)| (*name, lines.as_slice())).collect();
                self.facts(&rows);
            }
            Block::Table(table) => {
                let table = table.without_empty_columns();
                if table.columns.len() * NARROWEST > self.width { self.cards(&table) } else { self.table(&table) }
            }
        }
    }

    fn table(&mut self, of: &Table) {
        let mut shown = table(self.width);
        shown.set_header(of.columns.iter().map(|title| self.bold(title)));
        for row in &of.rows {
            shown.add_row(row.iter().map(|cell| cell.join("\n")));
        }
        self.line("");
        self.lines(&shown.to_string());
    }

    /// Each row by itself: its first cell as a heading, the others below each other.
    fn cards(&mut self, of: &Table) {
        for row in &of.rows {
            let Some((first, rest)) = row.split_first() else { continue };
            self.line("");
            self.heading(" ", &first.join("  "));
            let names = of.columns.iter().skip(1).map(String::as_str);
            let facts: Vec<(&str, &[String])> = names.zip(rest.iter().map(Vec::as_slice)).filter(|(_, lines)| !lines.is_empty()).collect();
            self.facts(&facts);
        }
    }

    /// Names on the left, each as wide as the widest; lines that go on are indented.
    fn facts(&mut self, facts: &[(&str, &[String])]) {
        let left = facts.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        for (name, lines) in facts {
            for (index, text) in lines.iter().enumerate() {
                let name = if index == 0 { *name } else { "" };
                let filled = self.filled(text, &format!(" {name:left$}  "), &" ".repeat(left + 5));
                self.lines(&filled);
            }
        }
    }

    fn lines(&mut self, text: &str) {
        for line in text.lines() {
            self.line(line);
        }
    }
}
