//! Refusals that come only after the money: on ways that people can go only when they have paid.

use std::collections::HashSet;

use super::moves::{entered_at, states_of};
use super::{Money, Reach};
use crate::model::{ActionId, Cause, Guard, How, Id as _, Moments, Nature, OutcomeId, Plan, Run, Start, Step, StepId, Way};
use crate::spec::{Class, EndKind};

/// A refusal that leaves a payer with neither.
#[derive(Clone, Copy, Debug)]
pub struct Refusal<'p> {
    /// The step at which people have paid.
    pub step: StepId,
    /// The action that refuses.
    pub run: &'p Run,
    /// Its outcome.
    pub outcome: OutcomeId,
    /// Where it leads.
    pub way: &'p Way,
}

/// Every such refusal, in the order of the steps.
///
/// Only of steps of the journey's own role, which nobody reaches without having paid: where the same step serves others, it is not
/// the payment that comes too early. And only of refusals after which no success can be reached without paying again, while another
/// result would lead there, and no refund begins or can be asked for.
pub fn refusals_after_payment<'p>(plan: &'p Plan, reach: &Reach) -> Vec<Refusal<'p>> {
    let payments: HashSet<ActionId> = plan.actions.iter().filter(|(_, action)| action.kind() == "pay").map(|(id, _)| id).collect();
    if payments.is_empty() {
        return Vec::new();
    }
    let cx = Charged { plan, reach, money: Money::new(plan, reach), payments };
    let unpaid = cx.forwards(cx.open_starts(), |way| !cx.is_payment(way));
    let paying = plan.ways().map(|(_, way)| way).filter(|way| cx.is_payment(way) && reach.is_reachable(way.from)).map(|way| way.to);
    let paid = cx.forwards(paying.collect(), |_| true);
    let ends = plan.steps.iter().filter(|(_, step)| step.end.as_ref().is_some_and(|end| end.kind == EndKind::Success));
    let good = cx.backwards(ends.map(|(id, _)| id).collect());
    let refunds = plan.steps.iter().filter(|(_, step)| step.runs.iter().any(|run| plan.actions[run.action].kind() == "refund"));
    let given_back = cx.backwards(refunds.map(|(id, _)| id).collect());
    let is_late = |id: StepId, step: &Step| paid[id.index()] && !unpaid[id.index()] && step.role == plan.journey_of(id).role;
    let late = plan.steps.iter().filter(|(id, step)| is_late(*id, step));
    let refusals = late.flat_map(|(id, step)| step.runs.iter().flat_map(move |run| refusals(plan, id, run)));
    let is_stuck = |refusal: &Refusal<'_>| {
        let to = refusal.way.to.index();
        !good[to] && !given_back[to] && !cx.money.is_given_back_after(refusal.outcome)
    };
    // What leads to no success even when it works, such as taking the order back, stands in nobody's way. And where a refusal leads on
    // in some cases, its guards know more than can be told here.
    let leads_on = |refusal: &Refusal<'_>, is_it: &dyn Fn(OutcomeId) -> bool| {
        let is_cause = |cause: &Cause| matches!(cause, Cause::Outcome(outcome) if is_it(*outcome));
        plan.ways_from(refusal.step).any(|(_, way)| is_cause(&way.cause) && good[way.to.index()])
    };
    let stands_between = |refusal: &Refusal<'_>| {
        let works = |outcome: OutcomeId| outcome.action == refusal.run.action && plan.outcome(outcome).class == Class::Success;
        leads_on(refusal, &works) && !leads_on(refusal, &|outcome| outcome == refusal.outcome)
    };
    refusals.filter(|refusal| is_stuck(refusal) && stands_between(refusal)).collect()
}

/// Refusals of jobs that a payment sets going: what the payment is for could not be made, and the job is over.
///
/// Only where the result sets nothing, no refund follows, and no deadline of what was paid takes care of it. A result beside one that
/// says `when` it comes is what comes in other states.
pub fn refusals_of_jobs<'p>(plan: &'p Plan, reach: &Reach) -> Vec<Refusal<'p>> {
    let payments = plan.actions.iter().filter(|(_, action)| action.kind() == "pay").map(|(id, _)| id).collect();
    let cx = Charged { plan, reach, money: Money::new(plan, reach), payments };
    let is_looked_after = |step: &Step| {
        step.when.any.iter().flat_map(|(moment, _)| entered_at(plan, *moment)).any(|state| {
            let form = &plan.state(state).form;
            form.timeout.is_some() || form.escalate.is_some()
        })
    };
    let is_job = |id: StepId, step: &Step| matches!(step.nature, Nature::Job(_)) && reach.is_reachable(id);
    let jobs = plan.steps.iter().filter(|(id, step)| is_job(*id, step) && cx.is_after_paying(&step.when) && !is_looked_after(step));
    let refusals = jobs.flat_map(|(id, step)| step.runs.iter().flat_map(move |run| refusals(plan, id, run)));
    let is_dropped = |refusal: &Refusal<'_>| {
        let says_when = plan.outcomes(refusal.run.action).any(|(_, outcome)| !outcome.when.terms.is_empty());
        plan.outcome(refusal.outcome).sets.is_empty() && !says_when && plan.steps[refusal.way.to].end.is_some()
    };
    refusals.filter(|refusal| is_dropped(refusal) && !cx.money.is_given_back_after(refusal.outcome)).collect()
}

