//! How people get in: what the pages of the rules cannot show, such as levels and tempting plans of another shape.

use flowcheck::finding::{Finding, Level};

use crate::common::check;

/// What the rules on getting in find in a plan, told or waiting.
fn found(text: &str) -> Vec<Finding> {
    let (_, verdict) = check(text);
    let is_it = |finding: &Finding| flowcheck::rules::find(finding.rule).is_some_and(|rule| rule.group.name() == "entry");
    verdict.findings.into_iter().chain(verdict.held_back).filter(is_it).collect()
}

fn rules(text: &str) -> Vec<(&'static str, Level)> {
    found(text).into_iter().map(|finding| (finding.rule, finding.level)).collect()
}

/// A plan in which people sign in; on a mini-program where the profile says so.
fn plan(profile: &str, steps: &str) -> String {
    format!(
        "flowcheck: 1
journey: trial
role: user
surface: shop-front
surfaces: {{shop-front: {{{profile}}}}}
roles: {{user: {{}}}}
systems: {{shop: {{}}}}
backend:
  load: {{kind: read, system: shop, outcomes: [shown]}}
  send-link: {{kind: message, system: shop, outcomes: [sent, refused, failed]}}
  sign-in: {{kind: sign-in, system: shop, outcomes: [signed-in, refused, failed, link-expired]}}
stages:
{steps}
  follow-up:
    left: {{ends: abandoned}}
    happy: {{ends: success}}
"
    )
}

const MINI_PROGRAM: &str = "profile: wechat-mini-program";

#[test]
fn signing_in_weighs_more_where_the_platform_demands_it() {
    let at_the_door = "  entry:
    door: {screen: Who are you, from: search, backend: sign-in, on: {signed-in: menu, refused: left, failed: stay, link-expired: stay}}
  browse:
    menu: {screen: Menu, choices: {Close: happy}}";
    assert_eq!(rules(&plan("", at_the_door)), [("login-before-value", Level::Warning)]);
    let strict = rules(&plan(MINI_PROGRAM, at_the_door));
    assert_eq!(strict, [("login-before-value", Level::Error), ("login-cannot-be-refused", Level::Error)]);

    let behind_a_page = "  entry:
    open: {screen: Welcome, from: search, next: door}
    door: {screen: Who are you, backend: sign-in, on: {signed-in: menu, refused: left, failed: stay, link-expired: stay}}
  browse:
    menu: {screen: Menu, choices: {Close: happy}}";
    assert_eq!(rules(&plan("", behind_a_page)), []);
    assert!(rules(&plan(MINI_PROGRAM, behind_a_page)).contains(&("login-before-value", Level::Error)));
}

#[test]
fn whoever_is_known_without_being_asked_is_not_stopped_at_the_door() {
    let silent = "  entry:
    open: {screen: Home, from: search, backend: sign-in, on: {signed-in: menu, refused: menu, failed: menu, link-expired: menu}}
  browse:
    menu: {screen: {title: Menu, states: {loading: a, empty: b, error: c}}, shows: load, choices: {My orders: who, Close: happy}}
    who: {screen: Who are you, backend: sign-in, on: {signed-in: happy, refused: back, failed: stay, link-expired: stay}}";
    assert_eq!(rules(&plan(MINI_PROGRAM, silent)), []);
}

#[test]
fn a_link_in_a_mail_is_a_way_to_sign_in_and_not_a_lost_target() {
    let by_mail = "  entry:
    open: {screen: Home, from: search, choices: {Look: menu, Sign in: mail}}
    mail: {screen: Your address, backend: send-link, choices: {Not now: open}, on: {sent: wait-here, refused: stay, failed: stay}}
    wait-here:
      screen: Look into your mail
      wait: sign-in
      within: 15m
      on: {signed-in: open, refused: mail, failed: mail, link-expired: mail, timeout: mail}
  browse:
    menu: {screen: Menu, choices: {Home: open, Close: happy}}";
    assert_eq!(rules(&plan("", by_mail)), []);
}

#[test]
fn a_second_submit_is_proposed_to_lead_where_the_first_one_led() {
    let open = "flowcheck: 1
journey: trial
systems: {shop: {}}
backend:
  send: {kind: submit, system: shop, outcomes: [accepted, invalid, duplicate, session-expired, unknown]}
stages:
  submit:
    form: {screen: Form, backend: send, on: {accepted: thanks, invalid: stay, session-expired: stay, unknown: stay}}
  follow-up:
    thanks: {screen: Thanks, ends: success}
";
    let (_, verdict) = check(open);
    let finding = verdict.findings.iter().find(|finding| finding.rule == "unhandled-outcome").expect("it is open");
    assert!(finding.help.contains("duplicate: thanks"), "{}", finding.help);
}
