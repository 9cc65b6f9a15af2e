//! The report as Markdown, for a code host. Nothing from the plan is taken as markup.

use std::fmt::Write as _;

use super::document::{Block, Document, Table};

/// The report as Markdown.
pub fn markdown(document: &Document) -> String {
    let mut out = format!("# {}\n\n", inline(&document.title));
    for section in &document.sections {
        let _ = writeln!(out, "- [{}](#{})", section.title, anchor(section.title));
    }
    for section in &document.sections {
        let _ = write!(out, "{}## {}\n\n", if out.ends_with("\n\n") { "" } else { "\n" }, section.title);
        if !section.lead.is_empty() {
            let _ = write!(out, "{}\n\n", inline(&section.lead));
        }
        for block in &section.blocks {
            out.push_str(&of_block(block));
        }
    }
    format!("{}\n", out.trim_end())
}

/// The name that code hosts give a heading.
fn anchor(title: &str) -> String {
    title.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == ' ').map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn of_block(block: &Block) -> String {
    match block {
        Block::Heading(heading) => format!("### {}\n\n", inline(heading)),
        Block::Text(text) => format!("{}\n\n", inline(text)),
        Block::Facts(facts) => {
            let facts = facts.iter().map(|(name, lines)| format!("- **{name}**: {}\n", cell(lines)));
            format!("{}\n", facts.collect::<String>())
        }
        Block::Table(table) => of_table(&table.without_empty_columns()),
    }
}

fn of_table(table: &Table) -> String {
    let mut out = format!(
        "| {} |\n|{}\n",
        table.columns.iter().map(|column| inline(column)).collect::<Vec<_>>().join(" | "),
        " --- |".repeat(table.columns.len())
    );
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|lines| cell(lines)).collect();
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    out.push('\n');
    out
}

fn cell(lines: &[String]) -> String {
    lines.iter().map(|line| inline(line)).collect::<Vec<_>>().join("<br>")
}

/// A text with every mark of Markdown and HTML taken from it; what stands in backticks stays code where nothing in it could end the
/// code, the cell or the line, or begin a tag.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('`') {
        escape(&rest[..at], &mut out);
        rest = &rest[at + 1..];
        match rest.split_once('`') {
            Some((code, after)) if is_code(code) => {
                let _ = write!(out, "`{code}`");
                rest = after;
            }
            _ => out.push_str("\\`"),
        }
    }
    escape(rest, &mut out);
    out
}

fn is_code(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && text.chars().all(|c| !c.is_control() && !matches!(c, '<' | '>' | '&' | '|' | '\\'))
}

fn escape(text: &str, out: &mut String) {
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // Where a host would make a link, a mention or a reference of it.
            ':' if text[at..].starts_with("://") => out.push_str("&#58;"),
            '.' if text[..at].to_lowercase().ends_with("www") => out.push_str("&#46;"),
            '@' => out.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '$' | '!' => out.extend(['\\', c]),
            // Marks only where a line begins.
            '-' | '+' | '=' if at == 0 => out.extend(['\\', c]),
            '.' | ')' if at > 0 && text[..at].bytes().all(|byte| byte.is_ascii_digit()) => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
}
