//! Small random plans, and policies over them.

use std::fmt::Write as _;

use crate::generate::Choices;

/// An entity's state by its position; as a value, nothing is 0 and each state one more than its position.
#[derive(Debug)]
pub(super) struct State {
    pub(super) then: Vec<usize>,
    pub(super) timeout: Option<usize>,
}

#[derive(Debug)]
pub(super) struct Action {
    pub(super) later: bool,
    pub(super) outcomes: Vec<Outcome>,
}

#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) sets: Option<usize>,
    pub(super) when: Option<Vec<usize>>,
    pub(super) interim: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// Runs an action: where each outcome leads.
    Button(usize, Vec<usize>),
    /// Where each choice leads, and in which states it is offered.
    Choices(Vec<(usize, Option<Vec<usize>>)>),
    End(bool),
}

#[derive(Debug)]
pub(super) struct Small {
    pub(super) states: Vec<State>,
    /// The first one creates the thing, by its first outcome.
    pub(super) actions: Vec<Action>,
    /// The guest's steps come first.
    pub(super) steps: Vec<Kind>,
    pub(super) guests: usize,
    /// The state that starts the clerk's way.
    pub(super) starts: usize,
}

/// Something a policy speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Atom {
    Outcome(usize, usize),
    State(usize),
    Step(usize),
    Success,
}

#[derive(Clone, Debug)]
pub(super) struct Law {
    pub(super) template: &'static str,
    pub(super) places: Vec<Vec<Atom>>,
    pub(super) after: Vec<Atom>,
    pub(super) before: Vec<Atom>,
}

struct Maker {
    choices: Choices,
    states: usize,
}

impl Maker {
    fn chance(&mut self, percent: usize) -> bool {
        self.choices.below(100) < percent
    }

    fn some(&mut self) -> Vec<usize> {
        let mut some: Vec<usize> = (0..self.states).filter(|_| self.choices.below(2) == 0).collect();
        if some.is_empty() {
            some.push(self.choices.below(self.states));
        }
        some
    }

    fn maybe(&mut self, percent: usize) -> Option<Vec<usize>> {
        self.chance(percent).then(|| self.some())
    }

    fn action(&mut self, first: bool) -> Action {
        let later = self.chance(35);
        let count = 1 + self.choices.below(3);
        let outcomes = (0..count).map(|index| match (first, index) {
            (true, 0) => Outcome { sets: Some(0), when: None, interim: false },
            (true, _) => Outcome { sets: None, when: None, interim: false },
            _ => {
                let state = self.choices.below(self.states);
                let sets = self.chance(65).then_some(state);
                Outcome { sets, when: self.maybe(25), interim: later && index > 0 && self.chance(30) }
            }
        });
        let outcomes = outcomes.collect();
        Action { later, outcomes }
    }

    fn kind(&mut self, actions: &[Action], near: &[usize]) -> Kind {
        match self.choices.below(10) {
            0..5 => {
                let action = self.choices.below(actions.len());
                Kind::Button(action, actions[action].outcomes.iter().map(|_| *self.choices.pick(near)).collect())
            }
            5..8 => {
                let count = 1 + self.choices.below(3);
                Kind::Choices((0..count).map(|_| (*self.choices.pick(near), self.maybe(30))).collect())
            }
            _ => Kind::End(self.chance(60)),
        }
    }
}

