//! Reads the file: every problem in one run, each at its place and with what was probably meant.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{KEYS, Takes};
use super::words::{FailOn, Profile};
use super::{Config, Levels, Placed};
use crate::lint::{Setting, Settings};
use crate::rules::{current, find, names, select};
use crate::spec::{list_with, nearest};

/// What is wrong at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Range<usize>,
    /// What, and what to write instead.
    pub text: String,
}

type Value<'i> = Spanned<DeValue<'i>>;

/// What stands in the text, and what is wrong with it.
pub fn read(text: &str) -> (Config, Vec<Problem>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader::default();
    for error in errors {
        reader.problem(error.span().unwrap_or(0..0), format!("this is not TOML: {}", error.message()));
    }
    if reader.problems.is_empty() {
        reader.read(table.get_ref());
    }
    reader.problems.sort_by_key(|problem| problem.span.start);
    (reader.config, reader.problems)
}

#[derive(Default)]
struct Reader {
    config: Config,
    problems: Vec<Problem>,
}

impl Reader {
    fn problem(&mut self, span: Range<usize>, text: impl Into<String>) {
        self.problems.push(Problem { span, text: text.into() });
    }

    fn read(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match name {
                "plans" => self.config.plans = self.texts(name, value),
                "exclude" => self.config.exclude = self.texts(name, value),
                "profile" => self.config.profile = self.word(name, value, &Profile::WORDS),
                "fail-on" => self.config.fail_on = self.word(name, value, &FailOn::WORDS),
                "max-warnings" => self.config.max_warnings = self.number(name, value),
                "max-states" => self.config.max_states = self.number(name, value),
                "baseline" => self.config.baseline = self.text(name, value),
                "levels" => self.config.levels = self.levels(name, value),
                "paths" => self.paths(name, value),
                _ => self.unknown_key(name, key.span()),
            }
        }
    }

    fn unknown_key(&mut self, name: &str, span: Range<usize>) {
        let keys = || KEYS.iter().map(|key| key.name);
        let help = match &nearest(name, keys())[..] {
            [near, ..] => format!("did you mean `{near}`?"),
            // A rule at the top of the file belongs one table lower.
            [] if names().any(|known| known == name) => format!("rules and groups stand under `[levels]`: `{name} = \"off\"`"),
            [] => format!("the keys are {}", quoted(keys())),
        };
        self.problem(span, format!("there is no key `{name}`; {help}"));
    }

    fn wrong(&mut self, name: &str, value: &Value<'_>) {
        let key = KEYS.iter().find(|key| key.name == name);
        let takes = match key.map(|key| &key.takes) {
            Some(Takes::Texts) => "a list of texts",
            Some(Takes::Text | Takes::Word(_)) => "a text",
            Some(Takes::Number) => "a number, 0 or more",
            Some(Takes::Levels) => "a table of rules and groups",
            Some(Takes::Paths) => "a table of patterns, each with a table of levels",
            None => "another value",
        };
        let example = key.map_or("", |key| key.example);
        self.problem(value.span(), format!("`{name}` takes {takes}, such as `{name} = {example}`"));
    }

    fn text(&mut self, name: &str, value: &Value<'_>) -> Option<Placed<String>> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong(name, value);
        }
        text.map(|text| Placed { value: text.to_owned(), span: value.span() })
    }

    fn texts(&mut self, name: &str, value: &Value<'_>) -> Option<Placed<Vec<String>>> {
        let texts: Option<Vec<String>> =
            value.get_ref().as_array().and_then(|items| items.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect());
        if texts.is_none() {
            self.wrong(name, value);
        }
        texts.map(|texts| Placed { value: texts, span: value.span() })
    }

    fn number(&mut self, name: &str, value: &Value<'_>) -> Option<Placed<usize>> {
        let number = value.get_ref().as_integer().and_then(|number| usize::from_str_radix(number.as_str(), number.radix()).ok());
        if number.is_none() {
            self.wrong(name, value);
        }
        number.map(|number| Placed { value: number, span: value.span() })
    }

    fn word<T: Copy>(&mut self, name: &str, value: &Value<'_>, words: &[(&'static str, T, &'static str)]) -> Option<Placed<T>> {
        let text = self.text(name, value)?;
        let found = words.iter().find(|(word, ..)| *word == text.value).map(|(_, found, _)| *found);
        if found.is_none() {
            let help = meant(&text.value, words.iter().map(|(word, ..)| *word));
            self.problem(text.span.clone(), format!("`{name}` has no word `{}`; {help}", text.value));
        }
        found.map(|found| Placed { value: found, span: text.span })
    }

    /// What is said of rules and groups, groups first, so that what is said of a rule is said last.
    fn levels(&mut self, name: &str, value: &Value<'_>) -> Levels {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(name, value);
            return Levels::new();
        };
        let mut levels = Levels::new();
        for (key, value) in table {
            let Some(setting) = self.setting(value) else { continue };
            let rule = key.get_ref().as_ref();
            match select(rule) {
                Err(near) => {
                    let help = match &near[..] {
                        [] => "`flowcheck rules` lists all".to_owned(),
                        near => format!("did you mean {}?", quoted(near.iter().copied())),
                    };
                    self.problem(key.span(), format!("there is no rule and no group `{rule}`; {help}"));
                }
                Ok(rules) if setting == Setting::Off && find(rule).is_some() && !rules.iter().all(|rule| Settings::can_be_off(rule)) => {
                    self.problem(key.span(), format!("`{rule}` is always asked, because nothing past what it finds is checked"));
                }
                Ok(_) => levels.push((Placed { value: current(rule).to_owned(), span: key.span() }, setting)),
            }
        }
        levels.sort_by_key(|(name, _)| (find(&name.value).is_some(), name.span.start));
        levels
    }

    fn setting(&mut self, value: &Value<'_>) -> Option<Setting> {
        let words = || Setting::WORDS.iter().map(|(word, _)| *word);
        let Some(text) = value.get_ref().as_str() else {
            self.problem(value.span(), format!("a level is one of the words {}", quoted(words())));
            return None;
        };
        let found = Setting::WORDS.iter().find(|(word, _)| *word == text).map(|(_, setting)| *setting);
        if found.is_none() {
            self.problem(value.span(), format!("there is no level `{text}`; {}", meant(text, words())));
        }
        found
    }

    fn paths(&mut self, name: &str, value: &Value<'_>) {
        let Some(table) = value.get_ref().as_table() else { return self.wrong(name, value) };
        for (pattern, levels) in table {
            let levels = self.levels(name, levels);
            self.config.paths.push((Placed { value: pattern.get_ref().to_string(), span: pattern.span() }, levels));
        }
        self.config.paths.sort_by_key(|(pattern, _)| pattern.span.start);
    }
}

fn meant<'w>(text: &str, words: impl Iterator<Item = &'w str> + Clone) -> String {
    match &nearest(text, words.clone())[..] {
        [near, ..] if !text.is_empty() => format!("did you mean `{near}`?"),
        _ => format!("the words are {}", quoted(words)),
    }
}

fn quoted<'w>(words: impl Iterator<Item = &'w str>) -> String {
    list_with(&words.map(|word| format!("`{word}`")).collect::<Vec<_>>(), "and")
}
