//! A slow and plain evaluator: it goes every way with the stack of journeys that are in use and all it has gathered, and begins again
//! with what it has learnt of things until it learns nothing more.

use std::collections::{BTreeSet, HashSet, VecDeque};

use super::small::{Choice, Does, FIELDS, Kind, STATES, Small, Start};

/// Fields that are known.
type Known = BTreeSet<usize>;

/// A way on, as its step tells it.
struct Way {
    name: String,
    to: usize,
    gathers: bool,
    /// What the way says of the thing: for each thing it says, any of these states.
    says: Vec<Vec<usize>>,
    /// The end with which a used journey must come back.
    end: Option<bool>,
}

pub(super) struct Slow<'s> {
    plan: &'s Small,
    /// For each state what is known of a thing in it; everything until something leads to it.
    things: Vec<Known>,
    /// With what each step was come to.
    met: Vec<HashSet<Known>>,
    /// How often a thing told something that the way did not know.
    pub(super) told_by_things: usize,
}

fn all() -> Known {
    (0..FIELDS).collect()
}

impl<'s> Slow<'s> {
    pub(super) fn new(plan: &'s Small) -> Self {
        let mut slow = Self { plan, things: vec![all(); STATES], met: Vec::new(), told_by_things: 0 };
        loop {
            slow.met = slow.walk();
            let things = slow.learn();
            if things == slow.things {
                return slow;
            }
            slow.things = things;
        }
    }

    /// What some way to a step has not gathered, unless the step itself asks for it.
    pub(super) fn missing(&self) -> BTreeSet<(usize, usize)> {
        let of = |step: usize| {
            let lacks = move |field: &usize| {
                !self.plan.steps[step].collects.contains(field) && self.met[step].iter().any(|known| !known.contains(field))
            };
            (0..FIELDS).filter(lacks).map(move |field| (step, field))
        };
        (0..self.plan.steps.len()).flat_map(of).collect()
    }

    /// Goes one given way, and says where it ends if the field was never gathered.
    pub(super) fn follow(&self, start: usize, hops: &[(String, usize)], field: usize) -> Option<usize> {
        let lacks = |known: &Known| !known.contains(&field);
        self.starts(start).into_iter().map(|known| self.arrive(start, known)).find(lacks)?;
        let (mut at, mut stack) = (start, Vec::new());
        for (name, to) in hops {
            let step = &self.plan.steps[at];
            let known = if name == ">" {
                stack.push(at);
                self.gather(at, Known::new())
            } else {
                let (from, ended) = match (&step.kind, stack.last()) {
                    (Kind::End { good }, Some(user)) => {
                        let user = *user;
                        stack.pop();
                        (user, Some(*good))
                    }
                    _ => (at, None),
                };
                let ways = self.ways(from);
                let way = ways.iter().find(|way| {
                    way.name == *name && way.to == *to && way.end == ended && lacks(&self.arrive(*to, self.cross(from, way, Known::new())))
                })?;
                if self.leaves(from, way.to) {
                    stack.clear();
                }
                self.cross(from, way, Known::new())
            };
            if !lacks(&self.arrive(*to, known)) {
                return None;
            }
            at = *to;
        }
        Some(at)
    }

    /// How long the shortest way to a step is on which a field is never gathered.
    pub(super) fn shortest(&self, target: usize, field: usize) -> Option<usize> {
        let mut seen: HashSet<(Vec<usize>, usize)> = HashSet::new();
        let mut queue: VecDeque<(Vec<usize>, usize, usize)> = VecDeque::new();
        for step in 0..self.plan.steps.len() {
            if self.starts(step).into_iter().any(|known| !self.arrive(step, known).contains(&field)) {
                queue.push_back((Vec::new(), step, 0));
            }
        }
        while let Some((stack, step, length)) = queue.pop_front() {
            if step == target {
                return Some(length);
            }
            if seen.insert((stack.clone(), step)) {
                for (stack, to, known) in self.onward(&stack, step, &Known::new()) {
                    if !self.arrive(to, known).contains(&field) {
                        queue.push_back((stack, to, length + 1));
                    }
                }
            }
        }
        None
    }

