//! What holds on every way: sets of fields at places, each the least that any of its causes leaves.
//!
//! A cause brings to its place some fields of its own, and all that is known at the places it comes from. Everything is taken to be known
//! everywhere until some cause shows otherwise, so what no way leads to keeps everything. Each place only ever loses fields, so the end
//! does not depend on the order.

use std::collections::VecDeque;

/// A place at which something is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place(u32);

/// Fields that a cause brings with it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Own(u32);

impl Own {
    /// None.
    pub(super) const NOTHING: Self = Self(0);
}

/// A cause for what is known at a place.
#[derive(Clone, Debug)]
struct Cause {
    to: Place,
    own: Own,
    from: Vec<Place>,
}

/// Places, and what is known there: one row of bits for each.
#[derive(Debug)]
pub(super) struct Must {
    words: usize,
    known: Vec<u64>,
    owns: Vec<u64>,
    causes: Vec<Cause>,
    /// For each place the causes that come from it.
    onward: Vec<Vec<u32>>,
}

impl Must {
    /// For so many fields.
    pub(super) fn new(fields: usize) -> Self {
        let words = fields.div_ceil(64);
        Self { words, known: Vec::new(), owns: vec![0; words], causes: Vec::new(), onward: Vec::new() }
    }

    /// A place that nothing leads to yet.
    pub(super) fn place(&mut self) -> Place {
        self.known.extend(std::iter::repeat_n(u64::MAX, self.words));
        self.onward.push(Vec::new());
        Place(position(self.onward.len() - 1))
    }

    /// Some fields.
    pub(super) fn own(&mut self, fields: impl IntoIterator<Item = usize>) -> Own {
        let first = self.owns.len();
        self.owns.extend(std::iter::repeat_n(0, self.words));
        for field in fields {
            self.owns[first + field / 64] |= 1 << (field % 64);
        }
        Own(position(first / self.words.max(1)))
    }

    /// A cause: what is known at a place may be no more than these fields, and what is known at any of those places.
    pub(super) fn cause(&mut self, to: Place, own: Own, from: Vec<Place>) {
        let index = position(self.causes.len());
        for place in &from {
            self.onward[place.0 as usize].push(index);
        }
        self.causes.push(Cause { to, own, from });
    }

    /// Follows every cause until nothing is lost any more.
    pub(super) fn settle(&mut self) {
        let mut open: VecDeque<u32> = (0..position(self.causes.len())).collect();
        let mut is_open = vec![true; self.causes.len()];
        let mut row = vec![0; self.words];
        while let Some(index) = open.pop_front() {
            is_open[index as usize] = false;
            let cause = &self.causes[index as usize];
            self.brought(cause, &mut row);
            let to = cause.to;
            if self.lose(to, &row) {
                for next in &self.onward[to.0 as usize] {
                    if !std::mem::replace(&mut is_open[*next as usize], true) {
                        open.push_back(*next);
                    }
                }
            }
        }
    }

    /// Whether a field is known at a place.
    pub(super) fn knows(&self, place: Place, field: usize) -> bool {
        self.known[place.0 as usize * self.words + field / 64] & (1 << (field % 64)) != 0
    }

    /// Whether a field is among some.
    pub(super) fn has(&self, own: Own, field: usize) -> bool {
        self.owns[own.0 as usize * self.words + field / 64] & (1 << (field % 64)) != 0
    }

    fn brought(&self, cause: &Cause, row: &mut [u64]) {
        let at = cause.own.0 as usize * self.words;
        row.copy_from_slice(&self.owns[at..at + self.words]);
        for place in &cause.from {
            let at = place.0 as usize * self.words;
            for (word, known) in row.iter_mut().zip(&self.known[at..at + self.words]) {
                *word |= known;
            }
        }
    }

    fn lose(&mut self, place: Place, row: &[u64]) -> bool {
        let at = place.0 as usize * self.words;
        let mut lost = false;
        for (known, word) in self.known[at..at + self.words].iter_mut().zip(row) {
            lost |= *known & !word != 0;
            *known &= word;
        }
        lost
    }
}

fn position(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_of_two_ways_lacks_is_not_known() {
        let mut must = Must::new(70);
        let (start, left, right, end, nowhere) = (must.place(), must.place(), must.place(), must.place(), must.place());
        let (both, one) = (must.own([3, 69]), must.own([69]));
        must.cause(start, Own::NOTHING, Vec::new());
        must.cause(left, both, vec![start]);
        must.cause(right, one, vec![start]);
        must.cause(end, Own::NOTHING, vec![left]);
        must.cause(end, Own::NOTHING, vec![right]);
        must.cause(end, Own::NOTHING, vec![nowhere]);
        must.settle();
        assert!(must.knows(left, 3) && !must.knows(end, 3) && must.knows(end, 69) && !must.knows(start, 69) && must.knows(nowhere, 0));
    }
}