fn refusals<'p>(plan: &'p Plan, step: StepId, run: &'p Run) -> impl Iterator<Item = Refusal<'p>> {
    let of_money = ["pay", "subscribe", "refund", "message", "read"].contains(&plan.actions[run.action].kind());
    let ways = plan.ways_from(step).filter(move |_| !of_money && run.how != How::Shows);
    ways.filter_map(move |(_, way)| match way.cause {
        Cause::Outcome(outcome) if outcome.action == run.action => {
            let is_no = matches!(plan.outcome(outcome).class, Class::Failure | Class::Rejection);
            is_no.then_some(Refusal { step, run, outcome, way })
        }
        _ => None,
    })
}

struct Charged<'p, 'r> {
    plan: &'p Plan,
    reach: &'r Reach,
    money: Money<'p>,
    payments: HashSet<ActionId>,
}

impl Charged<'_, '_> {
    /// Whether nobody takes this way without having paid, or without believing so.
    fn is_payment(&self, way: &Way) -> bool {
        let by_cause = match &way.cause {
            Cause::Outcome(outcome) if self.payments.contains(&outcome.action) => {
                let result = self.plan.outcome(*outcome);
                let may_be_paid = crate::catalogue::INTERIM.iter().any(|interim| result.stands_for(interim));
                result.class == Class::Success || may_be_paid
            }
            Cause::State(state) => self.money.is_paid(*state),
            Cause::Next => self.plan.steps[way.from].runs.iter().any(|run| run.how == How::Backend && self.payments.contains(&run.action)),
            _ => false,
        };
        by_cause || self.is_of_paid(&way.when)
    }

    fn is_of_paid(&self, guard: &Guard) -> bool {
        states_of(guard).any(|state| self.money.is_paid(state))
    }

    /// Whether what starts so starts only once something is paid.
    fn is_after_paying(&self, moments: &Moments) -> bool {
        let mut entered = moments.any.iter().flat_map(|(moment, _)| entered_at(self.plan, *moment));
        entered.any(|state| self.money.is_paid(state)) || self.is_of_paid(&moments.clock_in)
    }

    /// The entrances through which people come who have not paid.
    fn open_starts(&self) -> Vec<StepId> {
        let is_open = |step: &Step, start: &Start| match start {
            Start::Itself => !self.is_after_paying(&step.when),
            Start::Notification(id) => !self.is_after_paying(&self.plan.notifications[*id].when),
            Start::Outside | Start::First | Start::Draining => true,
        };
        let open = self.plan.steps.iter().filter(|(_, step)| step.starts.iter().any(|start| is_open(step, start)));
        open.map(|(id, _)| id).collect()
    }

    fn forwards(&self, mut open: Vec<StepId>, may_take: impl Fn(&Way) -> bool) -> Vec<bool> {
        let mut seen = vec![false; self.plan.steps.len()];
        while let Some(step) = open.pop() {
            if std::mem::replace(&mut seen[step.index()], true) {
                continue;
            }
            for (hop, to) in self.reach.successors(self.plan, step) {
                if !matches!(hop, super::Hop::Way(way) if !may_take(self.plan.way(way))) {
                    open.push(to);
                }
            }
        }
        seen
    }

    /// The steps from which some can be reached without paying again.
    fn backwards(&self, mut open: Vec<StepId>) -> Vec<bool> {
        let mut seen = vec![false; self.plan.steps.len()];
        while let Some(step) = open.pop() {
            if std::mem::replace(&mut seen[step.index()], true) {
                continue;
            }
            let ways = self.plan.ways_to(step).map(|(_, way)| way);
            open.extend(ways.filter(|way| self.reach.is_live(self.plan, way) && !self.pays_again(way)).map(|way| way.from));
            let journey = self.plan.journey_of(step);
            if journey.first == Some(step) {
                open.extend(&journey.used_by);
            }
        }
        seen
    }

    fn pays_again(&self, way: &Way) -> bool {
        matches!(way.cause, Cause::Outcome(outcome) if self.payments.contains(&outcome.action))
            || (way.cause == Cause::Next && self.is_payment(way))
    }
}
