//! Mends what can be written mechanically. An edit keeps every comment and the layout around it. It is kept where the plan still reads,
//! the finding is gone and nothing new is wrong in form; otherwise the file stays as it was.
//!
//! Must not know: which files there are on the disk, and how they are written.

mod entry;
mod paste;
mod propose;
mod stub;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::{Orders, Verdict, run};
use crate::finding::Finding;
use crate::model::{self, Input, Plan};
use crate::rules::{Group, find};
use crate::source::{FileId, Sources};
use crate::spec::{self, File};

pub use stub::Stub;

/// A stretch of a file and what is to stand there instead.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Edit {
    range: Range<usize>,
    text: String,
}

/// What may be mended.
#[derive(Clone, Debug, Default)]
pub struct Mend {
    /// Whatever leaves no doubt about what was meant.
    pub safe: bool,
    /// Everything that these rules find and that can be written.
    pub rules: Vec<&'static str>,
    /// Findings of these rules get a decision.
    pub decide: Vec<&'static str>,
    /// What that decision says.
    pub stub: Stub,
}

/// What was mended.
#[derive(Debug, Default)]
pub struct Mended {
    /// The new texts of the files that changed; those of other plans are kept.
    pub texts: HashMap<FileId, String>,
    /// The rules whose findings are gone, once for each.
    pub rules: Vec<&'static str>,
}

/// More rounds than this are not needed: each one answers at least one finding.
const MAX_ROUNDS: usize = 50;

/// Mends a plan, beginning with texts that other plans may have changed already.
pub fn mend(plan: &Plan, sources: &Sources, orders: &Orders, what: &Mend, mended: &mut Mended) {
    let mut bench = Bench { plan, sources, orders, texts: mended.texts.clone() };
    let mut before = bench.check(&bench.texts);
    let mut given_up: HashSet<(FileId, &'static str, String)> = HashSet::new();
    for _ in 0..MAX_ROUNDS {
        let mut proposals: Vec<(Finding, Edit)> = Vec::new();
        for finding in before.1.findings.iter().filter(|finding| !given_up.contains(&key(finding))) {
            let text = bench.text(finding.span().file);
            if let Some(edit) = propose::edit(&before.0, text, finding, what)
                && proposals.iter().all(|(other, taken)| other.span().file != finding.span().file || are_apart(taken, &edit))
            {
                proposals.push((finding.clone(), edit));
            }
        }
        if proposals.is_empty() {
            break;
        }
        if let Some((texts, after)) = bench.attempt(&before.1, &proposals) {
            mended.rules.extend(proposals.iter().map(|(finding, _)| finding.rule));
            (bench.texts, before) = (texts, after);
            continue;
        }
        // One of them does not do: each by itself, and those that fail are not tried again.
        let kept = proposals.iter().find_map(|proposal| {
            let kept = bench.attempt(&before.1, std::slice::from_ref(proposal));
            if kept.is_none() {
                given_up.insert(key(&proposal.0));
            }
            kept.map(|kept| (proposal.0.rule, kept))
        });
        if let Some((rule, (texts, after))) = kept {
            mended.rules.push(rule);
            (bench.texts, before) = (texts, after);
        }
    }
    mended.texts = bench.texts;
}

/// How many of the open findings can be mended without being asked for by name.
pub fn count_safe(plan: &Plan, sources: &Sources, verdict: &Verdict) -> usize {
    let what = Mend { safe: true, ..Mend::default() };
    let can = |finding: &&Finding| propose::edit(plan, sources.get(finding.span().file).text(), finding, &what).is_some();
    verdict.findings.iter().filter(can).count()
}

fn key(finding: &Finding) -> (FileId, &'static str, String) {
    (finding.span().file, finding.rule, finding.message.clone())
}

fn are_apart(a: &Edit, b: &Edit) -> bool {
    a.range.end < b.range.start || b.range.end < a.range.start
}

/// Where edits are tried.
struct Bench<'p> {
    plan: &'p Plan,
    sources: &'p Sources,
    orders: &'p Orders,
    texts: HashMap<FileId, String>,
}

type Tried = (HashMap<FileId, String>, (Plan, Verdict));

impl Bench<'_> {
    fn text(&self, file: FileId) -> &str {
        self.texts.get(&file).map_or_else(|| self.sources.get(file).text(), String::as_str)
    }

    /// The plan that these texts make, and what is found in it.
    fn check(&self, texts: &HashMap<FileId, String>) -> (Plan, Verdict) {
        let mut input = Input { operations: self.plan.operations.clone(), ..Input::default() };
        for file in &self.plan.files {
            let text = texts.get(file).map_or_else(|| self.sources.get(*file).text(), String::as_str);
            let (form, faults) = spec::read::<File>(*file, text);
            input.files.push((*file, form));
            input.faults.extend(faults);
        }
        let plan = model::build(input);
        let verdict = run(&plan, self.orders);
        (plan, verdict)
    }

    /// The texts with these edits, where they do what they should.
    fn attempt(&self, before: &Verdict, proposals: &[(Finding, Edit)]) -> Option<Tried> {
        let mut texts = self.texts.clone();
        let mut edits: Vec<(FileId, &Edit)> = proposals.iter().map(|(finding, edit)| (finding.span().file, edit)).collect();
        edits.sort_by_key(|(_, edit)| std::cmp::Reverse(edit.range.start));
        for (file, edit) in edits {
            let text = texts.entry(file).or_insert_with(|| self.sources.get(file).text().to_owned());
            text.get(edit.range.clone())?;
            text.replace_range(edit.range.clone(), &edit.text);
        }
        let after = self.check(&texts);
        let left = count(&after.1);
        let are_gone = proposals.iter().all(|(finding, _)| {
            let same = proposals.iter().filter(|(other, _)| key(other) == key(finding)).count();
            let was = before.findings.iter().filter(|other| key(other) == key(finding)).count();
            left.get(&key(finding)).copied().unwrap_or(0) + same <= was
        });
        let known = count(before);
        let is_new = |(found, number): (&(FileId, &'static str, String), &usize)| {
            find(found.1).is_some_and(|rule| rule.group == Group::Language) && *number > known.get(found).copied().unwrap_or(0)
        };
        (are_gone && !after.1.is_unreadable() && !left.iter().any(is_new)).then_some((texts, after))
    }
}

/// How often each finding is there, what waits included.
fn count(verdict: &Verdict) -> HashMap<(FileId, &'static str, String), usize> {
    let mut counts = HashMap::new();
    for finding in verdict.findings.iter().chain(&verdict.held_back) {
        *counts.entry(key(finding)).or_default() += 1;
    }
    counts
}
