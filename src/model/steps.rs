//! Steps with their natures, and what they run.

use super::{ActionId, EntityId, Guard, JourneyId, Moments, RoleId, StageId, SurfaceId, SystemId};
use crate::source::Span;
use crate::spec::{self, EndKind, Name};

/// One intent of one role.
#[derive(Debug)]
pub struct Step {
    /// Its name.
    pub name: Name,
    /// As declared.
    pub form: spec::Step,
    /// Its journey.
    pub journey: JourneyId,
    /// Its stage.
    pub stage: StageId,
    /// Who goes through it; nothing for a job, and where the journey names nobody.
    pub role: Option<RoleId>,
    /// Where it takes place.
    pub surfaces: Vec<SurfaceId>,
    /// What it is.
    pub nature: Nature,
    /// How the way ends here, when it may.
    pub end: Option<End>,
    /// How one gets in here other than by a way of the journey.
    pub starts: Vec<Start>,
    /// The backend actions that it runs, shows or waits for.
    pub runs: Vec<Run>,
    /// The entities whose states it shows or waits for; `on` speaks of those states.
    pub follows: Vec<EntityId>,
    /// What must hold on arriving.
    pub needs: Guard,
    /// What starts it by itself.
    pub when: Moments,
    /// Whether a way on was written that leads nowhere known, which was reported.
    pub is_broken: bool,
    /// Names in `on` that were answered, whether or not the target was found: states, values and ends.
    pub answered: Vec<String>,
    /// Positions of its ways in the plan's list.
    pub(super) ways: std::ops::Range<u32>,
}

impl Step {
    /// What people read: the screen's title, the task, or else the name.
    pub fn title(&self) -> &str {
        let form = &self.form;
        let screen = form.screen.as_ref().and_then(|screen| screen.title.as_ref());
        let question = form.decide.as_ref().and_then(|decide| decide.ask.as_ref());
        form.title.as_ref().or(screen).or(form.task.as_ref()).or(question).map_or(&self.name.text, |title| &title.text)
    }

    /// The name and everything under it.
    pub fn whole(&self) -> Span {
        if self.form.span.file == self.name.span.file && self.form.span.end > self.name.span.end {
            self.name.span.to(self.form.span)
        } else {
            self.name.span
        }
    }

    /// Whether it starts by itself, beside everybody else's way.
    pub fn starts_by_itself(&self) -> bool {
        self.form.when.is_some() || self.form.every.is_some()
    }

    /// Whether a person sees a screen here.
    pub fn has_screen(&self) -> bool {
        self.form.screen.is_some()
    }

    /// Whether anything can follow: a way that was written, even a broken one.
    pub fn has_way(&self) -> bool {
        !self.ways.is_empty() || self.is_broken
    }
}

/// What a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// A person sees something.
    Screen,
    /// Staff work.
    Task,
    /// Waiting.
    Wait(Waits),
    /// A rule that the system applies.
    Decide,
    /// Another journey; nothing when it is not known.
    Journey(Option<JourneyId>),
    /// A system does it.
    Job(Option<SystemId>),
    /// Only an end, or nothing yet.
    Plain,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// A time to pass.
    Time,
    /// The outcome of an action.
    Action(ActionId),
    /// A state of an entity.
    Entity(EntityId),
    /// A role to act.
    Role(RoleId),
    /// Something unknown, which was reported.
    Unknown,
}

/// How a way ends.
#[derive(Clone, Debug)]
pub struct End {
    /// The name as written.
    pub name: Name,
    /// What kind of end it is.
    pub kind: EndKind,
}

/// How one gets into a step other than by a way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// From outside, as `from` says.
    Outside,
    /// By itself, as `when` or `every` says.
    Itself,
    /// It is the first step of a journey that says nothing else.
    First,
    /// A notification opens it.
    Notification(super::NotificationId),
    /// Only for those who are still in it.
    Draining,
}

/// A backend action that a step runs, shows or waits for.
#[derive(Clone, Debug)]
pub struct Run {
    /// The action.
    pub action: ActionId,
    /// In which way.
    pub how: How,
    /// Where it is named.
    pub span: Span,
    /// The outcomes that the step answers, by their positions.
    pub answered: Vec<usize>,
}

/// In which way a step has to do with an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// Going on runs it.
    Backend,
    /// A choice runs it, by its label.
    Choice(String),
    /// It fills the screen.
    Shows,
    /// The step waits for its outcome.
    Wait,
}
