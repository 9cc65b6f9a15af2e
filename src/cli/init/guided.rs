//! `flowcheck init` without a template: four questions, and a commented plan from the answers.

use std::fmt::Write as _;
use std::io::{BufRead as _, Write as _};

use crate::spec::kebab;

/// What was answered; what was not has a word of ours in its place.
#[derive(Debug)]
pub(super) struct Answers {
    goal: String,
    roles: Vec<String>,
    surfaces: Vec<String>,
    stages: Vec<&'static str>,
}

/// The stages that can be chosen, in order, each with the lines of its step. `{next}` is the step that follows.
const STAGES: [(&str, &str); 4] = [
    (
        "browse",
        "    look:
      screen: {title: What there is, states: {loading: Grey lines, empty: Nothing yet, error: Try again}}
      shows: load-offers                                # what fills the screen
      choices: {Go on: {next}, Leave: left}
",
    ),
    (
        "submit",
        "    send:
      screen: What they send
      question: What do people type here, and what of it do we know already?
      action: Send
      backend: send-request                             # every result has an answer below
      choices: {Leave: left}
      on: {accepted: {next}, invalid: stay, duplicate: {next}, session-expired: stay, unknown: stay}
",
    ),
    (
        "book",
        "    choose:
      screen: Choose a time
      question: How long is a place held for somebody who has not gone on?
      action: Book it
      backend: book-place
      choices: {Leave: left}
      on: {confirmed: {next}, slot-taken: stay, expired: stay, declined: stay, unknown: stay}
",
    ),
    (
        "pay",
        "    pay:
      screen: Pay
      question: Who refunds whom, and when?
      action: Pay
      backend: pay-it
      choices: {Leave: left}
      on: {succeeded: {next}, declined: stay, user-cancelled: stay, pending: {next}, expired: stay, unknown: stay}
",
    ),
];

/// Asks; nothing where nobody answers.
pub(super) fn ask() -> Option<Answers> {
    let goal = question("What does somebody have when it went well? (one sentence)")?;
    let roles = list(&question("Who takes part? The first one is whom it is for. (member, barista)").unwrap_or_default());
    let surfaces = list(&question("Where do they meet the product? (website, counter)").unwrap_or_default());
    let stages = list(&question("What is there on the way: browse, submit, book, pay? (browse, submit)").unwrap_or_default());
    let chosen: Vec<&str> = STAGES.iter().map(|(stage, _)| *stage).filter(|stage| stages.iter().any(|asked| asked == stage)).collect();
    let roles = or(roles, "person");
    // A name is one thing's only.
    let surfaces = surfaces.into_iter().filter(|name| !roles.contains(name)).collect();
    Some(Answers {
        goal,
        surfaces: or(surfaces, "website"),
        roles,
        stages: if chosen.is_empty() { vec!["browse", "submit"] } else { chosen },
    })
}

/// One question and its answer; nothing where there is none.
fn question(text: &str) -> Option<String> {
    let _ = write!(std::io::stderr(), "{text}\n> ");
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).ok()?;
    let answer = line.trim().to_owned();
    (!answer.is_empty()).then_some(answer)
}

/// Names between commas, as the language writes them, each once.
fn list(answer: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in answer.split(',').map(str::trim).filter(|name| !name.is_empty()).map(kebab) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn or(names: Vec<String>, other: &str) -> Vec<String> {
    if names.is_empty() { vec![other.to_owned()] } else { names }
}

impl Answers {
    /// The name of the journey: the first words of the goal.
    pub(super) fn journey(&self) -> String {
        let words: Vec<&str> = self.goal.split_whitespace().take(5).collect();
        Some(kebab(&words.join(" "))).filter(|name| !name.is_empty()).map_or("my-journey".to_owned(), |name| format!("{name}-journey"))
    }

    /// The plan, which holds but for what it asks.
    pub(super) fn plan(&self) -> String {
        let (role, surface) = (&self.roles[0], &self.surfaces[0]);
        let mut out =
            String::from("# Written by `flowcheck init`. Answer the questions, and run `flowcheck validate` as you go.\nflowcheck: 1\n");
        let _ = writeln!(out, "journey: {}", self.journey());
        let _ = writeln!(out, "goal: \"{}\"", self.goal.replace('\\', "\\\\").replace('"', "\\\""));
        out.push_str("guarantee: Whoever is not served has lost nothing       # true even when it fails; say it in your words\n");
        let _ = writeln!(out, "role: {role}\nsurface: {surface}");
        let mut without: Vec<&str> = Vec::new();
        if !self.has("browse") {
            without.push("browse: People know what they want");
        }
        if !self.has("submit") && !self.has("book") {
            without.push("submit: Nothing is sent");
        }
        if !self.has("pay") {
            without.push("pay: Nothing is paid here");
        }
        if !without.is_empty() {
            let _ = writeln!(out, "without: {{{}}}", without.join(", "));
        }
        out.push_str("\nroles:                                                  # who takes part\n");
        for role in &self.roles {
            let _ = writeln!(out, "  {role}: {{}}");
        }
        out.push_str("surfaces:                                               # where they meet the product, and what for\n");
        for surface in &self.surfaces {
            let _ = writeln!(
                out,
                "  {surface}: {{job: {}}}",
                if surface == &self.surfaces[0] { "Get it done" } else { "Say what this one is for" }
            );
        }
        out.push_str("systems: {office: {}}                                   # what works behind the screens\n");
        self.backend(&mut out);
        self.stages(&mut out);
        out
    }

    fn has(&self, stage: &str) -> bool {
        self.stages.contains(&stage)
    }

    fn backend(&self, out: &mut String) {
        let actions = [
            ("browse", "  load-offers: {kind: read, system: office, outcomes: [shown]}\n"),
            (
                "submit",
                "  send-request:\n    kind: submit\n    system: office\n    duties: {idempotent: form id}                       # a second tap sends nothing twice\n    outcomes: [accepted, invalid, duplicate, session-expired, unknown]\n",
            ),
            (
                "book",
                "  book-place:\n    kind: book\n    system: office\n    duties: {idempotent: person and time}\n    outcomes: [confirmed, slot-taken, expired, declined, unknown]\n",
            ),
            (
                "pay",
                "  pay-it:\n    kind: pay\n    system: office\n    duties: {idempotent: order number}\n    outcomes: [succeeded, declined, user-cancelled, pending, expired, unknown]\n",
            ),
        ];
        out.push_str("\nbackend:                                                # what must happen behind the screens\n");
        for (_, text) in actions.iter().filter(|(stage, _)| self.has(stage)) {
            out.push_str(text);
        }
    }

    fn stages(&self, out: &mut String) {
        let step_of = |stage: &str| match stage {
            "browse" => "look",
            "submit" => "send",
            "book" => "choose",
            _ => "pay",
        };
        let next = |index: usize| self.stages.get(index).map_or("thanks", |stage| step_of(stage));
        let _ = write!(
            out,
            "\nstages:\n  entry:\n    open:\n      screen: Home\n      from: [search]                                    # how people get in\n      question: Who comes here, and what do they know already?\n      next: {}\n",
            next(0)
        );
        for (index, stage) in self.stages.iter().enumerate() {
            let text = STAGES.iter().find(|(name, _)| name == stage).map_or("", |(_, text)| text);
            let _ = write!(out, "  {stage}:\n{}", text.replace("{next}", next(index + 1)));
        }
        out.push_str("  follow-up:\n    thanks:\n      screen: We have it; this is what happens now\n      question: Who works on it, and by when do people hear of it?\n      ends: success\n    left: {ends: abandoned}\n");
    }
}
