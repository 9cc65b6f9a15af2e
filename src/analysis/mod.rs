//! Algorithms on the model. Each returns plain results.
//!
//! Must not know: findings, YAML.

mod entrances;
mod exits;
mod islands;
mod grounds;
mod lives;
mod moves;
mod news;
mod path;
mod promises;
mod reach;
mod rounds;
mod traps;
mod walk;

pub use entrances::{entrances, is_only_used};
pub use exits::Exits;
pub use islands::islands;
mod work;

pub use grounds::Grounds;
pub use lives::{ends_from, recurs};
pub use moves::{entered_at, left_by, states_of};
pub use news::{News, timed};
pub use path::{Hop, Path};
pub use promises::Promises;
pub use reach::Reach;
pub use rounds::rounds;
pub use traps::traps;
pub use walk::walk;
pub use work::Work;
