//! Roles, systems and surfaces as the plan knows them.

use super::SurfaceId;
use crate::spec::{self, Name};

/// People who act, or somebody outside.
#[derive(Debug)]
pub struct Role {
    /// Its name.
    pub name: Name,
    /// As declared.
    pub form: spec::Role,
    /// Where they usually are.
    pub surface: Option<SurfaceId>,
    /// Whether anything in the plan names it.
    pub used: bool,
}

impl Role {
    /// The title, or else the name.
    pub fn title(&self) -> &str {
        self.form.title.as_ref().map_or(&self.name.text, |title| &title.text)
    }
}

/// What works behind the screens.
#[derive(Debug)]
pub struct System {
    /// Its name.
    pub name: Name,
    /// As declared.
    pub form: spec::System,
    /// Whether anything in the plan names it.
    pub used: bool,
}

/// Where people meet the product.
#[derive(Debug)]
pub struct Surface {
    /// Its name.
    pub name: Name,
    /// As declared.
    pub form: spec::Surface,
    /// Whether anything in the plan names it.
    pub used: bool,
}
