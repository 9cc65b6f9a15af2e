//! What is wrong with an order of lines: crossings, and lines on each other.

use super::Lines;

impl Lines {
    /// Lines that found no place of their own: those that had none at a step, and those that run on another one.
    pub(in crate::diagram::layout) fn on_each_other(&self) -> std::collections::BTreeSet<usize> {
        let mut found: std::collections::BTreeSet<usize> = self.crowded.iter().map(|piece| self.pieces[*piece].edge).collect();
        for lane in self.level.iter().skip(1).step_by(2) {
            for (index, one) in lane.iter().enumerate() {
                for other in &lane[index + 1..] {
                    let same = (self.pieces[*one].place - self.pieces[*other].place).abs() < 3.0;
                    if same && self.meets(*one, *other) && self.extents_overlap(*one, *other) {
                        found.extend([self.pieces[*one].edge, self.pieces[*other].edge]);
                    }
                }
            }
        }
        found
    }

    fn extents_overlap(&self, one: usize, other: usize) -> bool {
        let (one, other) = (self.extent(one), self.extent(other));
        one.0 < other.1 && other.0 < one.1
    }

    /// How many other lines a line crosses.
    pub(in crate::diagram::layout) fn crossed(&self, edge: usize) -> u32 {
        let mut count = 0;
        for &piece in &self.of[edge] {
            let own = &self.pieces[piece];
            let (low, high) = self.extent(piece);
            let key = self.key(piece);
            for lane in own.low..=own.high {
                for &other in if own.is_upright { &self.level[lane] } else { &self.upright[lane] } {
                    let at = &self.pieces[other];
                    if at.edge == edge || own.lane < at.low || own.lane > at.high {
                        continue;
                    }
                    let at_key = self.key(other);
                    let (from, to) = self.extent(other);
                    count += u32::from(low < at_key && at_key < high && from < key && key < to);
                }
            }
        }
        count
    }
}
