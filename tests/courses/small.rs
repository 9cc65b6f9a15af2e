//! Small random plans about one thing, as data of their own, and as text.

use std::fmt::Write as _;

use crate::generate::Choices;

/// States are counted from 1; 0 stands for *none*.
pub(super) type State = usize;

#[derive(Debug)]
pub(super) struct Small {
    pub(super) states: Vec<Of>,
    pub(super) actions: Vec<Action>,
    pub(super) steps: Vec<Step>,
    /// The first step of the journey that others use; the steps before it are the main journey's.
    pub(super) sub: usize,
    /// A message: the state at which it is sent, the step that it opens, and whether it waits a while.
    pub(super) message: Option<(State, usize, bool)>,
}

#[derive(Debug)]
pub(super) struct Of {
    pub(super) then: Vec<State>,
    pub(super) end: bool,
    pub(super) timeout: Option<State>,
    /// Answers to outcomes, by action and position: what it becomes, or nothing where it stays.
    pub(super) on: Vec<(usize, usize, Option<State>)>,
}

#[derive(Debug)]
pub(super) struct Action {
    pub(super) outcomes: Vec<Outcome>,
    pub(super) needs: Option<Vec<State>>,
    pub(super) creates: bool,
    pub(super) later: bool,
}

#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) name: String,
    pub(super) interim: bool,
    pub(super) when: Option<Vec<State>>,
    pub(super) sets: Sets,
}

#[derive(Debug, Clone)]
pub(super) enum Sets {
    Nothing,
    To(State),
    PerState(Vec<(State, State)>),
}

#[derive(Debug)]
pub(super) struct Step {
    pub(super) staff: bool,
    pub(super) needs: Option<Vec<State>>,
    pub(super) start: Start,
    pub(super) kind: Kind,
}

#[derive(Debug, PartialEq)]
pub(super) enum Start {
    Nowhere,
    Outside,
    When(State),
}

#[derive(Debug)]
pub(super) enum Kind {
    Button { action: usize, on: Vec<Vec<Answer>>, next: Option<usize>, exhausted: Option<usize> },
    Choices(Vec<Choice>),
    Wait { on: Vec<(State, usize)>, timeout: usize, deadline: Option<State> },
    Decide(Vec<(Sets, usize)>),
    Use { good: usize, bad: Option<usize> },
    End { good: bool },
}

#[derive(Debug)]
pub(super) struct Answer {
    pub(super) to: usize,
    pub(super) when: Option<Vec<State>>,
    pub(super) times: bool,
}

#[derive(Debug)]
pub(super) struct Choice {
    pub(super) when: Option<Vec<State>>,
    pub(super) does: Does,
}

#[derive(Debug)]
pub(super) enum Does {
    Goes(usize),
    Back,
    Runs(usize, Vec<Vec<Answer>>),
}

struct Maker {
    choices: Choices,
    states: usize,
}

impl Maker {
    fn chance(&mut self, percent: usize) -> bool {
        self.choices.below(100) < percent
    }

    fn state(&mut self) -> State {
        1 + self.choices.below(self.states)
    }

    fn some(&mut self) -> Vec<State> {
        let picked: Vec<State> = (1..=self.states).filter(|_| self.choices.below(2) == 0).collect();
        if picked.is_empty() { vec![self.state()] } else { picked }
    }

    fn maybe_some(&mut self, percent: usize) -> Option<Vec<State>> {
        self.chance(percent).then(|| self.some())
    }

    fn sets(&mut self) -> Sets {
        match self.choices.below(8) {
            0..=2 => Sets::Nothing,
            3 => Sets::To(1),
            4 | 5 => Sets::To(self.state()),
            _ => {
                let from = self.some();
                Sets::PerState(from.into_iter().map(|from| (from, self.state())).collect())
            }
        }
    }

    fn outcome(&mut self, index: usize) -> Outcome {
        let name = if index > 0 && self.chance(10) { "duplicate".to_owned() } else { format!("o{index}") };
        Outcome { name, interim: self.chance(20), when: self.maybe_some(30), sets: self.sets() }
    }

