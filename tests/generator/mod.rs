//! Generated plans of any size: plausible journeys with stages, loops, outcomes, entities and messages, in which nothing is open, or one
//! thing that a rule must find. The benches measure on them, and the tests hold their own claims. Knows nothing of the program.
//!
//! A plan is made of chapters of about forty steps: an order with its payment, staff work and refund. How many more pages a chapter has,
//! and where they lead, is chosen by its number, so that one size is one text.

#![allow(dead_code)] // each who includes this needs a part of it

use std::fmt::Write as _;

/// One chapter, in parts that are called by the key that they go under.
const CHAPTER: &str = include_str!("chapter.yaml");
/// How many steps a chapter has beside those that its size asks for.
const FIXED: usize = 24;
/// How many steps a chapter has.
const USUAL: usize = 40;
const STAGES: [&str; 5] = ["entry", "browse", "submit", "pay", "follow-up"];

/// What a plan has at the top.
const HEAD: &str = "flowcheck: 1
journey: JOURNEY
title: Order ahead, collect at the counter
goal: A member gets an order without queueing
guarantee: If nothing is handed over, no money is kept
role: member
surface: app
core: true

";
const SHARED: &str = "surfaces:
  app: {title: App, job: Order and pay in under a minute}
  tablet: {title: Tablet, job: Pack and hand over orders}
roles:
  member: {title: Member}
  packer: {title: Packer, staff: true, surface: tablet}
  lead: {title: Lead, staff: true, surface: tablet, backstop: true}
systems:
  shop: {title: Shop backend}
  payments: {title: Payments, external: true}
";

/// A plan in which nothing is open: one journey of so many steps in one file. Fewer than a chapter needs are taken as that many.
pub(crate) fn plan(steps: usize) -> String {
    let sizes = chapters(steps);
    let mut text = HEAD.replace("JOURNEY", "order-ahead") + SHARED;
    for key in ["entities", "backend", "notifications"] {
        let _ = writeln!(text, "\n{key}:");
        for (index, _) in sizes.iter().enumerate() {
            text += &numbered(part(key), index);
        }
    }
    text += "\nstages:\n";
    for (index, more) in sizes.iter().enumerate() {
        for kind in STAGES {
            let _ = writeln!(text, "  {kind}-{index}:\n    kind: {kind}\n    steps:");
            for line in steps_of(kind, index, *more, sizes.len()).lines() {
                let _ = writeln!(text, "  {line}");
            }
        }
    }
    text
}

/// The same as a plan of many files: the root, and one journey for each chapter. Each file with its path.
pub(crate) fn product(steps: usize) -> Vec<(String, String)> {
    let sizes = chapters(steps);
    let root = format!("flowcheck: 1\ntitle: A product of many journeys\nparts: [journeys/*.flow.yaml]\n{SHARED}");
    let mut files = vec![("product.flow.yaml".to_owned(), root)];
    for (index, more) in sizes.iter().enumerate() {
        let mut text = HEAD.replace("JOURNEY", &format!("range-{index}"));
        for key in ["entities", "backend", "notifications"] {
            let _ = write!(text, "{key}:\n{}\n", numbered(part(key), index));
        }
        text += "stages:\n";
        for kind in STAGES {
            let steps =
                steps_of(kind, index, *more, sizes.len()).replace(&format!(": open-{}", index + 1), &format!(": range-{}/", index + 1));
            let _ = write!(text, "  {kind}:\n{steps}");
        }
        files.push((format!("journeys/range-{index}.flow.yaml"), text));
    }
    files
}

/// A plan of so many steps with one thing in it that a rule must find, in the middle of it.
pub(crate) fn plan_with(fault: &Fault, steps: usize) -> String {
    broken(&plan(steps), fault, chapters(steps).len() / 2)
}

/// A plan of so many steps with the same thing wrong in all its chapters.
pub(crate) fn broken_all(plan: &str, fault: &Fault, steps: usize) -> String {
    (0..chapters(steps).len()).fold(plan.to_owned(), |text, chapter| broken(&text, fault, chapter))
}

fn broken(text: &str, fault: &Fault, chapter: usize) -> String {
    let (right, wrong) = (numbered(fault.right, chapter), numbered(fault.wrong, chapter));
    assert_eq!(text.matches(&right).count(), 1, "{} is to be found once: {right}", fault.rule);
    text.replacen(&right, &wrong, 1)
}

/// What a planner may have written, and the rule that must find it.
pub(crate) struct Fault {
    pub(crate) rule: &'static str,
    right: &'static str,
    wrong: &'static str,
}

macro_rules! faults {
    ($($rule:literal: $right:literal => $wrong:literal)*) => {
        &[$(Fault { rule: $rule, right: $right, wrong: $wrong }),*]
    };
}

