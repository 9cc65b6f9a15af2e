//! The order of lines in the lanes between steps: the one in which they cross each other least.

use super::Lines;

impl Lines {
    /// How often two pieces of a lane cross each other's lines if the first lies before the second.
    fn crossings(&self, first: usize, second: usize) -> u32 {
        if self.pieces[first].edge == self.pieces[second].edge {
            return 0;
        }
        let strictly = |key: (usize, f64), (low, high): ((usize, f64), (usize, f64))| low < key && key < high;
        let (one, other) = (self.extent(first), self.extent(second));
        let forward = self.turns(first).filter(|(turn, larger)| *larger && strictly(self.key(*turn), other)).count();
        let backward = self.turns(second).filter(|(turn, larger)| !*larger && strictly(self.key(*turn), one)).count();
        // One that comes from the side of larger positions and one that leads there may have the same place, in this order only.
        let meet = |turn: usize| self.turns(second).any(|(other, larger)| !larger && self.key(other) == self.key(turn));
        let on_each_other = self.turns(first).filter(|(turn, larger)| *larger && meet(*turn)).count();
        u32::try_from(forward + backward + on_each_other * 1000).unwrap_or(u32::MAX)
    }

    /// Orders the pieces of every lane so that few lines cross.
    pub(super) fn order_lanes(&mut self, is_upright: bool) {
        let count = if is_upright { self.upright.len() } else { self.level.len() };
        for lane in (0..count).step_by(2) {
            let mut pieces = std::mem::take(if is_upright { &mut self.upright[lane] } else { &mut self.level[lane] });
            self.order(&mut pieces);
            for (index, piece) in pieces.iter().enumerate() {
                self.pieces[*piece].place = f64::from(u32::try_from(index).unwrap_or(u32::MAX));
            }
            *(if is_upright { &mut self.upright[lane] } else { &mut self.level[lane] }) = pieces;
        }
    }

    fn order(&self, pieces: &mut Vec<usize>) {
        let count = pieces.len();
        if count < 2 {
            return;
        }
        let all = pieces.clone();
        let mut cost = vec![0u32; count * count];
        for (i, first) in all.iter().enumerate() {
            for (j, second) in all.iter().enumerate() {
                if i != j {
                    cost[i * count + j] = self.crossings(*first, *second);
                }
            }
        }
        let mut order: Vec<usize> = (0..count).collect();
        let rounds = if count > 60 { 2 } else { 8 };
        for _ in 0..rounds {
            let mut is_better = false;
            for index in 0..count {
                let Some(at) = order.iter().position(|other| *other == index) else { continue };
                let one = order.remove(at);
                // The place at which it crosses least; the one it has where that is as good.
                let mut now: i64 = order.iter().map(|other| i64::from(cost[one * count + other])).sum();
                let (mut best, mut best_at, mut at_own) = (now, 0, now);
                for (place, other) in order.iter().enumerate() {
                    now += i64::from(cost[other * count + one]) - i64::from(cost[one * count + other]);
                    if now < best {
                        (best, best_at) = (now, place + 1);
                    }
                    if place + 1 == at {
                        at_own = now;
                    }
                }
                let place = if best < at_own { best_at } else { at };
                is_better |= best < at_own;
                order.insert(place, one);
            }
            if !is_better {
                break;
            }
        }
        *pieces = order.into_iter().map(|index| all[index]).collect();
    }
}
