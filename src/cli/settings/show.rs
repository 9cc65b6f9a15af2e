//! `--show-config`: what holds, as a configuration of its own, with where each of it was said.

use std::fmt::Write as _;

use super::{InForce, Origin, Said};
use crate::lint::Setting;
use crate::rules::{RULES, Rule};
use crate::source::display_name;

impl InForce {
    /// What holds, as TOML.
    pub(in crate::cli) fn show(&self, file: Option<&std::path::Path>) -> String {
        let from = file.map_or("no configuration was found".to_owned(), |file| format!("the configuration is {}", display_name(file)));
        let mut lines = vec![(format!("# What holds in this run; {from}."), None)];
        let mut line = |text: String, origin: &Origin| lines.push((text, Some(origin.clone())));
        let paths: Vec<String> =
            self.paths.0.iter().map(|path| display_name(path)).map(|name| if name.is_empty() { ".".into() } else { name }).collect();
        line(format!("plans = {}", list(&paths)), &self.paths.1);
        line(format!("exclude = {}", list(&self.exclude.0.texts)), &self.exclude.1);
        line(format!("profile = {}", text(self.profile.0.word())), &self.profile.1);
        line(format!("fail-on = {}", text(self.fail_on.0.word())), &self.fail_on.1);
        line(
            self.max_warnings.0.map_or("# max-warnings: any number".to_owned(), |most| format!("max-warnings = {most}")),
            &self.max_warnings.1,
        );
        line(format!("max-states = {}", self.max_states.0), &self.max_states.1);
        let baseline = self.baseline.0.as_ref().map(|path| format!("baseline = {}", text(&display_name(path))));
        line(baseline.unwrap_or("# baseline: none".to_owned()), &self.baseline.1);
        let everywhere: Vec<&Said> = self.said.iter().filter(|said| said.pattern.is_none()).collect();
        show_levels("[levels]", &everywhere, &mut lines);
        let mut patterns: Vec<&str> = Vec::new();
        for pattern in self.said.iter().filter_map(|said| said.pattern.as_ref()).map(|pattern| pattern.texts[0].as_str()) {
            if !patterns.contains(&pattern) {
                patterns.push(pattern);
            }
        }
        for pattern in patterns {
            let said: Vec<&Said> =
                self.said.iter().filter(|said| said.pattern.as_ref().is_some_and(|own| own.texts[0] == pattern)).collect();
            show_levels(&format!("[paths.{}]", text(pattern)), &said, &mut lines);
        }
        aligned(&lines)
    }
}

/// The rules of which something was said, each with the last word.
fn show_levels(heading: &str, said: &[&Said], lines: &mut Vec<(String, Option<Origin>)>) {
    let last = |rule: &Rule| said.iter().rev().find(|said| said.rules.iter().any(|other| other.name == rule.name));
    let found: Vec<(&str, Setting, &Origin)> =
        RULES.iter().filter_map(|rule| last(rule).map(|said| (rule.name, said.setting, &said.origin))).collect();
    if !found.is_empty() {
        lines.push((String::new(), None));
        lines.push((heading.to_owned(), None));
        lines.extend(
            found
                .iter()
                .filter(|(name, setting, _)| *setting != Setting::Off || *name != "unreadable-file")
                .map(|(name, setting, origin)| (format!("{name} = {}", text(setting.word())), Some((*origin).clone()))),
        );
    }
}

/// The lines with their origins in one column.
fn aligned(lines: &[(String, Option<Origin>)]) -> String {
    let width = lines.iter().filter(|(_, origin)| origin.is_some()).map(|(text, _)| text.chars().count()).max().unwrap_or(0).min(60);
    let mut out = String::new();
    for (text, origin) in lines {
        let _ = match origin {
            Some(origin) => writeln!(out, "{text:width$}  # {origin}"),
            None => writeln!(out, "{text}"),
        };
    }
    out
}

fn list(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|item| text(item)).collect::<Vec<_>>().join(", "))
}

/// A text as TOML takes it.
fn text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
