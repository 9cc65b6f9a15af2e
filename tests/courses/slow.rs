//! A slow and plain evaluator: it goes every way, one state at a time, with the stack of journeys that are in use.

use std::collections::{BTreeSet, HashSet};

use super::small::{Action, Answer, Choice, Does, Kind, Sets, Small, Start, State};

/// A state, and whether the way itself has brought it about or shown it.
pub(super) type One = (State, bool);

/// What goes wrong: a need of a step or action, or a move.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Wrong {
    Unmet { step: usize, action: Option<usize>, state: State },
    Unfinished { step: usize, state: State },
    Forbidden { step: usize, outcome: Option<(usize, usize)>, from: State, to: State },
}

/// A way on, as its step tells it.
struct Way<'s> {
    name: String,
    to: usize,
    choice: Option<&'s Choice>,
    cause: Cause<'s>,
    is_back: bool,
}

enum Cause<'s> {
    Nothing,
    Runs { action: usize, outcome: usize, answer: &'s Answer, all: &'s [Answer] },
    Unasked { action: usize },
    Is(State),
    Late(Option<State>),
    Decided(&'s Sets),
    Exhausted { action: usize, on: &'s [Vec<Answer>] },
    Returns { good: bool },
}

pub(super) struct Slow<'s> {
    plan: &'s Small,
    pub(super) met: Vec<BTreeSet<One>>,
    pub(super) wrong: BTreeSet<Wrong>,
    gone: HashSet<(Vec<usize>, usize, One)>,
    /// What others than a guest, and others than a clerk, may do.
    others: [Vec<(State, State)>; 2],
    /// What a guest or others may still do once the guest has ended a way.
    afterwards: Vec<(State, State)>,
}

impl<'s> Slow<'s> {
    pub(super) fn new(plan: &'s Small) -> Self {
        let mut slow = Self {
            plan,
            met: vec![BTreeSet::new(); plan.steps.len()],
            wrong: BTreeSet::new(),
            gone: HashSet::new(),
            others: Default::default(),
            afterwards: Vec::new(),
        };
        slow.others = [false, true].map(|staff| slow.moves_of_others(staff, &[]));
        let again = slow.met_again();
        slow.afterwards = slow.moves_of_others(false, &again);
        for step in 0..plan.steps.len() {
            for one in slow.start(step) {
                slow.come(&[], step, one);
            }
        }
        slow
    }

    fn come(&mut self, stack: &[usize], step: usize, one: One) {
        let mut wrong = Vec::new();
        for one in self.arrive(step, one, &mut wrong) {
            if self.gone.insert((stack.to_vec(), step, one)) {
                self.met[step].insert(one);
                self.go(stack, step, one);
            }
        }
        self.wrong.extend(wrong);
    }

    fn go(&mut self, stack: &[usize], step: usize, one: One) {
        if let Kind::Use { .. } = self.plan.steps[step].kind {
            let mut inner = stack.to_vec();
            inner.push(step);
            // Using itself again and again adds nothing that twice does not.
            if inner.iter().filter(|user| **user == step).count() <= 3 {
                self.come(&inner, self.plan.sub, one);
            }
            return;
        }
        if let (Kind::End { good }, Some((user, outer))) = (&self.plan.steps[step].kind, stack.split_last()) {
            let ways = self.ways(*user);
            for way in ways.iter().filter(|way| matches!(way.cause, Cause::Returns { good: named } if named == *good)) {
                self.come(&self.stack_after(outer, *user, way.to), way.to, one);
            }
        }
        for way in self.ways(step) {
            let mut wrong = Vec::new();
            for one in self.cross(step, &way, one, &mut wrong) {
                self.come(&self.stack_after(stack, step, way.to), way.to, one);
            }
            self.wrong.extend(wrong);
        }
    }

    /// Whoever goes to another journey leaves all that were in use.
    fn stack_after(&self, stack: &[usize], from: usize, to: usize) -> Vec<usize> {
        if (from < self.plan.sub) == (to < self.plan.sub) { stack.to_vec() } else { Vec::new() }
    }

