//! Policies in words: what they are called, what they say of what, and where.

use crate::analysis::Counter;
use crate::finding::{Finding, PathStep};
use crate::model::{Policy, PolicyId, Subject, Template};
use crate::rules::Context;
use crate::rules::words::quoted_or;
use crate::source::Span;
use crate::spec::{Mention, OneOrMany};

/// `"Nothing is made before it is paid"`, or what it says as it is written, in backticks.
pub(super) fn called(policy: &Policy) -> String {
    if policy.form.title.is_some() { format!("\"{}\"", policy.title()) } else { format!("`{}`", policy.title()) }
}

/// The things of a place of the template, any of which will do.
pub(super) fn place(policy: &Policy, index: usize) -> String {
    let templates = policy.form.templates();
    templates.first().and_then(|(_, arguments)| arguments.0.get(index)).map_or_else(String::new, any)
}

fn any(mentions: &OneOrMany<Mention>) -> String {
    quoted_or(&mentions.iter().map(ToString::to_string).collect::<Vec<_>>())
}

/// `, after "order.paid"`, or nothing where it counts everywhere.
pub(super) fn scope(policy: &Policy) -> String {
    if let [from, to] = &policy.form.between.0[..] {
        return format!(", between {} and {}", any(from), any(to));
    }
    let part =
        |word: &str, mentions: &OneOrMany<Mention>| if mentions.is_empty() { String::new() } else { format!(", {word} {}", any(mentions)) };
    format!("{}{}", part("after", &policy.form.after), part("before", &policy.form.before))
}

/// A finding about a policy, at its title or its first thing, with its own reason.
pub(super) fn finding(id: PolicyId, policy: &Policy, message: impl Into<String>) -> Finding {
    let finding = Finding::new(Subject::Policy(id), main_place(policy), message);
    match &policy.form.why {
        Some(why) => finding.why(sentence(&why.text)),
        None => finding,
    }
}

fn main_place(policy: &Policy) -> Span {
    let first = || policy.form.mentions().next().map(|mention| mention.span);
    policy.form.title.as_ref().map(|title| title.span).or_else(first).unwrap_or(policy.form.span)
}

fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

impl Context<'_> {
    /// A way against a policy, with what comes again and again at its end.
    pub(super) fn counter_steps(&self, counter: &Counter) -> Vec<PathStep> {
        let mut steps = self.run_steps(&counter.run);
        if let Some(from) = counter.again_from {
            let way = crate::analysis::Run { events: counter.run.events[..from].to_vec() };
            let first = self.run_steps(&way).len();
            if let Some(step) = steps.get_mut(first) {
                step.cause = format!("again and again: {}", step.cause);
            }
        }
        steps
    }
}

/// What is the case where a policy does not hold.
pub(super) fn broken(policy: &Policy, template: Template) -> String {
    let (a, b) = (place(policy, 0), place(policy, 1));
    match template {
        Template::Existence => format!("{a} never comes on this way"),
        Template::Absence => format!("{a} happens on this way"),
        Template::ExactlyOnce => format!("{a} does not happen exactly once on this way"),
        Template::Init => format!("something else of its kind comes before {a}"),
        Template::Precedence => format!("{b} comes without {a} before it"),
        Template::Response => format!("after {a}, {b} never comes"),
        Template::Succession => format!("{a} and {b} do not come one after the other"),
        Template::AlternateResponse => format!("after {a}, {b} does not come before the next {a}"),
        Template::ChainResponse => format!("after {a}, something else comes before {b}"),
        Template::ChainPrecedence => format!("right before {b} comes something else than {a}"),
        Template::NotCoexistence => format!("both {a} and {b} happen on one way"),
        Template::Coexistence => format!("of {a} and {b}, one happens without the other"),
        Template::RespondedExistence => format!("{a} happens on a way without {b}"),
        Template::NotSuccession => format!("{b} comes after {a}"),
        Template::ExclusiveChoice => format!("of {a} and {b}, not exactly one happens"),
        Template::Possible => format!("no way leads to {a}"),
    }
}
