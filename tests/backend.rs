//! What the rules of the group `backend` say together: few findings in a plan's first hour, one for each cause, none for what only looks bad.

use flowcheck::rules::{Group, find};

use crate::common::check;

const HEAD: &str = "flowcheck: 1\njourney: cake\ntitle: Order a cake\ngoal: A cake\nrole: guest\n";

/// The findings of the group, each as its rule and its line below [`HEAD`].
fn found(body: &str) -> Vec<(&'static str, usize)> {
    let (sources, verdict) = check(&format!("{HEAD}{body}"));
    let of_form = verdict.findings.iter().filter(|finding| find(finding.rule).is_some_and(|rule| rule.group == Group::Language));
    assert_eq!(of_form.map(|finding| &finding.message).collect::<Vec<_>>(), Vec::<&String>::new());
    let own = verdict.findings.iter().filter(|finding| find(finding.rule).is_some_and(|rule| rule.group == Group::Backend));
    own.map(|finding| (finding.rule, sources.place(finding.span()).line - HEAD.lines().count())).collect()
}

#[test]
fn a_plan_in_its_first_hour_is_told_where_nothing_happens_behind_a_screen() {
    let body = "roles: {guest: {}}
stages:
  entry: {open: {screen: Home, from: search, next: menu}}
  browse: {menu: {screen: Cakes, next: checkout}}
  submit: {checkout: {screen: Your order, next: pay}}
  pay: {pay: {screen: Pay, next: thanks}}
  follow-up: {thanks: {screen: Thank you, ends: success}}
";
    assert_eq!(found(body), [("missing-backend-action", 5), ("missing-backend-action", 6)]);
}

#[test]
fn an_action_that_waits_for_a_button_or_a_task_is_no_second_finding() {
    let body = "roles: {guest: {}, baker: {staff: true}}
systems: {shop: {}}
entities:
  order: {owner: shop, states: {placed: {then: baked, waits-for: baker}, baked: end}}
backend:
  place-order: {kind: submit, system: shop, outcomes: {accepted: {order: placed}, invalid: }}
  bake: {kind: other, system: shop, outcomes: {done: {order: baked}}}
stages:
  entry: {open: {screen: Home, from: search, next: checkout}}
  submit: {checkout: {screen: Your order, next: thanks}}
  follow-up: {thanks: {screen: Thank you, ends: success}}
";
    assert_eq!(found(body), [("staff-task-missing", 4), ("missing-backend-action", 10)]);
}

#[test]
fn pages_before_and_after_the_work_of_a_stage_promise_nothing_themselves() {
    let body = "roles: {guest: {}}
systems: {shop: {}}
backend:
  place-order: {kind: submit, system: shop, outcomes: [accepted, invalid, duplicate]}
stages:
  entry: {open: {screen: Home, from: search, next: details}}
  submit:
    details: {screen: Who are you, choices: {Go on: terms, Leave: goodbye}}
    terms: {screen: The terms, choices: {Agree: send, Back: back}}
    goodbye: {screen: Pity, choices: {Start over: open, Close: left}}
    send: {screen: Send, backend: place-order, on: {accepted: sent, invalid: details, duplicate: known}}
    sent: {screen: We have it, next: thanks}
    known: {screen: You have sent it before, choices: {See it: thanks}}
  follow-up:
    thanks: {screen: Thank you, ends: success}
    left: {ends: abandoned}
";
    assert_eq!(found(body), []);
}

#[test]
fn whoever_comes_to_a_thing_from_outside_may_find_it_in_any_state() {
    let body = "roles: {guest: {}, baker: {staff: true, backstop: true}}
systems: {shop: {}}
entities:
  order: {owner: shop, states: {placed: baked, baked: end}}
backend:
  load-orders: {kind: read, system: shop}
  place-order: {kind: submit, system: shop, outcomes: {accepted: {order: placed}, invalid: }}
  bake: {kind: other, system: shop, outcomes: {done: {order: baked}}}
stages:
  entry: {open: {screen: Home, from: search, choices: {Order: checkout, My orders: orders}}}
  browse: {orders: {screen: My orders, shows: load-orders, choices: {Fetch it: fetch}}}
  submit: {checkout: {screen: Your order, backend: place-order, on: {accepted: thanks, invalid: stay}}}
  follow-up:
    thanks: {screen: Thank you, next: fetch}
    fetch: {screen: Your cake, needs: {order: baked}, ends: success}
    oven: {role: baker, when: {order: placed}, task: Bake, backend: bake, next: baked}
    baked: {role: baker, ends: done}
";
    // Not from the list of orders; but from the page that has just placed it.
    assert_eq!(found(body), [("fake-process", 14)]);
}

#[test]
fn a_plan_without_any_system_has_one_point_open() {
    let body = "roles: {guest: {}}
backend:
  one: {kind: other, outcomes: [done]}
  two: {kind: other, outcomes: [done], decided: {backend-without-system: A clerk does it by hand}}
  three: {kind: other, outcomes: [done]}
stages:
  entry:
    open: {screen: Home, from: search, backend: one, on: {done: more}}
    more: {screen: More, choices: {A: {backend: two, on: {done: end-it}}, B: {backend: three, on: {done: end-it}}}}
    end-it: {ends: success}
";
    assert_eq!(found(body), [("backend-without-system", 3)]);
    let decided = format!("decided: {{backend-without-system: The systems are chosen in May}}\n{body}");
    assert_eq!(found(&decided), [], "what is decided at the top holds for the whole file");
}