    /// Goes one given way, and says what goes wrong at its end: the names of the ways with their targets, `>` for into a journey.
    pub(super) fn follow(&self, start: usize, hops: &[(String, usize)]) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        let mut here: BTreeSet<One> = self.start(start).into_iter().flat_map(|one| self.arrive(start, one, &mut wrong)).collect();
        let (mut at, mut stack) = (start, Vec::new());
        for (name, to) in hops {
            wrong.clear();
            let from = if matches!(self.plan.steps[at].kind, Kind::End { .. }) { stack.pop().unwrap_or(at) } else { at };
            let mut next = BTreeSet::new();
            if name == ">" {
                stack.push(at);
                next = here;
            } else {
                for way in self.ways(from).iter().filter(|way| way.name == *name && way.to == *to) {
                    next.extend(here.iter().flat_map(|one| match way.cause {
                        Cause::Returns { .. } => vec![*one],
                        _ => self.cross(from, way, *one, &mut wrong),
                    }));
                }
            }
            at = *to;
            here = next.into_iter().flat_map(|one| self.arrive(at, one, &mut wrong)).collect();
        }
        for way in self.ways(at) {
            for one in &here {
                let mut asked = Vec::new();
                self.cross(at, &way, *one, &mut asked);
                wrong.extend(asked.into_iter().filter(|wrong| matches!(wrong, Wrong::Unmet { .. })));
            }
        }
        wrong
    }

    fn is_used(&self) -> bool {
        self.plan.steps.iter().any(|step| matches!(step.kind, Kind::Use { .. }))
    }

    /// Whether a state is an end, or one comes of it without the guest who left.
    fn is_finished(&self, state: State) -> bool {
        let mut all = vec![state];
        let mut next = 0;
        while next < all.len() {
            for (from, to) in &self.afterwards {
                if *from == all[next] && !all.contains(to) {
                    all.push(*to);
                }
            }
            next += 1;
        }
        all.iter().any(|state| self.plan.states[state - 1].end)
    }

    /// The steps to which one comes from another entrance than the very first.
    fn met_again(&self) -> Vec<usize> {
        let is_other = |step: &usize| {
            let start = &self.plan.steps[*step].start;
            matches!(start, Start::When(_))
                || (*start == Start::Outside && *step > 0)
                || self.plan.message.as_ref().is_some_and(|(_, opened, _)| opened == step)
        };
        self.led_to((0..self.plan.sub).filter(is_other).collect())
    }

    /// Every step that one comes to from some.
    fn led_to(&self, mut all: Vec<usize>) -> Vec<usize> {
        let returns = self.returns();
        let mut next = 0;
        while next < all.len() {
            let at = all[next];
            let ways = self.ways(at);
            let mut to: Vec<usize> = ways
                .iter()
                .filter(|way| !matches!(way.cause, Cause::Returns { good } if !returns.contains(&good)))
                .map(|way| way.to)
                .collect();
            if matches!(self.plan.steps[at].kind, Kind::Use { .. }) {
                to.push(self.plan.sub);
            }
            for to in to {
                if !all.contains(&to) {
                    all.push(to);
                }
            }
            next += 1;
        }
        all
    }

    /// The ends with which the used journey comes back.
    fn returns(&self) -> Vec<bool> {
        let mut known: Vec<bool> = Vec::new();
        loop {
            let mut steps = vec![self.plan.sub];
            let mut next = 0;
            while next < steps.len() {
                for way in self.ways(steps[next]) {
                    let is_live = !matches!(way.cause, Cause::Returns { good } if !known.contains(&good));
                    if is_live && way.to >= self.plan.sub && !steps.contains(&way.to) {
                        steps.push(way.to);
                    }
                }
                next += 1;
            }
            let ends: Vec<bool> = [true, false]
                .into_iter()
                .filter(|wanted| steps.iter().any(|step| matches!(self.plan.steps[*step].kind, Kind::End { good } if good == *wanted)))
                .collect();
            if ends == known {
                return known;
            }
            known = ends;
        }
    }

    fn brought(&self) -> Vec<State> {
        let plan = self.plan;
        let mut brought: BTreeSet<State> = [0, 1].into();
        let decided = plan.steps.iter().filter_map(|step| if let Kind::Decide(values) = &step.kind { Some(values) } else { None });
        let set = plan.actions.iter().flat_map(|action| &action.outcomes).map(|outcome| &outcome.sets);
        for sets in set.chain(decided.flatten().map(|(sets, _)| sets)) {
            brought.extend(targets(sets).into_iter().map(|(_, to)| to));
        }
        brought.extend(plan.states.iter().filter_map(|of| of.timeout));
        brought.extend(plan.states.iter().flat_map(|of| &of.on).filter_map(|(_, _, to)| *to));
        brought.into_iter().collect()
    }

    fn start(&self, step: usize) -> Vec<One> {
        let brought = self.brought();
        let mut ones = Vec::new();
        // A journey that nobody uses begins with its first step.
        if step == self.plan.sub && !self.is_used() {
            ones.extend(brought.iter().map(|state| (*state, false)));
        }
        match self.plan.steps[step].start {
            Start::Outside => ones.extend(brought.iter().map(|state| (*state, false))),
            Start::When(state) => ones.extend(brought.contains(&state).then_some((state, true))),
            Start::Nowhere => {}
        }
        if let Some((state, opened, waits)) = self.plan.message
            && opened == step
            && brought.contains(&state)
        {
            ones.push((state, !waits));
        }
        ones
    }

    fn allows(&self, from: State, to: State) -> bool {
        let of = &self.plan.states[from - 1];
        of.then.contains(&to) || of.timeout == Some(to) || of.on.iter().any(|(_, _, becomes)| *becomes == Some(to))
    }

    /// What a state of its own does with an outcome: what it becomes, or that it stays.
    fn answer(&self, state: State, action: usize, outcome: usize) -> Option<&(usize, usize, Option<State>)> {
        let of = state.checked_sub(1).map(|index| &self.plan.states[index])?;
        of.on.iter().find(|(on, position, _)| *on == action && *position == outcome)
    }

    fn is_born(&self, to: State) -> bool {
        to == 1 || (1..=self.plan.states.len()).all(|from| !self.allows(from, to))
    }

    /// Every single move that somebody else than the role of a step may make, or that is made on some steps.
    fn moves_of_others(&self, staff: bool, again: &[usize]) -> Vec<(State, State)> {
        let plan = self.plan;
        let all = 1..=plan.states.len();
        let mut moves: Vec<(State, State)> = all.clone().filter_map(|from| Some((from, plan.states[from - 1].timeout?))).collect();
        for (index, of) in plan.states.iter().enumerate() {
            moves.extend(of.on.iter().filter_map(|(_, _, to)| Some((index + 1, (*to)?))));
        }
        let mut add = |sets: &Sets, when: Option<&[State]>, fresh: bool, answered: &[State]| {
            for (named, to) in targets(sets) {
                for from in 0..=plan.states.len() {
                    let fits = match (named, when) {
                        (None, None) if fresh => from == 0,
                        (Some(_), None) if fresh => false,
                        (None, None) => {
                            if from == 0 {
                                self.is_born(to)
                            } else {
                                self.allows(from, to)
                            }
                        }
                        (named, when) => named.is_none_or(|named| named == from) && when.is_none_or(|when| when.contains(&from)),
                    };
                    if fits && !answered.contains(&from) {
                        moves.push((from, to));
                    }
                }
            }
        };
        for (index, action) in plan.actions.iter().enumerate() {
            let runs: Vec<bool> = plan
                .steps
                .iter()
                .enumerate()
                .filter(|(_, step)| runs(&step.kind, index))
                .map(|(at, step)| step.staff != staff || again.contains(&at))
                .collect();
            if runs.contains(&true) || (action.later && !runs.is_empty()) {
                for (position, outcome) in action.outcomes.iter().enumerate() {
                    let when = both(outcome.when.as_deref(), action.needs.as_deref());
                    let answered: Vec<State> =
                        (1..=plan.states.len()).filter(|state| self.answer(*state, index, position).is_some()).collect();
                    add(&outcome.sets, when.as_deref(), action.creates, &answered);
                }
            }
        }
        for (_, step) in plan.steps.iter().enumerate().filter(|(at, step)| step.staff != staff || again.contains(at)) {
            if let Kind::Decide(values) = &step.kind {
                for (sets, _) in values {
                    add(sets, None, false, &[]);
                }
            }
        }
        moves
    }

    fn arrive(&self, step: usize, one: One, wrong: &mut Vec<Wrong>) -> Vec<One> {
        let at = &self.plan.steps[step];
        let is_outside = at.start == Start::Outside || (step == self.plan.sub && !self.is_used());
        let one = if is_outside { (one.0, one.1 && one.0 != 0) } else { one };
        let Some(one) = needed(at.needs.as_deref(), one, || Wrong::Unmet { step, action: None, state: one.0 }, wrong) else {
            return Vec::new();
        };
        let ends_well = (step < self.plan.sub || !self.is_used()) && !at.staff && matches!(at.kind, Kind::End { good: true });
        if ends_well && one.1 && one.0 != 0 && !self.is_finished(one.0) {
            wrong.push(Wrong::Unfinished { step, state: one.0 });
        }
        let mut ones = vec![one];
        if !matches!(at.kind, Kind::Decide(_) | Kind::End { .. }) {
            let moves = &self.others[usize::from(at.staff)];
            let mut open = vec![one.0];
            while let Some(state) = open.pop() {
                for (_, to) in moves.iter().filter(|(from, _)| *from == state) {
                    if !ones.contains(&(*to, false)) {
                        ones.push((*to, false));
                        open.push(*to);
                    }
                }
            }
        }
        ones
    }

    fn cross(&self, step: usize, way: &Way<'_>, one: One, wrong: &mut Vec<Wrong>) -> Vec<One> {
        let Some(one) = seen(way.choice.and_then(|choice| choice.when.as_deref()), one) else { return Vec::new() };
        let mut after = self.after(step, &way.cause, one, wrong);
        if let Cause::Runs { answer, all, .. } = &way.cause {
            after = if let Some(when) = &answer.when {
                after.into_iter().filter_map(|one| seen(Some(when), one)).collect()
            } else {
                let taken = |one: &One| all.iter().any(|other| other.when.as_ref().is_some_and(|when| when.contains(&one.0)));
                after.into_iter().filter(|one| !taken(one)).collect()
            };
        }
        if way.is_back { after.into_iter().map(|(state, _)| (state, false)).collect() } else { after }
    }

    fn after(&self, step: usize, cause: &Cause<'_>, one: One, wrong: &mut Vec<Wrong>) -> Vec<One> {
        match cause {
            Cause::Nothing => vec![one],
            Cause::Returns { .. } => Vec::new(),
            Cause::Is(state) => seen(Some(&[*state]), one).into_iter().collect(),
            Cause::Late(state) => match state.filter(|state| *state == one.0).and_then(|state| self.plan.states[state - 1].timeout) {
                Some(becomes) => vec![(becomes, true)],
                None => vec![one],
            },
            Cause::Decided(sets) => self.set(step, None, sets, one, one.1, wrong),
            Cause::Runs { action, outcome, .. } => match self.asked(step, *action, one, wrong) {
                Some(one) => self.ends_in(step, *action, *outcome, one, wrong),
                None => Vec::new(),
            },
            Cause::Unasked { action } => {
                let Some(one) = self.asked(step, *action, one, wrong) else { return Vec::new() };
                let of = &self.plan.actions[*action];
                if of.later {
                    return vec![one];
                }
                let mut all = Vec::new();
                for index in 0..of.outcomes.len() {
                    let after = self.ends_in(step, *action, index, one, wrong);
                    let is_meant = of.outcomes.len() == 1 || (index == 0 && !of.outcomes[0].interim);
                    all.extend(after.into_iter().map(|(state, sure)| (state, sure && is_meant)));
                }
                all
            }
            Cause::Exhausted { action, on } => {
                let mut all = Vec::new();
                for (index, _) in on.iter().enumerate().filter(|(_, answers)| answers.iter().any(|answer| answer.times)) {
                    if let Some(one) = self.asked(step, *action, one, wrong) {
                        all.extend(self.ends_in(step, *action, index, one, wrong));
                    }
                }
                all
            }
        }
    }

    fn asked(&self, step: usize, action: usize, one: One, wrong: &mut Vec<Wrong>) -> Option<One> {
        let needs = self.plan.actions[action].needs.as_deref();
        needed(needs, one, || Wrong::Unmet { step, action: Some(action), state: one.0 }, wrong)
    }

    fn ends_in(&self, step: usize, action: usize, index: usize, one: One, wrong: &mut Vec<Wrong>) -> Vec<One> {
        let of = &self.plan.actions[action];
        let outcome = &of.outcomes[index];
        let was_sure = one.1;
        let Some(one) = seen(outcome.when.as_deref(), one) else { return Vec::new() };
        if let Some((_, _, answer)) = self.answer(one.0, action, index) {
            return vec![answer.map_or(one, |to| (to, true))];
        }
        if is_moving(&outcome.sets) {
            return self.set(step, Some((action, index)), &outcome.sets, one, was_sure, wrong);
        }
        if !of.creates && !of.outcomes.iter().any(|other| is_moving(&other.sets)) {
            return vec![one];
        }
        if outcome.name == "duplicate" {
            return self.brought().into_iter().map(|state| (state, false)).collect();
        }
        if outcome.interim {
            let mut all = vec![(one.0, one.1 && one.0 != 0)];
            for other in &of.outcomes {
                if let Some(other_one) = seen(other.when.as_deref(), one)
                    && is_moving(&other.sets)
                {
                    all.extend(becomes(&other.sets, other_one).into_iter().map(|(state, _)| (state, false)));
                }
            }
            return all;
        }
        if index == 0 {
            return if of.creates { vec![(0, false), (1, false)] } else { vec![one] };
        }
        self.refused(of, outcome.when.is_some(), one)
    }

    fn refused(&self, of: &Action, is_told: bool, one: One) -> Vec<One> {
        let names = |other: &super::small::Outcome| match (&other.sets, &other.when) {
            (Sets::To(_), Some(when)) => when.contains(&one.0),
            (Sets::PerState(pairs), _) => pairs.iter().any(|(from, _)| *from == one.0),
            _ => false,
        };
        if !is_told && of.outcomes.iter().any(names) {
            return vec![(one.0, false)];
        }
        let is_birth = |other: &super::small::Outcome| matches!(other.sets, Sets::To(to) if other.when.is_none() && of.needs.is_none() && (of.creates || self.is_born(to)));
        if one == (0, false) && of.outcomes.iter().any(is_birth) { vec![one, (0, true)] } else { vec![one] }
    }

    fn set(&self, step: usize, outcome: Option<(usize, usize)>, sets: &Sets, one: One, was_sure: bool, wrong: &mut Vec<Wrong>) -> Vec<One> {
        let creates = outcome.is_some_and(|(action, _)| self.plan.actions[action].creates);
        for (named, to) in targets(sets) {
            let from = one.0;
            let is_moved = was_sure && from != 0 && from != to && named.is_none_or(|named| named == from);
            if !is_moved || creates {
                continue;
            }
            let is_new = to == 1 && self.plan.states[from - 1].end;
            if !is_new && !self.allows(from, to) {
                wrong.push(Wrong::Forbidden { step, outcome, from, to });
            }
        }
        becomes(sets, one)
    }

    fn ways(&self, step: usize) -> Vec<Way<'s>> {
        let mut ways = self.plain_ways(step);
        // Back: to every step from which a way leads here.
        if let Kind::Choices(choices) = &self.plan.steps[step].kind {
            for (number, choice) in choices.iter().enumerate().filter(|(_, choice)| matches!(choice.does, Does::Back)) {
                for from in (0..self.plan.steps.len()).filter(|from| *from != step) {
                    if self.plain_ways(from).iter().any(|way| way.to == step) {
                        ways.push(Way { name: format!("C{number}"), to: from, choice: Some(choice), cause: Cause::Nothing, is_back: true });
                    }
                }
            }
        }
        ways
    }

    fn plain_ways(&self, step: usize) -> Vec<Way<'s>> {
        let plan = self.plan;
        let way = |name: String, to: usize, cause: Cause<'s>| Way { name, to, choice: None, cause, is_back: false };
        match &plan.steps[step].kind {
            Kind::Button { action, on, next, exhausted } => {
                let mut ways = self.answers(*action, on, None);
                ways.extend(next.map(|to| way("next".to_owned(), to, Cause::Unasked { action: *action })));
                ways.extend(exhausted.map(|to| way("exhausted".to_owned(), to, Cause::Exhausted { action: *action, on })));
                ways
            }
            Kind::Choices(choices) => {
                let ways = choices.iter().enumerate().flat_map(|(number, choice)| match &choice.does {
                    Does::Goes(to) => {
                        vec![Way { name: format!("C{number}"), to: *to, choice: Some(choice), cause: Cause::Nothing, is_back: false }]
                    }
                    Does::Back => Vec::new(),
                    Does::Runs(action, on) => self.answers(*action, on, Some((number, choice))),
                });
                ways.collect()
            }
            Kind::Wait { on, timeout, deadline } => {
                let mut ways: Vec<Way<'s>> = on.iter().map(|(state, to)| way(format!("s{state}"), *to, Cause::Is(*state))).collect();
                ways.push(way("timeout".to_owned(), *timeout, Cause::Late(*deadline)));
                ways
            }
            Kind::Decide(values) => {
                values.iter().enumerate().map(|(number, (sets, to))| way(format!("v{number}"), *to, Cause::Decided(sets))).collect()
            }
            Kind::Use { good, bad } => {
                let ends = [(true, Some(*good)), (false, *bad)];
                let ends = ends.into_iter().filter(|(good, _)| plan.has_end(*good));
                let name = |good: bool| if good { "good" } else { "bad" }.to_owned();
                ends.filter_map(|(good, to)| Some(way(name(good), to?, Cause::Returns { good }))).collect()
            }
            Kind::End { .. } => Vec::new(),
        }
    }

    fn answers(&self, action: usize, on: &'s [Vec<Answer>], choice: Option<(usize, &'s Choice)>) -> Vec<Way<'s>> {
        let mut ways = Vec::new();
        for (outcome, answers) in on.iter().enumerate() {
            for answer in answers {
                let label = choice.map(|(number, _)| format!("C{number} ")).unwrap_or_default();
                let name = format!("{label}a{action}.{}", self.plan.actions[action].outcomes[outcome].name);
                let cause = Cause::Runs { action, outcome, answer, all: answers };
                ways.push(Way { name, to: answer.to, choice: choice.map(|(_, choice)| choice), cause, is_back: false });
            }
        }
        ways
    }
}

