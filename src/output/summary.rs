//! The numbers of a run, and what to answer next.

use super::Run;
use crate::finding::{Finding, Level};
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
    /// The plans' own laws.
    pub policies: usize,
    /// Those of them that hold on every way.
    pub policies_held: usize,
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
            summary.policies += verdict.policies;
            summary.policies_held += verdict.policies_held;
        }
        summary
    }

    /// How many findings are open.
    pub fn open(&self) -> usize {
        self.errors + self.warnings + self.infos
    }

    /// The last paragraph of a report: what was found, what was kept back, and what to answer next.
    pub fn sentences(&self, run: &Run) -> Vec<String> {
        let mut sentences = vec![self.found()];
        if self.held_back > 0 {
            let waits = if self.held_back == 1 { "waits" } else { "wait" };
            let more = if self.held_back == 1 { "1 more finding".to_owned() } else { format!("{} more findings", self.held_back) };
            sentences.push(format!("{more} {waits} until these are answered."));
        }
        if self.decided > 0 {
            let is = if self.decided == 1 { "is" } else { "are" };
            sentences.push(format!("{} {is} answered by a decision in the plan.", counted(self.decided, "finding")));
        }
        sentences.extend(self.held());
        sentences.extend(unsettled(run));
        if let Some((first, place)) = first(run) {
            sentences.push(format!("Answer next: {}, at {place}. `flowcheck explain {}` says more.", first.message, first.rule));
        }
        sentences
    }

    /// How many policies hold.
    fn held(&self) -> Option<String> {
        let (all, held) = (self.policies, self.policies_held);
        let verb = if held == 1 { "holds" } else { "hold" };
        match (all, held) {
            (0, _) => None,
            (1, 1) => Some("The policy of the plan holds on every way.".to_owned()),
            (all, held) if all == held => Some(format!("All {all} policies hold on every way.")),
            (1, _) => Some("The policy of the plan does not hold as it is, or could not be told.".to_owned()),
            (all, held) => Some(format!("{held} of {all} policies {verb} on every way.")),
        }
    }

    fn found(&self) -> String {
        let plans = counted(self.plans, "plan");
        if self.open() == 0 {
            // A clean result says what was asked, so that nobody takes it for more.
            let mut groups: Vec<String> = RULES.iter().map(|rule| rule.group.name().to_owned()).collect();
            groups.dedup();
            return format!("Nothing is open in {plans}, by {} rules on {}.", RULES.len(), list_with(&groups, "and"));
        }
        let levels = [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "info")];
        let parts: Vec<String> = levels.iter().filter(|(number, _)| *number > 0).map(|(number, word)| counted(*number, word)).collect();
        format!("Found {} in {plans}.", list_with(&parts, "and"))
    }
}

fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// What there was too much of to be looked at in full.
fn unsettled(run: &Run) -> Option<String> {
    let of = |checked: &super::Checked| {
        let names = checked.verdict.unsettled.iter().map(|entity| format!("`{}`", checked.plan.entities[*entity].name));
        names.collect::<Vec<_>>()
    };
    let names: Vec<String> = run.plans.iter().flat_map(of).collect();
    (!names.is_empty()).then(|| {
        format!(
            "Not looked at in full: what becomes of {} if somebody never comes back. There are more situations than the bound allows; \
             `--max-states` sets it.",
            list_with(&names, "and")
        )
    })
}

fn first(run: &Run) -> Option<(&Finding, String)> {
    let first = run.plans.iter().find_map(|checked| checked.verdict.findings.first())?;
    let (name, at) = (run.sources.get(first.span().file).name(), run.sources.place(first.span()));
    Some((first, format!("{name}:{}:{}", at.line, at.column)))
}
