//! Algorithms on the model. Each returns plain results.
//!
//! Must not know: findings, YAML.

mod entrances;
mod islands;
mod path;
mod reach;
mod traps;
mod walk;

pub use entrances::{entrances, is_only_used};
pub use islands::islands;
pub use path::{Hop, Path};
pub use reach::Reach;
pub use traps::traps;
pub use walk::walk;
