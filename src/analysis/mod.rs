//! Algorithms on the model. Each returns plain results.
//!
//! Must not know: findings, YAML.

mod carried;
mod charged;
mod course;
mod entrances;
mod exits;
mod follow_up;
mod grounds;
mod holds;
mod islands;
mod late;
mod lifecycle;
mod lives;
mod money;
mod moves;
mod news;
mod path;
pub mod policy;
mod promises;
mod reach;
mod regions;
mod rounds;
mod running;
mod transitions;
mod traps;
mod walk;
mod work;
pub mod world;

pub use carried::carried_to_ends;
pub use charged::{Refusal, refusals_after_payment};
pub use course::{Actor, Course, Courses, Fault, Held, Move, States, allowing, moves};
pub use entrances::{entrances, is_only_used};
pub use exits::Exits;
pub use follow_up::FollowUp;
pub use grounds::Grounds;
pub use holds::{Holding, Holds, Taking};
pub use islands::islands;
pub use late::{LateAnswer, late_answers};
pub use lifecycle::Lifecycle;
pub use lives::{ends_from, recurs};
pub use money::{Keeping, Money};
pub use moves::{entered_at, left_by, states_of};
pub use news::{News, timed};
pub use path::{Hop, Path};
pub use policy::{Counter, Judge, Part, Reason, Unfollowed, Verdict};
pub use promises::Promises;
pub use reach::Reach;
pub use rounds::rounds;
pub use running::journeys_with;
pub use transitions::{Transition, transitions};
pub use traps::traps;
pub use walk::walk;
pub use work::Work;
pub use world::{Absence, Absent, Event, Limits, Run, Who, absences};