impl Small {
    pub(super) fn new(seed: u64) -> Self {
        let mut choices = Choices::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x4D);
        choices.below(3);
        let count = 2 + choices.below(2);
        let mut maker = Maker { choices, states: count };
        let states: Vec<State> = (0..count)
            .map(|_| {
                let timeout = maker.choices.below(count);
                State { then: maker.maybe(75).unwrap_or_default(), timeout: maker.chance(25).then_some(timeout) }
            })
            .collect();
        let mut actions = vec![maker.action(true)];
        for _ in 0..=maker.choices.below(2) {
            actions.push(maker.action(false));
        }
        let guests = 3 + maker.choices.below(3);
        let near: Vec<usize> = (0..guests).collect();
        let mut steps: Vec<Kind> = (0..guests).map(|_| maker.kind(&actions, &near)).collect();
        if matches!(steps[0], Kind::End(_)) || maker.chance(50) {
            steps[0] = Kind::Button(0, actions[0].outcomes.iter().map(|_| *maker.choices.pick(&near)).collect());
        }
        // The clerk's way: a task and its end.
        let action = 1 + maker.choices.below(actions.len() - 1);
        let ways = actions[action].outcomes.iter().map(|_| if maker.choices.below(3) == 0 { guests } else { guests + 1 });
        steps.push(Kind::Button(action, ways.collect()));
        steps.push(Kind::End(true));
        let starts = maker.choices.below(count);
        Self { states, actions, steps, guests, starts }
    }

    pub(super) fn laws(&self, seed: u64, count: usize) -> Vec<Law> {
        let mut choices = Choices::new(seed.wrapping_mul(0xD6E8_FEB8_6659_FD93) ^ 0x05);
        (0..count).map(|_| self.law(&mut choices)).collect()
    }

    fn law(&self, choices: &mut Choices) -> Law {
        let (template, places) = flowcheck::spec::TEMPLATES[choices.below(flowcheck::spec::TEMPLATES.len())];
        let places = (0..places).map(|_| self.atoms(choices)).collect();
        let (after, before) = match choices.below(10) {
            0 => (self.atoms(choices), Vec::new()),
            1 => (Vec::new(), self.atoms(choices)),
            2 => (self.atoms(choices), self.atoms(choices)),
            _ => (Vec::new(), Vec::new()),
        };
        Law { template, places, after, before }
    }

    fn atoms(&self, choices: &mut Choices) -> Vec<Atom> {
        (0..=choices.below(4) / 3).map(|_| self.atom(choices)).collect()
    }

    fn atom(&self, choices: &mut Choices) -> Atom {
        match choices.below(10) {
            0..3 => {
                let action = choices.below(self.actions.len());
                Atom::Outcome(action, choices.below(self.actions[action].outcomes.len()))
            }
            3..6 => Atom::State(choices.below(self.states.len())),
            6..9 => Atom::Step(choices.below(self.guests + 1)),
            _ => Atom::Success,
        }
    }

    /// The plan as people write it.
    pub(super) fn text(&self, laws: &[Law]) -> String {
        let mut text = String::from(
            "flowcheck: 1\njourney: main\nrole: guest\nroles: {guest: {}, clerk: {staff: true}}\nsystems: {shop: {}}\nentities:\n  thing:\n    owner: shop\n    states:\n",
        );
        for (index, state) in self.states.iter().enumerate() {
            let timeout = state.timeout.map(|to| format!(", timeout: {{after: 1h, becomes: s{to}}}")).unwrap_or_default();
            let _ = writeln!(text, "      s{index}: {{then: {}{timeout}}}", list(&state.then));
        }
        text.push_str("backend:\n");
        for (index, action) in self.actions.iter().enumerate() {
            let later = if action.later { "later" } else { "now" };
            let creates = if index == 0 { "[thing]" } else { "[]" };
            let _ = writeln!(
                text,
                "  a{index}:\n    kind: other\n    system: shop\n    answers: {later}\n    creates: {creates}\n    outcomes:"
            );
            for (number, outcome) in action.outcomes.iter().enumerate() {
                let sets = outcome.sets.map(|to| format!("thing: s{to}")).unwrap_or_default();
                let when = outcome.when.as_ref().map(|when| format!(", when: {{thing: {}}}", list(when))).unwrap_or_default();
                let _ = writeln!(text, "      o{number}: {{interim: {}, sets: {{{sets}}}{when}}}", outcome.interim);
            }
        }
        text.push_str("stages:\n  entry:\n");
        for (index, kind) in self.steps.iter().enumerate() {
            self.step(&mut text, index, kind);
        }
        text.push_str("policies:\n");
        for law in laws {
            let places: Vec<String> = law.places.iter().map(|place| Self::names(place)).collect();
            let _ = writeln!(text, "  - {}: [{}]", law.template, places.join(", "));
            match (law.after.is_empty(), law.before.is_empty()) {
                (false, false) => drop(writeln!(text, "    between: [{}, {}]", Self::names(&law.after), Self::names(&law.before))),
                (false, true) => drop(writeln!(text, "    after: {}", Self::names(&law.after))),
                (true, false) => drop(writeln!(text, "    before: {}", Self::names(&law.before))),
                (true, true) => {}
            }
        }
        text
    }

    fn step(&self, text: &mut String, index: usize, kind: &Kind) {
        let _ = writeln!(text, "    p{index}:");
        let is_guest = index < self.guests;
        if index == 0 {
            let _ = writeln!(text, "      from: search");
        }
        if !is_guest {
            let _ = writeln!(text, "      role: clerk");
        }
        if index == self.guests {
            let _ = writeln!(text, "      when: {{thing: s{}}}", self.starts);
        }
        match kind {
            Kind::Button(action, on) => {
                let _ = writeln!(text, "      {}\n      backend: a{action}", if is_guest { "screen: Screen" } else { "task: Work" });
                let on: Vec<String> = on.iter().enumerate().map(|(outcome, to)| format!("o{outcome}: p{to}")).collect();
                let _ = writeln!(text, "      on: {{{}}}", on.join(", "));
            }
            Kind::Choices(choices) => {
                let _ = writeln!(text, "      screen: Screen\n      choices:");
                for (number, (to, when)) in choices.iter().enumerate() {
                    let when = when.as_ref().map(|when| format!(", when: {{thing: {}}}", list(when))).unwrap_or_default();
                    let _ = writeln!(text, "        C{number}: {{to: p{to}{when}}}");
                }
            }
            Kind::End(good) => {
                let word = match (is_guest, good) {
                    (false, _) => "done",
                    (true, true) => "success",
                    (true, false) => "failure",
                };
                let _ = writeln!(text, "      ends: {word}");
            }
        }
    }

    fn names(atoms: &[Atom]) -> String {
        let name = |atom: &Atom| match atom {
            Atom::Outcome(action, outcome) => format!("a{action}.o{outcome}"),
            Atom::State(state) => format!("thing.s{state}"),
            Atom::Step(step) => format!("p{step}"),
            Atom::Success => "success".to_owned(),
        };
        format!("[{}]", atoms.iter().map(name).collect::<Vec<_>>().join(", "))
    }
}

fn list(states: &[usize]) -> String {
    let names: Vec<String> = states.iter().map(|state| format!("s{state}")).collect();
    format!("[{}]", names.join(", "))
}
