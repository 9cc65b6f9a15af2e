//! What a rule may ask: the plan, the day, and each analysis, computed once and on demand.

use std::cell::OnceCell;

use jiff::civil::Date;

use crate::analysis::{Absence, Courses, Extent, Holds, Judge, Limits, Path, Reach, Unanswered, Verdict, absences, traps, unanswered};
use crate::model::{EntityId, Plan, Policy, PolicyId, StepId};

/// What is known of a decision once the others have run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Closed {
    /// How many findings it closed.
    pub findings: usize,
    /// Whether its rule did not run where it stands, so that nobody knows whether there is something to close.
    pub unasked: bool,
}

/// What a rule may ask.
#[derive(Debug)]
pub struct Context<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// The day of the run.
    pub today: Date,
    /// For each decision of the plan, what it closed; empty until the decisions were taken into account.
    pub closed: Vec<Closed>,
    /// How far to go where everything is looked at together.
    pub limits: Limits,
    reach: OnceCell<Reach>,
    traps: OnceCell<Vec<Vec<StepId>>>,
    courses: OnceCell<Courses<'p>>,
    verdicts: OnceCell<Vec<(PolicyId, Verdict)>>,
    absences: OnceCell<Vec<(EntityId, Vec<Absence>, Extent)>>,
    unanswered: OnceCell<Vec<(EntityId, Vec<Unanswered>, Extent)>>,
    holds: OnceCell<Holds<'p>>,
}

impl<'p> Context<'p> {
    /// For a plan, on a day.
    pub fn new(plan: &'p Plan, today: Date) -> Self {
        Self {
            plan,
            today,
            closed: Vec::new(),
            limits: Limits::default(),
            reach: OnceCell::new(),
            traps: OnceCell::new(),
            courses: OnceCell::new(),
            verdicts: OnceCell::new(),
            absences: OnceCell::new(),
            unanswered: OnceCell::new(),
            holds: OnceCell::new(),
        }
    }

    /// What can be reached.
    pub fn reach(&self) -> &Reach {
        self.reach.get_or_init(|| Reach::new(self.plan))
    }

    /// Regions that are never left.
    pub fn traps(&self) -> &[Vec<StepId>] {
        self.traps.get_or_init(|| traps(self.plan, self.reach()))
    }

    /// In which states each entity may be where.
    pub fn courses(&self) -> &Courses<'p> {
        self.courses.get_or_init(|| Courses::new(self.plan, self.reach()))
    }

    /// The shortest way to a step.
    pub fn path_to(&self, step: StepId) -> Option<Path> {
        self.reach().path_to(self.plan, step)
    }

    /// What came of each policy that could be read.
    pub fn verdicts(&self) -> impl Iterator<Item = (PolicyId, &'p Policy, &Verdict)> {
        let verdicts = self.verdicts.get_or_init(|| {
            let judge = Judge::new(self.plan, self.limits);
            self.plan.policies.iter().filter_map(|(id, policy)| Some((id, judge.verdict(policy)?))).collect()
        });
        verdicts.iter().map(|(id, verdict)| (*id, &self.plan.policies[*id], verdict))
    }

    /// What is taken of resources.
    pub fn holds(&self) -> &Holds<'p> {
        self.holds.get_or_init(|| Holds::new(self.plan, self.reach()))
    }

    /// What stays unfinished of each entity when somebody never comes back, and how much was looked at to know it.
    pub fn absences(&self) -> &[(EntityId, Vec<Absence>, Extent)] {
        self.absences.get_or_init(|| {
            let of = |entity: EntityId| {
                let (found, extent) = absences(self.plan, entity, self.limits);
                (entity, found, extent)
            };
            self.moved().map(of).collect()
        })
    }

    /// The answers that come in states that have no place for them, for each entity, and how much was looked at to know it.
    pub fn unanswered(&self) -> &[(EntityId, Vec<Unanswered>, Extent)] {
        self.unanswered.get_or_init(|| {
            let of = |entity: EntityId| {
                let (found, extent) = unanswered(self.plan, entity, self.limits);
                (entity, found, extent)
            };
            self.moved().map(of).collect()
        })
    }

    fn moved(&self) -> impl Iterator<Item = EntityId> {
        self.plan.entities.iter().filter(|(_, entity)| entity.is_moved()).map(|(id, _)| id)
    }
}
