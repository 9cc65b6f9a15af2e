//! Algorithms on the model. Each returns plain results.
//!
//! Must not know: findings, YAML.

mod grounds;
mod moves;
mod path;
mod promises;
mod reach;
mod traps;
mod work;

pub use grounds::Grounds;
pub use moves::{entered_at, left_by, states_of};
pub use path::{Hop, Path};
pub use promises::Promises;
pub use reach::Reach;
pub use traps::traps;
pub use work::Work;