    fn walk(&mut self) -> Vec<HashSet<Known>> {
        let mut met = vec![HashSet::new(); self.plan.steps.len()];
        let mut seen: HashSet<(Vec<usize>, usize, Known)> = HashSet::new();
        let mut open: Vec<(Vec<usize>, usize, Known)> = Vec::new();
        for step in 0..self.plan.steps.len() {
            open.extend(self.starts(step).into_iter().map(|known| (Vec::new(), step, known)));
        }
        while let Some((stack, step, known)) = open.pop() {
            let here = self.arrive(step, known.clone());
            self.told_by_things += usize::from(here != known);
            if seen.insert((stack.clone(), step, here.clone())) {
                open.extend(self.onward(&stack, step, &here));
                met[step].insert(here);
            }
        }
        met
    }

    fn onward(&self, stack: &[usize], step: usize, known: &Known) -> Vec<(Vec<usize>, usize, Known)> {
        let mut onward = Vec::new();
        if let Kind::Use { .. } = self.plan.steps[step].kind {
            let mut inner = stack.to_vec();
            inner.push(step);
            // Using itself again and again adds nothing that twice does not.
            if inner.iter().filter(|user| **user == step).count() <= 3 {
                onward.push((inner, self.plan.sub, self.gather(step, known.clone())));
            }
            return onward;
        }
        if let (Kind::End { good }, Some((user, outer))) = (&self.plan.steps[step].kind, stack.split_last()) {
            for way in self.ways(*user).iter().filter(|way| way.end == Some(*good)) {
                onward.push((self.stack_after(outer, *user, way.to), way.to, self.cross(*user, way, known.clone())));
            }
        }
        for way in self.ways(step) {
            onward.push((self.stack_after(stack, step, way.to), way.to, self.cross(step, &way, known.clone())));
        }
        onward
    }

    /// Whoever goes to another journey leaves all that were in use.
    fn stack_after(&self, stack: &[usize], from: usize, to: usize) -> Vec<usize> {
        if self.leaves(from, to) { Vec::new() } else { stack.to_vec() }
    }

    fn leaves(&self, from: usize, to: usize) -> bool {
        (from < self.plan.sub) != (to < self.plan.sub)
    }

    fn gather(&self, step: usize, mut known: Known) -> Known {
        known.extend(&self.plan.steps[step].collects);
        known
    }

    fn cross(&self, step: usize, way: &Way, known: Known) -> Known {
        let mut known = if way.gathers { self.gather(step, known) } else { known };
        for states in &way.says {
            known.extend(self.of_any(states));
        }
        known
    }

    fn arrive(&self, step: usize, mut known: Known) -> Known {
        let step = &self.plan.steps[step];
        if !step.needs.is_empty() {
            known.extend(self.of_any(&step.needs));
        }
        if step.follows {
            known.extend(self.of_any(&(0..STATES).collect::<Vec<_>>()));
        }
        known
    }

    /// What is known of the thing in whichever of some states.
    fn of_any(&self, states: &[usize]) -> Known {
        states.iter().fold(all(), |known, state| known.intersection(&self.things[*state]).copied().collect())
    }

    fn starts(&self, index: usize) -> Vec<Known> {
        let step = &self.plan.steps[index];
        let others = || self.plan.steps.iter().filter(|other| other.staff != step.staff).flat_map(|other| other.collects.clone()).collect();
        let mut starts = match step.start {
            Start::Nowhere => Vec::new(),
            Start::Outside if step.staff => vec![others()],
            Start::Outside => vec![Known::new()],
            Start::When(state) => vec![self.things[state].clone()],
            Start::Daily => vec![others()],
        };
        if let Some((state, opened)) = self.plan.message
            && opened == index
        {
            starts.push(self.things[state].clone());
        }
        let is_used = self.plan.steps.iter().any(|step| matches!(step.kind, Kind::Use { .. }));
        // A journey that nobody uses begins with its first step.
        if index == self.plan.sub && !is_used {
            starts.push(if step.staff { others() } else { Known::new() });
        }
        starts
    }

    /// What is known of the thing in each state, by every move that leads to it.
    fn learn(&self) -> Vec<Known> {
        let mut things = vec![all(); STATES];
        let mut lead = |to: usize, known: Known| things[to] = things[to].intersection(&known).copied().collect();
        for (from, to) in self.plan.timeouts.iter().enumerate() {
            if let Some(to) = to {
                lead(*to, self.things[from].clone());
            }
        }
        for (number, action) in self.plan.actions.iter().enumerate() {
            for step in 0..self.plan.steps.len() {
                if !self.runs(step).contains(&number) {
                    continue;
                }
                for known in &self.met[step] {
                    for outcome in &action.outcomes {
                        let Some(to) = outcome.sets else { continue };
                        let mut known = self.gather(step, known.clone());
                        if !action.creates {
                            known.extend(self.of_any(&outcome.when));
                        }
                        lead(to, known);
                    }
                }
            }
        }
        things
    }

