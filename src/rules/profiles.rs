//! What the platform of a surface demands, by its profile in the catalogue.

use crate::model::{NotificationId, Plan, Start, StepId, SurfaceId};
use crate::spec::{CatalogueDuty, Demand};

/// What the platform demands under this name of what is shown on a surface; nothing where it has no platform that does.
pub(super) fn demanded_on<'p>(plan: &'p Plan, surface: SurfaceId, name: &str) -> Option<&'p CatalogueDuty> {
    let profile = plan.catalogue.profile(&plan.surfaces[surface].form.profile.as_ref()?.text)?;
    let demand = profile.rules.iter().find(|(id, _)| id.text == name).map(|(_, demand)| demand);
    demand.filter(|demand| demand.demand == Some(Demand::Required))
}

/// What a platform demands under this name of a step.
pub(super) fn demanded_at<'p>(plan: &'p Plan, step: StepId, name: &str) -> Option<&'p CatalogueDuty> {
    plan.steps[step].surfaces.iter().find_map(|surface| demanded_on(plan, *surface, name))
}

/// What a platform demands under this name of a message: of the step that asks whether it may be sent, or else of the one it opens.
pub(super) fn demanded_of<'p>(plan: &'p Plan, notification: NotificationId, name: &str) -> Option<&'p CatalogueDuty> {
    let message = &plan.notifications[notification];
    demanded_at(plan, message.consent.or(message.opens)?, name)
}

/// What happens to people where a demand is forgotten, as a sentence.
pub(super) fn why(demand: &CatalogueDuty) -> String {
    demand.why.as_ref().map(|why| format!("{}.", why.text)).unwrap_or_default()
}

/// The channels on which the platform sends only what people said yes to in a window of its own.
pub(super) fn is_subscription(channel: &str) -> bool {
    channel == "wechat-subscribe" || channel == LONG_TERM
}

/// The channel of the platform that only some sectors may use.
pub(super) const LONG_TERM: &str = "wechat-subscribe-long-term";

/// Whether people come in here from outside, and neither by a message nor from another journey.
pub(super) fn is_door(plan: &Plan, id: StepId) -> bool {
    let step = &plan.steps[id];
    let comes_from_another = || plan.ways_to(id).any(|(_, way)| plan.steps[way.from].journey != step.journey);
    step.starts.contains(&Start::Outside) || (step.starts.contains(&Start::First) && !comes_from_another())
}
