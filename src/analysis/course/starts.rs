//! In which states an entity may be where one gets in.

use super::super::entered_at;
use super::bits::{Held, States};
use super::changes::allowed;
use super::lens::Lens;
use crate::model::{Moment, Moments, Start, StepId};

impl Lens<'_> {
    /// What may be at a place where one gets in.
    pub(super) fn start(&self, step: StepId) -> Held {
        let at = &self.plan.steps[step];
        at.starts.iter().fold(Held::default(), |all, start| {
            all | match start {
                Start::Outside | Start::First | Start::Draining => Held::maybe(self.brought),
                Start::Itself => self.at_moments(&at.when),
                Start::Notification(id) => {
                    let of = &self.plan.notifications[*id];
                    let held = self.at_moments(&of.when);
                    if of.form.after.is_some() { held.doubted() } else { held }
                }
            }
        })
    }

    fn at_moments(&self, when: &Moments) -> Held {
        let clock = allowed(&when.clock_in, self.entity);
        if when.any.is_empty() {
            return if clock == States::ANY { Held::maybe(self.brought) } else { Held::sure(clock & self.brought) };
        }
        when.any.iter().fold(Held::default(), |all, (moment, _)| {
            let entered = entered_at(self.plan, *moment).into_iter().filter(|state| state.entity == self.entity);
            let entered = States::of(entered.map(|state| state.index)) & self.brought;
            let speaks_of_it = matches!(moment, Moment::State(state) if state.entity == self.entity);
            all | if entered.is_empty() && !speaks_of_it { Held::maybe(self.brought) } else { Held::sure(entered) }
        })
    }
}
