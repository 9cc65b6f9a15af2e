//! How far to the right things reach, at every height.

/// How far to the right things reach, at every height.
pub(super) struct Sky {
    at: Vec<f64>,
}

/// Heights are told apart by so much.
const FINE: f64 = 2.0;

impl Sky {
    pub(super) fn new(height: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a height in bounds, rounded on purpose")]
        let count = (height / FINE).ceil().clamp(1.0, 1e7) as usize;
        Self { at: vec![0.0; count] }
    }

    fn range(&self, from: f64, to: f64) -> std::ops::Range<usize> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, rounded on purpose")]
        let (from, to) = ((from / FINE).floor().max(0.0) as usize, (to / FINE).ceil().max(0.0) as usize);
        from.min(self.at.len())..to.min(self.at.len()).max(from.min(self.at.len()))
    }

    pub(super) fn over(&self, from: f64, to: f64) -> f64 {
        self.at[self.range(from, to)].iter().fold(0.0, |most, at| most.max(*at))
    }

    pub(super) fn raise(&mut self, from: f64, to: f64, to_x: f64) {
        let range = self.range(from, to);
        for at in &mut self.at[range] {
            *at = at.max(to_x);
        }
    }

    pub(super) fn highest(&self) -> f64 {
        self.at.iter().fold(0.0, |most, at| most.max(*at))
    }
}
