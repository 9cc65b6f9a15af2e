//! What is known and not told again: how many findings of a rule a file has.
//!
//! Counts stay right when lines move. A file that has more findings of a rule than are known is told with all of them, because nobody can
//! say which one is new.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Orders, Verdict, hold_back};
use crate::model::Plan;
use crate::rules::{RULES, current};
use crate::source::FileId;

/// The version of the format.
const VERSION: u32 = 1;

/// The findings that are known, by file and rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// The version of this format.
    version: u32,
    /// For each file, named from the folder of the baseline, and each rule: how many findings are known.
    findings: BTreeMap<String, BTreeMap<String, usize>>,
}

/// What a run found out about the baseline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// How many findings are known, and so not told.
    pub known: usize,
    /// Files and rules that have more findings than are known: how many are known, and how many there are.
    pub exceeded: Vec<(String, String, usize, usize)>,
    /// Files and rules with fewer findings than are known: how many too many are known.
    pub answered: Vec<(String, String, usize)>,
}

impl Default for Baseline {
    fn default() -> Self {
        Self { version: VERSION, findings: BTreeMap::new() }
    }
}

impl Baseline {
    /// Reads it.
    ///
    /// # Errors
    /// When the text is none, in a sentence.
    pub fn read(text: &str) -> Result<Self, String> {
        let baseline: Self = serde_json::from_str(text).map_err(|error| format!("is no baseline: {error}"))?;
        if baseline.version != VERSION {
            return Err(format!("has the version {}, and this program reads version {VERSION}", baseline.version));
        }
        Ok(baseline)
    }

    /// The text to write.
    pub fn write(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// How many findings are known.
    pub fn len(&self) -> usize {
        self.findings.values().flat_map(BTreeMap::values).sum()
    }

    /// Whether none is known.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The files of which findings are known.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.findings.keys().map(String::as_str)
    }

    /// Forgets a file.
    pub fn forget(&mut self, file: &str) {
        self.findings.remove(file);
    }

    fn known(&self, file: &str, rule: &str) -> usize {
        let rules = self.findings.get(file).into_iter().flatten();
        rules.filter(|(name, _)| current(name) == rule).map(|(_, count)| *count).sum()
    }

    fn set(&mut self, file: &str, rule: &str, count: usize) {
        let rules = self.findings.entry(file.to_owned()).or_default();
        rules.retain(|name, _| current(name) != rule);
        if count > 0 {
            rules.insert(rule.to_owned(), count);
        }
        if rules.is_empty() {
            self.findings.remove(file);
        }
    }
}

/// What a run has counted, in the files it has seen and by the rules that were asked there. Of others it knows nothing.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    found: BTreeMap<(String, &'static str), usize>,
    /// What waits for other findings is not told now, and not answered either.
    waiting: BTreeMap<(String, &'static str), usize>,
    /// Files with rules that were not asked in them.
    not_asked: BTreeMap<String, Vec<&'static str>>,
}

impl Counts {
    /// Counts what came of a plan. `name` says how a file is named in the baseline.
    pub fn add(&mut self, plan: &Plan, verdict: &Verdict, orders: &Orders, name: impl Fn(FileId) -> Option<String>) {
        // Past the place where reading stopped, nothing was asked.
        let files = if verdict.is_unreadable() { &[][..] } else { &plan.files };
        for file in files {
            let Some(name) = name(*file) else { continue };
            let off = RULES.iter().map(|rule| rule.name).filter(|rule| orders.of(*file).is_off(rule));
            self.not_asked.insert(name, off.collect());
        }
        for (findings, counts) in [(&verdict.findings, &mut self.found), (&verdict.held_back, &mut self.waiting)] {
            for finding in findings {
                if let Some(name) = name(finding.span().file) {
                    *counts.entry((name, finding.rule)).or_default() += 1;
                }
            }
        }
    }

    fn of(&self, file: &str, rule: &'static str) -> usize {
        self.found.get(&(file.to_owned(), rule)).copied().unwrap_or(0)
    }

    /// What is told, and what waits.
    fn in_all(&self, file: &str, rule: &'static str) -> usize {
        self.of(file, rule) + self.waiting.get(&(file.to_owned(), rule)).copied().unwrap_or(0)
    }

    /// The files that were seen, each with the rules that were asked there.
    fn asked(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.not_asked.iter().flat_map(|(file, off)| {
            RULES.iter().map(|rule| rule.name).filter(|rule| !off.contains(rule)).map(move |rule| (file.as_str(), rule))
        })
    }

    /// Compares with what is known. Only what was asked is judged.
    pub fn compare(&self, baseline: &Baseline) -> Comparison {
        let mut comparison = Comparison::default();
        for (file, rule) in self.asked() {
            let (known, found) = (baseline.known(file, rule), self.of(file, rule));
            if found > known && known > 0 {
                comparison.exceeded.push((file.to_owned(), rule.to_owned(), known, found));
            }
            let left = self.in_all(file, rule);
            if left < known {
                comparison.answered.push((file.to_owned(), rule.to_owned(), known - left));
            }
            if found <= known {
                comparison.known += found;
            }
        }
        comparison
    }

    /// Takes everything that was found as known; what was not asked stays as it is.
    pub fn accept(&self, baseline: &mut Baseline) {
        for (file, rule) in self.asked() {
            let still_waiting = baseline.known(file, rule).min(self.in_all(file, rule));
            baseline.set(file, rule, self.of(file, rule).max(still_waiting));
        }
    }

    /// Takes out of the baseline what was answered since; nothing new is taken as known.
    pub fn prune(&self, baseline: &mut Baseline) {
        for (file, rule) in self.asked() {
            let count = baseline.known(file, rule).min(self.in_all(file, rule));
            baseline.set(file, rule, count);
        }
    }

    /// Takes what is known out of what is told.
    pub fn silence(&self, baseline: &Baseline, verdict: &mut Verdict, name: impl Fn(FileId) -> Option<String>) {
        let is_known = |finding: &crate::finding::Finding| {
            let file = name(finding.span().file);
            file.is_some_and(|file| {
                finding.rule != hold_back::UNREADABLE && self.of(&file, finding.rule) <= baseline.known(&file, finding.rule)
            })
        };
        let (known, open) = std::mem::take(&mut verdict.findings).into_iter().partition(is_known);
        verdict.findings = open;
        verdict.known = known;
    }
}
