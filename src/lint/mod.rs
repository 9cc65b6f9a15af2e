//! Runs the rules over a plan: levels, decisions, holding back.
//!
//! Must not know: how findings are printed.

mod decisions;
mod hold_back;
mod order;

use jiff::civil::Date;

use crate::analysis::{Limits, policy};
use crate::finding::{Finding, Level};
use crate::model::{EntityId, Plan};
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
    /// The plan's own laws.
    pub policies: usize,
    /// Those of them that hold on every way.
    pub policies_held: usize,
    /// The entities of which could not be told whether they stay unfinished when somebody never comes back: there is more to look at
    /// than the bound allows.
    pub unsettled: Vec<EntityId>,
}

impl Verdict {
    /// How many findings of a level are open.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).count()
    }

    /// Whether a file could not be read as YAML, so that nothing past that place was checked.
    pub fn is_unreadable(&self) -> bool {
        self.findings.iter().any(|finding| finding.rule == hold_back::UNREADABLE)
    }
}

/// Runs every rule.
pub fn run(plan: &Plan, today: Date) -> Verdict {
    run_within(plan, today, Limits::default())
}

/// Runs every rule, and goes so far where everything is looked at together.
pub fn run_within(plan: &Plan, today: Date, limits: Limits) -> Verdict {
    let mut cx = Context::new(plan, today);
    cx.limits = limits;
    let found = check(&cx, Phase::Plan);
    let (mut open, decided) = decisions::close(plan, today, found, &mut cx.closed);
    open.extend(check(&cx, Phase::Decisions));
    let (mut findings, held_back) = hold_back::split(plan, open);
    order::sort(plan, &mut findings);
    let policies_held = cx.verdicts().filter(|(_, _, verdict)| matches!(verdict, policy::Verdict::Holds)).count();
    Verdict { findings, held_back, decided, policies: plan.policies.len(), policies_held, unsettled: cx.unsettled() }
}

fn check(cx: &Context<'_>, phase: Phase) -> Vec<Finding> {
    RULES.iter().filter(|rule| rule.phase == phase).flat_map(|rule| signed(rule, (rule.check)(cx))).collect()
}

/// The findings of a rule with its name on them, with its level unless they weigh more, and with its page's reason where they give none.
fn signed(rule: &'static Rule, findings: Vec<Finding>) -> impl Iterator<Item = Finding> {
    findings.into_iter().map(|mut finding| {
        finding.rule = rule.name;
        finding.level = finding.level.max(rule.level);
        if finding.why.is_empty() {
            finding.why = rule.why();
        }
        finding
    })
}
