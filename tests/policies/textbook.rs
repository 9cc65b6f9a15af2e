//! What each template says, as textbooks write it: of a row of things, one after the other.

/// One thing: the first, the second, another one of their kind, what it counts after, what it counts before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Thing {
    A,
    B,
    Other,
    After,
    Before,
}

use Thing::{A, After, B, Before, Other};

/// How the things of a law hang together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) template: &'static str,
    pub(super) after: bool,
    pub(super) before: bool,
    /// Whether both things are of one kind.
    pub(super) same_kind: bool,
    /// At one moment, whether another one of a kind comes before this thing; else it comes after it.
    pub(super) other: (Thing, bool),
}

/// Whether a row is good.
pub(super) fn holds(shape: Shape, row: &[Thing]) -> bool {
    let first = |thing: Thing, from: usize| row[from..].iter().position(|it| *it == thing).map(|at| at + from);
    match (shape.after, shape.before) {
        (false, false) => says(shape, row),
        (true, false) => first(After, 0).is_none_or(|from| says(shape, &row[from + 1..])),
        (false, true) => first(Before, 0).is_none_or(|to| says(shape, &row[..to])),
        (true, true) => {
            let mut at = 0;
            while let Some(from) = first(After, at) {
                let Some(to) = first(Before, from) else { return true };
                if !says(shape, &row[from + 1..to]) {
                    return false;
                }
                at = to + 1;
            }
            true
        }
    }
}

fn says(shape: Shape, row: &[Thing]) -> bool {
    let all = |thing: Thing| (0..row.len()).filter(move |at| row[*at] == thing);
    let has = |thing: Thing| row.contains(&thing);
    let response = || all(A).all(|at| row[at..].contains(&B));
    let precedence = || all(B).all(|at| row[..at].contains(&A));
    match shape.template {
        "existence" | "possible" => has(A),
        "absence" => !has(A),
        "exactly-once" => all(A).count() == 1,
        "init" => row.iter().find(|it| matches!(it, A | Other)) != Some(&Other),
        "precedence" => precedence(),
        "response" => response(),
        "succession" => response() && precedence(),
        "alternate-response" => all(A).all(|at| row[at + 1..].iter().find(|it| matches!(it, A | B)) == Some(&B)),
        "chain-response" => {
            let is_next = |it: &&Thing| matches!(it, B | Other) || (shape.same_kind && **it == A);
            all(A).all(|at| row[at + 1..].iter().find(is_next) == Some(&B))
        }
        "chain-precedence" => {
            let is_last = |it: &&Thing| matches!(it, A | Other) || (shape.same_kind && **it == B);
            all(B).all(|at| row[..at].iter().rev().find(is_last) == Some(&A))
        }
        "not-coexistence" => !(has(A) && has(B)),
        "coexistence" => has(A) == has(B),
        "responded-existence" => !has(A) || has(B),
        "not-succession" => all(A).all(|at| !row[at..].contains(&B)),
        "exclusive-choice" => has(A) != has(B),
        other => panic!("{other} is no template"),
    }
}

/// Whether a run is good: whether the things of each moment can be put in an order in which the row is.
pub(super) fn is_good(shape: Shape, run: &[Vec<Thing>]) -> bool {
    try_orders(shape, run, &mut Vec::new())
}

fn try_orders(shape: Shape, run: &[Vec<Thing>], row: &mut Vec<Thing>) -> bool {
    let Some((moment, rest)) = run.split_first() else { return holds(shape, row) };
    orders(moment).into_iter().any(|order| {
        let at = |thing: Thing| order.iter().position(|it| *it == thing);
        let (thing, before) = shape.other;
        if at(Other).zip(at(thing)).is_some_and(|(other, own)| (other < own) != before) {
            return false;
        }
        let length = row.len();
        row.extend(order);
        let good = try_orders(shape, rest, row);
        row.truncate(length);
        good
    })
}

fn orders(things: &[Thing]) -> Vec<Vec<Thing>> {
    let Some((first, rest)) = things.split_first() else { return vec![Vec::new()] };
    let mut found = Vec::new();
    for order in orders(rest) {
        for at in 0..=order.len() {
            found.push([&order[..at], &[*first], &order[at..]].concat());
        }
    }
    found
}