    fn runs(&self, step: usize) -> Vec<usize> {
        let (own, choices): (Option<usize>, &[Choice]) = match &self.plan.steps[step].kind {
            Kind::Button { action, choices, .. } => (Some(*action), choices),
            Kind::Next { choices, .. } | Kind::Choices(choices) | Kind::Watch { choices, .. } => (None, choices),
            Kind::Use { .. } | Kind::End { .. } => (None, &[]),
        };
        let by_choice = choices.iter().filter_map(|choice| if let Does::Runs(action, _) = choice.does { Some(action) } else { None });
        own.into_iter().chain(by_choice).collect()
    }

    fn ways(&self, step: usize) -> Vec<Way> {
        let mut ways = self.ways_forward(step);
        let is_back = |choice: &Choice| matches!(choice.does, Does::Back);
        for (number, choice) in self.choices(step).iter().enumerate().filter(|(_, choice)| is_back(choice)) {
            let leads_here = |from: &usize| *from != step && self.ways_forward(*from).iter().any(|way| way.to == step);
            for to in (0..self.plan.steps.len()).filter(leads_here) {
                let says = if choice.when.is_empty() { Vec::new() } else { vec![choice.when.clone()] };
                ways.push(Way { name: format!("C{number}"), to, gathers: false, says, end: None });
            }
        }
        ways
    }

    fn choices(&self, step: usize) -> &[Choice] {
        match &self.plan.steps[step].kind {
            Kind::Button { choices, .. } | Kind::Next { choices, .. } | Kind::Choices(choices) | Kind::Watch { choices, .. } => choices,
            Kind::Use { .. } | Kind::End { .. } => &[],
        }
    }

    fn ways_forward(&self, step: usize) -> Vec<Way> {
        let plain = |name: &str, to: usize, gathers: bool| Way { name: name.to_owned(), to, gathers, says: Vec::new(), end: None };
        let mut ways = Vec::new();
        match &self.plan.steps[step].kind {
            Kind::Button { action, on, timeout, .. } => {
                ways.extend(self.answers(*action, on, "", &[]));
                ways.extend(timeout.map(|to| plain("timeout", to, false)));
            }
            Kind::Next { to, .. } => ways.push(plain("next", *to, true)),
            Kind::Watch { on, .. } => {
                ways.extend(on.iter().map(|(state, to)| Way { says: vec![vec![*state]], ..plain(&format!("s{state}"), *to, false) }));
            }
            Kind::Use { good, bad } => {
                for (end, to) in [(true, *good), (false, *bad)] {
                    if self.plan.has_end(end) {
                        ways.push(Way { end: Some(end), ..plain(if end { "good" } else { "bad" }, to, true) });
                    }
                }
            }
            Kind::Choices(_) | Kind::End { .. } => {}
        }
        let sends = matches!(self.plan.steps[step].kind, Kind::Button { .. } | Kind::Next { .. })
            || self.choices(step).iter().any(|choice| matches!(choice.does, Does::Runs(..)));
        for (number, choice) in self.choices(step).iter().enumerate() {
            let label = format!("C{number}");
            match &choice.does {
                Does::Goes(to) => {
                    let says = if choice.when.is_empty() { Vec::new() } else { vec![choice.when.clone()] };
                    ways.push(Way { says, ..plain(&label, *to, !sends) });
                }
                Does::Back => {}
                Does::Runs(action, on) => ways.extend(self.answers(*action, on, &format!("{label} "), &choice.when)),
            }
        }
        ways
    }

    fn answers(&self, action: usize, on: &[usize], label: &str, when: &[usize]) -> Vec<Way> {
        let outcomes = self.plan.actions[action].outcomes.iter().zip(on).enumerate();
        let answer = |(number, (outcome, to)): (usize, (&super::small::Outcome, &usize))| {
            let says = [when.to_vec(), outcome.when.clone(), outcome.sets.into_iter().collect()];
            Way {
                name: format!("{label}a{action}-o{number}"),
                to: *to,
                gathers: true,
                says: says.into_iter().filter(|states| !states.is_empty()).collect(),
                end: None,
            }
        };
        outcomes.map(answer).collect()
    }
}
