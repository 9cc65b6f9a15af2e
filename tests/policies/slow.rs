//! A slow and plain account of what can happen in a small plan: one case, step by step, and what happens at each moment.

use std::collections::BTreeSet;

use super::small::{Atom, Kind, Outcome, Small};

/// Where somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Place {
    Nowhere,
    At(usize),
    /// Waiting there for an answer.
    Asked(usize),
}

/// How things are. The thing is 0 while there is none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Now {
    guest: Place,
    clerk: Place,
    thing: usize,
    /// For each action: not asked, asked, or one of its outcomes, from 2 on.
    told: Vec<usize>,
}

/// Something that happens: its name, what happens at that moment, how things are then.
pub(super) type Move = (String, BTreeSet<Atom>, Now);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Guest,
    Clerk,
}

pub(super) struct Slow<'s>(pub(super) &'s Small);

impl Slow<'_> {
    pub(super) fn start(&self) -> Now {
        Now { guest: Place::Nowhere, clerk: Place::Nowhere, thing: 0, told: vec![0; self.0.actions.len()] }
    }

    /// Everything that can happen next.
    pub(super) fn moves(&self, now: &Now) -> Vec<Move> {
        let mut moves = Vec::new();
        if now.guest == Place::Nowhere {
            moves.push(self.arrive(now, Who::Guest, 0, "begin p0".to_owned(), BTreeSet::new()));
        }
        if now.clerk == Place::Nowhere && now.thing == self.0.starts + 1 {
            let step = self.0.guests;
            moves.push(self.arrive(now, Who::Clerk, step, format!("begin p{step}"), BTreeSet::new()));
        }
        moves.extend(self.go(now, Who::Guest, now.guest));
        moves.extend(self.go(now, Who::Clerk, now.clerk));
        self.answers(now, &mut moves);
        if let Some(state) = now.thing.checked_sub(1)
            && let Some(to) = self.0.states[state].timeout
        {
            let mut next = now.clone();
            let mut seen = BTreeSet::new();
            self.enter(&mut next, to, &mut seen);
            moves.push((format!("timeout s{state}"), seen, next));
        }
        moves
    }

    fn go(&self, now: &Now, who: Who, place: Place) -> Vec<Move> {
        let mut moves = Vec::new();
        match place {
            Place::Nowhere => {}
            Place::Asked(at) => {
                let Kind::Button(action, on) = &self.0.steps[at] else { return moves };
                if let Some(outcome) = now.told[*action].checked_sub(2) {
                    moves.push(self.arrive(now, who, on[outcome], format!("p{at} a{action}.o{outcome} p{}", on[outcome]), BTreeSet::new()));
                }
            }
            Place::At(at) => match &self.0.steps[at] {
                Kind::End(_) if who == Who::Clerk => {
                    moves.push(("leave".to_owned(), BTreeSet::new(), Now { clerk: Place::Nowhere, ..now.clone() }));
                }
                Kind::End(_) => {}
                Kind::Choices(choices) => {
                    for (number, (to, when)) in choices.iter().enumerate() {
                        if fits(when.as_ref(), now.thing) {
                            moves.push(self.arrive(now, who, *to, format!("p{at} C{number} p{to}"), BTreeSet::new()));
                        }
                    }
                }
                Kind::Button(action, _) if self.0.actions[*action].later => {
                    if self.may_ask(*action, now.thing) {
                        let mut next = now.clone();
                        *Self::of(&mut next, who) = Place::Asked(at);
                        next.told[*action] = 1;
                        moves.push((format!("ask p{at} a{action}"), BTreeSet::new(), next));
                    }
                }
                Kind::Button(action, on) => {
                    for (outcome, to) in on.iter().enumerate() {
                        if let Some((next, seen)) = self.outcome(now, *action, outcome, false) {
                            moves.push(self.arrive(&next, who, *to, format!("p{at} a{action}.o{outcome} p{to}"), seen));
                        }
                    }
                }
            },
        }
        moves
    }

    fn answers(&self, now: &Now, moves: &mut Vec<Move>) {
        for (action, of) in self.0.actions.iter().enumerate().filter(|(_, of)| of.later) {
            let told = now.told[action];
            let is_open = told == 1 || told.checked_sub(2).is_some_and(|outcome| of.outcomes[outcome].interim);
            for outcome in (0..of.outcomes.len()).filter(|_| is_open) {
                if let Some((mut next, seen)) = self.outcome(now, action, outcome, true) {
                    next.told[action] = outcome + 2;
                    moves.push((format!("answer a{action}.o{outcome}"), seen, next));
                }
            }
        }
    }

    fn of(now: &mut Now, who: Who) -> &mut Place {
        match who {
            Who::Guest => &mut now.guest,
            Who::Clerk => &mut now.clerk,
        }
    }

    fn arrive(&self, now: &Now, who: Who, step: usize, name: String, mut seen: BTreeSet<Atom>) -> Move {
        let mut next = now.clone();
        // A way that begins anew with it is gone from its beginning.
        if !(who == Who::Clerk && seen.contains(&Atom::State(self.0.starts))) {
            *Self::of(&mut next, who) = Place::At(step);
        }
        seen.insert(Atom::Step(step));
        if who == Who::Guest && matches!(self.0.steps[step], Kind::End(true)) {
            seen.insert(Atom::Success);
        }
        (name, seen, next)
    }

    /// What an outcome does: nothing where it cannot come.
    fn outcome(&self, now: &Now, action: usize, index: usize, late: bool) -> Option<(Now, BTreeSet<Atom>)> {
        let outcome = &self.0.actions[action].outcomes[index];
        if !fits(outcome.when.as_ref(), now.thing) {
            return None;
        }
        let mut next = now.clone();
        let mut seen = BTreeSet::from([Atom::Outcome(action, index)]);
        if let Some(to) = outcome.sets {
            if self.moves_to(action, now.thing, to) {
                self.enter(&mut next, to, &mut seen);
            } else if (action == 0 || now.thing != to + 1) && !(late && now.thing > 0 && action > 0) {
                // A second thing is another case; and in a state that has no place for it, an outcome comes only late.
                return None;
            }
        }
        Some((next, seen))
    }

    fn moves_to(&self, action: usize, thing: usize, to: usize) -> bool {
        let allows = |from: usize| self.0.states[from].then.contains(&to) || self.0.states[from].timeout == Some(to);
        match (action, thing.checked_sub(1)) {
            (0, from) => from.is_none(),
            (_, Some(from)) => allows(from),
            (_, None) => to == 0 || !(0..self.0.states.len()).any(allows),
        }
    }

    fn enter(&self, next: &mut Now, to: usize, seen: &mut BTreeSet<Atom>) {
        next.thing = to + 1;
        seen.insert(Atom::State(to));
        if to == self.0.starts {
            next.clerk = Place::At(self.0.guests);
            seen.insert(Atom::Step(self.0.guests));
        }
    }

    /// Nobody asks for what could not succeed as things are.
    fn may_ask(&self, action: usize, thing: usize) -> bool {
        let of = &self.0.actions[action];
        let good: Vec<&Outcome> = of.outcomes.iter().take(1).filter(|outcome| !outcome.interim).collect();
        good.is_empty()
            || good.iter().any(|outcome| {
                let has_place = match outcome.sets {
                    None => true,
                    Some(_) if action == 0 => true,
                    Some(to) => self.moves_to(action, thing, to),
                };
                fits(outcome.when.as_ref(), thing) && has_place
            })
    }
}

fn fits(when: Option<&Vec<usize>>, thing: usize) -> bool {
    when.is_none_or(|when| thing > 0 && when.contains(&(thing - 1)))
}
