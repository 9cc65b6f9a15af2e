//! Small random plans in which each step needs every field, as data of their own, and as text.

use std::fmt::Write as _;

use crate::generate::Choices;

/// How many fields there are.
pub(super) const FIELDS: usize = 3;

/// The states of the one thing, from 0.
pub(super) const STATES: usize = 3;

#[derive(Debug)]
pub(super) struct Small {
    /// For each state the one that its timeout leads to.
    pub(super) timeouts: Vec<Option<usize>>,
    pub(super) actions: Vec<Action>,
    pub(super) steps: Vec<Step>,
    /// The first step of the journey that others use; the steps before it are the main journey's.
    pub(super) sub: usize,
    /// A message: the state at which it is sent, and the step that it opens.
    pub(super) message: Option<(usize, usize)>,
}

/// An action, each of whose outcomes may set a state.
#[derive(Debug)]
pub(super) struct Action {
    pub(super) creates: bool,
    pub(super) outcomes: Vec<Outcome>,
}

/// The states in which the outcome is possible, and the one that it sets. An action that creates asks for none.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) when: Vec<usize>,
    pub(super) sets: Option<usize>,
}

#[derive(Debug)]
pub(super) struct Step {
    pub(super) staff: bool,
    pub(super) start: Start,
    pub(super) collects: Vec<usize>,
    pub(super) needs: Vec<usize>,
    pub(super) follows: bool,
    pub(super) kind: Kind,
}

#[derive(Debug, PartialEq)]
pub(super) enum Start {
    Nowhere,
    Outside,
    When(usize),
    Daily,
}

#[derive(Debug)]
pub(super) enum Kind {
    /// A main way on behind which an action runs, and choices beside it.
    Button {
        action: usize,
        on: Vec<usize>,
        choices: Vec<Choice>,
        timeout: Option<usize>,
    },
    Next {
        to: usize,
        choices: Vec<Choice>,
    },
    Choices(Vec<Choice>),
    /// The page moves on when the thing does.
    Watch {
        on: Vec<(usize, usize)>,
        choices: Vec<Choice>,
    },
    Use {
        good: usize,
        bad: usize,
    },
    End {
        good: bool,
    },
}

#[derive(Debug)]
pub(super) struct Choice {
    pub(super) when: Vec<usize>,
    pub(super) does: Does,
}

#[derive(Debug)]
pub(super) enum Does {
    Goes(usize),
    Back,
    Runs(usize, Vec<usize>),
}

struct Maker {
    choices: Choices,
}

impl Maker {
    fn chance(&mut self, percent: usize) -> bool {
        self.choices.below(100) < percent
    }

    fn some_states(&mut self, percent: usize) -> Vec<usize> {
        if !self.chance(percent) {
            return Vec::new();
        }
        let first = self.choices.below(STATES);
        let second = self.choices.below(STATES);
        if first == second { vec![first] } else { vec![first.min(second), first.max(second)] }
    }

    fn action(&mut self) -> Action {
        let creates = self.chance(40);
        let outcomes = (0..=self.choices.below(2)).map(|_| {
            let sets = self.chance(70).then(|| self.choices.below(STATES));
            // Without a word on the state before, what allows the move would count: these plans always say it.
            let when = if creates { Vec::new() } else { self.some_states(if sets.is_some() { 100 } else { 30 }) };
            Outcome { when, sets }
        });
        let outcomes = outcomes.collect();
        Action { creates, outcomes }
    }

    fn on(&mut self, action: &Action, steps: &[usize]) -> Vec<usize> {
        action.outcomes.iter().map(|_| *self.choices.pick(steps)).collect()
    }

    fn choice(&mut self, actions: &[Action], steps: &[usize]) -> Choice {
        let does = match self.choices.below(10) {
            0..=6 => Does::Goes(*self.choices.pick(steps)),
            7 => Does::Back,
            _ => {
                let action = self.choices.below(actions.len());
                Does::Runs(action, self.on(&actions[action], steps))
            }
        };
        Choice { when: self.some_states(25), does }
    }

    fn some_choices(&mut self, least: usize, actions: &[Action], steps: &[usize]) -> Vec<Choice> {
        (0..least + self.choices.below(2)).map(|_| self.choice(actions, steps)).collect()
    }

