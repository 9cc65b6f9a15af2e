//! Which edit answers a finding.

use super::entry::{take_out, way_to};
use super::paste::paste;
use super::{Edit, Mend, stub};
use crate::finding::Finding;
use crate::model::Plan;
use crate::rules::{RULES, current, find};
use crate::source::FileId;
use crate::spec::{Fault, FaultKind, Tree, nearest};

/// The edit for a finding, where what may be mended allows for one.
pub(super) fn edit(plan: &Plan, text: &str, finding: &Finding, what: &Mend) -> Option<Edit> {
    if what.decide.contains(&finding.rule) {
        return stub::decide(plan, text, finding, &what.stub);
    }
    let is_named = what.rules.contains(&finding.rule);
    match finding.rule {
        "unknown-key" | "unknown-word" | "bad-duration" | "unknown-name" if what.safe || is_named => {
            let fault = plan.faults.iter().find(|fault| fault.span == finding.span())?;
            Some(Edit { range: finding.span().range(), text: meant(fault, is_named)? })
        }
        "unused-decision" if what.safe || is_named => unused_decision(text, finding),
        "required-outcome-missing" | "unknown-result-unhandled" | "provider-status-unhandled" if what.safe || is_named => {
            paste(text, &finding.help, |outcome| Some(format!("{{question: \"What follows when this ends in {outcome}?\"}}")))
        }
        _ if is_named => paste(text, &finding.help, |_| None),
        _ => None,
    }
}

/// What was meant where something else was typed. A name is only taken by itself where nothing else is near and it differs by a slip.
fn meant(fault: &Fault, is_named: bool) -> Option<String> {
    match &fault.kind {
        FaultKind::UnknownKey { nearest, .. } => nearest.map(str::to_owned),
        FaultKind::UnknownWord { nearest, .. } => nearest.clone(),
        FaultKind::BadDuration { meant, .. } => meant.clone(),
        FaultKind::UnknownName { name, nearest, .. } => {
            let first = nearest.first()?;
            let is_slip = nearest.len() == 1 && strsim::osa_distance(name, first) <= 2;
            (is_slip || is_named).then(|| first.clone())
        }
        _ => None,
    }
}

/// Takes a decision out that answers nothing, or puts the name of its rule right.
fn unused_decision(text: &str, finding: &Finding) -> Option<Edit> {
    let tree = Tree::read(FileId::default(), text);
    let span = crate::source::Span { file: FileId::default(), ..finding.span() };
    let rule = text.get(span.range())?;
    if find(current(rule)).is_none() {
        let near = nearest(rule, RULES.iter().map(|rule| rule.name));
        return near.first().map(|near| Edit { range: span.range(), text: (*near).to_owned() });
    }
    let mut way = way_to(tree.root()?, span)?;
    let (decisions, index) = way.pop()?;
    // The last decision goes with the key that holds them.
    if decisions.entries().len() == 1 {
        let (holder, index) = way.pop()?;
        return take_out(text, holder, index);
    }
    take_out(text, decisions, index)
}
