//! Algorithms on the model. Each returns plain results.
//!
//! Must not know: findings, YAML.

mod entrances;
mod grounds;
mod islands;
mod late;
mod moves;
mod path;
mod promises;
mod reach;
mod traps;
mod walk;
mod work;

pub use entrances::{entrances, is_only_used};
pub use grounds::Grounds;
pub use islands::islands;
pub use late::{LateAnswer, late_answers};
pub use moves::{entered_at, left_by, states_of};
pub use path::{Hop, Path};
pub use promises::Promises;
pub use reach::Reach;
pub use traps::traps;
pub use walk::walk;
pub use work::Work;
