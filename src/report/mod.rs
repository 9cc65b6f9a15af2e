//! The kick-off report: what a meeting looks at, as tables in the terminal, as Markdown, and as one HTML file.
//!
//! Owns: what the report says ([`Report`], computed once), in which order ([`Document`]), and the three forms.
//! Must not know: files, and why a rule found what it found.

mod content;
pub mod document;
mod html;
mod pictures;

mod markdown;
mod terminal;
mod walk;

pub use content::{
    Action, Area, Counted, Decided, Does, Gap, GapStep, Lane, Later, Matrix, Message, OpenQuestion, Outline, Readiness, Report, Row,
    StateOfThing, Surface, System, Thing, Told, Waiting,
};
pub use document::{Block, Document, Section, Table};
pub use html::{Page, html};
pub use markdown::markdown;
pub use pictures::{Picture, View, views};
pub use terminal::terminal;
pub use walk::Walk;