    fn kind(&mut self, actions: &[Action], steps: &[usize]) -> Kind {
        match self.choices.below(12) {
            0..=2 => {
                let action = self.choices.below(actions.len());
                Kind::Button {
                    action,
                    on: self.on(&actions[action], steps),
                    choices: self.some_choices(0, actions, steps),
                    timeout: self.chance(30).then(|| *self.choices.pick(steps)),
                }
            }
            3 | 4 => Kind::Next { to: *self.choices.pick(steps), choices: self.some_choices(0, actions, steps) },
            5..=7 => Kind::Choices(self.some_choices(1, actions, steps)),
            8 => {
                let on = (0..STATES).filter(|_| self.choices.below(2) == 0).collect::<Vec<_>>();
                let on = on.into_iter().map(|state| (state, *self.choices.pick(steps))).collect();
                Kind::Watch { on, choices: self.some_choices(1, actions, steps) }
            }
            9 | 10 => Kind::Use { good: *self.choices.pick(steps), bad: *self.choices.pick(steps) },
            _ => Kind::End { good: self.chance(60) },
        }
    }
}

impl Small {
    pub(super) fn new(seed: u64) -> Self {
        let mut maker = Maker { choices: Choices::new(seed) };
        let timeouts = (0..STATES).map(|_| maker.chance(25).then(|| maker.choices.below(STATES))).collect();
        let actions: Vec<Action> = (0..=maker.choices.below(3)).map(|_| maker.action()).collect();
        let sub = 3 + maker.choices.below(4);
        let all = sub + 2 + maker.choices.below(3);
        let mut steps = Vec::new();
        for index in 0..all {
            let is_main = index < sub;
            let near: Vec<usize> = if is_main || maker.chance(10) { (0..sub).collect() } else { (sub..all).collect() };
            let kind = if index + 1 == all { Kind::End { good: maker.chance(60) } } else { maker.kind(&actions, &near) };
            let start = match maker.choices.below(12) {
                _ if !is_main => Start::Nowhere,
                _ if index == 0 => Start::Outside,
                0 | 1 => Start::When(maker.choices.below(STATES)),
                2 => Start::Outside,
                3 => Start::Daily,
                _ => Start::Nowhere,
            };
            let staff = maker.chance(if matches!(start, Start::Nowhere) { 10 } else { 40 }) && index > 0;
            let collects = (0..FIELDS).filter(|_| maker.choices.below(4) == 0).collect();
            let collects = if matches!(kind, Kind::End { .. }) { Vec::new() } else { collects };
            let follows = matches!(kind, Kind::Watch { .. }) || maker.chance(8);
            steps.push(Step { staff, start, collects, needs: maker.some_states(8), follows, kind });
        }
        let message = maker.chance(30).then(|| (maker.choices.below(STATES), maker.choices.below(sub)));
        Self { timeouts, actions, steps, sub, message }
    }

    /// The plan as people write it.
    pub(super) fn text(&self) -> String {
        let mut text =
            String::from("flowcheck: 1\njourney: main\nrole: guest\nroles: {guest: {}, clerk: {staff: true}}\nsystems: {shop: {}}\n");
        let _ = writeln!(text, "entities:\n  thing:\n    owner: shop\n    states:");
        for (index, timeout) in self.timeouts.iter().enumerate() {
            let timeout = timeout.map(|to| format!("timeout: {{after: 1h, becomes: s{to}}}, ")).unwrap_or_default();
            let _ = writeln!(text, "      s{index}: {{{timeout}then: {}}}", list(&(0..STATES).collect::<Vec<_>>()));
        }
        let _ = writeln!(text, "backend:");
        for (index, action) in self.actions.iter().enumerate() {
            let creates = if action.creates { "[thing]" } else { "[]" };
            let _ = writeln!(text, "  a{index}:\n    kind: other\n    system: shop\n    creates: {creates}\n    outcomes:");
            for (number, outcome) in action.outcomes.iter().enumerate() {
                let when = if outcome.when.is_empty() { String::new() } else { format!("when: {{thing: {}}}, ", list(&outcome.when)) };
                let sets = outcome.sets.map_or_else(|| "{}".to_owned(), |state| format!("{{thing: s{state}}}"));
                let _ = writeln!(text, "      a{index}-o{number}: {{{when}sets: {sets}}}");
            }
        }
        if let Some((state, step)) = self.message {
            let _ = writeln!(text, "notifications:\n  news: {{to: guest, channel: email, when: {{thing: s{state}}}, opens: p{step}}}");
        }
        let _ = writeln!(text, "stages:\n  entry:");
        for index in 0..self.sub {
            self.step(&mut text, index);
        }
        text
    }

    /// The journey that others use, as another file.
    pub(super) fn other_text(&self) -> String {
        let mut text = String::from("flowcheck: 1\njourney: sub\nrole: guest\nends: {good: success, bad: failure}\nstages:\n  entry:\n");
        for index in self.sub..self.steps.len() {
            self.step(&mut text, index);
        }
        text
    }

