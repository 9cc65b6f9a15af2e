//! What the report says, as plain data: computed once, the same in every form.
//!
//! Every text from the plan is cleaned on its way in, so that no form has to fear what cannot be seen. Must not know: tables, markup.

mod areas;
mod blueprint;
mod events;
mod gaps;
mod later;
mod messages;
mod outline;
mod people;
mod places;
mod readiness;
mod remarks;
mod things;
mod waits;
mod work;
pub(super) mod words;

pub use areas::Area;
pub use blueprint::{Lane, Row};
pub use events::{Does, Matrix};
pub use gaps::{Gap, GapStep};
pub use later::{Counted, Later};
pub use messages::Message;
pub use outline::Outline;
pub use places::{Surface, System, Told};
pub use readiness::Readiness;
pub use remarks::{Decided, OpenQuestion};
pub use things::{StateOfThing, Thing};
pub use waits::Waiting;
pub use work::Action;

use jiff::civil::Date;

use crate::lint::Verdict;
use crate::model::Plan;
use crate::source::Sources;

/// Everything a kick-off meeting looks at.
#[derive(Debug)]
pub struct Report {
    /// What the whole is called.
    pub title: String,
    /// What each journey is for.
    pub journeys: Vec<Outline>,
    /// For each area, how much of it is answered.
    pub readiness: Vec<Readiness>,
    /// What is missing, in the order in which to answer it.
    pub gaps: Vec<Gap>,
    /// How many findings wait until others are answered.
    pub held_back: usize,
    /// How many findings decisions answer.
    pub decided: usize,
    /// Open points, wherever they stand.
    pub questions: Vec<OpenQuestion>,
    /// What was decided, with the reasons.
    pub decisions: Vec<Decided>,
    /// The steps, stage by stage.
    pub blueprint: Vec<Lane>,
    /// What is tracked, state by state.
    pub things: Vec<Thing>,
    /// What each event does to it.
    pub events: Vec<Matrix>,
    /// What waits on whom.
    pub waits: Vec<Waiting>,
    /// What must happen behind the screens.
    pub work: Vec<Action>,
    /// What people are told.
    pub messages: Vec<Message>,
    /// Where people meet the product.
    pub surfaces: Vec<Surface>,
    /// What works behind the screens.
    pub systems: Vec<System>,
    /// Who acts.
    pub roles: Vec<Told>,
    /// What comes later.
    pub later: Vec<Later>,
    /// What is counted.
    pub counted: Vec<Counted>,
}

impl Report {
    /// Reads everything off a plan and what came of it, on a day.
    pub fn new(sources: &Sources, plan: &Plan, verdict: &Verdict, today: Date) -> Self {
        Self {
            title: outline::title(sources, plan),
            journeys: outline::outlines(plan),
            readiness: readiness::readiness(plan, verdict),
            gaps: gaps::gaps(sources, plan, verdict),
            held_back: verdict.held_back.len(),
            decided: verdict.decided.len(),
            questions: remarks::questions(plan, today),
            decisions: remarks::decisions(plan, verdict, today),
            blueprint: blueprint::blueprint(plan),
            things: things::things(plan),
            events: events::matrices(plan),
            waits: waits::waits(plan),
            work: work::work(plan),
            messages: messages::messages(plan),
            surfaces: places::surfaces(plan),
            systems: places::systems(plan),
            roles: people::roles(plan),
            later: later::later(plan),
            counted: later::counted(plan),
        }
    }
}
