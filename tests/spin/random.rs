//! Small random plans about two things that several people, systems and timers change at once, as text.

use std::fmt::Write as _;

use crate::generate::Choices;

const THINGS: [&str; 2] = ["order", "refund"];

/// What a plan is made of; the same seed makes the same text.
struct Maker {
    choices: Choices,
    /// How many states each thing has.
    states: [usize; 2],
    /// How many outcomes each action has.
    actions: Vec<usize>,
    steps: usize,
}

/// The text of a plan.
pub(super) fn text(seed: u64) -> String {
    let mut choices = Choices::new(seed);
    let states = [2 + choices.below(3), 2 + choices.below(2)];
    let actions = (0..2 + choices.below(2)).map(|_| 1 + choices.below(3)).collect();
    let steps = 4 + choices.below(4);
    Maker { choices, states, actions, steps }.plan()
}

impl Maker {
    fn chance(&mut self, percent: usize) -> bool {
        self.choices.below(100) < percent
    }

    fn state(&mut self, thing: usize) -> String {
        format!("{}{}", &THINGS[thing][..1], self.choices.below(self.states[thing]))
    }

    fn step(&mut self) -> String {
        format!("p{}", self.choices.below(self.steps))
    }

    fn outcome(&mut self) -> String {
        let action = self.choices.below(self.actions.len());
        format!("a{action}.x{}", self.choices.below(self.actions[action]))
    }

    /// States that must hold, of one of the things or of both.
    fn condition(&mut self) -> String {
        let first = self.choices.below(2);
        let mut things = vec![first];
        if self.chance(25) {
            things.push(1 - first);
        }
        let terms: Vec<String> = things
            .into_iter()
            .map(|thing| {
                let mut states = vec![self.state(thing)];
                let other = self.state(thing);
                if !states.contains(&other) && self.chance(50) {
                    states.push(other);
                }
                format!("{}: [{}]", THINGS[thing], states.join(", "))
            })
            .collect();
        format!("{{{}}}", terms.join(", "))
    }

    /// What becomes of things.
    fn sets(&mut self) -> String {
        let mut sets = Vec::new();
        for (thing, name) in THINGS.iter().enumerate() {
            match self.choices.below(6) {
                0 | 1 => sets.push(format!("{name}: {}", self.state(thing))),
                2 => {
                    let (from, to) = (self.state(thing), self.state(thing));
                    sets.push(format!("{name}: {{{from}: {to}}}"));
                }
                _ => {}
            }
        }
        format!("{{{}}}", sets.join(", "))
    }

    fn plan(&mut self) -> String {
        let mut text = String::from("flowcheck: 1\njourney: main\nrole: guest\nroles: {guest: {}, clerk: {staff: true}}\n");
        let sent = self.sets();
        let _ = writeln!(text, "systems: {{shop: {{}}, bank: {{external: true, sends: {{news: {{sets: {sent}}}}}}}}}\nentities:");
        for thing in 0..2 {
            self.thing(&mut text, thing);
        }
        text += "backend:\n";
        for action in 0..self.actions.len() {
            self.action(&mut text, action);
        }
        if self.chance(40) {
            let (thing, step) = (self.choices.below(2), self.step());
            let state = self.state(thing);
            let _ = writeln!(
                text,
                "notifications:\n  told: {{to: guest, channel: email, when: {{{}: {state}}}, opens: {step}}}",
                THINGS[thing]
            );
        }
        text += "stages:\n  entry:\n";
        for step in 0..self.steps {
            self.write_step(&mut text, step);
        }
        text
    }

    fn thing(&mut self, text: &mut String, thing: usize) {
        let _ = writeln!(text, "  {}:\n    owner: shop\n    states:", THINGS[thing]);
        let initial = &THINGS[thing][..1];
        for state in 0..self.states[thing] {
            let mut then: Vec<String> = Vec::new();
            for _ in 0..2 {
                let next = self.state(thing);
                if !then.contains(&next) {
                    then.push(next);
                }
            }
            let mut keys = vec![format!("then: [{}]", then.join(", ")), format!("end: {}", self.chance(20))];
            if self.chance(35) {
                let becomes = self.state(thing);
                let other = 1 - thing;
                let sets = if self.chance(40) { format!(", sets: {{{}: {}}}", THINGS[other], self.state(other)) } else { String::new() };
                keys.push(format!("timeout: {{after: 1h, becomes: {becomes}{sets}}}"));
            }
            if self.chance(40) {
                let outcome = self.outcome();
                let reaction = match self.choices.below(3) {
                    0 => "{ignore: Known already}".to_owned(),
                    1 => self.state(thing),
                    _ => format!("{{sets: {{{}: {}}}}}", THINGS[1 - thing], self.state(1 - thing)),
                };
                keys.push(format!("on: {{{outcome}: {reaction}}}"));
            }
            let _ = writeln!(text, "      {initial}{state}: {{{}}}", keys.join(", "));
        }
    }

