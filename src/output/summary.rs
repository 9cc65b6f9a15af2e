//! The numbers of a run, and what to answer next.

use super::Run;
use crate::finding::{Finding, Level};
use crate::lint::Comparison;
use crate::rules::RULES;
use crate::spec::list_with;

/// The numbers of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many plans were checked.
    pub plans: usize,
    /// Open errors.
    pub errors: usize,
    /// Open warnings.
    pub warnings: usize,
    /// Open infos.
    pub infos: usize,
    /// Findings that wait for others.
    pub held_back: usize,
    /// Findings that decisions answer.
    pub decided: usize,
    /// Findings that the baseline knows.
    pub known: usize,
    /// The plans' own laws.
    pub policies: usize,
    /// Those of them that hold on every way.
    pub policies_held: usize,
    /// Those that hold if people keep trying.
    pub policies_patient: usize,
}

impl Summary {
    /// Counts a run.
    pub fn of(run: &Run) -> Self {
        let mut summary = Self { plans: run.plans.len(), ..Self::default() };
        for checked in &run.plans {
            let verdict = &checked.verdict;
            summary.errors += verdict.count(Level::Error);
            summary.warnings += verdict.count(Level::Warning);
            summary.infos += verdict.count(Level::Info);
            summary.held_back += verdict.held_back.len();
            summary.decided += verdict.decided.len();
            summary.known += verdict.known.len();
            let judged = |word: &str| verdict.policies.iter().filter(|(_, judged)| *judged == word).count();
            summary.policies += checked.plan.policies.len();
            summary.policies_held += judged("holds");
            summary.policies_patient += judged("holds-if-people-keep-trying");
        }
        summary
    }

    /// How many findings are open.
    pub fn open(&self) -> usize {
        self.errors + self.warnings + self.infos
    }

    /// The last paragraph of a report: what was found, what was kept back, and what to answer next.
    pub fn sentences(&self, run: &Run) -> Vec<String> {
        let not_asked = run.not_asked();
        let mut sentences = vec![self.found(&not_asked)];
        if self.held_back > 0 {
            let waits = if self.held_back == 1 { "waits" } else { "wait" };
            let more = if self.held_back == 1 { "1 more finding".to_owned() } else { format!("{} more findings", self.held_back) };
            sentences.push(format!("{more} {waits} until these are answered."));
        }
        if run.mendable > 0 {
            sentences.push(format!("`--fix` can write {} of these answers, and `--diff` shows them first.", run.mendable));
        }
        if self.decided > 0 {
            let is = if self.decided == 1 { "is" } else { "are" };
            sentences.push(format!("{} {is} answered by a decision in the plan.", counted(self.decided, "finding")));
        }
        if self.known > 0 {
            let is = if self.known == 1 { "is" } else { "are" };
            sentences.push(format!("{} {is} known from the baseline.", counted(self.known, "finding")));
        }
        sentences.extend(run.baseline.iter().flat_map(of_baseline));
        if !not_asked.is_empty() {
            sentences.push(switched_off(&not_asked));
        }
        sentences.extend(self.held());
        if let Some((first, place)) = first(run) {
            sentences.push(format!("Answer next: {}, at {place}. `flowcheck explain {}` says more.", first.message, first.rule));
        }
        sentences
    }

    /// How many policies hold.
    fn held(&self) -> Option<String> {
        let (all, held, patient) = (self.policies, self.policies_held, self.policies_patient);
        let verb = if held == 1 { "holds" } else { "hold" };
        let also = if patient == 0 { String::new() } else { format!(", and {patient} if people keep trying") };
        match (all, held) {
            (0, _) => None,
            (1, 1) => Some("The policy of the plan holds on every way.".to_owned()),
            (all, held) if all == held => Some(format!("All {all} policies hold on every way.")),
            (all, held) => Some(format!("Of {}, {held} {verb} on every way{also}.", policies(all))),
        }
    }

    fn found(&self, not_asked: &[&str]) -> String {
        let plans = counted(self.plans, "plan");
        if self.open() == 0 {
            // A clean result says what was asked, so that nobody takes it for more.
            let asked = || RULES.iter().filter(|rule| !not_asked.contains(&rule.name));
            let mut groups: Vec<String> = asked().map(|rule| rule.group.name().to_owned()).collect();
            groups.dedup();
            return format!("Nothing is open in {plans}, by {} on {}.", counted(asked().count(), "rule"), list_with(&groups, "and"));
        }
        let levels = [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "info")];
        let parts: Vec<String> = levels.iter().filter(|(number, _)| *number > 0).map(|(number, word)| counted(*number, word)).collect();
        format!("Found {} in {plans}.", list_with(&parts, "and"))
    }
}

/// What there is to say about the baseline, in few sentences.
fn of_baseline(comparison: &Comparison) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    for (file, rule, known, found) in comparison.exceeded.iter().take(3) {
        let what = counted(*found, "finding");
        sentences.push(format!(
            "{file} has {what} of `{rule}`, and the baseline knows {known}: all are told, because nobody can say which is new."
        ));
    }
    if comparison.exceeded.len() > 3 {
        sentences.push(format!("The same holds for {} more.", comparison.exceeded.len() - 3));
    }
    let answered: usize = comparison.answered.iter().map(|(_, _, count)| count).sum();
    if answered > 0 {
        let is = if answered == 1 { "is" } else { "are" };
        sentences.push(format!(
            "{} that the baseline knows {is} not there any more: `--prune-baseline` takes that out.",
            counted(answered, "finding")
        ));
    }
    sentences
}

/// Which rules were switched off: their names, where they are few.
fn switched_off(rules: &[&str]) -> String {
    let names: Vec<String> = rules.iter().map(|rule| format!("`{rule}`")).collect();
    match &names[..] {
        [one] => format!("{one} was switched off."),
        [_, _] | [_, _, _] => format!("{} were switched off.", list_with(&names, "and")),
        _ => format!("{} rules were switched off.", names.len()),
    }
}

fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

fn first(run: &Run) -> Option<(&Finding, String)> {
    let first = run.plans.iter().find_map(|checked| checked.verdict.findings.first())?;
    let (name, at) = (run.sources.get(first.span().file).name(), run.sources.place(first.span()));
    Some((first, format!("{name}:{}:{}", at.line, at.column)))
}

fn policies(number: usize) -> String {
    if number == 1 { "1 policy".to_owned() } else { format!("{number} policies") }
}
