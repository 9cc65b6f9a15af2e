//! Journeys made up for drawing: stages, a main way, ways aside, failures, ways back, in order or scrambled.

use std::fmt::Write as _;

use crate::generate::Choices;

const STAGES: [&str; 5] = ["entry", "browse", "submit", "pay", "follow-up"];
const WORDS: [&str; 12] = [
    "Choose a size",
    "Confirm",
    "Read the reviews of other people",
    "Pay",
    "Enter the address",
    "Wait for the answer",
    "Check stock",
    "Sign in or register",
    "Open",
    "Accept the terms of sale and delivery",
    "Compare",
    "Leave a note",
];
const LABELS: [&str; 8] = ["yes", "no", "try again", "go on", "after three failures", "edit", "leave the shop", "changed my mind"];

/// A journey of so many steps.
pub(crate) fn story(seed: u64, steps: usize, scrambled: bool) -> String {
    let mut choices = Choices::new(seed);
    let stage_of = |step: usize| step * STAGES.len() / steps;
    let mut out = String::from("flowcheck: 1\njourney: story\nrole: reader\nroles: {reader: {}, shop: {title: The shop}}\n");
    out.push_str("backend:\n  act: {kind: other, outcomes: [done, failed]}\nstages:\n");
    for (stage, name) in STAGES.iter().enumerate() {
        let mut own: Vec<usize> = (0..steps).filter(|step| stage_of(*step) == stage).collect();
        if own.is_empty() {
            continue;
        }
        if scrambled {
            for index in (1..own.len()).rev() {
                own.swap(index, choices.below(index + 1));
            }
        }
        let _ = writeln!(out, "  {name}:");
        for step in own {
            let _ = writeln!(out, "    {}", one(step, steps, &mut choices));
        }
    }
    out
}

fn one(step: usize, steps: usize, choices: &mut Choices) -> String {
    let title = *choices.pick(&WORDS);
    if step + 1 == steps {
        return format!("s{step}: {{ends: success}}");
    }
    let role = if choices.below(4) == 0 { "role: shop, " } else { "" };
    let next = step + 1;
    let near = |choices: &mut Choices| (step + 2 + choices.below(4)).min(steps - 1);
    let mut ways = Vec::new();
    match choices.below(6) {
        0 => ways.push(format!("{:?}: s{}", choices.pick(&LABELS), step.saturating_sub(1 + choices.below(6)))),
        1 => ways.push(format!("{:?}: s{}", choices.pick(&LABELS), near(choices))),
        2 if choices.below(4) == 0 => ways.push(format!("{:?}: s{}", choices.pick(&LABELS), choices.below(steps))),
        _ => {}
    }
    let ways = if ways.is_empty() { String::new() } else { format!("choices: {{{}}}, ", ways.join(", ")) };
    match choices.below(5) {
        0 => format!("s{step}: {{{role}screen: {title}, {ways}backend: act, on: {{done: s{next}, failed: s{}}}}}", near(choices)),
        1 => {
            let other = near(choices);
            format!("s{step}: {{{role}decide: {{question: \"{title}?\", values: [yes, no]}}, on: {{yes: s{next}, no: s{other}}}}}")
        }
        2 => format!("s{step}: {{{role}screen: {title}, {ways}action: {:?}, next: s{next}}}", choices.pick(&LABELS)),
        _ => format!("s{step}: {{{role}screen: {title}, {ways}next: s{next}}}"),
    }
}
