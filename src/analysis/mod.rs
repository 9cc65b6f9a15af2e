//! Algorithms on the model. Each returns plain results.
//!
//! Must not know: findings, YAML.

mod course;
mod entrances;
mod islands;
mod lifecycle;
mod grounds;
mod moves;
mod path;
mod promises;
mod reach;
mod traps;
mod walk;

pub use course::{Actor, Course, Courses, Fault, Held, Move, States, allowing, moves};
pub use entrances::{entrances, is_only_used};
pub use islands::islands;
pub use lifecycle::Lifecycle;
mod work;

pub use grounds::Grounds;
pub use moves::{entered_at, left_by, states_of};
pub use path::{Hop, Path};
pub use promises::Promises;
pub use reach::Reach;
pub use traps::traps;
pub use walk::walk;
pub use work::Work;