    fn action(&mut self) -> Action {
        let outcomes = 1 + self.choices.below(3);
        let mut outcomes: Vec<Outcome> = (0..outcomes).map(|index| self.outcome(index)).collect();
        if let [_, second, third] = &mut outcomes[..]
            && second.name == third.name
        {
            third.name.replace_range(.., "o2");
        }
        Action { outcomes, needs: self.maybe_some(15), creates: self.chance(20), later: self.chance(25) }
    }

    fn answers(&mut self, action: &Action, steps: &[usize]) -> Vec<Vec<Answer>> {
        let mut on = Vec::new();
        for _ in &action.outcomes {
            let mut answers = Vec::new();
            if self.chance(15) {
                answers.push(Answer { to: *self.choices.pick(steps), when: Some(self.some()), times: false });
            }
            if self.chance(90) || !answers.is_empty() {
                answers.push(Answer { to: *self.choices.pick(steps), when: None, times: self.chance(15) });
            }
            on.push(answers);
        }
        on
    }

    fn choice(&mut self, actions: &[Action], steps: &[usize]) -> Choice {
        let does = match self.choices.below(10) {
            0..=5 => Does::Goes(*self.choices.pick(steps)),
            6 => Does::Back,
            _ => {
                let action = self.choices.below(actions.len());
                Does::Runs(action, self.answers(&actions[action], steps))
            }
        };
        Choice { when: self.maybe_some(40), does }
    }

    fn kind(&mut self, actions: &[Action], steps: &[usize], may_use: bool) -> Kind {
        match self.choices.below(13) {
            0..=3 => {
                let action = self.choices.below(actions.len());
                let goes_on = self.chance(15);
                let on = if goes_on {
                    actions[action].outcomes.iter().map(|_| Vec::new()).collect()
                } else {
                    self.answers(&actions[action], steps)
                };
                let next = goes_on.then(|| *self.choices.pick(steps));
                let exhausted = on.iter().flatten().any(|answer| answer.times).then(|| *self.choices.pick(steps));
                Kind::Button { action, on, next, exhausted }
            }
            4..=6 => Kind::Choices((0..=self.choices.below(3)).map(|_| self.choice(actions, steps)).collect()),
            7 | 8 => {
                let on = self.some().into_iter().map(|state| (state, *self.choices.pick(steps))).collect();
                Kind::Wait { on, timeout: *self.choices.pick(steps), deadline: self.chance(50).then(|| self.state()) }
            }
            9 => Kind::Decide((0..=self.choices.below(2)).map(|_| (self.sets(), *self.choices.pick(steps))).collect()),
            10 | 11 if may_use => Kind::Use { good: *self.choices.pick(steps), bad: self.chance(70).then(|| *self.choices.pick(steps)) },
            _ => Kind::End { good: self.chance(60) },
        }
    }
}

impl Small {
    pub(super) fn new(seed: u64) -> Self {
        let mut choices = Choices::new(seed);
        let states = 2 + choices.below(3);
        let mut maker = Maker { choices, states };
        let of = |maker: &mut Maker| Of {
            then: maker.maybe_some(75).unwrap_or_default(),
            end: maker.chance(25),
            timeout: maker.chance(25).then(|| maker.state()),
            on: Vec::new(),
        };
        let mut states: Vec<Of> = (0..states).map(|_| of(&mut maker)).collect();
        let actions: Vec<Action> = (0..=maker.choices.below(3)).map(|_| maker.action()).collect();
        for of in &mut states {
            if maker.chance(15) {
                let action = maker.choices.below(actions.len());
                let outcome = maker.choices.below(actions[action].outcomes.len());
                of.on.push((action, outcome, maker.chance(60).then(|| maker.state())));
            }
        }
        let sub = 3 + maker.choices.below(4);
        let all = sub + 2 + maker.choices.below(2);
        let mut steps = Vec::new();
        for index in 0..all {
            let is_main = index < sub;
            let near: Vec<usize> = if is_main || maker.chance(10) { (0..sub).collect() } else { (sub..all).collect() };
            let kind = maker.kind(&actions, &near, true);
            let start = match maker.choices.below(10) {
                _ if !is_main => Start::Nowhere,
                _ if index == 0 => Start::Outside,
                0 => Start::When(maker.state()),
                1 => Start::Outside,
                _ => Start::Nowhere,
            };
            let staff = start != Start::Outside && maker.chance(25);
            steps.push(Step { staff, needs: maker.maybe_some(15), start, kind });
        }
        let message = maker.chance(30).then(|| (maker.state(), maker.choices.below(sub), maker.chance(30)));
        Self { states, actions, steps, sub, message }
    }

