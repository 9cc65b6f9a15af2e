//! Algorithms on the model. Each returns plain results.
//!
//! Must not know: findings, YAML.

mod path;
mod reach;
mod traps;

pub use path::{Hop, Path};
pub use reach::Reach;
pub use traps::traps;
