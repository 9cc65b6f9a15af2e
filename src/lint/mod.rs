//! Runs the rules over a plan: levels, decisions, holding back.
//!
//! Must not know: how findings are printed.

mod baseline;
mod decisions;
mod fix;
mod hold_back;
mod order;
mod settings;

pub use baseline::{Baseline, Comparison, Counts};
pub use fix::{Mend, Mended, Stub, count_safe, mend};
pub use settings::{Orders, Setting, Settings};

use crate::finding::{Finding, Level};
use crate::model::{Plan, PolicyId};
use crate::rules::{Context, Phase, RULES, Rule};

/// What came of a plan.
#[derive(Debug, Default)]
pub struct Verdict {
    /// What is open, most useful to answer first.
    pub findings: Vec<Finding>,
    /// Findings that follow from others, and wait until those are answered.
    pub held_back: Vec<Finding>,
    /// Findings that a decision answers, with its position among the plan's decisions.
    pub decided: Vec<(Finding, usize)>,
    /// Findings that the baseline knows.
    pub known: Vec<Finding>,
    /// What came of each of the plan's own laws that could be read, in a word.
    pub policies: Vec<(PolicyId, &'static str)>,
    /// Rules that were switched off in some file of the plan.
    pub not_asked: Vec<&'static str>,
}

impl Verdict {
    /// How many findings of a level are open.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).count()
    }

    /// Whether a file could not be read as YAML, so that nothing past that place was checked.
    pub fn is_unreadable(&self) -> bool {
        self.unreadable().next().is_some()
    }

    /// The places from which on files could not be read as YAML.
    pub fn unreadable(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.rule == hold_back::UNREADABLE)
    }
}

/// Runs the rules that are asked.
pub fn run(plan: &Plan, orders: &Orders) -> Verdict {
    let mut cx = Context::new(plan, orders.today);
    cx.limits = orders.limits;
    let found = check(&cx, Phase::Plan, orders);
    let (mut open, decided) = decisions::close(plan, orders, found, &mut cx.closed);
    open.extend(check(&cx, Phase::Decisions, orders));
    let (mut findings, held_back) = hold_back::split(plan, open);
    order::sort(plan, &mut findings);
    let not_asked = RULES.iter().map(|rule| rule.name).filter(|rule| orders.is_off_somewhere(rule, &plan.files)).collect();
    let policies = cx.verdicts().map(|(id, _, verdict)| (id, verdict.word())).collect();
    Verdict { findings, held_back, decided, known: Vec::new(), policies, not_asked }
}

fn check(cx: &Context<'_>, phase: Phase, orders: &Orders) -> Vec<Finding> {
    let asked = RULES.iter().filter(|rule| rule.phase == phase && !orders.is_off_everywhere(rule.name, &cx.plan.files));
    asked.flat_map(|rule| signed(rule, (rule.check)(cx), orders)).collect()
}

/// The findings of a rule with its name on them and with its page's reason where they give none. They weigh what was said of the rule in
/// their file; where nothing was, what the rule declares, unless they weigh more by themselves.
fn signed(rule: &'static Rule, findings: Vec<Finding>, orders: &Orders) -> impl Iterator<Item = Finding> {
    findings.into_iter().filter_map(move |mut finding| {
        finding.rule = rule.name;
        finding.level = match orders.of(finding.span().file).get(rule.name) {
            Some(Setting::Off) => return None,
            Some(Setting::Level(level)) => level,
            None => finding.level.max(rule.level),
        };
        if finding.why.is_empty() {
            finding.why = rule.why();
        }
        Some(finding)
    })
}