    /// The plan as people write it.
    pub(super) fn text(&self) -> String {
        let mut text =
            String::from("flowcheck: 1\njourney: main\nrole: guest\nroles: {guest: {}, clerk: {staff: true}}\nsystems: {shop: {}}\n");
        let _ = writeln!(text, "entities:\n  thing:\n    owner: shop\n    states:");
        for (index, of) in self.states.iter().enumerate() {
            let timeout = of.timeout.map(|to| format!(", timeout: {{after: 1h, becomes: s{to}}}")).unwrap_or_default();
            let answer = |(action, outcome, to): &(usize, usize, Option<State>)| {
                let to = to.map_or("{ignore: Known}".to_owned(), |to| format!("s{to}"));
                format!("a{action}.{}: {to}", self.actions[*action].outcomes[*outcome].name)
            };
            let on: Vec<String> = of.on.iter().map(answer).collect();
            let _ =
                writeln!(text, "      s{}: {{then: {}, end: {}{timeout}, on: {{{}}}}}", index + 1, list(&of.then), of.end, on.join(", "));
        }
        let _ = writeln!(text, "backend:");
        for (index, action) in self.actions.iter().enumerate() {
            let creates = if action.creates { "[thing]" } else { "[]" };
            let later = if action.later { "later" } else { "now" };
            let _ = writeln!(text, "  a{index}:\n    kind: other\n    system: shop\n    creates: {creates}\n    answers: {later}");
            if let Some(needs) = &action.needs {
                let _ = writeln!(text, "    needs: {{thing: {}}}", list(needs));
            }
            let _ = writeln!(text, "    outcomes:");
            for outcome in &action.outcomes {
                let when = outcome.when.as_ref().map(|when| format!(", when: {{thing: {}}}", list(when))).unwrap_or_default();
                let _ = writeln!(text, "      {}: {{interim: {}{when}, sets: {}}}", outcome.name, outcome.interim, sets(&outcome.sets));
            }
        }
        if let Some((state, step, waits)) = self.message {
            let after = if waits { ", after: 1h" } else { "" };
            let _ = writeln!(
                text,
                "notifications:\n  news: {{to: guest, channel: email, when: {{thing: s{state}}}, opens: {}{after}}}",
                self.target(0, step)
            );
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

    fn step(&self, text: &mut String, index: usize) {
        let step = &self.steps[index];
        let _ = writeln!(text, "    p{index}:");
        if step.staff {
            let _ = writeln!(text, "      role: clerk");
        }
        if let Some(needs) = &step.needs {
            let _ = writeln!(text, "      needs: {{thing: {}}}", list(needs));
        }
        match step.start {
            Start::Outside => drop(writeln!(text, "      from: search")),
            Start::When(state) => drop(writeln!(text, "      when: {{thing: s{state}}}")),
            Start::Nowhere => {}
        }
        match &step.kind {
            Kind::Button { action, on, next, exhausted } => {
                let _ = writeln!(text, "      screen: Screen\n      backend: a{action}");
                if let Some(next) = next {
                    let _ = writeln!(text, "      next: {}", self.target(index, *next));
                }
                self.on(text, index, *action, on, "      ");
                if let Some(exhausted) = exhausted {
                    let _ = writeln!(text, "        exhausted: {}", self.target(index, *exhausted));
                }
            }
            Kind::Choices(choices) => {
                let _ = writeln!(text, "      screen: Screen\n      choices:");
                for (number, choice) in choices.iter().enumerate() {
                    let _ = writeln!(text, "        C{number}:");
                    if let Some(when) = &choice.when {
                        let _ = writeln!(text, "          when: {{thing: {}}}", list(when));
                    }
                    match &choice.does {
                        Does::Goes(to) => drop(writeln!(text, "          to: {}", self.target(index, *to))),
                        Does::Back => drop(writeln!(text, "          to: back")),
                        Does::Runs(action, on) => {
                            let _ = writeln!(text, "          backend: a{action}");
                            self.on(text, index, *action, on, "          ");
                        }
                    }
                }
            }
            Kind::Wait { on, timeout, deadline } => {
                let within = deadline.map_or("1h".to_owned(), |state| format!("thing.s{state}"));
                let _ = writeln!(text, "      screen: Screen\n      wait: thing\n      within: {within}\n      on:");
                for (state, to) in on {
                    let _ = writeln!(text, "        s{state}: {}", self.target(index, *to));
                }
                let _ = writeln!(text, "        timeout: {}", self.target(index, *timeout));
            }
            Kind::Decide(values) => {
                let _ = writeln!(text, "      decide:\n        question: Which\n        values:");
                for (number, (value, _)) in values.iter().enumerate() {
                    let _ = writeln!(text, "          v{number}: {}", sets(value));
                }
                let _ = writeln!(text, "      on:");
                for (number, (_, to)) in values.iter().enumerate() {
                    let _ = writeln!(text, "        v{number}: {}", self.target(index, *to));
                }
            }
            Kind::Use { good, bad } => {
                let _ = writeln!(text, "      journey: sub\n      on:");
                for (end, to) in [("good", Some(*good)), ("bad", *bad)] {
                    if let Some(to) = to.filter(|_| self.has_end(end == "good")) {
                        let _ = writeln!(text, "        {end}: {}", self.target(index, to));
                    }
                }
            }
            Kind::End { good } => {
                let name = match (index < self.sub, good) {
                    (true, true) => "success",
                    (true, false) => "done",
                    (false, true) => "good",
                    (false, false) => "bad",
                };
                let _ = writeln!(text, "      ends: {name}");
            }
        }
    }

    /// Whether the used journey has an end of a name.
    pub(super) fn has_end(&self, wanted: bool) -> bool {
        self.steps[self.sub..].iter().any(|step| matches!(step.kind, Kind::End { good } if good == wanted))
    }

    fn on(&self, text: &mut String, from: usize, action: usize, on: &[Vec<Answer>], indent: &str) {
        let _ = writeln!(text, "{indent}on:");
        for (outcome, answers) in self.actions[action].outcomes.iter().zip(on) {
            let written: Vec<String> = answers
                .iter()
                .map(|answer| {
                    let when = answer.when.as_ref().map(|when| format!(", when: {{thing: {}}}", list(when))).unwrap_or_default();
                    let times = if answer.times { ", times: 3" } else { "" };
                    format!("{{to: {}{when}{times}}}", self.target(from, answer.to))
                })
                .collect();
            if !written.is_empty() {
                let _ = writeln!(text, "{indent}  {}: [{}]", outcome.name, written.join(", "));
            }
        }
    }

    fn target(&self, from: usize, to: usize) -> String {
        let journey = |step: usize| if step < self.sub { "main" } else { "sub" };
        if journey(from) == journey(to) { format!("p{to}") } else { format!("{}/p{to}", journey(to)) }
    }
}

fn list(states: &[State]) -> String {
    let names: Vec<String> = states.iter().map(|state| format!("s{state}")).collect();
    format!("[{}]", names.join(", "))
}

fn sets(sets: &Sets) -> String {
    match sets {
        Sets::Nothing => "{}".to_owned(),
        Sets::To(state) => format!("{{thing: s{state}}}"),
        Sets::PerState(pairs) => {
            let pairs: Vec<String> = pairs.iter().map(|(from, to)| format!("s{from}: s{to}")).collect();
            format!("{{thing: {{{}}}}}", pairs.join(", "))
        }
    }
}
