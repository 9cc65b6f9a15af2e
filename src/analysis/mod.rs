//! Algorithms on the model. Each returns plain results.
//!
//! Must not know: findings, YAML.

mod entrances;
mod islands;
mod grounds;
mod moves;
mod path;
mod promises;
mod reach;
mod running;
mod traps;
mod walk;

pub use entrances::{entrances, is_only_used};
pub use islands::islands;
mod work;

pub use grounds::Grounds;
pub use moves::{entered_at, left_by, states_of};
pub use path::{Hop, Path};
pub use promises::Promises;
pub use reach::Reach;
pub use running::journeys_with;
pub use traps::traps;
pub use walk::walk;
pub use work::Work;