    fn action(&mut self, text: &mut String, action: usize) {
        let later = if self.chance(60) { "later" } else { "now" };
        let system = if self.chance(50) { "bank" } else { "shop" };
        let creates = if self.chance(25) { "[order]" } else { "[]" };
        let _ = writeln!(text, "  a{action}:\n    kind: other\n    system: {system}\n    answers: {later}\n    creates: {creates}");
        if self.chance(20) {
            let needs = self.condition();
            let _ = writeln!(text, "    needs: {needs}");
        }
        text.push_str("    outcomes:\n");
        for outcome in 0..self.actions[action] {
            let when = if self.chance(20) { format!(", when: {}", self.condition()) } else { String::new() };
            let (interim, sets) = (self.chance(20), self.sets());
            let _ = writeln!(text, "      x{outcome}: {{interim: {interim}{when}, sets: {sets}}}");
        }
    }

    fn write_step(&mut self, text: &mut String, step: usize) {
        let _ = writeln!(text, "    p{step}:");
        let mut is_job = false;
        if step == 0 {
            text.push_str("      from: search\n");
        } else if self.chance(30) {
            let moment = if self.chance(60) {
                let thing = self.choices.below(2);
                format!("{{{}: {}}}", THINGS[thing], self.state(thing))
            } else {
                self.outcome()
            };
            let _ = writeln!(text, "      when: {moment}");
            is_job = self.chance(30);
            if !is_job && self.chance(70) {
                text.push_str("      role: clerk\n");
            }
        }
        let kind = if is_job || step == 0 { 0 } else { self.choices.below(8) };
        match kind {
            0..=2 => self.button(text, is_job),
            3 => {
                let (value, other) = (self.sets(), self.sets());
                let (first, second) = (self.step(), self.step());
                let _ = writeln!(text, "      decide: {{question: Which, values: {{v0: {value}, v1: {other}}}}}");
                let _ = writeln!(text, "      on: {{v0: {first}, v1: {second}}}");
            }
            4 => {
                let thing = self.choices.below(2);
                let (state, to, late) = (self.state(thing), self.step(), self.step());
                let _ = writeln!(text, "      wait: {}\n      within: 1h\n      on: {{{state}: {to}, timeout: {late}}}", THINGS[thing]);
            }
            5 => {
                let action = self.choices.below(self.actions.len());
                let late = self.step();
                let on: Vec<String> = (0..self.actions[action]).map(|outcome| format!("x{outcome}: {}", self.step())).collect();
                let _ = writeln!(text, "      wait: a{action}\n      within: 1h\n      on: {{{}, timeout: {late}}}", on.join(", "));
            }
            6 => {
                text.push_str("      screen: Page\n      choices:\n");
                for choice in 0..=self.choices.below(2) {
                    let (when, to) = (self.condition(), self.step());
                    let _ = writeln!(text, "        C{choice}: {{when: {when}, to: {to}}}");
                }
                let leave = self.step();
                let _ = writeln!(text, "        Else: {leave}");
            }
            _ => text.push_str("      ends: done\n"),
        }
    }

    fn button(&mut self, text: &mut String, is_job: bool) {
        let action = self.choices.below(self.actions.len());
        text.push_str(if is_job { "      job: shop\n" } else { "      screen: Form\n" });
        let _ = writeln!(text, "      backend: a{action}\n      on:");
        for outcome in 0..self.actions[action] {
            let to = self.step();
            if self.chance(20) {
                let (when, other) = (self.condition(), self.step());
                let _ = writeln!(text, "        x{outcome}: [{{to: {to}, when: {when}}}, {{to: {other}}}]");
            } else {
                let _ = writeln!(text, "        x{outcome}: {to}");
            }
        }
        if !is_job && self.chance(40) {
            let (to, action) = (self.step(), self.choices.below(self.actions.len()));
            let on: Vec<String> = (0..self.actions[action]).map(|outcome| format!("x{outcome}: {}", self.step())).collect();
            let _ = writeln!(text, "      choices: {{Not now: {to}, Rather this: {{backend: a{action}, on: {{{}}}}}}}", on.join(", "));
        }
    }
}
