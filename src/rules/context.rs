//! What a rule may ask: the plan, the day, and each analysis, computed once and on demand.

use std::cell::OnceCell;

use jiff::civil::Date;

use crate::analysis::{Absence, Courses, Holds, Limits, Path, Reach, Unanswered, absences, traps, unanswered};
use crate::model::{EntityId, Plan, StepId};

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
    unanswered: OnceCell<Vec<Unanswered>>,
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

    /// What stays unfinished of an entity when somebody never comes back.
    pub fn absences(&self, entity: EntityId) -> Vec<Absence> {
        absences(self.plan, entity, self.limits).0
    }

    /// What is taken of resources.
    pub fn holds(&self) -> &Holds<'p> {
        self.holds.get_or_init(|| Holds::new(self.plan, self.reach()))
    }

    /// The answers that come in states that have no place for them, of all entities.
    pub fn unanswered(&self) -> &[Unanswered] {
        self.unanswered.get_or_init(|| {
            let moved = self.plan.entities.iter().filter(|(_, entity)| entity.is_moved()).map(|(id, _)| id);
            moved.flat_map(|entity| unanswered(self.plan, entity, self.limits).0).collect()
        })
    }
}
