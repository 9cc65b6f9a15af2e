//! A page of Markdown in the terminal: headings, running text fitted to the width, lists, code as it is.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::terminal::Terminal;

/// The page, with a line below its title.
pub(super) fn page(markdown: &str, below_title: &str, terminal: &Terminal) -> String {
    let mut out = Page { terminal, out: String::new(), running: String::new(), in_code: false, in_item: false };
    let mut is_title = true;
    for event in Parser::new(markdown) {
        match event {
            Event::End(TagEnd::Heading(_)) => {
                let heading = std::mem::take(&mut out.running);
                out.line(&terminal.bold(&heading));
                if std::mem::replace(&mut is_title, false) {
                    out.line(&terminal.dim(below_title));
                    out.line("");
                }
            }
            Event::Start(Tag::CodeBlock(_)) => out.in_code = true,
            Event::End(TagEnd::CodeBlock) => {
                out.in_code = false;
                out.line("");
            }
            Event::Start(Tag::Item) => out.in_item = true,
            Event::End(TagEnd::Item) => {
                out.paragraph();
                out.in_item = false;
            }
            Event::End(TagEnd::Paragraph | TagEnd::List(_)) => {
                out.paragraph();
                out.line("");
            }
            Event::Text(text) if out.in_code => out.code(&text),
            Event::Text(text) => out.running.push_str(&text),
            Event::Code(text) => {
                out.running.push('`');
                out.running.push_str(&text);
                out.running.push('`');
            }
            Event::SoftBreak | Event::HardBreak => out.running.push(' '),
            _ => {}
        }
    }
    format!("{}\n", out.out.trim_end())
}

struct Page<'t> {
    terminal: &'t Terminal,
    out: String,
    running: String,
    in_code: bool,
    in_item: bool,
}

impl Page<'_> {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn paragraph(&mut self) {
        let text = std::mem::take(&mut self.running);
        if text.is_empty() {
            return;
        }
        let indent = if self.in_item { ("- ", "  ") } else { ("", "") };
        let options = textwrap::Options::new(self.terminal.width.min(100))
            .initial_indent(indent.0)
            .subsequent_indent(indent.1)
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        let filled = textwrap::fill(&text, options);
        self.line(&filled);
    }

    /// Code as it is; the mark of what is found stands out.
    fn code(&mut self, code: &str) {
        for line in code.lines() {
            let shown = line
                .strip_suffix("# finding")
                .map_or_else(|| line.to_owned(), |line| format!("{line}{}", self.terminal.bold("# <- found here")));
            self.line(&format!("    {shown}"));
        }
    }
}