fn runs(kind: &Kind, wanted: usize) -> bool {
    match kind {
        Kind::Button { action, .. } => *action == wanted,
        Kind::Choices(choices) => choices.iter().any(|choice| matches!(choice.does, Does::Runs(action, _) if action == wanted)),
        _ => false,
    }
}

/// Whether it names the thing at all.
fn is_moving(sets: &Sets) -> bool {
    !matches!(sets, Sets::Nothing)
}

fn targets(sets: &Sets) -> Vec<(Option<State>, State)> {
    match sets {
        Sets::Nothing => Vec::new(),
        Sets::To(to) => vec![(None, *to)],
        Sets::PerState(pairs) => pairs.iter().map(|(from, to)| (Some(*from), *to)).collect(),
    }
}

fn becomes(sets: &Sets, one: One) -> Vec<One> {
    match sets {
        Sets::Nothing => vec![one],
        Sets::To(to) => vec![(*to, true)],
        Sets::PerState(pairs) => vec![pairs.iter().find(|(from, _)| *from == one.0).map_or(one, |(_, to)| (*to, one.1))],
    }
}

fn seen(states: Option<&[State]>, one: One) -> Option<One> {
    match states {
        None => Some(one),
        Some(states) => states.contains(&one.0).then_some((one.0, true)),
    }
}

fn needed(states: Option<&[State]>, one: One, fault: impl Fn() -> Wrong, wrong: &mut Vec<Wrong>) -> Option<One> {
    let kept = seen(states, one);
    if kept.is_none() && one.1 {
        wrong.push(fault());
    }
    kept
}

fn both(one: Option<&[State]>, other: Option<&[State]>) -> Option<Vec<State>> {
    match (one, other) {
        (None, None) => None,
        (Some(only), None) | (None, Some(only)) => Some(only.to_vec()),
        (Some(one), Some(other)) => Some(one.iter().copied().filter(|state| other.contains(state)).collect()),
    }
}
