//! Which messages may be sent only to people who agreed.

use crate::model::{Notification, Plan, RoleId};
use crate::spec::Name;

/// The channel of a message that needs consent, by what the catalogue knows of it. What is sent to staff and
/// partners is agreed elsewhere.
pub(super) fn channel_with_consent<'p>(plan: &Plan, notification: &'p Notification) -> Option<&'p Name> {
    let channel = notification.form.channel.as_ref()?;
    let is_outsider = |role: &RoleId| !plan.roles[*role].form.staff && !plan.roles[*role].form.external;
    let needs_consent = plan.catalogue.channel(&channel.text).is_some_and(|known| known.consent);
    (needs_consent && notification.to.iter().any(is_outsider)).then_some(channel)
}