/// Slips of the pen and of thought, at least one for each group of rules that these plans have something for.
pub(crate) const FAULTS: &[Fault] = faults! {
    "unknown-name": "choices: {Back to the basket: basket-N}" => "choices: {Back to the basket: baskt-N}"
    "unknown-key": "    holds: stock-N\n" => "    hold: stock-N\n"
    "wrong-type": "{screen: Order N was not paid in time, choices: {Order again: open-N, Close the page: left-N}}" => "{screen: Order N was not paid in time, choices: left-N}"
    "unknown-word": "  load-shelf-N: {kind: read," => "  load-shelf-N: {kind: reads,"
    "bad-duration": "placed-N: {then: paid-N, timeout: {after: 15m," => "placed-N: {then: paid-N, timeout: {after: 15 minutes,"
    "open-gap": "action: See the shelf N" => "action: .."
    "dead-end": "{screen: Basket N, choices: {Order: checkout-N, Look on: shelf-N, Leave: left-N}}" => "{screen: Basket N}"
    "unreachable-step": "choices: {Order again: open-N, Close the page: left-N}}\n      happy-N:" => "choices: {Order again: open-N, Close the page: left-N}}\n      forgotten-N: {screen: Forgotten, choices: {Leave: left-N}}\n      happy-N:"
    "unhandled-outcome": "on: {placed: pay-page-N, sold-out: shelf-N, invalid: stay," => "on: {placed: pay-page-N, invalid: stay,"
    "screen-state-missing": "{title: Shelf N, states: {loading: Three grey cards, empty: Opening hours, error: Try again}}" => "{title: Shelf N, states: {loading: Three grey cards, empty: Opening hours}}"
    "hold-without-release": "expired-N: {end: true, means: closed, releases: stock-N, on:" => "expired-N: {end: true, means: closed, on:"
    "charge-without-idempotency": "      idempotent: number of order N\n" => ""
    "callback-unverified": "      verified: signature on order N\n" => ""
    "late-answer-undecided": "releases: stock-N, on: {pay-N.succeeded: refunding-N}}" => "releases: stock-N}"
    "wait-without-timeout": "        wait: refund-N\n        within: 3d\n" => "        wait: refund-N\n"
    "backend-without-system": "  load-item-N: {kind: read, system: shop," => "  load-item-N: {kind: read,"
    "move-not-allowed": "handed-over: {when: {order-N: ready-N}, sets: {order-N: collected-N}}" => "handed-over: {sets: {order-N: packing-N}}"
    "hold-without-timeout": "placed-N: {then: paid-N, timeout: {after: 15m, checks: pay-N, becomes: expired-N}}" => "placed-N: [paid-N, expired-N]"
    "needs-unmet": "    needs: {order-N: packing-N}" => "    needs: {order-N: ready-N}"
};

/// How many more steps each chapter has than the fixed ones.
fn chapters(steps: usize) -> Vec<usize> {
    let count = (steps / USUAL).max(1);
    let sizes = (0..count).map(|index| steps * (index + 1) / count - steps * index / count);
    sizes.map(|size| size.saturating_sub(FIXED)).collect()
}

fn part(key: &str) -> &'static str {
    CHAPTER.split("=== ").find_map(|part| part.strip_prefix(key)?.strip_prefix('\n')).unwrap_or_else(|| panic!("no part {key}"))
}

fn numbered(text: &str, chapter: usize) -> String {
    text.replace("-N", &format!("-{chapter}")).replace(" N", &format!(" {chapter}"))
}

/// The steps of one stage of a chapter.
fn steps_of(kind: &str, chapter: usize, more: usize, chapters: usize) -> String {
    let next = if chapter + 1 < chapters { format!("open-{}", chapter + 1) } else { format!("open-{chapter}") };
    numbered(part(kind), chapter)
        .replace("ONWARD", &next)
        .replace("AROUND", &around(chapter, more))
        .replace("MORE\n", &pages(chapter, more))
}

/// Where one begins to look around.
fn around(chapter: usize, pages: usize) -> String {
    if pages == 0 { format!("item-{chapter}") } else { format!("look-{chapter}-0") }
}

/// More pages to look around in: each leads on, back, to the item or away, and the last one to the shelf.
fn pages(chapter: usize, count: usize) -> String {
    let mut text = String::new();
    for page in 0..count {
        let on = if page + 1 < count { format!("look-{chapter}-{}", page + 1) } else { format!("item-{chapter}") };
        let back = (page + chapter) % (page + 1);
        let back = if back == page { format!("shelf-{chapter}") } else { format!("look-{chapter}-{back}") };
        let _ = match (page + chapter) % 3 {
            0 => writeln!(
                text,
                "    look-{chapter}-{page}:\n      screen: {{title: Page {page} of shelf {chapter}, states: {{loading: Grey cards, empty: Nothing here, error: Try again}}}}\n      shows: load-shelf-{chapter}\n      choices: {{Look closer: item-{chapter}, Go on: {on}, Back: {back}, Leave: left-{chapter}}}"
            ),
            _ => writeln!(
                text,
                "    look-{chapter}-{page}: {{screen: Page {page} of shelf {chapter}, choices: {{Go on: {on}, Back: {back}, Leave: left-{chapter}}}}}"
            ),
        };
    }
    text
}