    /// Whether the used journey has an end of a name.
    pub(super) fn has_end(&self, wanted: bool) -> bool {
        self.steps[self.sub..].iter().any(|step| matches!(step.kind, Kind::End { good } if good == wanted))
    }

    fn step(&self, text: &mut String, index: usize) {
        let step = &self.steps[index];
        let fields = |all: &[usize]| all.iter().map(|field| format!("f{field}")).collect::<Vec<_>>().join(", ");
        let _ = writeln!(text, "    p{index}:\n      collects: [{}]", fields(&step.collects));
        let _ = writeln!(text, "      uses: [{}]", fields(&(0..FIELDS).collect::<Vec<_>>()));
        let _ = writeln!(text, "      role: {}", if step.staff { "clerk" } else { "guest" });
        if !step.needs.is_empty() {
            let _ = writeln!(text, "      needs: {{thing: {}}}", list(&step.needs));
        }
        if step.follows {
            let _ = writeln!(text, "      follows: thing");
        }
        match step.start {
            Start::Outside => drop(writeln!(text, "      from: search")),
            Start::When(state) => drop(writeln!(text, "      when: {{thing: s{state}}}")),
            Start::Daily => drop(writeln!(text, "      every: 1d")),
            Start::Nowhere => {}
        }
        match &step.kind {
            Kind::Button { action, on, choices, timeout } => {
                let _ = writeln!(text, "      screen: Screen\n      backend: a{action}");
                self.choices(text, index, choices);
                let _ = writeln!(text, "      on:");
                self.on(text, index, *action, on, "        ");
                if let Some(to) = timeout {
                    let _ = writeln!(text, "        timeout: {}", self.target(index, *to));
                    let _ = writeln!(text, "      within: 1h");
                }
            }
            Kind::Next { to, choices } => {
                let _ = writeln!(text, "      screen: Screen\n      next: {}", self.target(index, *to));
                self.choices(text, index, choices);
            }
            Kind::Choices(choices) => {
                let _ = writeln!(text, "      screen: Screen");
                self.choices(text, index, choices);
            }
            Kind::Watch { on, choices } => {
                let _ = writeln!(text, "      screen: Screen");
                self.choices(text, index, choices);
                if !on.is_empty() {
                    let _ = writeln!(text, "      on:");
                }
                for (state, to) in on {
                    let _ = writeln!(text, "        s{state}: {}", self.target(index, *to));
                }
            }
            Kind::Use { good, bad } => {
                let _ = writeln!(text, "      journey: sub\n      on:");
                for (end, to) in [("good", *good), ("bad", *bad)] {
                    if self.has_end(end == "good") {
                        let _ = writeln!(text, "        {end}: {}", self.target(index, to));
                    }
                }
            }
            Kind::End { good } => {
                let name = match (index < self.sub, good) {
                    (true, true) => "success",
                    (true, false) => "failure",
                    (false, true) => "good",
                    (false, false) => "bad",
                };
                let _ = writeln!(text, "      screen: Screen\n      ends: {name}");
            }
        }
    }

    fn choices(&self, text: &mut String, index: usize, choices: &[Choice]) {
        if !choices.is_empty() {
            let _ = writeln!(text, "      choices:");
        }
        for (number, choice) in choices.iter().enumerate() {
            let _ = writeln!(text, "        C{number}:");
            if !choice.when.is_empty() {
                let _ = writeln!(text, "          when: {{thing: {}}}", list(&choice.when));
            }
            match &choice.does {
                Does::Goes(to) => drop(writeln!(text, "          to: {}", self.target(index, *to))),
                Does::Back => drop(writeln!(text, "          to: back")),
                Does::Runs(action, on) => {
                    let _ = writeln!(text, "          backend: a{action}\n          on:");
                    self.on(text, index, *action, on, "            ");
                }
            }
        }
    }

    fn on(&self, text: &mut String, from: usize, action: usize, on: &[usize], indent: &str) {
        for (number, to) in on.iter().enumerate() {
            let _ = writeln!(text, "{indent}a{action}-o{number}: {}", self.target(from, *to));
        }
    }

    fn target(&self, from: usize, to: usize) -> String {
        let journey = |step: usize| if step < self.sub { "main" } else { "sub" };
        if journey(from) == journey(to) { format!("p{to}") } else { format!("{}/p{to}", journey(to)) }
    }
}

fn list(states: &[usize]) -> String {
    let names: Vec<String> = states.iter().map(|state| format!("s{state}")).collect();
    format!("[{}]", names.join(", "))
}
